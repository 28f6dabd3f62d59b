"""The one place where periods are read (law 1)."""

from django.db import models
from django.db.models import F, Q

TOMBSTONES = ("withdrawal", "retraction")


class EditionQuerySet(models.QuerySet):
    """Editions by what the public, or the desk, may see of them. Every `at` is an aware datetime; readers pass `request.at`."""

    def standing(self, at):
        """The edition that holds at `at`, tombstones included: for a document's own page, its history and the feeds alone."""
        return self.filter(live_from__lte=at, live_until__gt=at)

    def live(self, at):
        """The editions the public reads at `at`; at most one a document."""
        return self.standing(at).exclude(change__in=TOMBSTONES)

    def history(self, at):
        """Every edition that had been public by `at`, oldest first. A cancelled one never was."""
        return self.filter(live_from__lte=at, live_until__gt=F("live_from")).order_by("live_from")

    def working(self):
        """Drafts: what has no moment yet."""
        return self.filter(live_from__isnull=True)

    def scheduled(self, at):
        """Editions that will go live after `at`, soonest first."""
        return self.filter(live_from__gt=at, live_until__gt=F("live_from")).order_by("live_from")

    def cancelled(self):
        return self.filter(live_until=F("live_from"))

    def newest(self, at):
        """One edition a document for the desk: its draft, else the next scheduled one, else the one that stands, else the last cancelled."""
        editions = self.model._base_manager.filter(document=models.OuterRef("document"))
        draft = editions.filter(live_from__isnull=True).order_by("lane").values("pk")[:1]
        ahead = editions.filter(live_from__gt=at, live_until__gt=F("live_from")).order_by("live_from").values("pk")[:1]
        stands = editions.filter(live_from__lte=at, live_until__gt=at).values("pk")[:1]
        past = editions.order_by("-live_from", "-pk").values("pk")[:1]
        chosen = models.functions.Coalesce(
            models.Subquery(draft), models.Subquery(ahead), models.Subquery(stands), models.Subquery(past)
        )
        return self.filter(pk=chosen)

    def with_slug(self, slug, languages):
        """Editions whose own slug, in one of these languages, is `slug`."""
        return self.filter(models.Q(*((f"slug_{language}", slug) for language in languages), _connector=Q.OR))
