"""The steps of an edition's life, each a small page of the admin: preview, publish, schedule, cancel, withdraw, new edition …"""

from functools import partial, update_wrapper

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..drafts import draft_from, last_number, lock_draft, now, save_draft
from ..models import Change, Lane, Revision, Status
from ..policy import check_ready, clear, may_publish, text_gaps
from ..publish import cancel, publish, reschedule, withdraw
from ..snapshot import snapshot, write
from .conflicts import differences, merged
from .forms import LaterForm, MomentForm, WithdrawForm
from .reading import Reading
from .words import language_name


class Steps(Reading):
    """A mixin of ModelAdmin: one method a step, each at `<edition id>/<step>/`."""

    STEPS = ("preview", "publish", "schedule", "cancel", "reschedule", "withdraw", "begin", "correct", "clear")

    def get_urls(self):
        steps = [path(f"<int:pk>/{name}/", self._step_view(getattr(self, f"{name}_step")), name=self._name(name)) for name in self.STEPS]
        numbered = [
            path("<int:pk>/conflict/<int:number>/", self._step_view(self.conflict_step), name=self._name("conflict")),
            path("<int:pk>/revision/<int:number>/", self._step_view(self.revision_step), name=self._name("revision")),
        ]
        return steps + numbered + super().get_urls()

    def _name(self, step):
        return f"{self.opts.app_label}_{self.opts.model_name}_{step}"

    def step(self, name, *args):
        """The address of a step."""
        return reverse(f"admin:{self._name(name)}", args=args)

    def _step_view(self, step):
        def view(request, pk, **kwargs):
            edition = self.model.objects.select_related("document").filter(pk=pk).first()
            if edition is None:
                raise Http404
            if not self.has_view_or_change_permission(request, edition):
                raise PermissionDenied
            return step(request, edition, **kwargs)

        return update_wrapper(self.admin_site.admin_view(view), step)

    # --- Going live -----------------------------------------------------------------------------------------------------
    def publish_step(self, request, edition):
        """Asks once more, then publishes as soon as possible."""
        return self._go_live(request, edition, None)

    def schedule_step(self, request, edition):
        return self._go_live(request, edition, MomentForm(request.POST or None))

    def _go_live(self, request, edition, moment_form):
        self._require(request, edition.is_draft)
        latest = last_number(edition)
        waiting = list(edition.document.editions.scheduled(now()))
        later_form = LaterForm(request.POST or None, scheduled=waiting)
        if request.method == "POST" and later_form.is_valid() and (moment_form is None or moment_form.is_valid()):
            at, seen = moment_form.moment() if moment_form else None, number(request.POST.get("seen"))
            done = self._attempt(request, partial(publish, edition, request.user, at, later=later_form.choices(), seen=seen))
            if done:
                self._say_when(request, done)
                return self._back(edition)
        missing, behind = text_gaps(edition)
        title = _("Schedule") if moment_form else _("Publish now")
        forms = [form for form in (moment_form, later_form) if form is not None and form.fields]
        problems = self._refusals(edition) if request.method == "GET" else []
        gaps = {"missing": [language_name(code) for code in missing], "behind": [language_name(code) for code in behind]}
        context = {"forms": forms, "waiting": waiting, "overtaken": self._overtaken(edition), "seen": latest, "problems": problems, **gaps}
        return self._page(request, edition, "publish", title, **context)

    @staticmethod
    def _refusals(edition):
        """What would be refused if it were published now, so that it is known before anybody presses the button."""
        try:
            check_ready(edition, now())
        except ValidationError as error:
            return error.messages
        return []

    @staticmethod
    def _overtaken(edition):
        """The edition that went live after this draft was begun, or None: what it changed is not in the draft."""
        begun = Revision.about(edition).order_by("number").values_list("at", flat=True).first()
        return edition.document.editions.live(now()).filter(live_from__gt=begun).first() if begun else None

    def _say_when(self, request, decision):
        local = localtime(decision.effective_at)
        when = {"day": date_format(local, "DATE_FORMAT"), "time": date_format(local, "H:i:s")}
        self.message_user(request, _("It takes effect by itself, on %(day)s at %(time)s.") % when, messages.SUCCESS)
        if decision.is_alone:
            self.message_user(request, _("You published your own text. It is listed until another editor clears it."), messages.WARNING)

    def reschedule_step(self, request, edition):
        self._require(request, not edition.is_draft)
        form = MomentForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            done = self._attempt(request, partial(reschedule, edition, request.user, form.moment()))
            if done:
                self._say_when(request, done)
                return redirect(self._change_address(done.object_id))
        return self._page(request, edition, "publish", _("Reschedule"), forms=[form])

    def cancel_step(self, request, edition):
        self._require(request, not edition.is_draft)
        if request.method == "POST":
            done = self._attempt(request, lambda: (cancel(edition, request.user),))
            if done:
                self.message_user(request, _("Cancelled: it will not go live. Its text is a draft again."), messages.SUCCESS)
                return self._back(done[0] or edition)
        return self._page(request, edition, "cancel", _("Cancel the scheduled publication"))

    def withdraw_step(self, request, edition):
        self._require(request, not edition.is_draft)
        form = WithdrawForm(request.POST or None, edition=edition)
        if request.method == "POST" and form.is_valid():
            done = self._attempt(request, partial(withdraw, edition, request.user, form.cleaned_data["change"], form.notes()))
            if done:
                self._say_when(request, done)
                return redirect(self._change_address(done.object_id))
        title = _("Retract what was withdrawn") if edition.is_tombstone else _("Withdraw from the public")
        return self._page(request, edition, "withdraw", title, forms=[form])

    # --- Beginning ------------------------------------------------------------------------------------------------------
    def begin_step(self, request, edition):
        return self._begin(request, edition, Lane.WORKING, Change.UPDATE)

    def correct_step(self, request, edition):
        return self._begin(request, edition, Lane.CORRECTION, Change.CORRECTION, holds=edition.status(now()) == Status.LIVE)

    def _begin(self, request, edition, lane, change, holds=True):
        if request.method != "POST" or not self.has_change_permission(request):
            raise PermissionDenied
        if not holds:
            raise Http404
        change = change if edition.document.editions.history(now()).exists() else Change.FIRST
        draft = self._attempt(request, partial(draft_from, edition, request.user, lane=lane, change=change))
        return self._back(draft or edition)

    def clear_step(self, request, edition):
        self._require(request, True)
        if request.method == "POST" and self._attempt(request, partial(clear, edition, request.user)):
            self.message_user(request, _("Cleared: you stand by it too."), messages.SUCCESS)
        return self._back(edition)

    # --- Two people in one draft ----------------------------------------------------------------------------------------
    def conflict_step(self, request, edition, number):
        """Both texts, field by field, with a choice for each; both stay among the revisions whatever is chosen."""
        refused = Revision.about(edition).filter(number=number, is_refused=True).first()
        if refused is None or not edition.is_draft:
            raise Http404
        if not self.has_change_permission(request, edition):
            raise PermissionDenied
        latest, theirs = last_number(edition), snapshot(edition)
        rows = differences(edition, theirs, refused.data)
        if request.method == "POST" and request.POST.get("based_on") == str(latest):
            mine = [row.key for row in rows if request.POST.get(row.key) == "mine"]
            if self._attempt(request, partial(self._merge, edition, merged(theirs, refused.data, mine), request.user, latest)):
                self.message_user(request, _("Saved. Both texts stay in the history."), messages.SUCCESS)
            return self._back(edition)
        other = self.revisions(edition).filter(is_refused=False).first()
        context = {"rows": rows, "other": other, "based_on": latest, "again": request.method == "POST"}
        return self._page(request, edition, "conflict", _("Somebody saved this draft before you"), **context)

    @staticmethod
    @transaction.atomic
    def _merge(edition, data, by, latest):
        lock_draft(edition)
        if last_number(edition) != latest:
            raise ValidationError(_("The draft was saved once more while you were choosing. Please choose again."))
        write(edition, data)
        return save_draft(edition, by)

    # --- Shared ---------------------------------------------------------------------------------------------------------
    def _require(self, request, holds):
        if not may_publish(request.user, self.model):
            raise PermissionDenied
        if not holds:
            raise Http404

    def _attempt(self, request, action):
        """The action's result, or None after telling the person why it was refused."""
        try:
            return action()
        except ValidationError as error:
            for message in error.messages:
                self.message_user(request, message, messages.ERROR)
            return None

    def _change_address(self, pk):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[pk])

    def _back(self, edition):
        return redirect(self._change_address(edition.pk))

    def _page(self, request, edition, name, title, **context):
        shared = {
            **self.admin_site.each_context(request), "opts": self.opts, "edition": edition, "title": title,
            "change_address": self._change_address(edition.pk), "edition_admin": self, "media": self.media,
        }  # fmt: skip
        return TemplateResponse(request, f"admin/edition_{name}.html", {**shared, **context})


def number(value):
    """A number of a form, or -1 for anything else."""
    return int(value) if value and value.isascii() and value.isdigit() else -1
