"""What is known at a moment: the measures that are live, and what live events do to them. Feeds `in_force`.

A measure may have ten thousand effects, and a page tells of a few: all are read as plain tuples, and only those told of
are made into rows with their events.
"""

from collections import defaultdict
from functools import cached_property
from operator import itemgetter

from django.db.models import Exists, OuterRef
from django.utils import timezone

from newsroom.publishing import languages
from newsroom.publishing.dates import parse
from newsroom.publishing.prepared import Prepared
from newsroom.publishing.querysets import now_beyond

from . import in_force
from .in_force import Verb
from .models import Certainty, Effect, EventEdition, MeasureEdition

DATES = (Verb.ORDERS, Verb.STARTS, Verb.SETS_DEADLINE, Verb.EXTENDS, Verb.ENDS, Verb.ANNULS)
"""The verbs that set, move or close a deadline."""
VERBS = {verb.value: verb for verb in Verb}

OF_EFFECT = tuple(field.attname for field in Effect._meta.concrete_fields)
OF_EVENT = ("edition__document", "edition__first_day", "edition__last_day", "edition__time", "edition__certainty")
COLUMNS = OF_EFFECT + OF_EVENT
ID, MEASURE, EDITION = (COLUMNS.index(name) for name in ("id", "measure_id", "edition_id"))
SCOPES = languages.columns("scope")
facts_of = itemgetter(
    *map(COLUMNS.index, ["id", "measure_id", "verb", "effective", "position", "deadline", "certainty", *OF_EVENT, *SCOPES])
)


class Knowledge:
    """What events did to some measures (live editions), as known on the day `known_on`. `records` are tuples of COLUMNS."""

    def __init__(self, measures, records, known_on):
        self.measures = {measure.document_id: measure for measure in measures}
        self.records = {record[ID]: record for record in records if record[MEASURE] in self.measures}
        self.known_on = known_on
        self._deadlines, self._moves = {}, {}  # by measure, for those asked about
        self.rows = {}  # Effects by id, each with its event, as far as they are loaded

    @classmethod
    def of_measures(cls, at, measures=None):
        """Everything known at `at` about these measures; by default about every live one."""
        measures = EVERY_MEASURE.ask(at=at, now=now_beyond(at)) if measures is None else list(measures)
        records = live_effects(at).filter(measure__in=[measure.document_id for measure in measures])
        return cls(measures, records, timezone.localdate(at))

    @classmethod
    def of_events(cls, at, events, measures=None, dated=None):
        """What these live events did, and every effect that tells which deadlines they moved. One query, and one for the measures."""
        by_id = {event.pk: event for event in events}
        if measures is None:
            measures = live_measures(at).filter(document__in=Effect.objects.filter(edition__in=by_id).values("measure"))
        dated = dated if dated is None else tuple(sorted(dated))
        told = TOLD.ask(at=at, now=now_beyond(at), editions=tuple(by_id), measures=dated) if by_id else ()
        known = cls(measures, told, timezone.localdate(at))
        known._keep((pk for pk, record in known.records.items() if record[EDITION] in by_id), by_id)
        return known

    @classmethod
    def of_drawing(cls, at, measures, events=None):
        """What decides the states of these measures, or of those of them that these live events (ids) act on. At most one query."""
        if not measures or events == []:
            return cls(measures, (), timezone.localdate(at))
        acted_on = tuple(one.document_id for one in measures) if events is None else None
        drawn = DRAWN.ask(at=at, now=now_beyond(at), measures=acted_on, editions=events and tuple(events))
        return cls(measures, drawn, timezone.localdate(at))

    def load(self, effects):
        """Have the `rows` of these in_force.Effects, and return them all. One query, or none where they are known."""
        records = [self.records[pk] for pk in sorted({effect.id for effect in effects} - self.rows.keys())]
        texts = languages.columns("body")
        events = EventEdition.objects.defer("body", *texts).in_bulk({record[EDITION] for record in records})
        self._keep((record[ID] for record in records), events)
        return self.rows

    def _keep(self, ids, events):
        for pk in ids:
            row = self.rows[pk] = Effect.from_db(None, OF_EFFECT, self.records[pk][: len(OF_EFFECT)])
            row.edition = events[row.edition_id]

    # --- What in_force says of it -----------------------------------------------------------------------------------------
    @cached_property
    def effects(self):
        """{measure id: [in_force.Effect]}, in the events' order."""
        effects = defaultdict(list)
        for *_place, effect in sorted(map(placed, self.records.values())):
            effects[effect.measure].append(effect)
        return effects

    def checked_through(self, measure):
        """The last day that is known of the measure."""
        return in_force.checked(measure.checked_through, self.known_on)

    def standing(self, measure, day):
        """The measure at the end of a day: an in_force.Standing."""
        return in_force.state_on(
            self.effects[measure.document_id], day, deadline_means=measure.deadline_means, checked_through=self.checked_through(measure)
        )

    def bars(self, measure):
        """The spans of the measure's life: [in_force.Bar]."""
        return in_force.bars(
            self.effects[measure.document_id], deadline_means=measure.deadline_means, checked_through=self.checked_through(measure)
        )

    def deadlines(self, measure):
        """Every deadline told of the measure: [in_force.ToldDeadline]."""
        key = measure.document_id
        if key not in self._deadlines:
            self._deadlines[key] = in_force.deadlines(self.effects[key], deadline_means=measure.deadline_means)
        return self._deadlines[key]

    def deadline_before(self, row, measure):
        """The in_force.Deadline that stood when this effect told another, or None."""
        key = measure.document_id
        if key not in self._moves:
            self._moves[key] = in_force.moves(self.deadlines(measure))
        return self._moves[key].get(row.pk)


def live_measures(at):
    return MeasureEdition.objects.live(at).order_by("document")


EVERY_MEASURE = Prepared(MeasureEdition, lambda measures, at, now: measures.live_as_known(at, now).order_by("document"))
"""`live_measures`, written once."""


def live_effects(at):
    """The effects of the events that are live at `at`, as tuples of COLUMNS."""
    return live_as_known(Effect.objects, at, now_beyond(at))


def live_as_known(effects, at, now):
    return as_records(effects.filter(Exists(EventEdition.objects.live_as_known(at, now).filter(pk=OuterRef("edition")))))


def told(effects, at, now, editions, measures):
    """What these events (ids) did, and what tells deadlines of these measures (ids); None: of those whose deadlines the events tell."""
    mine = effects.filter(edition__pk__in=editions)
    if measures == []:
        return as_records(mine)
    dated = mine.filter(verb__in=DATES).values("measure") if measures is None else measures
    # Two halves, because a database that is asked for one “or” the other reads every effect there is.
    return as_records(mine).union(live_as_known(effects, at, now).filter(verb__in=DATES, measure__pk__in=dated), all=True)


def drawn(effects, at, now, measures, editions):
    """What decides the states of these measures (ids), or of those that these events (ids) act on."""
    acted_on = effects.filter(edition__pk__in=editions).values("measure") if measures is None else measures
    return live_as_known(effects, at, now).filter(measure__pk__in=acted_on).exclude(verb=Verb.AMENDS)


TOLD, DRAWN = (Prepared(Effect, write, is_planned_once=False) for write in (told, drawn))  # a measure may have few effects, or very many


def as_records(effects):
    """Effects (a queryset), in no order, with texts as they are stored: to fall back for each row takes four times as long as reading."""
    return effects.rewrite(False).order_by().values_list(*COLUMNS)


def placed(record):
    """A tuple of COLUMNS as `in_force` reads it, after what it is sorted by: tuples sort themselves, and its id settles it."""
    number, measure, verb, effective, position, deadline, certainty, event, first_day, last_day, time, of_event, *scopes = facts_of(record)
    announced = (first_day, last_day)
    days = parse(effective) if effective else None
    acts = (days.first_day, days.last_day) if days else announced
    certainty = Certainty.least(certainty, of_event)
    effect = in_force.Effect(measure, event, VERBS[verb], acts, announced, time, position, number, deadline, part(scopes), certainty)
    return first_day, time is not None, time, last_day, event, position, number, effect


def part(scopes):
    """A key for the part an effect is about, the same on pages of every language; "" for the whole."""
    return next((text for text in scopes if text), "").strip().casefold()
