"""What the record keeps besides the editions themselves: the ledger's entries, and what had to be erased."""

import secrets

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.publishing import languages
from newsroom.publishing.models import Change


def new_salt():
    """128 random bits, so that the hash of a short text that was taken away cannot be guessed from."""
    return secrets.token_hex(16)


class Entry(models.Model):
    """One edition in the ledger: a link of a chain of hashes. Append-only."""

    APPEND_ONLY = True

    number = models.BigIntegerField(primary_key=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    document_id = models.BigIntegerField()
    change = models.CharField(max_length=12)
    live_from = models.DateTimeField()
    ordered_at = models.DateTimeField(help_text=_("the later of decided and live"))
    salt = models.CharField(max_length=32, default=new_salt)
    content_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        default_permissions = ("view",)
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="record_entry_once")]
        indexes = [models.Index(fields=["ordered_at"], name="record_entry_order")]

    def __str__(self):
        return f"{self.number} {self.digest[:12]}"

    @property
    def kind(self):
        """What it is to the edition before it, in words."""
        return gettext("{}: {}").format(self.content_type.model_class()._meta.verbose_name, Change(self.change).label)


class Erasure(models.Model):
    """One edition from which named passages were removed for good, by two people, for a reason the public reads. Append-only."""

    APPEND_ONLY = True

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    document_id = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    second = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason_en = models.TextField()
    reason_fr = models.TextField()
    digest = models.CharField(max_length=64, help_text=_("of the snapshot before the erasure"))

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        default_permissions = ("view",)
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="record_erasure_about")]

    def __str__(self):
        return f"{self.content_type} {self.object_id}"

    @property
    def reason(self):
        """Why, in the active language."""
        return getattr(self, f"reason_{languages.current()}")
