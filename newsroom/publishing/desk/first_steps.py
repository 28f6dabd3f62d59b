"""The checklist of a newcomer, on the desk's first page until they hide it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from .. import practice


@dataclass(frozen=True)
class Step:
    said: str
    is_done: bool
    address: str = ""


def context(person):
    """What the first page shows: nothing, without a question to the database, to whoever has hidden it or may write nothing."""
    if practice.is_hidden(person) or practice.type_for(person) is None:
        return {"first_steps": []}
    draft, done = practice.practice_of(person), practice.done(person)
    form = draft and address_of(draft)
    steps = [
        Step(_("Sign in"), True),
        Step(_("Choose a password of your own"), practice.PASSWORD in done, reverse("admin:password_change")),
        Step(_("Open your practice draft: nobody else is shown it, and it can never be published"), practice.BEGUN in done, form),
        Step(_("Write something in it, and save"), practice.SAVED in done, form),
        Step(_("Look at it as the public would: “Save and preview”"), practice.PREVIEWED in done, draft and address_of(draft, "preview")),
        Step(_("Send it for review: nobody is told"), practice.SENT in done, draft and address_of(draft, "submit")),
    ]
    return {"first_steps": steps, "practice": draft, "are_all_done": all(step.is_done for step in steps)}


def address_of(draft, step="change"):
    return reverse(f"admin:{draft._meta.app_label}_{draft._meta.model_name}_{step}", args=[draft.pk])


def take(request):
    """The checklist's two buttons."""
    if practice.type_for(request.user) is None:
        raise PermissionDenied
    if request.method != "POST":
        raise Http404
    if "hide" in request.POST:
        practice.hide(request.user)
        return redirect("admin:index")
    return redirect(address_of(practice.begin(request.user)))
