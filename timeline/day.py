"""The day that "in force" is asked about, and perhaps another one beside it."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from newsroom.publishing.dates import parse_day
from newsroom.publishing.parameters import BadParameter, read

FIRST, LAST = date(1000, 1, 1), date(9999, 12, 31)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class AskedDay:
    """The day asked about by the parameter `name`, as it was typed, and why it cannot be read: at most one of `day` and `problem`."""

    name: str
    typed: str
    day: date | None = None
    problem: BadParameter | None = None

    @property
    def before(self):
        return self.day - ONE_DAY if self.day > FIRST else None

    @property
    def after(self):
        return self.day + ONE_DAY if self.day < LAST else None


def asked_day(request, name="on"):
    """`?on=YYYY-MM-DD`, without it the day of `request.at` in the newsroom's time zone; or `?and=YYYY-MM-DD`, without it no day."""
    try:
        typed = read(request, name)
        day = parse_day(typed) if typed else timezone.localdate(request.at) if name == "on" else None
    except BadParameter as problem:
        return AskedDay(name, problem.value, problem=problem)
    except ValueError as error:
        return AskedDay(name, typed, problem=BadParameter(name, typed, str(error)))
    return AskedDay(name, day.isoformat() if day else "", day)


@dataclass(frozen=True)
class Changes:
    """The days on which the state of any measure changed, as far as is known, the earliest first; `last_day` is the last one known."""

    days: list[date]
    last_day: date | None

    @property
    def first_day(self):
        return max(self.days[0] - ONE_DAY, FIRST)

    def before(self, day):
        number = bisect_left(self.days, day)
        return self.days[number - 1] if number else None

    def after(self, day):
        number = bisect_right(self.days, day)
        return self.days[number] if number < len(self.days) else None


def changes_of(knowledge):
    measures = knowledge.measures.values()
    days = sorted({bar.first_day for measure in measures for bar in knowledge.bars(measure) if bar.first_day >= FIRST})
    return Changes(days, max(map(knowledge.checked_through, measures), default=None))
