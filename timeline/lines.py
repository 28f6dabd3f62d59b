"""One measure on one day, as pages tell it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from .deeds import deed
from .in_force import State
from .order import place
from .words import deadline_sentence, state_sentence, state_words


class Line:
    """A measure at the end of `day`, as far as `knowledge` goes."""

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
    def state_words(self):
        return state_words(self.measure, self.state)

    @cached_property
    def sentence(self):
        return state_sentence(self.measure, self.standing, self.knowledge.rows)

    @cached_property
    def deadline(self):
        return deadline_sentence(self.measure, self.standing, self.knowledge.rows)

    @cached_property
    def last_known(self):
        """The measure on the last day that was checked, where `day` is later."""
        return None if self.is_known else Line(self.knowledge, self.measure, self.measure.checked_through)

    @cached_property
    def rows(self):
        """The Effects behind the state, the deadlines and the parts."""
        standing = self.standing
        deadlines = [one.effect for one in standing.former_deadlines]
        single = [standing.since, standing.ordered_by, standing.planned_by, standing.deadline_effect]
        several = [*standing.former_starts, *standing.suspended_parts, *standing.resumed_parts, *standing.parts, *standing.amendments]
        return [self.knowledge.rows[pk] for pk in sorted({effect.id for effect in single + deadlines + several if effect})]

    @cached_property
    def behind(self):
        """The events behind it: see by_event."""
        return by_event(self.rows, self.knowledge)


def lines_on(day, knowledge):
    """Every measure on a day, in the order in which they began: (lines of public acts, lines of company commitments)."""
    began = {}
    for row in knowledge.rows.values():
        began[row.measure_id] = min(began.get(row.measure_id, place(row.edition)), place(row.edition))
    measures = sorted(
        knowledge.measures.values(), key=lambda one: (one.document_id not in began, began.get(one.document_id), one.document_id)
    )
    lines = [Line(knowledge, measure, day) for measure in measures]
    acts = [line for line in lines if line.measure.nature == line.measure.Nature.PUBLIC_ACT]
    return acts, [line for line in lines if line not in acts]


def by_event(rows, knowledge):
    """Effects by their events, in the events' order: [(event edition, [Deed])]."""
    rows = sorted(rows, key=lambda row: (place(row.edition), row.position))
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


def life_of(measure, knowledge):
    """The measure's states, span after span, through the last day that was checked."""
    return [Span(bar.state, state_words(measure, bar.state), bar.first_day, bar.last_day) for bar in knowledge.bars(measure)]


def what_happened(measure, knowledge):
    """Every event that did something to the measure: see by_event."""
    return by_event([row for row in knowledge.rows.values() if row.measure_id == measure.document_id], knowledge)
