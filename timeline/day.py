"""The day that "in force" is asked about."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from newsroom.publishing.dates import parse_day
from newsroom.publishing.parameters import BadParameter, read

FIRST, LAST = date(1000, 1, 1), date(9999, 12, 31)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class AskedDay:
    """The day asked about, as it was typed, and why it cannot be read: either `day` or `problem` is None."""

    typed: str
    day: date | None = None
    problem: BadParameter | None = None

    @property
    def before(self):
        return self.day - ONE_DAY if self.day > FIRST else None

    @property
    def after(self):
        return self.day + ONE_DAY if self.day < LAST else None


def asked_day(request):
    """`?on=YYYY-MM-DD`; without it the day of `request.at` in the newsroom's time zone."""
    try:
        typed = read(request, "on")
        day = parse_day(typed) if typed else timezone.localdate(request.at)
    except BadParameter as problem:
        return AskedDay(problem.value, problem=problem)
    except ValueError as error:
        return AskedDay(typed, problem=BadParameter("on", typed, str(error)))
    return AskedDay(day.isoformat(), day)
