"""Dates as they are known: EDTF levels 0 and 1 (ISO 8601-2:2019, annex A) and the days they may mean.

A text stays as it was written; `parse` tells which days it may mean. The policy:

- `~` (about), `?` (uncertain) and `%` (both) widen a date by one of its own units at each end: a day by a day, a month
  by a month, a year by a year. Two doubts do not widen twice.
- Seasons are those of the northern hemisphere in whole months: spring is March to May, and winter runs from December
  of its year to the end of February.
- The open or unknown end of a period reaches to OPEN_START or OPEN_END.

The grammar is written out here rather than left to the edtf package, which takes 6 ms a date, accepts level 2, and
widens `2020-08~` to 27 months; the tests hold this one against it.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

OPEN_START = date.min
OPEN_END = date.max
LONGEST = 40

ONE_DAY = timedelta(days=1)

_YEAR = r"[1-9][0-9]{3}"
_DATED = re.compile(rf"(?P<year>{_YEAR})(?:-(?P<month>[0-9]{{2}})(?:-(?P<day>[0-9]{{2}}))?)?(?P<doubt>[?~%]?)")
_UNSPECIFIED = re.compile(rf"(?P<month>{_YEAR}-[0-9]{{2}})-XX|(?P<year>{_YEAR})-XX(?P<day>-XX)?")
_YEARS = re.compile(r"(?P<decade>[1-9][0-9]{2})X|(?P<century>[1-9][0-9])XX")
_WINDOW = re.compile(rf"{_YEAR}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{{2}})?)?")
_DAY = re.compile(rf"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}")

_TOO_LONG = _("A date has at most 40 characters, for example 2020-08-06.")
_NOT_READ = _("This is not a date we can read: write 2020, 2020-08, 2020-08-06, 2020-08~ or 2020-08-14/2020-11-12.")
_NO_SUCH_YEAR = _("Years go from 1000 to 9999, for example 2020.")
_NO_SUCH_MONTH = _("Months go from 01 to 12 and seasons from 21 to 24, for example 2020-08.")
_NO_SUCH_DAY = _("The calendar has no such day: write one that exists, for example 2020-08-06.")
_NO_DOUBT = _("Only a day, a month or a year can be in doubt, for example 2020-08~.")
_NO_END = _("A period needs at least one end that is known, for example 2020-08-14/..")
_VAGUE_END = _("Each end of a period is a day, a month or a year, for example 2020-08-14/2020-11.")
_REVERSED = _("The period ends before it starts: write the earlier date first, for example 2020-08-14/2020-11-12.")
_NO_WINDOW = _("Write a year, a month or a day, for example 2020, 2020-08 or 2020-08-06.")
_NO_DAY = _("Write a day, for example 2020-08-06.")


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


class Unbound(StrEnum):
    """An end of a period that is no date; the value is how EDTF writes it."""

    OPEN = ".."
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One date of a text: `first_day` to `last_day` as written, before any doubt widens it."""

    precision: Precision
    first_day: date
    last_day: date
    is_approximate: bool = False
    is_uncertain: bool = False
    # 2020-08-XX says "some day in August": the unit that is said to exist, and not which.
    unspecified: Precision | None = None

    @property
    def is_doubtful(self):
        return self.is_approximate or self.is_uncertain

    def widened(self):
        """The first and last possible day."""
        if not self.is_doubtful:
            return self.first_day, self.last_day
        before = self.first_day - ONE_DAY
        after = min(self.last_day, OPEN_END - ONE_DAY) + ONE_DAY
        return _first_of(self.precision, before), _last_of(self.precision, after)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date or a period, with its possible days. A date that is no period has the same Point at both ends."""

    text: str
    first_day: date
    last_day: date
    start: Point | Unbound
    end: Point | Unbound

    @property
    def is_period(self):
        return self.start != self.end

    @property
    def is_one_day(self):
        return self.first_day == self.last_day


@lru_cache(maxsize=4096)
def parse(text: str) -> PartialDate:
    """The date that `text` writes. Raises ValueError with one translated sentence saying what is wrong."""
    if len(text) > LONGEST:
        raise ValueError(_TOO_LONG)
    start_text, slash, end_text = text.partition("/")
    start = _end(start_text) if slash else _point(start_text)
    end = _end(end_text) if slash else start
    if isinstance(start, Unbound) and isinstance(end, Unbound):
        raise ValueError(_NO_END)
    if isinstance(start, Point) and isinstance(end, Point) and start.first_day > end.last_day:
        raise ValueError(_REVERSED)
    first_day = OPEN_START if isinstance(start, Unbound) else start.widened()[0]
    last_day = OPEN_END if isinstance(end, Unbound) else end.widened()[1]
    return PartialDate(text, first_day, last_day, start, end)


def validate_partial_date(text):
    """A validator for form and model fields: `parse` with a ValidationError."""
    try:
        parse(text)
    except ValueError as error:
        raise ValidationError(str(error)) from None


def parse_window(text: str) -> tuple[date, date]:
    """The first and last day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. Raises ValueError for anything else."""
    if not _WINDOW.fullmatch(text):
        raise ValueError(_NO_WINDOW)
    point = _point(text)
    return point.first_day, point.last_day


def parse_day(text: str) -> date:
    """The day of `YYYY-MM-DD`. Raises ValueError for anything else."""
    if not _DAY.fullmatch(text):
        raise ValueError(_NO_DAY)
    return _point(text).first_day


def _end(text):
    """An end of a period. Level 1 has neither seasons nor unspecified digits there."""
    if text in list(Unbound):
        return Unbound(text)
    point = _point(text)
    if point.unspecified or point.precision not in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        raise ValueError(_VAGUE_END)
    return point


def _point(text):
    for pattern, read in ((_DATED, _dated), (_UNSPECIFIED, _unspecified), (_YEARS, _years)):
        if match := pattern.fullmatch(text):
            return read(match)
    raise ValueError(_NO_SUCH_YEAR if re.match(r"0[0-9]{3}|[-+Y][0-9]", text) else _NOT_READ)


def _dated(match):
    year, month, day = int(match["year"]), int(match["month"] or 1), int(match["day"] or 1)
    if 21 <= month <= 24 and not match["day"]:
        if match["doubt"]:
            raise ValueError(_NO_DOUBT)
        return _season(year, month)
    if not 1 <= month <= 12:
        raise ValueError(_NO_SUCH_MONTH)
    try:
        first_day = date(year, month, day)
    except ValueError:
        raise ValueError(_NO_SUCH_DAY) from None
    precision = Precision.DAY if match["day"] else Precision.MONTH if match["month"] else Precision.YEAR
    return Point(
        precision,
        first_day,
        _last_of(precision, first_day),
        is_approximate=match["doubt"] in ("~", "%"),
        is_uncertain=match["doubt"] in ("?", "%"),
    )


def _season(year, number):
    first_day = date(year, 3 * (number - 20), 1)
    ends_in = (year + 1, 2) if number == 24 else (year, first_day.month + 2)
    last_day = OPEN_END if ends_in[0] > OPEN_END.year else _last_of(Precision.MONTH, date(*ends_in, 1))
    return Point(Precision.SEASON, first_day, last_day)


def _unspecified(match):
    unit = Precision.DAY if match["month"] or match["day"] else Precision.MONTH
    point = _point(match["month"] or match["year"])
    if point.precision == Precision.SEASON:
        raise ValueError(_NOT_READ)
    return replace(point, unspecified=unit)


def _years(match):
    precision = Precision(match.lastgroup)
    known = match[precision]
    return Point(precision, date(int(known.ljust(4, "0")), 1, 1), date(int(known.ljust(4, "9")), 12, 31))


def _first_of(precision, day):
    """The first day of the month or year that holds `day`, or `day` itself."""
    if precision == Precision.DAY:
        return day
    return day.replace(day=1) if precision == Precision.MONTH else day.replace(month=1, day=1)


def _last_of(precision, day):
    if precision == Precision.DAY:
        return day
    return day.replace(day=monthrange(day.year, day.month)[1]) if precision == Precision.MONTH else day.replace(month=12, day=31)
