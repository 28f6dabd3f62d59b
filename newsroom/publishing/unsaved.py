"""What somebody has typed into a draft's form and not saved yet, and who has the form open. Never public, never a revision."""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .log import name_of

LONGEST = 1_000_000
"""How many characters of unsaved text are kept at most."""
KEPT = timedelta(days=90)
"""How long after its writer was last at the form unsaved text is offered back."""
PRESENT = timedelta(seconds=30)
"""Whoever has the form open says so twice as often (static/desk/keep.js)."""


class Autosave(models.Model):
    """One a draft and person, overwritten: private to that person, removed by a real save. What was never saved yet has the id 0."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.BigIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    at = models.DateTimeField(null=True)
    fields = models.JSONField(default=list)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id", "by"], name="publishing_autosave_once")]

    def __str__(self):
        return f"{self.by} · {self.seen_at:%Y-%m-%d %H:%M}"

    @classmethod
    def of(cls, model, pk):
        """The rows about one draft; about texts of this type that were never saved, where `pk` is None."""
        return cls.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id=pk or 0)


def keep(model, pk, person, fields=None):
    """Note that `person` has the form open now and, where given, what the form says: [[name, value], …] in its order."""
    moment = timezone.now()
    text = {"at": moment, "fields": fields} if fields is not None else {}
    key = {"content_type": ContentType.objects.get_for_model(model), "object_id": pk or 0, "by": person}
    return Autosave.objects.update_or_create(**key, defaults={"seen_at": moment, **text})[0]


def unsaved_text(model, pk, person):
    """What this person has not saved of a draft, as an Autosave, or None."""
    return Autosave.of(model, pk).filter(by=person, at__isnull=False).first()


def forget(model, pk, person=None):
    """What a real save makes needless, of one person; of everybody, where the draft goes."""
    rows = Autosave.of(model, pk)
    (rows if person is None else rows.filter(by=person)).delete()


def purge():
    """Remove the text that nobody came back for within KEPT, and, a day later, that somebody had a form open. Returns how many rows."""
    now = timezone.now()
    old = Q(seen_at__lt=now - KEPT) | Q(seen_at__lt=now - timedelta(days=1), at=None)
    return Autosave.objects.filter(old).delete()[0]


def editing_now(edition, person):
    """“Ana is editing this now.”, or "" where nobody but `person` is."""
    rows = Autosave.of(type(edition), edition.pk).filter(seen_at__gt=timezone.now() - PRESENT).exclude(by=person)
    names = sorted({name_of(row.by) for row in rows.select_related("by")})
    if not names:
        return ""
    said = ngettext("%(names)s is editing this now.", "%(names)s are editing this now.", len(names))
    return said % {"names": _(" and ").join(names)}
