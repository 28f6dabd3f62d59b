"""The addresses of the API and what each answers. Every error is raised, and told at the door."""

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from articles.models import ArticleEdition
from articles.views import found as articles_found
from faq.models import QuestionEdition
from faq.views import found as questions_found
from newsroom.publishing import languages
from newsroom.publishing.addresses import resolve
from timeline.catalogue import place_of
from timeline.day import asked_day
from timeline.filter import Filter
from timeline.knowledge import Knowledge
from timeline.lines import Line, lines_on
from timeline.models import EventEdition, MeasureEdition

from . import answers, schemas, tag_use
from .addresses import absolute, api_address
from .parameters import FILTER, KIND, LANG, LIST, ON, ONE, TAG, TOPIC
from .standings import in_force as told
from .walk import after, edition_before, limit_of

NEWEST_FIRST = ("-first_live_from", "-document")
BY_TOPIC = ("topic__position", "topic__slug", "position", "document")


DOORS = {
    "articles": _("Statements, posts, claims with their answers: the newest first."),
    "questions": _("Questions with a short answer and the reasons, by topic."),
    "events": _("The timeline, by the same filter as its page: the oldest first."),
    "measures": _("Public acts and company commitments that the timeline follows, each with its states from beginning to end."),
    "in-force": _("What held at the end of a day, as known at a moment, with the events and the sources behind each state."),
    "tags": _("The tags that live articles, questions and events carry."),
}
STANDING = _("As it stands at the moment; a former address leads to the present one, and what was retracted is a 410.")


class Renderer(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False, "indent": 1}


class Api(NinjaAPI):
    def on_exception(self, request, exc):
        raise exc

    def get_openapi_operation_id(self, operation):
        return operation.view_func.__name__


api = Api(title="Newsroom", version="1", docs_url=None, openapi_url=None, renderer=Renderer())


def reads(path, response, summary, description, parameters):
    """The operation at a path, and what the schema says of it."""
    return api.get(path, response=response, summary=summary, description=description, openapi_extra={"parameters": parameters})


@reads("/", schemas.Index, _("Index"), _("Where everything stands."), [LANG])
def index(request):
    return {
        "notice": answers.notice(),
        "name": settings.NEWSROOM_NAME,
        "languages": list(languages.LANGUAGES),
        "zone": settings.TIME_ZONE,
        "documentation": absolute(reverse("api:docs")),
        "openapi": api_address(request, "openapi"),
        "doors": [{"name": name, "address": api_address(request, name), "about": str(about)} for name, about in DOORS.items()],
    }


# --- Articles and questions ---------------------------------------------------------------------------------------------
@reads("/articles", schemas.Articles, _("Articles"), DOORS["articles"], [KIND, TAG, *LIST])
def articles(request):
    editions, _asked = articles_found(request, ArticleEdition.objects.live(request.at))
    return listed(request, editions, NEWEST_FIRST, answers.articles)


@reads("/articles/{slug:slug}", schemas.OneArticle, _("One article"), STANDING, ONE)
def article(request, slug: str):
    return answers.single(request, ArticleEdition, slug, answers.articles)


@reads("/questions", schemas.Questions, _("Questions"), DOORS["questions"], [TOPIC, *LIST])
def questions(request):
    editions, _asked = questions_found(request, QuestionEdition.objects.live(request.at))
    return listed(request, editions, BY_TOPIC, answers.questions)


@reads("/questions/{slug:slug}", schemas.OneQuestion, _("One question"), STANDING, ONE)
def question(request, slug: str):
    return answers.single(request, QuestionEdition, slug, answers.questions)


def listed(request, editions, order, tell):
    last = edition_before(request, editions.model)
    editions = editions.filter(after(last, order)) if last else editions
    ids = editions.order_by(*order).values_list("pk", flat=True)[: limit_of(request) + 1]  # sorted by their keys alone, without the texts
    return answers.listed(request, editions.model, list(ids), tell)


# --- The timeline -------------------------------------------------------------------------------------------------------
@reads("/events", schemas.Events, _("Events"), DOORS["events"], [*FILTER, *LIST])
def events(request):
    asked = Filter(request)
    for problem in asked.problems.values():
        raise problem
    most, known = limit_of(request) + 1, asked.choices.measures if asked.measure else None
    if last := edition_before(request, EventEdition):
        ids = asked.matches.beyond(place_of(last), most, asked.is_backward)
    else:
        ids = asked.matches.page(most, is_backward=asked.is_backward)
    listed = answers.listed(request, EventEdition, ids, lambda request, rows: answers.events(request, rows, known))
    return {**listed, "count": asked.matches.count}


@reads("/events/{slug:slug}", schemas.OneEvent, _("One event"), STANDING, ONE)
def event(request, slug: str):
    return answers.single(request, EventEdition, slug, answers.events)


@reads("/measures", schemas.Measures, _("Measures"), DOORS["measures"], LIST)
def measures(request):
    editions = MeasureEdition.objects.live(request.at)
    return {**listed(request, editions, NEWEST_FIRST, answers.measures), "honesty": answers.honesty()}


@reads("/measures/{slug:slug}", schemas.OneMeasure, _("One measure"), STANDING, ONE)
def measure(request, slug: str):
    return {**answers.single(request, MeasureEdition, slug, answers.measures), "honesty": answers.honesty()}


# --- In force -----------------------------------------------------------------------------------------------------------
@reads("/in-force", schemas.AllInForce, _("In force"), DOORS["in-force"], [ON, *ONE])
def in_force(request):
    day = day_of(request)
    acts, commitments = lines_on(day, Knowledge.of_measures(request.at), with_events=True)
    return {**on_a_day(request, day), "items": [told(request, line) for line in answers.with_sources(acts + commitments)]}


@reads("/in-force/{slug:slug}", schemas.OneInForce, _("One measure on a day"), DOORS["in-force"], [ON, *ONE])
def measure_in_force(request, slug: str):
    day, edition = day_of(request), resolve(MeasureEdition.objects, slug, request.at)
    if edition.is_tombstone:
        raise Http404
    knowledge = Knowledge.of_measures(request.at, [edition])
    line = Line(knowledge, edition, day)
    knowledge.load(line.spoken + line.printed)
    answers.with_sources([line])
    return {**on_a_day(request, day), "item": told(request, line)}


def day_of(request):
    """The day asked about. Raises BadParameter."""
    asked = asked_day(request)
    if asked.problem:
        raise asked.problem
    return asked.day


def on_a_day(request, day):
    return {**answers.envelope(request), "on": day, "zone": settings.TIME_ZONE, "honesty": answers.honesty()}


# --- Tags ---------------------------------------------------------------------------------------------------------------
@reads("/tags", schemas.Tags, _("Tags"), DOORS["tags"], LIST)
def tags(request):
    return {**answers.envelope(request), **tag_use.listed(request)}


@reads("/tags/{slug:slug}", schemas.OneTag, _("One tag"), DOORS["tags"], ONE)
def tag(request, slug: str):
    return {**answers.envelope(request), "item": tag_use.single(request, slug)}
