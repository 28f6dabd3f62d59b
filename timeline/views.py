"""The public pages of the timeline: its events, its measures, and what was in force on a day."""

from django.conf import settings
from django.db.models import OuterRef, Subquery, prefetch_related_objects
from django.shortcuts import render
from django.utils import timezone

from newsroom.publishing import compare, history
from newsroom.publishing.addresses import resolve
from newsroom.publishing.tagged import tags_of

from . import catalogue
from .beside import Beside
from .choices import Choices
from .day import asked_day, changes_of
from .deeds import deeds_in, deeds_of
from .filter import Filter
from .knowledge import Knowledge, live_measures
from .lines import Life, Line, lines_on
from .models import ActorEdition, EventEdition, MeasureEdition
from .order import by_year
from .pictured import Picture
from .sides import sides_on


def event_list(request):
    """The timeline and its filter. A parameter that cannot be read is a 400 on the same page, with the rest of the form kept."""
    asked = Filter(request)
    page = asked.page()
    context = {"filter": asked, "page": page}
    if page:
        context["picture"] = None if page.before else Picture(asked)  # it is of all pages, and stands on the first
        deeds = deeds_of(page.events, request.at, asked.choices.measures, asked.catalogue.dated(page.events))
        context["years"] = by_year([(event, deeds[event.pk]) for event in page])
    if page is not None and not page.total:
        before, after = asked.neighbours()
        context |= {"before": before, "after": after, "nearest": [event for event in (before, after) if event]}
    return render(request, "timeline/event_list.html", context, status=400 if asked.problems else 200)


def export_svg(request):
    """The picture alone, as a file: the same parameters as the timeline's. Raises BadParameter for the first that cannot be read."""
    asked = Filter(request)
    for problem in asked.problems.values():
        raise problem
    picture = Picture(asked)
    context = {"drawing": picture.wide, "picture": picture, "base": settings.SITE_URL}
    return render(request, "timeline/_drawing.html", context, content_type="image/svg+xml")


def event(request, slug):
    edition = resolve(EventEdition.objects.select_related("document", "statement").with_check(request.at), slug, request.at)
    return event_page(request, edition, is_live=not edition.is_tombstone)


def event_page(request, edition, is_live=False):
    """The page of one edition: the one that stands, or another for those who may preview it."""
    known = history.entries(edition, request.at)
    kept = catalogue.current()
    measures = Choices(request.at, kept).measures
    context = {"edition": edition, "entries": known, "changed": history.last_change(known)}
    context["deeds"] = (
        deeds_of([edition], request.at, measures, kept.dated([edition]))[edition.pk] if is_live else deeds_in(edition, measures)
    )
    beside = Beside(kept, edition, request.at, {deed.measure.document_id for deed in context["deeds"]})
    context |= {"beside": beside, "before": beside.before, "after": beside.after}
    context |= around(edition, request.at)
    return render(request, "timeline/event_detail.html", context)


def around(edition, at):
    """What an event names, as live at `at`: people and organisations in the event's order, tags, and our statement about it."""
    position = edition.actors.filter(actor=OuterRef("document")).values("position")[:1]
    actors = ActorEdition.objects.live(at).filter(document__in=edition.actors.values("actor"))
    return {
        "actors": actors.annotate(position=Subquery(position)).order_by("position", "pk"),
        "tags": tags_of(edition),
        "statement": edition.statement and edition.statement.editions.live(at).first(),
    }


def measure_list(request):
    knowledge = Knowledge.of_measures(request.at)
    acts, commitments = lines_on(timezone.localdate(request.at), knowledge)
    return render(request, "timeline/measure_list.html", {"acts": acts, "commitments": commitments})


def measure(request, slug):
    return measure_page(request, resolve(MeasureEdition.objects.with_check(request.at), slug, request.at))


def measure_page(request, edition):
    """The page of one edition: the one that stands, or another for those who may preview it."""
    known = history.entries(edition, request.at)
    context = {"edition": edition, "entries": known, "changed": history.last_change(known)}
    if not edition.is_tombstone:
        knowledge = Knowledge.of_measures(request.at, [edition])
        today, life = Line(knowledge, edition, knowledge.known_on), Life(knowledge, edition)
        knowledge.load(today.spoken + life.spoken)
        context |= {"today": today, "life": life}
    return render(request, "timeline/measure_detail.html", context)


# --- In force -----------------------------------------------------------------------------------------------------------
def in_force(request):
    """What held at the end of a day, or of two side by side. A day that cannot be read is a 400 on the same page."""
    asked, other = asked_day(request), asked_day(request, "and")
    context = {"asked": asked, "other": other, "problems": [one.problem for one in (asked, other) if one.problem]}
    if not context["problems"]:
        knowledge = Knowledge.of_measures(request.at)
        both = sorted({asked.day, other.day}) if other.day and other.day != asked.day else None
        acts, commitments = sides_on(both, knowledge) if both else lines_on(asked.day, knowledge, with_events=True)
        shown = [event for one in acts + commitments for event, _deeds in (one.events if both else one.behind)]
        prefetch_related_objects(shown, "sources")
        context |= {"acts": acts, "commitments": commitments, "days": both, "changes": changes_of(knowledge)}
    return render(request, "timeline/in_force.html", context, status=400 if context["problems"] else 200)


def in_force_today(at):
    """The states of the day of `at`, for `_in_force_today.html`: {"in_force_on": date, "acts": [Line], "commitments": [Line]}."""
    day = timezone.localdate(at)
    acts, commitments = lines_on(day, Knowledge.of_measures(at))
    return {"in_force_on": day, "acts": acts, "commitments": commitments}


# --- History ------------------------------------------------------------------------------------------------------------
def event_history(request, slug):
    return render(request, "history_list.html", history.list_context(EventEdition, slug, request.at))


def event_history_edition(request, slug, number):
    context = history.edition_context(EventEdition, slug, number, request.at)
    deeds = deeds_in(context["edition"], live_measures(request.at))
    more = {"body": "timeline/_event_edition.html", "deeds": deeds, **around(context["edition"], request.at)}
    return render(request, "timeline/history_edition.html", {**context, **more})


def event_comparison(request, slug, before, after):
    return render(request, "record/compare.html", compare.context(EventEdition, slug, before, after, request.at))


def measure_history(request, slug):
    return render(request, "history_list.html", history.list_context(MeasureEdition, slug, request.at))


def measure_history_edition(request, slug, number):
    context = history.edition_context(MeasureEdition, slug, number, request.at)
    return render(request, "timeline/history_edition.html", {**context, "body": "timeline/_measure_body.html"})


def measure_comparison(request, slug, before, after):
    return render(request, "record/compare.html", compare.context(MeasureEdition, slug, before, after, request.at))
