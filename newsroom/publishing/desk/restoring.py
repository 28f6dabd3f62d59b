"""An older save brought back into the draft: looked at beside what the draft says now, then saved as one more revision."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils.translation import gettext as _

from ..drafts import draft_in, last_number
from ..models import Lane
from ..policy import may_write
from ..restore import brought_back, fitting, rewrite
from ..snapshot import snapshot
from .comparing import compare_snapshots, save_label


class Restoring:
    """A mixin of ModelAdmin."""

    def restore_step(self, request, edition, number):
        """Asks, then makes the draft say again what a save says: one of its own or, with `?of=`, of another edition of the document."""
        if not may_write(request.user, self.model):
            raise PermissionDenied
        of = request.GET.get("of", str(edition.pk))
        source = edition.document.editions.filter(pk=of).first() if of.isascii() and of.isdigit() and len(of) < 16 else None
        save = self.revisions(source).filter(number=number).first() if source else None
        if save is None or not edition.is_draft:
            raise Http404
        latest, wanted = last_number(edition), brought_back(edition, save)
        if request.method == "POST":
            seen = int(request.POST["seen"]) if request.POST.get("seen") == str(latest) else -1
            if self._attempt(request, partial(rewrite, edition, wanted, request.user, seen)):
                self.message_user(request, _("Brought back. It is the draft’s newest save; the ones before it stay."), messages.SUCCESS)
                return self._back(edition)
        try:
            (data, left_out), problems = fitting(edition, wanted), []
        except ValidationError as error:
            data, left_out, problems = wanted, [], error.messages
        context = {
            "save": save, "label": save_label(save), "left_out": left_out, "problems": problems, "seen": latest,
            "comparison": compare_snapshots(edition, snapshot(edition), data, request.user),
        }  # fmt: skip
        return self._page(request, edition, "restore", _("Bring an older save back"), **context)

    def restore_address(self, request, edition, save):
        """Where this save can be brought back into a draft of its document, or None."""
        draft = edition if edition.is_draft else draft_in(edition.document, Lane.WORKING) or draft_in(edition.document, Lane.CORRECTION)
        is_now = draft == edition and draft is not None and save.number == last_number(edition)
        if draft is None or is_now or not may_write(request.user, self.model):
            return None
        return f"{self.step('restore', draft.pk, save.number)}?of={edition.pk}"
