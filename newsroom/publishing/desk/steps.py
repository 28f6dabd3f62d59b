"""The steps of an edition's life, each a small page of the admin: preview, publish, schedule, cancel, withdraw, new edition …"""

from functools import partial, update_wrapper

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..drafts import draft_from, draft_in, last_number, now
from ..models import Change, Lane, Revision, Status, Verb
from ..policy import (
    check_legal,
    check_ready,
    check_second_person,
    clear,
    lacks_second_person,
    may_publish,
    may_write,
    refusals,
    text_gaps,
    translates,
)
from ..publish import MERGE, cancel, publish, reschedule, withdraw
from ..stages import merged
from .conflicts import Conflicts
from .forms import LaterForm, MomentForm, WithdrawForm
from .reading import number
from .review_forms import EmergencyForm
from .reviewing import Reviewing
from .words import language_name

PRACTISED = {f"{name}_step" for name in ("preview", "frame", "submit", "unsaved", "compare", "conflict", "restore", "revision")}
"""The steps that a practice draft can take: none that anybody else would hear of."""


class Steps(Conflicts, Reviewing):
    """A mixin of ModelAdmin: one method a step, each at `<edition id>/<step>/`."""

    STEPS = ("preview", "publish", "schedule", "cancel", "reschedule", "withdraw", "begin", "correct", "clear")

    def get_urls(self):
        steps = [
            path(f"<int:pk>/{name}/", self._step_view(getattr(self, f"{name}_step")), name=self._name(name))
            for name in (*self.STEPS, *self.REVIEW_STEPS, *self.READING_STEPS, "unsaved")
        ]
        numbered = [
            path("<int:pk>/conflict/<int:number>/", self._step_view(self.conflict_step), name=self._name("conflict")),
            path("<int:pk>/restore/<int:number>/", self._step_view(self.restore_step), name=self._name("restore")),
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
            if edition.is_practice and step.__name__ not in PRACTISED:
                raise Http404
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
        latest, waiting = last_number(edition), list(edition.document.editions.scheduled(now()))
        asks, is_alone = settings.SECOND_PERSON, lacks_second_person(edition, request.user)
        is_emergency = is_alone and asks == "require" and moment_form is None
        later_form = LaterForm(request.POST or None, scheduled=waiting)
        emergency_form = EmergencyForm(request.POST or None) if is_emergency else None
        forms = [form for form in (moment_form, emergency_form, later_form) if form is not None and form.fields]
        if request.method == "POST" and all(form.is_valid() for form in (*forms, later_form)):
            at, seen = moment_form.moment() if moment_form else None, number(request.POST.get("seen"))
            reason = emergency_form.cleaned_data["emergency"] if emergency_form else ""
            action = partial(publish, edition, request.user, at, later=later_form.choices(), seen=seen, emergency=reason)
            done = self._attempt(request, action)
            if done:
                self._say_when(request, done)
                return self._after_publishing(request, edition, later_form.choices())
        title = _("Schedule") if moment_form else _("Publish now")
        context = {
            "forms": forms,
            "waiting": waiting,
            "overtaken": self._overtaken(edition),
            "seen": latest,
            "is_alone": is_alone and asks == "advise",
        }
        checks = [partial(check_legal, edition, request.user)]
        if not is_emergency:
            checks.append(partial(check_second_person, edition, request.user, None, ""))
        return self._page(request, edition, "publish", title, **context, **self._readiness(request, edition, *checks))

    def _after_publishing(self, request, edition, later):
        """Back to the edition; to the draft that something scheduled was merged into, where there is one to read."""
        draft = draft_in(edition.document, Lane.WORKING) if MERGE in later.values() else None
        if draft is None:
            return self._back(edition)
        told = _("This was scheduled, and is a draft now, with what you have just published in it. Please read it, and schedule it again.")
        self.message_user(request, told, messages.WARNING)
        refused = Revision.about(draft).filter(is_refused=True, number__gt=last_number(draft)).last()
        return redirect(f"{self.step('conflict', draft.pk, refused.number)}?merge=1") if refused else self._back(draft)

    def _readiness(self, request, edition, *checks):
        """What would be refused were it published now, and what the public would miss: known before anybody presses the button."""
        missing, behind = text_gaps(edition)
        gaps = {"missing": [language_name(code) for code in missing], "behind": [language_name(code) for code in behind]}
        problems = refusals(partial(check_ready, edition, now()), *checks) if request.method == "GET" else []
        return {"problems": problems, **gaps}

    @staticmethod
    def _overtaken(edition):
        """The edition that went live after this draft was begun, or None: what it changed is not in the draft, unless it was merged."""
        begun = Revision.about(edition).order_by("number").values_list("at", flat=True).first()
        merge = merged(edition)
        known = [moment for moment in (begun, merge and merge.effective_at) if moment]
        return edition.document.editions.live(now()).filter(live_from__gt=max(known)).first() if known else None

    def _say_when(self, request, decision):
        local = localtime(decision.effective_at)
        when = {"day": date_format(local, "DATE_FORMAT"), "time": date_format(local, "H:i:s")}
        self.message_user(request, _("It takes effect on %(day)s at %(time)s.") % when, messages.SUCCESS)
        if decision.is_alone:
            withdrawn = _("You withdrew this on your own. It is listed until another editor clears it.")
            published = _("You published your own text. It is listed until another editor clears it.")
            self.message_user(request, withdrawn if decision.verb == Verb.WITHDRAW else published, messages.WARNING)

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
        translator = translates(request.user, self.model)
        if request.method != "POST" or not (may_write(request.user, self.model) or (translator and lane == Lane.WORKING)):
            raise PermissionDenied
        if not holds:
            raise Http404
        change = Change.TRANSLATION if translator else change
        change = change if edition.document.editions.history(now()).exists() else Change.FIRST
        draft = self._attempt(request, partial(draft_from, edition, request.user, lane=lane, change=change))
        return self._back(draft or edition)

    def clear_step(self, request, edition):
        self._require(request, True)
        if request.method == "POST" and self._attempt(request, partial(clear, edition, request.user)):
            self.message_user(request, _("Cleared: you stand by it too."), messages.SUCCESS)
        return self._back(edition)

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
