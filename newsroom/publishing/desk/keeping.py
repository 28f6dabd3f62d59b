"""Nothing typed is lost: what a form says is kept every few seconds, offered back, and gone with a real save."""

from copy import copy

from django.core.exceptions import PermissionDenied
from django.forms.utils import ErrorDict
from django.http import Http404, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..policy import may_edit, may_view, may_write
from ..unsaved import LONGEST, editing_now, forget, keep, unsaved_text
from .conflicts import typed
from .reading import number

NO_TEXT = ("csrfmiddlewaretoken", "_unsaved")


class Keeping:
    """A mixin of ModelAdmin."""

    def get_urls(self):
        new = path("add/unsaved/", self.admin_site.admin_view(self.unsaved_new), name=self._name("unsaved_new"))
        return [new, *super().get_urls()]

    # --- Keeping --------------------------------------------------------------------------------------------------------
    def unsaved_new(self, request):
        """What is typed into the form to add one."""
        if request.method != "POST" or not may_write(request.user, self.model):
            raise PermissionDenied
        return self._unsaved(request, None)

    def unsaved_step(self, request, edition):
        """What is typed into a draft. A draft that has gone live meanwhile is no reason to lose it."""
        if request.method != "POST" or not may_edit(request.user, self.model):
            raise PermissionDenied
        return self._unsaved(request, edition)

    def _unsaved(self, request, edition):
        said, pk = request.POST.get("_unsaved"), edition and edition.pk
        if said not in ("text", "here"):
            return self._settle(request, edition)
        fields = [[name, value] for name, values in request.POST.lists() if name not in NO_TEXT for value in values]
        if sum(len(name) + len(value) for name, value in fields) > LONGEST:
            return JsonResponse({"told": _("This text is too long to be kept automatically. Please save it now.")}, status=413)
        kept = keep(self.model, pk, request.user, fields if said == "text" else None)
        told = _("Kept at %(time)s, not saved yet.") % {"time": _time(kept.at)} if said == "text" else ""
        return JsonResponse({"told": told, "others": self._others(request, edition), "token": get_token(request)})

    def _others(self, request, edition):
        """Who else is at this draft now, and whether it has been saved or published since this person opened it."""
        if edition is None:
            return ""
        if not edition.is_draft:
            return _("This text has been published since you opened it.")
        last = self.revisions(edition).filter(is_refused=False).first()
        sentences = [editing_now(edition, request.user)]
        if last and last.number != number(request.POST.get("based_on")):
            what = {"name": last.by_name, "time": _time(last.at)}
            sentences.append(_("%(name)s saved it at %(time)s: when you save, you will be asked which text stays.") % what)
        return " ".join(filter(None, sentences))

    def _settle(self, request, edition):
        """The person is done with what was not saved: it is discarded or, where the draft has gone live, kept among its saves."""
        row = unsaved_text(self.model, edition and edition.pk, request.user)
        if row and "keep" in request.POST and edition and not edition.is_draft:
            kept = self._keep(edition, request.user, typed(edition, as_posted(row)))
            return redirect(self.step("revision", edition.pk, kept.number))
        forget(self.model, edition and edition.pk, request.user)
        return self._back(edition) if edition else redirect(self._add_address())

    def _add_address(self):
        return reverse(f"admin:{self._name('add')}")

    # --- Offering it back -----------------------------------------------------------------------------------------------
    def about_unsaved(self, request, edition):
        """What the form's page says of unsaved text and of others who write in it."""
        if not may_edit(request.user, self.model):
            return {}
        row = unsaved_text(self.model, edition and edition.pk, request.user)
        is_shown = getattr(request, "is_brought_back", False)
        if row is None and is_shown:
            raise Http404
        return {
            "unsaved": row if is_shown or request.method == "GET" else None,
            "is_brought_back": is_shown,
            "unsaved_address": self.step("unsaved", edition.pk) if edition else self.step("unsaved_new"),
            "editing_now": editing_now(edition, request.user) if edition and may_view(request.user, self.model) else "",
        }

    def with_unsaved(self, request, object_id):
        """For `?unsaved`: the request as though the form had been sent with what was typed. None where nothing is kept."""
        if request.method != "GET" or "unsaved" not in request.GET or (object_id and not str(object_id).isdecimal()):
            return None
        row = unsaved_text(self.model, object_id and int(object_id), request.user)
        edition = self.get_object(request, object_id) if row and object_id else None
        may = may_edit(request.user, self.model) if object_id else may_write(request.user, self.model)
        if row is None or not may or (object_id and (edition is None or not edition.is_draft)):
            return None
        assert not request.FILES  # read now, since a copy that says POST would read them again
        sent = copy(request)
        sent.method, sent.POST, sent.is_brought_back = "POST", as_posted(row), True
        return sent

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (Unchecked, form), {}) if getattr(request, "is_brought_back", False) else form

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        for formset in formsets if getattr(request, "is_brought_back", False) else ():
            formset.__class__ = type("UncheckedSet", (UncheckedSet, type(formset)), {})
            formset.form = type("UncheckedChild", (Unchecked, formset.form), {})
        return formsets, inlines


class Unchecked:
    """A mixin of forms that show what was typed so far: no error is told of it, and it cannot be saved."""

    def full_clean(self):
        self._errors, self.cleaned_data = ErrorDict(), {}

    def is_valid(self):
        return False


class UncheckedSet:
    def full_clean(self):
        self._errors, self._non_form_errors = [], self.error_class()

    def is_valid(self):
        return False


def as_posted(row):
    """An Autosave as the form's POST data."""
    data = QueryDict(mutable=True)
    for name, value in row.fields:
        data.appendlist(name, value)
    return data


def _time(at):
    return date_format(localtime(at), "H:i")
