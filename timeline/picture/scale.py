"""Days to places on an axis, and the periods by which an axis is read. Days are dates, both ends of every span included."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

ONE_DAY = timedelta(days=1)
DAY, MONTH, YEAR = "day", "month", "year"
STEPS = [(DAY, 1), (DAY, 2), (DAY, 7), (MONTH, 1), (MONTH, 3), (MONTH, 6)] + [
    (YEAR, 10**power * n) for power in range(4) for n in (1, 2, 5)
]
LONGEST = {DAY: 1, MONTH: 31, YEAR: 366}


class Period(NamedTuple):
    """A day, month or year, or several of them in a row."""

    first_day: date
    last_day: date
    unit: str
    step: int

    @property
    def window(self):
        """What the timeline's `from` and `to` call it."""
        length = {DAY: 10, MONTH: 7, YEAR: 4}[self.unit]
        return self.first_day.isoformat()[:length], self.last_day.isoformat()[:length]


@dataclass(frozen=True)
class Scale:
    """`first_day` begins at `left`, `last_day` ends at `right`."""

    first_day: date
    last_day: date
    left: float
    right: float

    @property
    def days(self):
        return self.last_day.toordinal() - self.first_day.toordinal() + 1

    def start(self, day):
        """Where a day begins, or the nearest end of the axis."""
        return self._place(day.toordinal())

    def end(self, day):
        return self._place(day.toordinal() + 1)

    def middle(self, day):
        return (self.start(day) + self.end(day)) / 2

    def shows(self, first_day, last_day):
        return first_day <= self.last_day and last_day >= self.first_day

    def cut(self, first_day, last_day):
        """Where a span that it shows begins and ends."""
        return self.start(first_day), self.end(last_day)

    def _place(self, ordinal):
        passed = (ordinal - self.first_day.toordinal()) / self.days
        return round(self.left + min(max(passed, 0), 1) * (self.right - self.left), 1)

    def periods(self, most):
        """The smallest periods of which at most `most` cover the axis."""
        for unit, step in STEPS:
            if self.days / (LONGEST[unit] * step) <= most:
                found = list(periods(self.first_day, self.last_day, unit, step))
                if len(found) <= most:
                    return found
        return [Period(self.first_day, self.last_day, YEAR, self.days // 365 + 1)]


def periods(first_day, last_day, unit, step):
    """The periods that hold the days from the first to the last, from round dates on: quarters begin in January, decades in 2020."""
    day = first_day
    while day <= last_day:
        start, end = period_of(day, unit, step)
        yield Period(start, end, unit, step)
        if end == date.max:
            return
        day = end + ONE_DAY


def period_of(day, unit, step):
    """The first and the last day of the period that holds `day`. Days count within their month."""
    if unit == DAY:
        length = monthrange(day.year, day.month)[1]
        first = (day.day - 1) // step * step + 1
        return day.replace(day=first), day.replace(day=min(first + step - 1, length))
    if unit == MONTH:
        first = (day.month - 1) // step * step + 1
        last = first + step - 1
        return date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1])
    first = day.year // step * step
    return date(max(first, 1), 1, 1), date(min(first + step - 1, 9999), 12, 31)
