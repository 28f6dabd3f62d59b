"""The course of one measure: what each effect does to it. Pure, and sure of every day; `in_force` reads unsure ones.

- An order, a start and a deadline are *told* on their event's day and known from then on. An effect *acts* on its
  effective day. A deadline *falls due* by itself.
- Where a deadline is the day the measure takes effect, the latest one told is that day, and a start foretold for a
  later day sets it. When it moves, the measure is ordered again until the new day.
- Where a deadline is one to comply by, it has passed from the day after it on, until a later one is told.
- A deadline told for a measure that nothing ordered orders it.
- A suspension, in whole or in part, shows before a passed deadline does. A suspension of the whole takes in those of
  parts; a resumption of the whole lifts all.
- An end or an annulment closes everything; the later word of the two stands. After it only an order or a start of the
  whole counts: it begins a new life, without the old one's deadlines and parts.
- An effect on a part never starts, moves or closes the whole. It is kept beside it, and may suspend it in part.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from datetime import time as TimeOfDay
from enum import StrEnum
from typing import NamedTuple

Days = tuple[date, date]
"""The first and the last possible day."""


class Verb(StrEnum):
    ORDERS = "orders"
    STARTS = "starts"
    SETS_DEADLINE = "sets_deadline"
    EXTENDS = "extends"
    SUSPENDS = "suspends"
    RESUMES = "resumes"
    AMENDS = "amends"
    ANNULS = "annuls"
    ENDS = "ends"


class State(StrEnum):
    NOT_KNOWN = "not_known"
    NOT_YET_ORDERED = "not_yet_ordered"
    ORDERED = "ordered"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    SUSPENDED_IN_PART = "suspended_in_part"
    DEADLINE_PASSED = "deadline_passed"
    ENDED = "ended"
    ANNULLED = "annulled"
    UNCERTAIN = "uncertain"


class DeadlineMeans(StrEnum):
    TAKES_EFFECT = "takes_effect"
    COMPLY_BY = "comply_by"


ONE_DAY = timedelta(days=1)
STARTS, ANNULS = Verb.STARTS, Verb.ANNULS  # bound once: Python 3.11 looks a member up in ten times what this costs
BEGINS = frozenset({Verb.ORDERS, STARTS})
TELLS = BEGINS | {Verb.SETS_DEADLINE, Verb.EXTENDS}
CLOSES = frozenset({Verb.ENDS, ANNULS})


class Effect(NamedTuple):
    """What one event does to one measure. `id` is unique among a measure's effects and settles their order at last."""

    measure: Hashable
    event: Hashable
    verb: Verb
    effective: Days  # the event's own days where the effect has none
    announced: Days  # the event's own days
    time: TimeOfDay | None = None  # of the event
    position: int = 0
    id: int = 0
    deadline: date | None = None
    scope: str = ""  # a key for the part it is about; "" is the whole
    certainty: str = "confirmed"  # or "reported", "disputed"; no more certain than its event

    @property
    def confirmed(self):
        return self.certainty == "confirmed"

    @property
    def place(self):
        """The order of events, as `order.place` has it."""
        return self.announced[0], self.time is not None, self.time, self.announced[1], self.event

    @property
    def is_foretold(self):
        """Whether its event tells of it before it acts."""
        return self.announced[0] < self.effective[0]


class Deadline(NamedTuple):
    day: date
    effect: Effect


class ToldDeadline(NamedTuple):
    deadline: Deadline
    before: Deadline | None  # the one it moved


@dataclass(slots=True)
class Course:
    """A measure at the end of a day. `pass_time` begins a day; then come `tell` and `act`, in the order of what happens."""

    takes_effect: bool  # at its deadline, or is to be complied with by then
    ordered_by: Effect | None = None
    planned_by: Effect | None = None  # its effective day or its deadline will begin the measure
    begun_by: Effect | None = None
    resumed_by: Effect | None = None
    suspended_by: Effect | None = None
    closed_by: Effect | None = None
    deadline: Deadline | None = None
    is_passed: bool = False
    held: dict[str, Effect] = field(default_factory=dict)  # the parts suspended
    freed: dict[str, Effect] = field(default_factory=dict)  # the parts resumed while the whole is suspended
    # These explain a state and never decide one:
    parts: dict[str, Effect] = field(default_factory=dict)
    former_deadlines: list[Deadline] = field(default_factory=list)
    told: list["ToldDeadline"] = field(default_factory=list)  # every deadline that was new when it was told, in this life and those before
    former_starts: list[Effect] = field(default_factory=list)
    amendments: list[Effect] = field(default_factory=list)

    @property
    def state(self) -> State:
        if self.closed_by:
            return State.ANNULLED if self.closed_by.verb == ANNULS else State.ENDED
        if self.suspended_by and not self.freed:
            return State.SUSPENDED
        if self.suspended_by or self.held:
            return State.SUSPENDED_IN_PART
        if self.is_passed:
            return State.DEADLINE_PASSED
        if self.begun_by:
            return State.IN_FORCE
        return State.ORDERED if self.ordered_by else State.NOT_YET_ORDERED

    @property
    def since(self) -> Effect | None:
        """The effect behind the state."""
        parts = self.freed or self.held
        last_part = parts[next(reversed(parts))] if parts else None
        passed = self.deadline.effect if self.is_passed else None
        begun = self.begun_by and (self.resumed_by or self.begun_by)
        return self.closed_by or last_part or self.suspended_by or passed or begun or self.ordered_by

    def tell(self, effect, today):
        """An order, a start or a deadline becomes known."""
        if self.closed_by:
            if effect.scope or effect.verb not in BEGINS:
                return
            self._forget()
        if self.ordered_by is None or (_orders(effect) and not _orders(self.ordered_by)):
            self.ordered_by = effect
        if effect.scope:
            _put_last(self.parts, effect)
        elif self.takes_effect:
            self._tell_day_of_effect(effect, today)
        else:
            self._tell_day_to_comply(effect, today)

    def act(self, effect):
        """The effective day of an effect comes. Only an end or an annulment of the whole touches a measure that is closed."""
        if not self.closed_by or (effect.verb in CLOSES and not effect.scope):
            _ACTS[effect.verb](self, effect)

    @property
    def due(self) -> date:
        """The day on which the deadline begins the measure, or has passed."""
        return self.deadline.day if self.takes_effect or self.deadline.day == date.max else self.deadline.day + ONE_DAY

    def pass_time(self, today):
        """The deadline may arrive, or have passed, by itself."""
        if self.deadline:
            if not self.takes_effect:
                self.is_passed = self.deadline.day < today
            elif self.deadline.day <= today:
                self._begin(self.deadline.effect)

    def fork(self):
        """A course that goes on from here by itself. It has the state, and not all of what explains it."""
        explained = {"parts": {}, "former_deadlines": [], "told": [], "former_starts": [], "amendments": []}
        return replace(self, held=dict(self.held), freed=dict(self.freed), **explained)

    def key(self):
        """Equal for courses that nothing to come can tell apart by their state."""
        return (
            self.closed_by and self.closed_by.verb,
            self.suspended_by is None,
            self.begun_by is None,
            self.ordered_by is None,
            self.planned_by and self.planned_by.id,
            self.deadline and self.deadline.effect.id,
            frozenset(self.held),
            frozenset(self.freed),
        )

    def _tell_day_of_effect(self, effect, today):
        """The day on which the measure takes effect is told, or moved. An order without a day says nothing of it."""
        if effect.deadline is None and effect.verb != STARTS:
            return
        self.planned_by = effect
        if effect.deadline is None and not effect.is_foretold:  # it starts at once, whatever day was to come
            if self.deadline and self.deadline.day > today:
                self._set_deadline(None)
            return
        day = effect.deadline or (effect.effective[0] if effect.effective[0] == effect.effective[1] else None)
        self._set_deadline(Deadline(day, effect) if day else None)
        if day is None or day > today:
            self.begun_by = None
        else:
            self._begin(effect)

    def _tell_day_to_comply(self, effect, today):
        if effect.deadline:
            self._set_deadline(Deadline(effect.deadline, effect))
            self.is_passed = effect.deadline < today
        if effect.verb == STARTS and not self.begun_by:
            if self.planned_by:
                self.former_starts.append(self.planned_by)
            self.planned_by = effect

    def _set_deadline(self, deadline):
        before, self.deadline = self.deadline, deadline
        if before and deadline and deadline.day == before.day:
            return
        if before:
            self.former_deadlines.append(before)
        if deadline:
            self.told.append(ToldDeadline(deadline, before))

    def _start(self, effect):
        if not (self.takes_effect and effect.deadline):  # else its deadline begins the measure
            self._begin(effect)

    def _begin(self, effect):
        """Unless another effect has moved the day since, or the measure is in force already."""
        if self.planned_by is effect and not self.begun_by:
            self.begun_by, self.resumed_by = effect, None

    def _suspend(self, effect):
        if not effect.scope:
            self.suspended_by = self.suspended_by or effect
            self.held.clear()
            self.freed.clear()
        elif self.suspended_by:
            self.freed.pop(effect.scope, None)
        else:
            _put_last(self.held, effect)

    def _resume(self, effect):
        if not effect.scope:
            self.resumed_by, self.suspended_by = effect, None
            self.held.clear()
            self.freed.clear()
        elif self.suspended_by:
            _put_last(self.freed, effect)
        elif self.held.pop(effect.scope, None):
            self.resumed_by = effect

    def _amend(self, effect):
        self.amendments.append(effect)

    def _close(self, effect):
        if effect.scope:
            self.held.pop(effect.scope, None)
            self.freed.pop(effect.scope, None)
            _put_last(self.parts, effect)
        else:
            self._forget(ordered_by=self.ordered_by, closed_by=effect)

    def _forget(self, **kept):
        """The life so far is over."""
        self.__init__(self.takes_effect, told=self.told, **kept)


_ACTS = {
    Verb.STARTS: Course._start,
    Verb.SUSPENDS: Course._suspend,
    Verb.RESUMES: Course._resume,
    Verb.AMENDS: Course._amend,
    Verb.ANNULS: Course._close,
    Verb.ENDS: Course._close,
}


def _orders(effect):
    return effect.verb in BEGINS and not effect.scope


def _put_last(parts, effect):
    parts.pop(effect.scope, None)
    parts[effect.scope] = effect
