"""What is known at a moment: the measures that are live, and what live events do to them. Feeds `in_force`."""

from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from django.db.models import Exists, OuterRef, Q

from newsroom.publishing import languages
from newsroom.publishing.dates import parse

from . import in_force
from .in_force import Verb
from .models import Certainty, Effect, EventEdition, MeasureEdition

ONE_DAY = timedelta(days=1)
CLOSES = (Verb.ENDS, Verb.ANNULS)
DATES = (Verb.ORDERS, Verb.STARTS, Verb.SETS_DEADLINE, Verb.EXTENDS, Verb.ENDS, Verb.ANNULS)
"""The verbs that set, move or close a deadline."""


class Knowledge:
    """What events did (`rows`: Effects, each with its event) to some measures (live editions)."""

    def __init__(self, measures, rows):
        self.measures = {measure.document_id: measure for measure in measures}
        self.rows = {row.pk: row for row in rows if row.measure_id in self.measures}

    @classmethod
    def of_measures(cls, at, measures=None):
        """Everything known at `at` about these measures; by default about every live one."""
        measures = list(live_measures(at) if measures is None else measures)
        return cls(measures, live_effects(at).filter(measure__in=[measure.document_id for measure in measures]))

    @classmethod
    def of_events(cls, at, events, measures=None):
        """What these live events did, and every effect that tells which deadlines they moved. One query, and one for the measures."""
        mine = Q(edition__in=[event.pk for event in events])
        touched = Effect.objects.filter(mine).values("measure")
        measures = live_measures(at).filter(document__in=touched) if measures is None else measures
        return cls(measures, live_effects(at).filter(Q(verb__in=DATES) | mine, measure__in=touched))

    @cached_property
    def effects(self):
        """{measure id: [in_force.Effect]}"""
        effects = defaultdict(list)
        for row in self.rows.values():
            effects[row.measure_id].append(as_known(row))
        return effects

    def standing(self, measure, day):
        """The measure at the end of a day: an in_force.Standing."""
        return in_force.state_on(
            self.effects[measure.document_id], day, deadline_means=measure.deadline_means, checked_through=measure.checked_through
        )

    def bars(self, measure):
        """The spans of the measure's life: [in_force.Bar]."""
        return in_force.bars(
            self.effects[measure.document_id], deadline_means=measure.deadline_means, checked_through=measure.checked_through
        )

    def deadline_before(self, row, measure):
        """The deadline that stood when this effect set another: (day, Effect), or None."""
        before = self._moves[measure.document_id].get(row.pk)
        return before and (before.day, self.rows[before.effect.id])

    @cached_property
    def _moves(self):
        """{measure id: {id of an effect that set a deadline: the Deadline that stood before}}"""
        return {pk: self._moves_of(measure) for pk, measure in self.measures.items()}

    def _moves_of(self, measure):
        """Read where deadlines are told last: at the end of the record, and before each event that closed the measure and cleared them."""
        effects = self.effects[measure.document_id]
        closings = [one for one in effects if one.verb in CLOSES and not one.scope]
        ends = {day for one in closings for _first, day in (one.announced, one.effective)}
        moves = {}
        for day in sorted({date.max, *(day - ONE_DAY for day in ends if day > date.min)}):
            known = [effect for effect in effects if effect.announced[0] <= day]
            standing = in_force.state_on(known, day, deadline_means=measure.deadline_means, checked_through=day)
            stood = [*standing.former_deadlines, in_force.Deadline(standing.deadline, standing.deadline_effect)]
            moves |= {after.effect.id: before for before, after in pairwise(stood) if after.effect}
        return moves


def live_measures(at):
    return MeasureEdition.objects.live(at).order_by("document")


def live_effects(at):
    """The effects of the events that are live at `at`, each with its event."""
    is_live = Exists(EventEdition.objects.live(at).filter(pk=OuterRef("edition")))
    effects = Effect.objects.filter(is_live).select_related("edition").order_by("edition__document", "position", "pk")
    return effects.defer("edition__body", *(f"edition__body_{code}" for code in languages.LANGUAGES))


def as_known(row):
    """An Effect row as `in_force` reads it."""
    event = row.edition
    announced = (event.first_day, event.last_day)
    effective = parse(row.effective) if row.effective else None
    return in_force.Effect(
        measure=row.measure_id,
        event=event.document_id,
        verb=Verb(row.verb),
        announced=announced,
        effective=(effective.first_day, effective.last_day) if effective else announced,
        time=event.time,
        position=row.position,
        id=row.pk,
        deadline=row.deadline,
        scope=part(row),
        confirmed=Certainty.CONFIRMED == row.certainty == event.certainty,
    )


def part(row):
    """A key for the part an effect is about, the same on pages of every language; "" for the whole."""
    return next((text for text in (getattr(row, f"scope_{code}") for code in languages.LANGUAGES) if text), "").strip().casefold()
