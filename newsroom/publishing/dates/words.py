"""Dates as they are known, in words of the active language: “about 17 August 2020”, « vers le 17 août 2020 »."""

import re
from datetime import date
from functools import lru_cache

from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from .partial import PartialDate, Point, Precision, Unbound, parse

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

_SEASONS = {  # by first month: as a label, within a sentence
    3: (_("spring %(year)s"), _("in spring %(year)s")),
    6: (_("summer %(year)s"), _("in summer %(year)s")),
    9: (_("autumn %(year)s"), _("in autumn %(year)s")),
    12: (_("winter %(year)s"), _("in winter %(year)s")),
}
_UNSPECIFIED = {
    Precision.DAY: (_("some day in %(date)s"), _("on some day in %(date)s")),
    Precision.MONTH: (_("some month in %(date)s"), _("in some month of %(date)s")),
}
# By whether the start and the end are days (months and years take other prepositions, in French at least).
_PERIODS = {
    (True, True): (_("%(start_day)s to %(end_day)s"), _("from %(start_day)s to %(end_day)s")),
    (True, False): (_("%(start_day)s to %(end)s"), _("from %(start_day)s to %(end)s")),
    (False, True): (_("%(start)s to %(end_day)s"), _("from %(start)s to %(end_day)s")),
    (False, False): (_("%(start)s to %(end)s"), _("from %(start)s to %(end)s")),
}


def in_words(known: PartialDate | str) -> str:
    """The date as a label: “6 August 2020”, “about August 2020”, “14 to 20 August 2020”. Raises ValueError for a text `parse` refuses."""
    return _words(known, in_sentence=False)


def on_date_in_words(known: PartialDate | str) -> str:
    """The date within a sentence: “on 6 August 2020”, “in August 2020”, “from 14 to 20 August 2020”. Raises as `in_words` does."""
    return _words(known, in_sentence=True)


def _words(known, in_sentence):
    known = parse(known) if isinstance(known, str) else known
    if not known.is_period:
        return _point(known.start, in_sentence)
    if isinstance(known.start, Unbound) or isinstance(known.end, Unbound):
        return _elided(_half_open(known.start, known.end))
    return _elided(_period(known.start, known.end, in_sentence))


# --- One date -----------------------------------------------------------------------------------------------------------
def _point(point, in_sentence):
    if point.is_approximate:
        words = gettext("about %(day)s") if point.precision == Precision.DAY else gettext("about %(date)s")
        words %= {"day": _plain(point), "date": _plain(point)}
    elif point.unspecified:
        words = _UNSPECIFIED[point.unspecified][in_sentence] % {"date": _plain(point)}
    else:
        words = _in_sentence(point) if in_sentence else _plain(point)
    return gettext("%(date)s (uncertain)") % {"date": words} if point.is_uncertain else words


def _plain(point):
    """The date alone, without its doubts: a noun that other phrases are built around."""
    year = point.first_day.year
    match point.precision:
        case Precision.DAY:
            return _number(point.first_day) + NO_BREAK_SPACE + _month(point.first_day)
        case Precision.MONTH:
            return _month(point.first_day)
        case Precision.SEASON:
            return _unbroken(_SEASONS[point.first_day.month][0] % {"year": year})
        case Precision.YEAR:
            return str(year)
        case Precision.DECADE:
            return gettext("the %(year)ds") % {"year": year}
        case Precision.CENTURY:
            return gettext("the years %(first)d to %(last)d") % {"first": year, "last": point.last_day.year}


def _in_sentence(point):
    plain = _plain(point)
    match point.precision:
        case Precision.DAY:
            return gettext("on %(day)s") % {"day": plain}
        case Precision.SEASON:
            return _SEASONS[point.first_day.month][1] % {"year": point.first_day.year}
        case Precision.DECADE | Precision.CENTURY:
            return gettext("in %(years)s") % {"years": plain}
        case _:
            return gettext("in %(date)s") % {"date": plain}


def _number(day):
    """The number of a day in its month; French has “1er” and then “2”."""
    return pgettext("first day of a month", "1") if day.day == 1 else str(day.day)


def ending(day):
    """What follows the number of a day in its month: “er” on the first one in French, otherwise nothing."""
    return _number(day).removeprefix(str(day.day))


def _month(day):
    return _month_of(day.year, day.month, get_language())


@lru_cache(2048)
def _month_of(year, month, _language):
    return _unbroken(format_date(date(year, month, 1), "F Y"))


def _unbroken(words):
    return words.replace(" ", NO_BREAK_SPACE)


# --- Periods ------------------------------------------------------------------------------------------------------------
def _period(start, end, in_sentence):
    start_words = _is_within_month(start, end) and _number(start.first_day) or _end(start)
    words = _PERIODS[_is_day(start), _is_day(end)][in_sentence]
    return words % {"start": start_words, "start_day": start_words, "end": _end(end), "end_day": _end(end)}


def _half_open(start, end):
    if isinstance(start, Unbound):
        words = gettext("until %(day)s") if _is_day(end) else gettext("until %(date)s")
        words %= {"day": _end(end), "date": _end(end)}
        return gettext("%(period)s (start not known)") % {"period": words} if start == Unbound.UNKNOWN else words
    words = gettext("from %(day)s on") if _is_day(start) else gettext("from %(date)s on")
    words %= {"day": _end(start), "date": _end(start)}
    return gettext("%(period)s (end not known)") % {"period": words} if end == Unbound.UNKNOWN else words


def _end(point):
    """An end of a period. Its doubts follow in brackets, so that any preposition fits before it."""
    plain = {"date": _plain(point)}
    match point.is_approximate, point.is_uncertain:
        case True, True:
            return gettext("%(date)s (approximate, uncertain)") % plain
        case True, False:
            return gettext("%(date)s (approximate)") % plain
        case False, True:
            return gettext("%(date)s (uncertain)") % plain
        case _:
            return plain["date"]


def _is_day(point: Point):
    return point.precision == Precision.DAY


def _is_within_month(start, end):
    """Whether both are plain days of one month, so that “14 to 20 August 2020” says it."""
    are_days = _is_day(start) and _is_day(end) and not (start.is_doubtful or end.is_doubtful)
    return are_days and (start.first_day.year, start.first_day.month) == (end.first_day.year, end.first_day.month)


def _elided(words):
    """French says “d’août”, not “de août”: a rule of sound, so no translated text can hold it."""
    return re.sub(r"\bde (?=[ao])", "d’", words) if (get_language() or "").startswith("fr") else words
