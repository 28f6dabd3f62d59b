"""The one place where periods are read (law 1)."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.utils import timezone

from .log import Check

TOMBSTONES = ("withdrawal", "retraction")
LOGGED = ("correction", *TOMBSTONES)
"""The changes that the corrections log tells of, besides erasures."""
PRACTICE = "practice"
"""The lane of drafts that somebody tries the desk with."""
NEWEST_FIRST = ("-first_live_from", "-pk")
"""By when a document was first public: an update does not bring it to the top again."""
PRESENT = timedelta(seconds=2)
"""A moment this recent is the present: what is retracted after it, the present does not know yet."""


def now_beyond(at):
    """The moment that it is; None where `at` is the present."""
    now = timezone.now()
    return None if now - at < PRESENT else now


def stands(at):
    """The editions whose period holds the moment."""
    return Q(live_from__lte=at, live_until__gt=at)


class EditionQuerySet(models.QuerySet):
    """Editions by what the public, or the desk, may see of them. Every `at` is an aware datetime; readers pass `request.at`."""

    def standing(self, at):
        """The edition that holds at `at`, tombstones included: for a document's own page, its history and the feeds alone."""
        return self.filter(stands(at))

    def live(self, at):
        """The editions the public reads at `at`; at most one a document. What was retracted since is in no past any more."""
        return self.live_as_known(at, now_beyond(at))

    def live_as_known(self, at, now):
        """`live(at)` to those who know what was retracted until `now` (None where `at` is the present)."""
        is_read = ~Q(change__in=TOMBSTONES)
        if now is not None:
            is_read &= ~Q(document__in=self.retracted_between(at, now).values("document"))
        # When a document first went live says nothing new, and lets an index by it be walked from the moment on.
        return self.filter(stands(at), is_read, first_live_from__lte=at)

    def history(self, at):
        """Every edition that had been public by `at`, oldest first. A cancelled one never was."""
        return self.filter(live_from__lte=at, live_until__gt=F("live_from")).order_by("live_from")

    def retracted_between(self, at, now):
        """The retractions that became public after `at` and until `now`, the latest last."""
        known = {"live_from__gt": at, "live_from__lte": now, "live_until__gt": F("live_from")}
        return self.model._base_manager.filter(change="retraction", **known).order_by("live_from")

    def with_retraction(self, at):
        """Adds `retracted_by`: the id of the latest retraction of the edition's document after `at`, or None."""
        return self.with_retraction_known(at, now_beyond(at))

    def with_retraction_known(self, at, now):
        """`with_retraction(at)` to those who know what was retracted until `now` (None where `at` is the present)."""
        retracted = None if now is None else self.retracted_between(at, now)
        own = Value(None, models.BigIntegerField()) if retracted is None else Subquery(
            retracted.filter(document=OuterRef("document")).reverse().values("pk")[:1]
        )  # fmt: skip
        return self.annotate(retracted_by=own)

    def newer_than(self, moment, pk):
        """Those first public after an edition (`pk`) that was first public at `moment`, the nearest first."""
        # The outer bound says nothing new, and lets the index be walked from here.
        later = self.filter(Q(first_live_from__gt=moment) | Q(pk__gt=pk), first_live_from__gte=moment)
        return later.order_by("first_live_from", "pk")

    def older_than(self, moment, pk):
        """The same before it."""
        earlier = self.filter(Q(first_live_from__lt=moment) | Q(pk__lt=pk), first_live_from__lte=moment)
        return earlier.order_by(*NEWEST_FIRST)

    def with_fate(self, at):
        """Adds `is_gone`: whether the edition's document had been retracted by `at`, with or after the edition."""
        later = self.model._base_manager.filter(document=OuterRef("document"), live_from__gte=OuterRef("live_from"), live_from__lte=at)
        return self.annotate(is_gone=Exists(later.filter(change="retraction", live_until__gt=F("live_from"))))

    def with_check(self, at, kind=None):
        """Adds `checked_at`: when somebody last read the edition again, by `at`, and found it still right; or None.

        `kind` is the id of its content type, for a question that is written once.
        """
        kind = kind or ContentType.objects.get_for_model(self.model).pk
        checks = Check.objects.filter(content_type=kind, object_id=OuterRef("pk"), at__lte=at).order_by("-at")
        return self.annotate(checked_at=Subquery(checks.values("at")[:1]))

    def drafts(self):
        """What has no moment yet, drafts to practise with among it."""
        return self.filter(live_from__isnull=True)

    def working(self):
        """Drafts that may once be public."""
        return self.drafts().exclude(lane=PRACTICE)

    def frozen(self):
        """Every edition that has been, is or will be public: for what is kept apart, and masked by the moment that is asked for."""
        return self.filter(live_until__gt=F("live_from"))

    def scheduled(self, at):
        """Editions that will go live after `at`, soonest first."""
        return self.filter(live_from__gt=at, live_until__gt=F("live_from")).order_by("live_from")

    def cancelled(self):
        return self.filter(live_until=F("live_from"))

    def newest(self, at):
        """One edition a document for the desk: its draft, else the next scheduled, else the one that stands, else the last cancelled."""
        editions = self.model._base_manager.filter(document=models.OuterRef("document"))
        draft = editions.filter(live_from__isnull=True).exclude(lane=PRACTICE).order_by("lane").values("pk")[:1]
        ahead = editions.filter(live_from__gt=at, live_until__gt=F("live_from")).order_by("live_from").values("pk")[:1]
        stands = editions.filter(live_from__lte=at, live_until__gt=at).values("pk")[:1]
        past = editions.filter(live_from__isnull=False).order_by("-live_from", "-pk").values("pk")[:1]
        chosen = models.functions.Coalesce(models.Subquery(draft), models.Subquery(ahead), models.Subquery(stands), models.Subquery(past))
        return self.filter(pk=chosen)

    def with_slug(self, slug, languages):
        """Editions whose own slug, in one of these languages, is `slug`."""
        return self.filter(models.Q(*((f"slug_{language}", slug) for language in languages), _connector=Q.OR))
