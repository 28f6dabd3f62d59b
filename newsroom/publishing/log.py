"""What is remembered about editions, append-only: who decided what, and every save of a draft."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .plaintext import refuse_control_characters


def name_of(person):
    """A person's name as text, for what must be readable when the account is long gone. Nobody: a command of the newsroom."""
    return (person.get_full_name() or person.get_username()) if person else "newsroom"


class Verb(models.TextChoices):
    """What staff can decide about an edition."""

    SUBMIT = "submit", _("sent for review")
    RETURN = "return", _("returned")
    APPROVE = "approve", _("approved")
    ASK_LEGAL = "ask_legal", _("sent to legal")
    CLEAR_LEGAL = "clear_legal", _("cleared by legal")
    SHARE = "share", _("shared")
    UNSHARE = "unshare", _("shared no longer")
    PUBLISH = "publish", _("published")
    SCHEDULE = "schedule", _("scheduled")
    WITHDRAW = "withdraw", _("withdrawn")
    CANCEL = "cancel", _("cancelled")
    HOLD = "hold", _("held")
    MERGE = "merge", _("merged with what went live")
    CLEAR = "clear", _("cleared")
    IMPORT = "import", _("entered from sources")
    DELETE = "delete", _("deleted")
    ERASE = "erase", _("erased passages of")


class AboutEdition(models.Model):
    """A row about an edition of any type; what it remembers outlives a deleted draft."""

    APPEND_ONLY = True  # publishing/guards.py

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    document_id = models.BigIntegerField(null=True, editable=False, db_index=True)
    edition = GenericForeignKey()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        abstract = True
        default_permissions = ("view",)

    def save(self, *args, **kwargs):
        if self.document_id is None and self.edition is not None:
            self.document_id = self.edition.document_id
        super().save(*args, **kwargs)

    @classmethod
    def about(cls, edition):
        """The rows about this edition."""
        return cls.objects.filter(content_type=ContentType.objects.get_for_model(edition), object_id=edition.pk)


class Decision(AboutEdition):
    """Append-only: who did what to which edition, when it takes effect, and why."""

    verb = models.CharField(_("decision"), max_length=12, choices=Verb)
    by_name = models.CharField(_("by (name then)"), max_length=200)
    effective_at = models.DateTimeField(_("takes effect at"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    is_alone = models.BooleanField(_("published by its own author"), default=False)
    revision = models.PositiveIntegerField(_("revision"), null=True)
    snapshot = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64, blank=True)

    class Meta(AboutEdition.Meta):
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="publishing_decision_about")]

    def __str__(self):
        return f"{self.get_verb_display()} · {self.by_name} · {self.at:%Y-%m-%d %H:%M}"


class Revision(AboutEdition):
    """One save of a draft, whole. A refused one (saved over by somebody else first) is kept too, and is never the draft's state."""

    number = models.PositiveIntegerField(_("number"))
    is_refused = models.BooleanField(_("refused"), default=False)
    data = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta(AboutEdition.Meta):
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id", "number"], name="publishing_revision_number")]

    def __str__(self):
        return f"{self.number}"

    @property
    def by_name(self):
        return name_of(self.by)


class Comment(AboutEdition):
    """What staff and the people a document is shared with say about a draft, append-only. Never public."""

    by_name = models.CharField(_("by (name then)"), max_length=200)
    revision = models.PositiveIntegerField(_("revision"))
    text = models.TextField(_("comment"), max_length=4000, validators=[refuse_control_characters])

    class Meta(AboutEdition.Meta):
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self):
        return f"{self.by_name} · {self.at:%Y-%m-%d %H:%M}"


class Check(AboutEdition):
    """Somebody read what was live, and stands by it: append-only, and public from `at` on as "Last checked"."""

    by_name = models.CharField(_("by (name then)"), max_length=200)

    class Meta(AboutEdition.Meta):
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        default_permissions = ()
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id", "at"], name="publishing_check_about"),
            models.Index(fields=["at"], name="publishing_check_at"),
        ]

    def __str__(self):
        return f"{self.by_name} · {self.at:%Y-%m-%d %H:%M}"
