"""Other windows for the picture: the year, the quarter and the month around a day, and the same length earlier and later."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .picture.scale import DAY, MONTH, YEAR, Period, period_of
from .words import date_in_words

FIRST, LAST = date(1000, 1, 1), date(9999, 12, 31)
LEVELS = ((YEAR, 1), (MONTH, 3), (MONTH, 1))


@dataclass(frozen=True)
class Window:
    """A window to go to. `words` name it."""

    period: Period
    words: str
    is_here: bool = False


def levels(day, here):
    """The year, the quarter and the month that hold `day`; `here` is the window in use, (first day, last day)."""
    periods = [Period(*period_of(day, unit, step), unit, step) for unit, step in LEVELS]
    return [Window(one, window_words(one.first_day, one.last_day), (one.first_day, one.last_day) == here) for one in periods]


def earlier(here):
    """A window as long as `here` that ends before it, or None before the year 1000."""
    first_day, last_day = here
    if first_day == FIRST:
        return None
    last = first_day - timedelta(days=1)
    months = months_of(here)
    first = month_before(first_day, months) if months else date.fromordinal(max(last.toordinal() - (last_day - first_day).days, 1))
    return _window(max(first, FIRST), last, _("Earlier"))


def later(here):
    """A window as long as `here` that begins after it, or None after the year 9999."""
    first_day, last_day = here
    if last_day >= LAST:
        return None
    first = last_day + timedelta(days=1)
    months = months_of(here)
    if months:
        last = month_before(first, -months) - timedelta(days=1) if first.year + months // 12 < LAST.year else LAST
    else:
        last = date.fromordinal(min(first.toordinal() + (last_day - first_day).days, LAST.toordinal()))
    return _window(first, last, _("Later"))


def _window(first_day, last_day, words):
    return Window(Period(first_day, last_day, precision(first_day, last_day), 1), words)


def months_of(here):
    """How many whole months a window has, or 0."""
    first_day, last_day = here
    is_whole = first_day.day == 1 and (last_day == LAST or (last_day + timedelta(days=1)).day == 1)
    return 12 * (last_day.year - first_day.year) + last_day.month - first_day.month + 1 if is_whole else 0


def month_before(day, months):
    """The first of the month so many months before that of `day`."""
    number = max(12 * day.year + day.month - 1 - months, 12)
    return date(number // 12, number % 12 + 1, 1)


def precision(first_day, last_day):
    """The largest unit that writes both ends of a window."""
    months = months_of((first_day, last_day))
    if not months:
        return DAY
    return YEAR if first_day.month == 1 and last_day.month == 12 else MONTH


def window_words(first_day, last_day):
    """“August to December 2020”: whole years and months by their names. Remembered: pictures and their tables have the same ones."""
    return _window_words(first_day, last_day, get_language())


@lru_cache(10_000)
def _window_words(first_day, last_day, _language):
    start, end = Period(first_day, last_day, precision(first_day, last_day), 1).window
    return date_in_words(start if start == end else f"{start}/{end}")
