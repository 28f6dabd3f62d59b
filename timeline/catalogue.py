"""What this process keeps of the timeline, brought up to date before every answer: an index of events, and all measures and people.

It is exact for three reasons. Every change of a period, and every erasure, is a decision, made under one lock, so the last decision's
number says whether anything is missing (docs/decisions/0012-events-in-memory.md). What is decided takes effect a second later at the
soonest (LEAD), so whoever asks for a moment that has come finds everything about it decided. And all of it is masked by the moment
asked for, as `live(at)` is: what is under embargo counts for nothing before its second.
"""

import gc
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import partial, reduce
from operator import or_
from threading import Lock

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Window
from django.db.models.functions import RowNumber

from newsroom.publishing import languages
from newsroom.publishing.models import Decision, Verb
from newsroom.publishing.prepared import Prepared
from newsroom.publishing.querysets import TOMBSTONES
from newsroom.search.matching import texts_shown

from .index import Index, Place, Row
from .knowledge import DATES
from .models import ActorEdition, Effect, EventActor, EventEdition, EventTag, MeasureEdition
from .names import Names
from .order import FORWARD

CHANGES_THE_RECORD = (Verb.PUBLISH, Verb.SCHEDULE, Verb.WITHDRAW, Verb.CANCEL, Verb.HOLD, Verb.IMPORT, Verb.ERASE)
MOST_RECENT = 1000  # documents beside the main index, before everything is indexed again
SEARCHED = (["title", "summary"], ["body"])  # plain texts, and HTML
LABELS = {
    "measure": (Effect.objects, "edition", "measure"),
    "dated": (Effect.objects.filter(verb__in=DATES), "edition", "measure"),
    "actor": (EventActor.objects, "edition", "actor"),
    "tag": (EventTag.objects, "content_object", "tag"),
}
NAMED = EventActor.objects.annotate(
    place=Window(RowNumber(), partition_by="edition", order_by=["position", "pk"]), last=Window(Count("pk"), partition_by="edition")
)
"""As which of how many an event names somebody."""


@dataclass(frozen=True)
class Catalogue:
    """`main` has every event as of some decision, `recent` those decided about since, and `gone` is their set in `main`."""

    number: int
    main: Index
    recent: Index
    gone: int = 0
    documents: frozenset = frozenset()
    names: tuple = ()

    @property
    def parts(self):
        """[(Index, the set of it that counts)]"""
        parts = [(self.main, self.main.all & ~self.gone), (self.recent, self.recent.all)]
        return [(index, counted) for index, counted in parts if counted]

    @property
    def measures(self):
        return self.names[0]

    @property
    def actors(self):
        return self.names[1]

    def dated(self, events):
        """The ids of the measures of which these events (editions) set, moved or closed a deadline."""
        known, found = [(event.pk, place_of(event)) for event in events], set()
        for index, counted in self.parts:
            mine = reduce(or_, (index.one(*event) for event in known), 0) & counted
            found |= {measure for measure, bits in index.labels.get("dated", {}).items() if bits & mine}
        return found

    def caught_up(self, number):
        """The same after the decisions up to `number`."""
        decided = Decision.objects.filter(pk__gt=self.number, verb__in=CHANGES_THE_RECORD).values_list("content_type", "document_id")
        about = {}
        for kind, document in decided:
            about.setdefault(ContentType.objects.get_for_id(kind).model_class(), set()).add(document)
        return replace(self, number=number).reading(about)

    def reading(self, about):
        """The same with what these documents ({edition type: ids}) say by now."""
        names = tuple(names_of(kept.model) if kept.model in about else kept for kept in self.names)
        known = replace(self, names=names)
        return known.with_events(about[EventEdition]) if EventEdition in about else known

    def with_events(self, documents):
        """The same with what these events say by now."""
        documents = self.documents | documents
        if len(documents) > max(MOST_RECENT, self.main.size // 50):
            return replace(self, main=index_of_events(), recent=EMPTY, gone=0, documents=frozenset())
        editions = EventEdition.objects.filter(document__in=documents)
        gone = self.main.those(frozenset(editions.values_list("pk", flat=True)))
        return replace(self, recent=index_of_events(editions), gone=gone, documents=documents)


EMPTY = Index([], [], (), lambda language: [])
_kept, _lock = None, Lock()
_apart = ContextVar("the catalogue of one answer alone", default=None)


def current():
    """The Catalogue as of the last decision. One query, and more after a decision."""
    global _kept
    if (alone := _apart.get()) is not None:
        return alone
    number = last_decision()  # asked outside the lock, so that nobody who holds the lock has to wait for a connection
    with _lock:
        if _kept is None or (number < _kept.number and last_decision() < _kept.number):  # a database restored from a copy counts again
            _kept = Catalogue(number, index_of_events(), EMPTY, names=(names_of(MeasureEdition), names_of(ActorEdition)))
        elif number > _kept.number:
            _kept = _kept.caught_up(number)
        return _kept


def prepare():
    """All that an answer may need, words included, before anybody asks for it.

    What a process has by then it keeps, so Python looks through it for garbage no more: each time, one reader in forty waited 0.1 s.
    """
    for index, _counted in current().parts:
        for language in languages.LANGUAGES:
            index.vocabulary(language)
    gc.freeze()


@contextmanager
def apart(known, about):
    """In here, and for nobody else, `current()` is `known` with what these documents say by now in a transaction that will be undone."""
    token = _apart.set(known.reading(about))
    try:
        yield
    finally:
        _apart.reset(token)


LAST_DECISION = Prepared(
    Decision, lambda decisions: decisions.filter(verb__in=CHANGES_THE_RECORD).order_by("-pk").values_list("pk", flat=True)[:1]
)


def last_decision():
    return LAST_DECISION.first() or 0


def forget():
    """For tests, whose database goes back in time."""
    global _kept
    _kept = None


# --- From the database --------------------------------------------------------------------------------------------------
def index_of_events(editions=None):
    """An Index of these editions of events (a queryset; None: all), with their kinds, measures, people, tags and words."""
    editions = (EventEdition.objects.all() if editions is None else editions).frozen()

    def rows():
        fields = ("pk", "first_day", "time", "last_day", "document_id", "live_from", "live_until", "change", "kind")
        for pk, first_day, time, last_day, document, start, end, *facts in (
            editions.order_by(*FORWARD, "pk").values_list(*fields).iterator(10_000)
        ):
            place = Place(first_day.toordinal(), microseconds(time), last_day.toordinal(), document)
            yield Row(pk, place, seconds(start), seconds(end), *facts)

    def labels():
        for name, (rows, edition, value) in LABELS.items():
            carried = rows.filter(**{f"{edition}__in": editions.values("pk")}).order_by()
            yield from ((pk, name, one) for pk, one in carried.values_list(edition, value).iterator(10_000))
        several = NAMED.filter(edition__in=editions.values("pk"), last__gt=1).order_by().values_list("edition", "place", "actor")
        yield from ((pk, "named", (place, actor)) for pk, place, actor in several.iterator(10_000))

    return Index(rows(), labels(), TOMBSTONES, partial(texts_shown, editions, *SEARCHED))


def names_of(model):
    """The Names of all editions of a small type."""
    editions = list(model.objects.frozen().order_by("document", "pk"))
    rows = [
        Row(one.pk, Place(0, -1, 0, one.document_id), seconds(one.live_from), seconds(one.live_until), one.change, "") for one in editions
    ]
    return Names(model, editions, Index(rows, [], TOMBSTONES))


def seconds(moment):
    return int(moment.timestamp())


def microseconds(time):
    """The time of day for a Place."""
    return -1 if time is None else ((time.hour * 60 + time.minute) * 60 + time.second) * 1_000_000 + time.microsecond


def place_of(edition):
    return Place(edition.first_day.toordinal(), microseconds(edition.time), edition.last_day.toordinal(), edition.document_id)
