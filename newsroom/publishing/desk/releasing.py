"""The pages of releases: what goes public together, and what is done to it as one."""

import json

from django import forms
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import together
from ..drafts import edition_types, now
from ..models import Member, Release
from ..policy import may_publish, may_view, may_write
from ..stages import Stage, with_stage
from .forms import MomentForm
from .reading import number

OFFERED = 200
"""Drafts that can be chosen from, the newest of each type."""


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
        names = [(value, f"{edition._meta.verbose_name}: {edition}") for value, edition in self.drafts.items()]
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


def check_desk(person):
    if not any(may_write(person, model) for model in edition_types()):
        raise PermissionDenied


def release_list(site, request):
    """All releases, and a form for another one."""
    check_desk(request.user)
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.instance.by = request.user
        return redirect("admin:release", form.save().pk)
    releases = Release.objects.prefetch_related("members__edition")[:50]
    context = {**site.each_context(request), "title": _("Releases"), "releases": releases, "forms": [form]}
    return TemplateResponse(request, "admin/releases.html", context)


def release_page(site, request, pk):
    """One release; its buttons come here with the name of what is to be done."""
    check_desk(request.user)
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
        "add": lambda: together.add(release, form.edition(), person),
        "take_out": lambda: together.take_out(release, get_object_or_404(release.members, pk=number(asked["take_out"]))),
        "submit": lambda: together.submit_all(release, person),
        "approve": lambda: together.approve_all(release, person, read_of(asked)),
        "publish": lambda: together.publish_all(release, person, None, read_of(asked)),
        "schedule": lambda: together.publish_all(release, person, moment.moment(), read_of(asked)),
        "move": lambda: together.move_all(release, person, moment.moment()),
        "hold": lambda: together.hold_all(release, person),
        "delete": lambda: delete(release),
    }
    chosen = next((name for name in actions if name in asked), None)
    if chosen is None or not all(one.is_valid() for one in (form, moment) if one.is_bound):
        return False
    try:
        actions[chosen]()
        messages.success(request, _("Done, for all of them."))
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
    return True


def delete(release):
    """The release alone: its drafts stay."""
    if together.is_scheduled(release):
        raise ValidationError(_("The release is scheduled. Hold it first."))
    release.delete()


def read_of(asked):
    """What the person has read, as the page wrote it; nothing matches what cannot be read."""
    try:
        return dict(json.loads(asked.get("read", "")))
    except (ValueError, TypeError):
        return {}


def state(release, person):
    """What the page says of a release."""
    at, members = now(), list(release.members.prefetch_related("edition"))
    rows = [(member, member.edition, stage_name(member.edition, at)) for member in members if member.edition is not None]
    rows = [row for row in rows if may_view(person, type(row[1]))]
    editions = [edition for _member, edition, _stage in rows]
    waiting = [edition.live_from for edition in editions if edition.live_from and edition.live_from > at and not edition.is_cancelled]
    is_draft = bool(editions) and all(edition.is_draft for edition in editions)
    return {
        "rows": rows,
        "at": at,
        "waits_until": min(waiting, default=None),
        "is_draft": is_draft,
        "may_publish": bool(editions) and all(may_publish(person, type(edition)) for edition in editions),
        "read": json.dumps(together.seen(release)),
    }


def stage_name(edition, at):
    """(value, label) of where an edition is."""
    if not edition.is_draft:
        status = edition.status(at)
        return status.value, status.label
    stage = with_stage(type(edition).objects.filter(pk=edition.pk)).values_list("stage", flat=True).first()
    return (stage, Stage(stage).label) if stage else (edition.status(at).value, edition.status(at).label)
