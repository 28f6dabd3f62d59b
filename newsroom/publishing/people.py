"""What is known of a person at the desk besides their groups, and which documents are shared with whom."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Notice(models.TextChoices):
    """What the desk tells its people by mail, each as long as they want it."""

    REVIEW = "review", _("A text was sent for review")
    LEGAL = "legal", _("A text waits for legal")
    RETURNED = "returned", _("A text of mine was returned")
    APPROVED = "approved", _("A text of mine was approved")
    ALONE = "alone", _("Somebody published alone")
    SOON = "soon", _("A text goes live in an hour")
    LIVE = "live", _("A text went live")
    BEHIND = "behind", _("A text is missing or out of date in a language")
    DUE = "due", _("A page is due for review")
    SHARED = "shared", _("A text was shared with me")


class Account(models.Model):
    """One a person, made when there is something to say: until when they may sign in, which language they write, what they are told,
    and what of the desk they have tried (practice.py)."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="account", verbose_name=_("person"))
    expires_on = models.DateField(
        _("may sign in until"), null=True, blank=True, help_text=_("The last day, on the newsroom’s clock. Needed for commenters.")
    )
    language = models.CharField(
        _("translates into"),
        max_length=5,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=_("For translators: the one language they write."),
    )
    unwanted = models.JSONField(_("not by mail"), default=list, blank=True)
    first_steps = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        default_permissions = ()
        permissions = [("translate", "Can write one language's texts"), ("clear_legal", "Can clear a text for legal")]

    def __str__(self):
        return str(self.person)

    @property
    def is_expired(self):
        return self.expires_on is not None and timezone.localdate() > self.expires_on


def account_of(person):
    """The person's account; an empty one, not saved, for whoever has none."""
    try:
        return person.account
    except Account.DoesNotExist:
        person.account = Account(person=person)
        return person.account


class Share(models.Model):
    """A document that somebody who sees nothing else at the desk may read and comment on until the end of a day."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    document_id = models.BigIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("shared with"))
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateField(_("until"), help_text=_("The last day, on the newsroom’s clock."))

    class Meta:
        verbose_name = _("shared document")
        verbose_name_plural = _("shared documents")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["content_type", "document_id", "person"], name="publishing_share_once")]

    def __str__(self):
        return f"{self.person}, {self.until}"

    @classmethod
    def of(cls, model):
        """The shares of this type's documents that hold today."""
        return cls.objects.filter(content_type=ContentType.objects.get_for_model(model), until__gte=timezone.localdate())
