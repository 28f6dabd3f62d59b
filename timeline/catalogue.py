"""The index of events that this process keeps, brought up to date before every answer.

It is exact for three reasons. Every change of a period is a decision, made under one lock, so the last decision's number says
whether anything is missing (docs/decisions/0012-events-in-memory.md). What is decided takes effect a second later at the soonest
(LEAD), so whoever asks for a moment that has come finds everything about it decided. And the index is masked by the moment
asked for, as `live(at)` is: an edition under embargo counts for nothing before its second.
"""

from dataclasses import dataclass
from threading import Lock

from django.contrib.contenttypes.models import ContentType

from newsroom.publishing.models import Decision, Verb
from newsroom.publishing.querysets import TOMBSTONES

from .index import Index, Place, Row
from .models import Effect, EventActor, EventEdition, EventTag
from .order import FORWARD

SETS_A_PERIOD = (Verb.PUBLISH, Verb.SCHEDULE, Verb.WITHDRAW, Verb.CANCEL, Verb.HOLD, Verb.IMPORT)
MOST_RECENT = 1000  # documents beside the main index, before everything is indexed again
LABELS = {"measure": (Effect, "edition", "measure"), "actor": (EventActor, "edition", "actor"), "tag": (EventTag, "content_object", "tag")}


@dataclass(frozen=True)
class Catalogue:
    """`main` has every event as of some decision, `recent` those decided about since, and `gone` is their set in `main`."""

    number: int
    main: Index
    recent: Index
    gone: int = 0
    documents: frozenset = frozenset()

    @property
    def parts(self):
        """[(Index, the set of it that counts)]"""
        return [(self.main, self.main.all & ~self.gone), (self.recent, self.recent.all)]

    def caught_up(self, number):
        """The same after the decisions up to `number`."""
        kind = ContentType.objects.get_for_model(EventEdition)
        decided = Decision.objects.filter(pk__gt=self.number, verb__in=SETS_A_PERIOD, content_type=kind)
        documents = self.documents | frozenset(decided.values_list("document_id", flat=True))
        if len(documents) > max(MOST_RECENT, self.main.size // 50):
            return indexed(number)
        editions = EventEdition.objects.filter(document__in=documents)
        gone = self.main.those(frozenset(editions.values_list("pk", flat=True)))
        return Catalogue(number, self.main, index_of(editions), gone, documents)


_kept, _lock = None, Lock()


def current():
    """The Catalogue as of the last decision. One query, and more after a decision about an event."""
    global _kept
    number = last_decision()  # asked outside the lock, so that nobody who holds the lock has to wait for a connection
    with _lock:
        if _kept is None or (number < _kept.number and last_decision() < _kept.number):  # a database restored from a copy counts again
            _kept = indexed(number)
        elif number > _kept.number:
            _kept = _kept.caught_up(number)
        return _kept


def last_decision():
    return Decision.objects.filter(verb__in=SETS_A_PERIOD).order_by("-pk").values_list("pk", flat=True).first() or 0


def forget():
    """For tests, whose database goes back in time."""
    global _kept
    _kept = None


def indexed(number):
    return Catalogue(number, index_of(EventEdition.objects.all()), Index([], [], ()))


def index_of(editions):
    editions = editions.frozen()
    fields = ("pk", "first_day", "time", "last_day", "document_id", "live_from", "live_until", "change", "kind")
    kinds = []

    def rows():
        for pk, first_day, time, last_day, document, start, end, change, kind in (
            editions.order_by(*FORWARD, "pk").values_list(*fields).iterator(10_000)
        ):
            kinds.append((pk, "kind", kind))
            place = Place(first_day.toordinal(), microseconds(time), last_day.toordinal(), document)
            yield Row(pk, place, seconds(start), seconds(end), change)

    def labels():
        yield from kinds
        for name, (model, edition, value) in LABELS.items():
            carried = model.objects.filter(**{f"{edition}__in": editions.values("pk")}).order_by()
            yield from ((pk, name, one) for pk, one in carried.values_list(edition, value).iterator(10_000))

    return Index(rows(), labels(), TOMBSTONES)


def seconds(moment):
    return int(moment.timestamp())


def microseconds(time):
    """The time of day for a Place."""
    return -1 if time is None else ((time.hour * 60 + time.minute) * 60 + time.second) * 1_000_000 + time.microsecond


def place_of(edition):
    return Place(edition.first_day.toordinal(), microseconds(edition.time), edition.last_day.toordinal(), edition.document_id)
