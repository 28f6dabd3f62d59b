"""The parameters as programs and people read of them. `newsroom.publishing.parameters`, and the filters of the pages, read their values."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.models import ArticleEdition
from newsroom.publishing import languages
from timeline.filter import MOST_WORDS
from timeline.models import EventEdition

from .moments import PATTERN as MOMENT
from .walk import DEFAULT, MOST

MONTH, DAY = "0[1-9]|1[0-2]", "0[1-9]|[12][0-9]|3[01]"
WINDOW = rf"^[1-9][0-9]{{3}}(-({MONTH})(-({DAY}))?)?$"
SLUG = {"type": "string", "pattern": "^[-a-zA-Z0-9_]{1,120}$"}


def parameter(name, description, schema, example=None):
    """One query parameter, as OpenAPI has it. An empty value is none, as a form sends it."""
    described = {"name": name, "in": "query", "required": False, "allowEmptyValue": True, "description": description, "schema": schema}
    return described | ({"example": example} if example else {})


LANG = parameter(
    "lang",
    _("The language of texts, labels and errors."),
    {"type": "string", "enum": list(languages.LANGUAGES), "default": languages.LANGUAGES[0]},
)
AT = parameter(
    "at",
    _("The moment to read at, with its offset, or a memento’s 14 digits (UTC): everything as it was public then. Left out: now."),
    {"type": "string", "pattern": MOMENT},
    "2022-06-17T12:00:00Z",
)
LIMIT = parameter(
    "limit",
    format_lazy(_("How many items: 1 to {most}."), most=MOST),
    {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT},
)
CURSOR = parameter("cursor", _("Where the list goes on. Do not make one: follow “next”."), SLUG)
ONE = [LANG, AT]
LIST = [LANG, AT, LIMIT, CURSOR]

FILTER = [
    parameter("from", _("The first day of the window: a year, a month or a day."), {"type": "string", "pattern": WINDOW}, "2020-09"),
    parameter(
        "to",
        _("The last day of the window, included. An event is in the window when any of its possible days is."),
        {"type": "string", "pattern": WINDOW},
        "2020-12",
    ),
    parameter("since", _("The slug of the event with whose first possible day the window begins."), SLUG),
    parameter("until", _("The slug of the event with whose last possible day the window ends."), SLUG),
    parameter("kind", _("The kind of event."), {"type": "string", "enum": EventEdition.Kind.values}, "court"),
    parameter("measure", _("The slug of a measure that the event acts on."), SLUG),
    parameter("actor", _("The slug of a person or organisation that the event names."), SLUG),
    parameter("tag", _("The slug of a tag."), SLUG),
    parameter("q", format_lazy(_("Words that the event holds, {most} at most."), most=MOST_WORDS), {"type": "string", "maxLength": 200}),
    parameter(
        "order", _("By date: the oldest first (asc) or the newest first."), {"type": "string", "enum": ["asc", "desc"], "default": "asc"}
    ),
]
KIND = parameter("kind", _("The kind of article."), {"type": "string", "enum": ArticleEdition.Kind.values}, "statement")
TAG = parameter("tag", _("The slug of a tag."), SLUG)
TOPIC = parameter("topic", _("The slug of a topic."), SLUG)
ON = parameter(
    "on",
    _("The day asked about: what held at its end. Left out: the day of the moment."),
    {"type": "string", "pattern": rf"^[1-9][0-9]{{3}}-({MONTH})-({DAY})$"},
    "2020-10-01",
)
