"""One measure on one day, as pages tell it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from .deeds import deed
from .in_force import State
from .order import place
from .words import days_left, deadline_sentence, named_parts, state_sentence, state_words

MOST_BEHIND = 6
"""The most events printed behind a state; its measure's page has the others."""
MOST_SPANS = 100
MOST_EVENTS = 30
"""How many of a measure's latest states and events its page prints."""


class Line:
    """A measure at the end of `day`, as far as `knowledge` goes. `load` looks up for many at once what the words of each need."""

    def __init__(self, knowledge, measure, day):
        self.knowledge, self.measure, self.day = knowledge, measure, day
        self.standing = knowledge.standing(measure, day)

    @property
    def state(self):
        return self.standing.state

    @property
    def is_known(self):
        return self.state != State.NOT_KNOWN

    @property
    def has_passed(self):
        return self.state == State.DEADLINE_PASSED

    @property
    def checked_through(self):
        return self.knowledge.checked_through(self.measure)

    @property
    def state_words(self):
        return state_words(self.measure, self.state)

    @cached_property
    def sentence(self):
        return state_sentence(self.measure, self.standing, self.knowledge.load(self.spoken))

    @cached_property
    def deadline(self):
        return deadline_sentence(self.measure, self.standing)

    @property
    def days_left(self):
        """“in 12 days”, where a deadline is to come, or how long ago it passed; else ""."""
        return days_left(self.measure, self.standing, self.day)

    @cached_property
    def last_known(self):
        """The measure on the last day that was checked, where `day` is later."""
        return None if self.is_known else Line(self.knowledge, self.measure, self.checked_through)

    @property
    def spoken(self):
        """The effects that its words tell of."""
        mine = [effect for effect in (self.standing.since, *named_parts(self.standing)) if effect]
        return mine + self.last_known.spoken if self.last_known else mine

    # --- The events behind it ---------------------------------------------------------------------------------------------
    @cached_property
    def effects(self):
        """The effects behind the state, the deadlines and the parts, under their events: {event: [effect]}, the oldest event first."""
        standing = self.standing
        deadlines = [one.effect for one in standing.former_deadlines]
        several = [*standing.former_starts, *standing.suspended_parts, *standing.resumed_parts, *standing.parts, *standing.amendments]
        found = {effect.id: effect for effect in [*self._decisive, *deadlines, *several]}
        in_order = sorted(found.values(), key=lambda effect: (effect.place, effect.position))
        return {event: list(effects) for event, effects in groupby(in_order, lambda effect: effect.event)}

    @property
    def _decisive(self):
        standing = self.standing
        return [one for one in (standing.since, standing.ordered_by, standing.planned_by, standing.deadline_effect) if one]

    @cached_property
    def printed(self):
        """Of these, the effects of the events that decide the state, and of the latest others, MOST_BEHIND events in all."""
        chosen = {effect.event for effect in self._decisive}
        for event in reversed(self.effects):
            if len(chosen) < MOST_BEHIND:
                chosen.add(event)
        return [effect for event, effects in self.effects.items() if event in chosen for effect in effects]

    @cached_property
    def behind(self):
        """The events printed behind it: see by_event."""
        return by_event(self.printed, self.knowledge)

    @property
    def count_behind(self):
        return len(self.effects)

    @property
    def is_cut(self):
        return self.count_behind > len(self.behind)


def lines_on(day, knowledge, with_events=False, is_told=True):
    """Every measure on a day, in the order in which they began: (lines of public acts, lines of company commitments).

    What their words tell of is looked up in one query, perhaps with the events behind them; or not yet.
    """

    def begins(measure):
        effects = knowledge.effects[measure.document_id]
        return not effects, effects[0].place if effects else (), measure.document_id

    lines = [Line(knowledge, measure, day) for measure in sorted(knowledge.measures.values(), key=begins)]
    if is_told:
        knowledge.load(effect for line in lines for effect in line.spoken + (line.printed if with_events else []))
    acts = [line for line in lines if line.measure.nature == line.measure.Nature.PUBLIC_ACT]
    return acts, [line for line in lines if line not in acts]


def by_event(effects, knowledge):
    """Effects by their events, in the events' order: [(event edition, [Deed])]."""
    known = knowledge.load(effects)
    rows = sorted((known[effect.id] for effect in effects), key=lambda row: (place(row.edition), row.position))
    groups = [list(group) for _edition, group in groupby(rows, lambda row: row.edition_id)]
    return [(group[0].edition, [deed(row, knowledge) for row in group]) for group in groups]


# --- One measure's whole life -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Span:
    """Days, both ends included, through which a measure was in one state."""

    state: State
    state_words: str
    first_day: date
    last_day: date

    @property
    def date(self):
        """The span as EDTF."""
        return self.first_day.isoformat() if self.first_day == self.last_day else f"{self.first_day}/{self.last_day}"


class Life:
    """A measure's states, span after span, through the last day that is known, and its events."""

    def __init__(self, knowledge, measure):
        self.knowledge, self.measure = knowledge, measure
        self.checked_through = knowledge.checked_through(measure)
        self.bars = knowledge.bars(measure)
        effects = knowledge.effects[measure.document_id]
        in_order = list(dict.fromkeys(effect.event for effect in effects))
        latest = set(in_order[-MOST_EVENTS:])
        self.event_count = len(in_order)
        self.spoken = [effect for effect in effects if effect.event in latest]

    @cached_property
    def spans(self):
        """The latest states."""
        return [Span(bar.state, state_words(self.measure, bar.state), bar.first_day, bar.last_day) for bar in self.bars[-MOST_SPANS:]]

    @cached_property
    def events(self):
        """The latest events: see by_event."""
        return by_event(self.spoken, self.knowledge)

    @property
    def former_spans(self):
        return len(self.bars) - len(self.spans)

    @property
    def former_events(self):
        return self.event_count - len(self.events)
