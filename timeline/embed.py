"""`/<lang>/timeline/embed/`: the timeline inside a page of another site. The one page of this site that may be framed."""

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from newsroom.publishing.addresses import Gone, Moved, resolve
from newsroom.publishing.parameters import BadParameter, choice, query_of, read

from .day import asked_day
from .deeds import deeds_of
from .filter import Filter
from .knowledge import Knowledge
from .lines import lines_on
from .models import EventEdition
from .pages import live_ones
from .templatetags.timeline import in_force_on

MOST, USUAL = 10, 5


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embed(request):
    """What `shown` finds. Whatever goes wrong is said in the frame, where the site's own pages may not be."""
    try:
        context, status = shown(request), 200
    except BadParameter as problem:
        context, status = {"title": _("Not understood"), "problem": problem}, 400
    except Gone as gone:
        context, status = {"title": _("Retracted"), "gone": gone.edition}, 410
    except Http404:
        context, status = {"title": _("There is no page at this address")}, 404
    otherwise = {"page": settings.SITE_URL + reverse("timeline:list"), "is_shown": status == 200}
    return render(request, "timeline/embed.html", {**otherwise, **context}, status=status)


def shown(request):
    """What a frame shows, as a context with its `title` and the address of the `page` that says the same and more.

    `event=` names one event, `show=in-force` asks what was in force (`on=`), and otherwise the parameters of the timeline choose, the
    newest first, as `most=` there may be. Raises BadParameter, Http404 and Gone.
    """
    if choice(request, "show", ("in-force",)):
        return what_held(request)
    if slug := read(request, "event"):
        return one_event(request, slug)
    return events(request)


def events(request):
    asked = Filter(request)
    for problem in asked.problems.values():
        raise problem
    most = int(choice(request, "most", [str(number) for number in range(1, MOST + 1)]) or USUAL)
    found = live_ones(asked.matches.page(most, is_backward=asked.typed["order"] != "asc"), request.at)
    deeds = deeds_of(found, request.at, asked.choices.measures)
    words = [str(words) for words, _address in asked.chips]
    return {
        "title": " – ".join([_("Timeline"), *words]),
        "page": settings.SITE_URL + reverse("timeline:list") + asked.query().rstrip("?"),
        "events": [(event, deeds[event.pk]) for event in found],
        "total": asked.matches.count,
    }


def one_event(request, slug):
    try:
        edition = resolve(EventEdition.objects, slug, request.at)
    except Moved as moved:
        edition = moved.edition
    deeds = [] if edition.is_tombstone else deeds_of([edition], request.at)[edition.pk]
    return {
        "title": edition.text.title,
        "page": settings.SITE_URL + edition.get_absolute_url(),
        "edition": edition,
        "events": [] if edition.is_tombstone else [(edition, deeds)],
    }


def what_held(request):
    asked = asked_day(request)
    if asked.problem:
        raise asked.problem
    acts, commitments = lines_on(asked.day, Knowledge.of_measures(request.at))
    page = settings.SITE_URL + reverse("timeline:in-force") + query_of(request, show="")
    return {"title": in_force_on(asked.day), "page": page, "acts": acts, "commitments": commitments, "holds": True}
