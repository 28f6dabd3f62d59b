"""The pages of releases: what goes public together, and what is done to it as one."""

import json
from functools import partial

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import ahead, together
from ..drafts import edition_types, now
from ..models import Member, Release, Status
from ..policy import check_legal, check_ready, check_second_person, lacks_second_person, may_publish, may_view, may_write, refusals
from ..stages import Stage, stage_of
from .forms import MomentForm
from .previewing import sees_all
from .reading import number

OFFERED = 200
"""Drafts that can be chosen from, the newest of each type."""
LISTED = 50


class ReleaseForm(forms.ModelForm):
    class Meta:
        model = Release
        fields = ["title"]
        labels = {"title": gettext_lazy("Name of the release")}
        help_texts = {"title": gettext_lazy("For the desk: the public never sees it.")}


class MemberForm(forms.Form):
    """A draft to add."""

    draft = forms.ChoiceField(label=gettext_lazy("Draft"))

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.drafts = {f"{type_}.{edition.pk}": edition for type_, edition in offered(person)}
        names = [(value, f"{capfirst(edition._meta.verbose_name)} · {edition}") for value, edition in self.drafts.items()]
        self.fields["draft"].choices = [("", "---------"), *names]

    def edition(self):
        return self.drafts[self.cleaned_data["draft"]]


def offered(person):
    """(id of the content type, draft) of what this person may add to a release."""
    for model in edition_types():
        if may_write(person, model):
            type_ = ContentType.objects.get_for_model(model).pk
            taken = Member.objects.filter(content_type=type_).values("object_id")
            yield from ((type_, edition) for edition in model.objects.working().exclude(pk__in=taken).order_by("-pk")[:OFFERED])


def check_desk(request):
    """Raises PermissionDenied for whoever may not view any type; or, to do something, not write any."""
    may = may_view if request.method in ("GET", "HEAD") else may_write
    if not any(may(request.user, model) for model in edition_types()):
        raise PermissionDenied


def release_list(site, request):
    """All releases, and a form for another one."""
    check_desk(request)
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.instance.by = request.user
        return redirect("admin:release", form.save().pk)
    may_begin = any(may_write(request.user, model) for model in edition_types())
    context = {**site.each_context(request), "title": _("Releases"), "releases": listed(), "forms": [form], "may_begin": may_begin}
    return TemplateResponse(request, "admin/releases.html", context)


def listed():
    """The newest releases: [(release, how many texts are in it, when they go or went public, or None while they are drafts)]."""
    for release in Release.objects.prefetch_related("members__edition")[:LISTED]:
        yield release, len(editions := release.editions), next((one.live_from for one in editions if not one.is_cancelled), None)


def release_page(site, request, pk):
    """One release; its buttons come here with the name of what is to be done."""
    check_desk(request)
    release = get_object_or_404(Release, pk=pk)
    form, moment = MemberForm(None, person=request.user), MomentForm(None)
    if request.method == "POST":
        form = MemberForm(request.POST if "add" in request.POST else None, person=request.user)
        moment = MomentForm(request.POST if request.POST.keys() & {"schedule", "move"} else None)
        if done(request, release, form, moment):
            return redirect("admin:releases" if "delete" in request.POST else "admin:release", *([] if "delete" in request.POST else [pk]))
    context = {**site.each_context(request), "title": release.title, "release": release, "member_form": form, "moment_form": moment}
    return TemplateResponse(request, "admin/release.html", {**context, **state(release, request.user)})


def done(request, release, form, moment):
    """Do what the pressed button says. True unless a form has to be shown again."""
    person, asked = request.user, request.POST
    actions = {
        "add": (lambda: together.add(release, form.edition(), person), _("Added.")),
        "take_out": (lambda: take_out(release, number(asked["take_out"])), _("Taken out: it is a draft for itself again.")),
        "submit": (lambda: together.submit_all(release, person), _("All of them are sent for review.")),
        "approve": (lambda: together.approve_all(release, person, read_of(asked)), _("All of them are approved, as they stand.")),
        "schedule": (lambda: together.publish_all(release, person, moment.moment(), read_of(asked)), _("All of them are scheduled.")),
        "move": (lambda: together.move_all(release, person, moment.moment()), _("All of them are moved.")),
        "hold": (lambda: together.hold_all(release, person), _("All of them are held: they are drafts again.")),
        "delete": (lambda: together.dissolve(release), _("The release is dissolved. Its texts stay.")),
    }
    chosen = next((name for name in actions if name in asked), None)
    if chosen is None or not all(one.is_valid() for one in (form, moment) if one.is_bound):
        return False
    action, told = actions[chosen]
    attempt(request, action, told)
    return True


def attempt(request, action, told):
    """Do it and tell the person `told`, or else why it was refused."""
    try:
        action()
        messages.success(request, told)
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)


def take_out(release, pk):
    together.take_out(release, get_object_or_404(release.members, pk=pk))


def read_of(asked):
    """What the person has read, as the page wrote it; nothing matches what cannot be read."""
    try:
        return dict(json.loads(asked.get("read", "")))
    except (ValueError, TypeError):
        return {}


def state(release, person):
    """What the page says of a release, and which buttons it has."""
    at, members = now(), list(release.members.prefetch_related("edition"))
    rows = [(member, member.edition) for member in members if member.edition is not None and may_view(person, type(member.edition))]
    editions = [edition for _member, edition in rows]
    waiting = [edition.live_from for edition in editions if edition.status(at) == Status.SCHEDULED]
    is_draft = bool(editions) and all(edition.is_draft for edition in editions)
    is_writer = any(may_write(person, model) for model in edition_types())
    return {
        "rows": [(member, edition, stage_name(edition, at), not together.is_out(edition)) for member, edition in rows],
        "at": at,
        "waits_until": min(waiting, default=None),
        "is_draft": is_draft,
        "may_write": is_writer,
        "may_change": is_writer and not any(together.is_out(edition) for edition in release.editions),
        "may_publish": may_publish_all(editions, person),
        "site_then": f"{ahead.prefix(min(waiting, default=at), release)}{reverse('home')}" if sees_all(person) else "",
        "read": json.dumps(together.seen(release)),
    }


def may_publish_all(editions, person):
    return bool(editions) and all(may_publish(person, type(edition)) for edition in editions)


def stage_name(edition, at):
    """(value, label) of where an edition is."""
    if not edition.is_draft:
        status = edition.status(at)
        return status.value, status.label
    stage = stage_of(edition)
    return (stage, Stage(stage).label) if stage else (edition.status(at).value, edition.status(at).label)


# --- Publishing now -----------------------------------------------------------------------------------------------------
def publish_page(site, request, pk):
    """Asks once more, as the page of a single text does, then publishes all of them as soon as possible."""
    release = get_object_or_404(Release, pk=pk)
    editions = release.editions
    if not may_publish_all(editions, request.user):
        raise PermissionDenied
    if request.method == "POST":
        action = partial(together.publish_all, release, request.user, None, read_of(request.POST))
        attempt(request, action, _("All of them go public this very moment."))
        return redirect("admin:release", pk)
    context = {
        **site.each_context(request), "title": _("Publish all now"), "release": release, "read": json.dumps(together.seen(release)),
        "rows": [(edition, problems(edition, request.user), held_by(edition)) for edition in editions],
        "is_alone": settings.SECOND_PERSON == "advise" and any(lacks_second_person(edition, request.user) for edition in editions),
    }  # fmt: skip
    return TemplateResponse(request, "admin/release_publish.html", context)


def problems(edition, person):
    """What would be refused."""
    checks = (
        partial(check_ready, edition, now()),
        partial(check_second_person, edition, person, None, ""),
        partial(check_legal, edition, person),
    )
    return refusals(*checks)


def held_by(edition):
    """The editions of the same document that are scheduled for later, and held when this one goes out before them."""
    return edition.document.editions.scheduled(now())
