"""What held on a day: a measure's state, worked out from the effects that are known. Pure.

`course` has the rules for what an effect does, `readings` the order in which things happen and what follows from days
known in part. Here every way to read the record is asked: a state that they all agree on is certain; otherwise the
measure is *uncertain*, and the possible states are named.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from .course import CLOSES, TELLS, Days, Deadline, DeadlineMeans, Effect, State, ToldDeadline, Verb
from .readings import Record

__all__ = [
    "Bar", "Days", "Deadline", "DeadlineMeans", "Effect", "Standing", "State", "ToldDeadline", "Verb", "bars",
    "checked", "deadlines", "moves", "state_on",
]  # fmt: skip

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """One measure at the end of one day. Beside an uncertain state stands what had surely happened by then."""

    state: State
    possible: frozenset[State]  # the state alone, unless it is uncertain
    since: Effect | None = None  # the effect behind the state; behind an uncertain one, the last whose day is unclear
    ordered_by: Effect | None = None
    planned_by: Effect | None = None  # what will begin it, or move its beginning
    deadline: date | None = None
    deadline_effect: Effect | None = None
    former_deadlines: tuple[Deadline, ...] = ()  # (day, effect), the oldest first
    former_starts: tuple[Effect, ...] = ()  # starts put off before they acted, where a deadline is one to comply by
    suspended_parts: tuple[Effect, ...] = ()  # the suspension of each part
    resumed_parts: tuple[Effect, ...] = ()  # the resumption of each part, while the whole is suspended
    parts: tuple[Effect, ...] = ()  # the latest order, start, deadline or end of each part
    amendments: tuple[Effect, ...] = ()


class Bar(NamedTuple):
    """A span of days, both ends included, through which a measure is in one state."""

    state: State
    first_day: date
    last_day: date


def state_on(effects: Iterable[Effect], day: date, *, deadline_means: str, checked_through: date) -> Standing:
    """The state of one measure at the end of `day`, after `effects` (its own, in any order). Days after `checked_through` are not known."""
    if day > checked_through:
        return Standing(State.NOT_KNOWN, frozenset({State.NOT_KNOWN}))
    record = Record(effects, deadline_means, through=day)
    for _day in record.days():
        pass
    return _standing(record)


def bars(effects: Iterable[Effect], *, deadline_means: str, checked_through: date) -> list[Bar]:
    """The measure's life from its first effect through `checked_through`, as `state_on` tells it, span after span."""
    record = Record(effects, deadline_means, through=checked_through)
    spans = []
    for day in record.days():
        state = record.state
        if spans and spans[-1].state == state:
            continue
        if spans:
            spans[-1] = spans[-1]._replace(last_day=day - ONE_DAY)
        spans.append(Bar(state, day, checked_through))
    return spans


def deadlines(effects: Iterable[Effect], *, deadline_means: str) -> list[ToldDeadline]:
    """Every deadline that was ever told, each with the one it moved, in the order in which they were told. One pass over the whole record.

    An end or annulment said of an earlier day clears the deadlines only on the day it is told: until then they moved as everybody knew.
    """
    dated = [one for one in effects if one.verb in TELLS or one.verb in CLOSES]  # nothing else touches a deadline
    as_told = [one._replace(effective=max(one.effective, one.announced)) if one.verb in CLOSES else one for one in dated]
    return Record(as_told, deadline_means, through=date.max).read_late().told


def moves(told: Iterable[ToldDeadline]) -> dict[int, Deadline]:
    """The deadline that stood before an effect told another one: {its id: Deadline}."""
    return {one.deadline.effect.id: one.before for one in told if one.before}


def checked(checked_through: date, known_on: date) -> date:
    """The last day that is known on the day `known_on`: nobody has checked a day that had not come."""
    return min(checked_through, known_on)


def _standing(record):
    late, state = record.late, record.state
    return Standing(
        state=state,
        possible=record.possible,
        since=record.unclear if state == State.UNCERTAIN else late.since,
        ordered_by=late.ordered_by,
        planned_by=late.planned_by,
        deadline=late.deadline and late.deadline.day,
        deadline_effect=late.deadline and late.deadline.effect,
        former_deadlines=tuple(late.former_deadlines),
        former_starts=tuple(late.former_starts),
        suspended_parts=tuple(late.held.values()),
        resumed_parts=tuple(late.freed.values()),
        parts=tuple(late.parts.values()),
        amendments=tuple(late.amendments),
    )
