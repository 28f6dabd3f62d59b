"""Whether what is live is still right: how often a document is read again, and that somebody has read it."""

from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, Func
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from .log import name_of
from .models import Check
from .policy import check_permission
from .publish import earliest, fresh, in_one_transaction, in_time


@in_one_transaction
def check(edition, by):
    """Say in public that what is live is still right, from the next free second on. Returns the Check.

    Raises ValidationError where the edition is not live, or will not be by then; PermissionDenied for anybody but an editor.
    """
    document = fresh(edition)
    check_permission(edition, by)
    moment = earliest(timezone.now())
    if not document.editions.live(moment).filter(pk=edition.pk).exists():
        raise ValidationError(_("Only what is live can be checked."), code="not_live")
    done = Check.objects.create(edition=edition, by=by, by_name=name_of(by), at=moment)
    in_time(moment)
    return done


class Days(Func):
    """A number of days as a duration, which SQLite keeps in microseconds."""

    output_field = DurationField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="(%(expressions)s * 86400000000)", **context)

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="(%(expressions)s * INTERVAL '1 day')", **context)


def due(model, at):
    """What is live at `at` and was to be read again by then; adds `due_at`. Counted from the last check, or else from `live_from`."""
    documents = model.document.field.related_model.objects.filter(review_every__gt=0)
    # Named by a question of their own, so that the editions are found from them and not the other way round.
    editions = model.objects.live(at).filter(document__in=documents.values("pk")).with_check(at)
    due_at = ExpressionWrapper(Coalesce("checked_at", "live_from") + Days("document__review_every"), DateTimeField())
    return editions.annotate(due_at=due_at).filter(due_at__lte=at)
