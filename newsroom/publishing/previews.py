"""Links that show one draft to one named person outside, until they expire or are revoked; and when each was opened."""

from datetime import timedelta

from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .log import AboutEdition
from .plaintext import refuse_control_characters

SIGNER = signing.Signer(salt="newsroom.publishing.preview", sep=".")
AGAIN = timedelta(minutes=1)
"""Whoever reloads the page within this time has not opened it again."""


class PreviewLink(AboutEdition):
    """`by` made it for `recipient`, a name that is shown on the page. It opens no other edition than its own."""

    APPEND_ONLY = False  # it can be revoked

    recipient = models.CharField(_("for whom"), max_length=200, validators=[refuse_control_characters])
    expires_at = models.DateTimeField(_("until"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True)

    class Meta(AboutEdition.Meta):
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="publishing_preview_about")]

    def __str__(self):
        return self.recipient

    @property
    def token(self):
        """The id and its signature: nobody makes one without the newsroom's key."""
        return SIGNER.sign(str(self.pk))

    @property
    def is_over(self):
        return self.revoked_at is not None or timezone.now() >= self.expires_at

    def opened(self):
        last = self.openings.last()
        if last is None or timezone.now() - last.at >= AGAIN:
            self.openings.create()

    @classmethod
    def read(cls, token):
        """The link of a token, or None for anything that was not signed here. The comparison takes constant time."""
        try:
            return cls.objects.filter(pk=int(SIGNER.unsign(token))).first()
        except (signing.BadSignature, ValueError):
            return None


class PreviewOpening(models.Model):
    """That a link was opened. Neither address nor browser is kept: the link says whose it was."""

    APPEND_ONLY = True  # publishing/guards.py

    link = models.ForeignKey(PreviewLink, models.PROTECT, related_name="openings")
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"
