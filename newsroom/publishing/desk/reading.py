"""What can be read of an edition at the desk: its page as the public will see it, what was saved, and what was decided."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from .. import languages
from ..models import Decision, Revision
from ..policy import may_view
from .comparing import Comparing
from .conflicts import differences
from .restoring import Restoring


class Reading(Comparing, Restoring):
    """A mixin of ModelAdmin."""

    READING_STEPS = ("compare",)

    def revision_step(self, request, edition, number):
        if not may_view(request.user, self.model):
            raise PermissionDenied
        revision = Revision.about(edition).filter(number=number).first()
        if revision is None:
            raise Http404
        context = {
            "revision": revision,
            "rows": self.everything_in(edition, revision.data),
            "restore_address": self.restore_address(request, edition, revision),
        }
        return self._page(request, edition, "revision", _("Revision %(number)d") % {"number": number}, **context)

    @staticmethod
    def everything_in(edition, data):
        """Everything that a snapshot of the edition says, field by field."""
        empty = {name: {} if name in languages.LANGUAGES else None for name in data}
        return [row for row in differences(edition, data, empty) if row.theirs != "–"]

    def history_page(self, request, edition):
        decisions = Decision.about(edition).select_related("by")
        context = {"decisions": decisions, "revisions": self.revisions(edition).defer("data")}
        context |= self.choices(request.user, edition)
        return self._page(request, edition, "history", _("Saves and decisions"), **context)

    def revisions(self, edition):
        return Revision.about(edition).select_related("by").order_by("-number")


def number(value):
    """A number of a form, or -1 for anything else."""
    return int(value) if value and value.isascii() and value.isdigit() else -1
