"""Every way to read a measure's record whose days are known in part: one reading for each choice of the days. Pure.

Readings that nothing to come can tell apart are one, so that a record of known days costs one reading, and one with a
few doubts a few. What is told before it acts is known on the first day it may act at the latest.

Within a day deadlines come first; then effects by the first possible day, the time (none before any) and the position
of their event, then by id. So what was announced before comes before the day's own events, and what was said of the day
afterwards comes after them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from itertools import pairwise
from operator import itemgetter

from .course import CLOSES, TELLS, Course, DeadlineMeans, Effect, State, Verb

LIMIT = 64
"""The most readings followed at once: six effects whose possible days overlap. Past it anything may hold."""
ANYTHING = frozenset(State) - {State.NOT_KNOWN, State.UNCERTAIN}
ONE_DAY = timedelta(days=1)

TELL, ACT, BOTH = 0, 1, 2
AMENDS = Verb.AMENDS
_STEPS = dict.fromkeys(TELLS, TELL) | {Verb.STARTS: BOTH}

Happening = tuple[date, date, time, int, int, int, date, Effect]
"""A step of an effect, on a day from the first to the last: (last day, event's first day, time, position, id, step, first day, effect).

Plain tuples, since ten thousand of them are made and sorted in a third of the time that a class takes.
"""
LAST, STEP, FIRST, EFFECT = 0, 5, 6, 7
within_a_day = itemgetter(slice(1, 6))


def happenings(effects: Iterable[Effect], through: date) -> list[Happening]:
    """All that comes, or may come, by the day `through`, in the order in which it comes where all comes last."""
    found = []
    for effect in effects:
        _measure, _event, verb, (first, last), (told, told_last), at, position, number, *_rest = effect
        at, step = at or time.min, _STEPS.get(verb, ACT)
        if step != ACT and told < first:
            if told <= through:
                found.append((min(told_last, first), told, at, position, number, TELL, told, effect))
            if step == TELL:
                continue
            step = ACT
        elif verb == AMENDS:  # decides no state, so its doubts are nobody's
            first = last
        if first <= through:
            found.append((last, told, at, position, number, step, first, effect))
    return sorted(found)


class Reading:
    """A course, and the happenings (see `within_a_day`) that came in it before their last day, while that is to come."""

    __slots__ = ("course", "spent")

    def __init__(self, course: Course, spent: frozenset = frozenset()):
        self.course, self.spent = course, spent

    def live(self, happening, today):
        step, effect = happening[STEP], happening[EFFECT]
        if step != ACT:
            self.course.tell(effect, today)
        if step != TELL:
            self.course.act(effect)

    def fork(self, happening, today):
        """The reading in which `happening` comes today."""
        forked = Reading(self.course.fork(), self.spent | {within_a_day(happening)})
        forked.live(happening, today)
        return forked

    def key(self):
        return self.course.key(), self.spent


class Record:
    """All readings of a measure's effects through a day. The first is the late one, where everything comes on its last day."""

    def __init__(self, effects: Iterable[Effect], deadline_means: str, through: date):
        self.through = through
        self.happenings = happenings(effects, through)
        self.loose = [one for one in self.happenings if one[FIRST] < one[LAST]]
        self.readings = [Reading(Course(DeadlineMeans(deadline_means) == DeadlineMeans.TAKES_EFFECT))]
        self.is_lost = False

    @property
    def late(self) -> Course:
        """What has surely happened, and nothing else."""
        return self.readings[0].course

    @property
    def possible(self) -> frozenset[State]:
        return ANYTHING if self.is_lost else frozenset(reading.course.state for reading in self.readings)

    @property
    def state(self) -> State:
        if len(self.readings) == 1 and not self.is_lost:
            return self.late.state
        possible = self.possible
        return next(iter(possible)) if len(possible) == 1 else State.UNCERTAIN

    @property
    def unclear(self) -> Effect | None:
        """The last effect whose day is known in part."""
        return max(self.loose, key=itemgetter(FIRST, LAST, slice(1, 6)))[EFFECT] if self.loose else None

    def days(self) -> Iterator[date]:
        """Move on, and yield each day that may leave the measure in another state."""
        return self._unclear_days() if self.loose else self._known_days()

    def read_late(self) -> Course:
        """The late reading alone, moved on to the last day."""
        for _day in self._known_days():
            pass
        return self.late

    # --- Where every day is known: one reading ----------------------------------------------------------------------------
    def _known_days(self):
        course, day = self.late, None
        pass_time, tell, act = course.pass_time, course.tell, course.act
        for today, _told, _time, _position, _id, step, _first, effect in self.happenings:
            if today != day:
                if day:
                    yield day
                    if course.deadline and day < course.due < today:
                        yield self._due_day()
                day = today
                pass_time(today)
            if step != ACT:
                tell(effect, today)
            if step != TELL:
                act(effect)
        if day:
            yield day
            if course.deadline and day < course.due <= self.through:
                yield self._due_day()

    def _due_day(self):
        due = self.late.due
        self.late.pass_time(due)
        return due

    # --- Where some are known in part -------------------------------------------------------------------------------------
    def _unclear_days(self):
        opening, ending = defaultdict(list), defaultdict(list)
        for happening in self.happenings:
            ending[happening[LAST]].append(happening)
        for happening in self.loose:
            opening[happening[FIRST]].append(happening)
        turns = sorted(day for day in opening.keys() | ending.keys() if day <= self.through)
        pending = set()
        for day, following in pairwise([*turns, None]):
            pending.update(opening[day])
            self._live(day, ending[day] if self.is_lost else pending.union(ending[day]), pending)
            yield day
            pending.difference_update(ending[day])
            yield from self._quiet_days(day, following - ONE_DAY if following else self.through, pending)

    def _live(self, day, today, pending):
        """A day on which something surely happens, or may happen from now on."""
        self._pass_time(day)
        for happening in sorted(today, key=within_a_day):
            if happening[LAST] > day:
                self._maybe(happening, day)
            else:
                self._surely(happening, day)
                if self.is_lost and not pending and _closes(happening[EFFECT]):
                    self.is_lost = False  # whatever the readings were, they are closed now
        self._merge()

    def _quiet_days(self, day, last, pending):
        """The days on which only a deadline comes, or what is pending may come: until one more day makes no difference."""
        pending = () if self.is_lost else sorted(pending, key=within_a_day)
        is_settled = not pending
        while True:
            due = min((due for one in self.readings if one.course.deadline and (due := one.course.due) > day), default=None)
            if is_settled and due is None:
                return
            day = due if is_settled else day + ONE_DAY
            if day > last:
                return
            count = len(self.readings)
            self._pass_time(day)
            for happening in pending:
                self._maybe(happening, day)
            is_settled = not pending or self.is_lost or (len(self.readings) == count and day != due)
            yield day

    def _pass_time(self, today):
        for reading in self.readings:
            reading.course.pass_time(today)

    def _surely(self, happening, today):
        token = within_a_day(happening)
        for reading in self.readings:
            if token in reading.spent:
                reading.spent -= {token}
            else:
                reading.live(happening, today)

    def _maybe(self, happening, today):
        token = within_a_day(happening)
        if not self.is_lost:
            self.readings += [one.fork(happening, today) for one in self.readings if token not in one.spent]
            self._merge()

    def _merge(self):
        """Keep one of the readings that nothing to come can tell apart; give up on too many."""
        if len(self.readings) == 1:
            return
        distinct = {}
        for reading in self.readings:
            distinct.setdefault(reading.key(), reading)
        self.readings = list(distinct.values())
        if len(self.readings) > LIMIT:
            self.is_lost = True
            del self.readings[1:]


def _closes(effect):
    return effect.verb in CLOSES and not effect.scope
