"""A save of the form: what it writes, and where its text goes when the draft is another one by now, public already, or gone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ..drafts import delete_draft, last_number, lock, lock_draft, remember, save_draft
from ..policy import may_edit
from ..snapshot import snapshot
from ..unsaved import forget
from .conflicts import Stale, typed
from .inlines import in_order
from .reading import number
from .words import labels


class Saving:
    """A mixin of ModelAdmin."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if shown := self.with_unsaved(request, object_id):
            return super().changeform_view(shown, object_id, form_url, extra_context)
        edition = None
        if request.method == "POST" and object_id and may_edit(request.user, self.model):
            edition = self.get_object(request, object_id)
            if edition is None:
                return self._deleted_meanwhile(request)
            if not edition.is_draft:
                return self._saved_too_late(request, edition)
        try:
            response = super().changeform_view(request, object_id, form_url, extra_context)
            # Refused with errors that may be the other save's doing: the entries it names are others now.
            if edition is not None and response.status_code == 200 and self._is_stale(request, edition):
                return self._refuse(request, edition, typed(edition, request.POST))
            return response
        except Stale as stale:  # the transaction is undone; what was typed is kept as a refused revision
            edition = self.get_object(request, object_id)
            if edition is None:
                return self._deleted_meanwhile(request)
            return self._refuse(request, edition, stale.data)
        except ValidationError:  # published, or its address taken, this very moment: the second look finds it and says so
            if getattr(request, "is_second_look", False):
                raise
            request.is_second_look = True
            return self.changeform_view(request, object_id, form_url, extra_context)

    @staticmethod
    def _is_stale(request, edition):
        return last_number(edition) != number(request.POST.get("based_on"))

    def _refuse(self, request, edition, data):
        """Keep what was typed beside what somebody else saved before, and ask which text stays."""
        return redirect(self.step("conflict", edition.pk, self._keep(edition, request.user, data).number))

    def _saved_too_late(self, request, edition):
        """Somebody published the draft while this person was still writing in it: what was typed is kept among its saves."""
        kept = self._keep(edition, request.user, typed(edition, request.POST))
        told = _("This text was published while you were writing. Yours was not saved over it; it is kept here.")
        self.message_user(request, told, messages.WARNING)
        return redirect(self.step("revision", edition.pk, kept.number))

    @staticmethod
    @transaction.atomic
    def _keep(edition, by, data):
        """What was typed, as a refused revision; in order with every other save."""
        lock(edition.document)
        forget(type(edition), edition.pk, by)
        return remember(edition, by, is_refused=True, data=data)

    def _deleted_meanwhile(self, request):
        """There is nothing left to keep the text with: it is shown once more, to be copied from here."""
        known = labels(self.model)
        rows = [(known[name], value) for name, value in request.POST.items() if name in known and value]
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Somebody deleted this draft"), "rows": rows}
        return TemplateResponse(request, "admin/edition_deleted.html", context, status=410)

    def save_model(self, request, obj, form, change):
        if change:
            lock_draft(obj)
        else:
            obj.document = self.model.document.field.related_model.objects.create(owner=request.user)
        obj.save()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        edition = form.instance
        if change and self._is_stale(request, edition):
            raise Stale(snapshot(edition))
        save_draft(edition, request.user, form.behind())
        forget(self.model, edition.pk if change else None, request.user)

    def save_formset(self, request, form, formset, change):
        formset.save()
        for position, child in enumerate(in_order(formset), start=1):
            if child.position != position:
                type(child).objects.filter(pk=child.pk).update(position=position)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except ValidationError as error:  # the transaction is undone
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return redirect(self._change_address(object_id))

    def delete_model(self, request, obj):
        delete_draft(obj, request.user)

    def log_addition(self, request, obj, message):
        """Decisions and revisions are the log."""

    log_change = log_addition

    def log_deletions(self, request, queryset):
        """See log_addition."""
