"""Events a chunk at a time, so that memory does not grow with them. Each chunk begins after the last event of the one before."""

from dataclasses import dataclass
from html import unescape
from itertools import islice

from django.db import connection
from django.db.models import Count, prefetch_related_objects
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from newsroom.publishing import languages
from newsroom.publishing.models import Tag
from newsroom.publishing.querysets import EditionQuerySet
from timeline.deeds import Deed, deeds_of
from timeline.models import ActorEdition, EventEdition
from timeline.order import beyond

CHUNK, WHOLE = 2000, 500
STREAMED, PART = 20_000, 50
"""Rows of values that a query asks for, and that are written at a time: few enough that the next ones find room on their way meanwhile."""


@dataclass(frozen=True)
class Place:
    """Where an event stands in the order of events."""

    first_day: str
    time: str | None
    last_day: str
    document_id: int


def chunks(events, is_backward, place_of, size, read):
    """Lists of rows of `events`, a queryset in the timeline's order or against it; `place_of` gives a row's Place.

    Each query asks for `size` rows at most, which `read` gives as lists.
    """
    side, after, count = "lt" if is_backward else "gt", events, size
    while count == size:
        count = 0
        for rows in read(after[:size]):
            yield rows
            count += len(rows)
        after = count and events.filter(beyond(place_of(rows[-1]), side))


def at_once(rows):
    if found := list(rows):
        yield found


def streamed(rows):
    """The rows of a queryset of values, PART by PART: PostgreSQL goes on working while each part is written."""
    sql, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        found = cursor.cursor.stream(sql, parameters, size=PART)  # psycopg's own: Django's server-side cursors wait for each part
        while part := list(islice(found, PART)):
            yield part


def plain():
    """How many rows of values a query asks for, and how they are read."""
    return (STREAMED, streamed) if connection.vendor == "postgresql" else (CHUNK, at_once)


def in_language(parts, language):
    """The same parts, each made in this language: what is streamed is made after the request's own has ended."""
    parts = iter(parts)
    while True:
        with translation.override(language):
            part = next(parts, None)
        if part is None:
            return
        yield part


# --- Whole editions ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Told:
    """An event with what is told of it besides its own texts: numbers count editions from 1, `who` are live editions."""

    edition: EventEdition
    number: int
    deeds: list[Deed]
    who: list[ActorEdition]
    tags: list[Tag]


def whole(about, editions):
    """`editions`, a queryset, in the order asked for: lists of Told, in as many queries a chunk for one event as for all."""
    events = about.asked.events(editions).defer("words", "body", *languages.columns("body"))
    choices = about.asked.choices
    actors = {one.document_id: one for one in choices.actors}
    into = {tag.pk: shown for tag, shown in choices.carried}
    for found in chunks(events, about.asked.is_backward, lambda event: event, WHOLE, at_once):
        prefetch_related_objects(found, "sources", "actors", "tags")
        deeds = deeds_of([event for event in found if not event.is_tombstone], about.at, choices.measures)
        number = numbers(found, about.at)
        yield [
            Told(
                edition=event,
                number=number[event.document_id],
                deeds=deeds.get(event.pk, []),
                who=[actors[row.actor_id] for row in event.actors.all() if row.actor_id in actors],
                tags=sorted({into[tag.pk] for tag in event.tags.all() if tag.pk in into}, key=lambda tag: tag.slug),
            )
            for event in found
        ]


def numbers(editions, at):
    """How many editions of each of their documents had been public by `at`: {document id: number}."""
    past = EditionQuerySet(EventEdition).history(at).filter(document__in=[edition.document_id for edition in editions])
    return dict(past.order_by().values_list("document").annotate(Count("pk")))


def words_of(deed):
    """What an effect did, as plain text with the measure's name before it."""
    return deed.measure.text.name + _(": ") + unescape(strip_tags(deed.words))
