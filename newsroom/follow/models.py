"""What the newsroom has to tell others, kept until it is told."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """One thing to tell once it is due. `kind` names who tells it (`outbox.SENDERS`), `about` an edition or nothing, `data` the rest."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        DROPPED = "dropped", _("Nothing to tell any more")
        GIVEN_UP = "given_up", _("Given up")

    kind = models.CharField(_("what"), max_length=20)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    object_id = models.BigIntegerField(null=True)
    about = GenericForeignKey()
    data = models.JSONField(default=dict)
    due_at = models.DateTimeField(_("due"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.WAITING)
    tries = models.PositiveIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"))
    done_at = models.DateTimeField(_("done"), null=True)
    problem = models.TextField(_("last problem"), blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("outbox")
        default_permissions = ("view",)
        ordering = ["-pk"]
        indexes = [models.Index(fields=["next_try_at", "id"], name="follow_message_waiting", condition=Q(outcome="waiting"))]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    def finish(self, outcome, problem=""):
        """Done with, for good or until somebody asks for it again."""
        self.outcome, self.problem, self.done_at = outcome, problem, timezone.now()
        self.save(update_fields=["outcome", "problem", "done_at"])

    def send_again(self):
        """Begin anew: due now, with all its tries before it."""
        self.due_at = self.next_try_at = timezone.now()
        self.outcome, self.tries, self.done_at = self.Outcome.WAITING, 0, None
        self.save()
