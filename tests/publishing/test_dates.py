"""Dates as they are known: what can be written, which days it may mean, and how it is said in both languages."""

import calendar
import re
import warnings
from datetime import date, timedelta

import edtf
import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from newsroom.publishing.dates import (
    OPEN_END,
    OPEN_START,
    Precision,
    Unbound,
    in_words,
    on_date_in_words,
    parse,
    parse_day,
    parse_window,
    validate_partial_date,
)

pytestmark = pytest.mark.pure

WIDENED = """
    2020-08-06~  2020-08-05  2020-08-07
    2020-08-31?  2020-08-30  2020-09-01
    2020-01-01%  2019-12-31  2020-01-02
    2020-08~     2020-07-01  2020-09-30
    2020-12?     2020-11-01  2021-01-31
    2020-03%     2020-02-01  2020-04-30
    2020~        2019-01-01  2021-12-31
    2020?        2019-01-01  2021-12-31
    2020%        2019-01-01  2021-12-31
    1000~        0999-01-01  1001-12-31
    9999~        9998-01-01  9999-12-31
    9999-12-31?  9999-12-30  9999-12-31
"""
AS_WRITTEN = """
    2020                   2020-01-01  2020-12-31
    2020-02                2020-02-01  2020-02-29
    2020-08-06             2020-08-06  2020-08-06
    2020-XX                2020-01-01  2020-12-31
    2020-XX-XX             2020-01-01  2020-12-31
    2020-08-XX             2020-08-01  2020-08-31
    202X                   2020-01-01  2029-12-31
    20XX                   2000-01-01  2099-12-31
    2020-21                2020-03-01  2020-05-31
    2020-22                2020-06-01  2020-08-31
    2020-23                2020-09-01  2020-11-30
    2020-24                2020-12-01  2021-02-28
    2019-24                2019-12-01  2020-02-29
    9999-24                9999-12-01  9999-12-31
    2020-08-14/2020-11-12  2020-08-14  2020-11-12
    2020/2021-02           2020-01-01  2021-02-28
    2020-08/2020-08-06     2020-08-01  2020-08-06
    2020-08~/2020-11-12?   2020-07-01  2020-11-13
    2020-08-14/..          2020-08-14  9999-12-31
    ../2020                0001-01-01  2020-12-31
    2020-08-14/            2020-08-14  9999-12-31
    /2020-08               0001-01-01  2020-08-31
"""


def rows(table):
    return [line.split() for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "first", "last"), rows(AS_WRITTEN) + rows(WIDENED))
def test_a_text_has_a_first_and_a_last_possible_day(text, first, last):
    known = parse(text)
    assert (known.text, known.first_day.isoformat(), known.last_day.isoformat()) == (text, first, last)


def test_an_open_end_is_not_an_unknown_one():
    assert parse("2020/..").end == Unbound.OPEN
    assert parse("2020/").end == Unbound.UNKNOWN
    assert (parse("../2020").first_day, parse("2020/..").last_day) == (OPEN_START, OPEN_END)


def test_what_is_known_of_each_end_is_kept():
    known = parse("2020-08~/2020-11-12?")
    assert (known.start.precision, known.start.is_approximate, known.start.is_uncertain) == (Precision.MONTH, True, False)
    assert (known.end.precision, known.end.is_approximate, known.end.is_uncertain) == (Precision.DAY, False, True)
    assert known.is_period
    assert not parse("2020%").is_period
    assert parse("2020-08-XX").start.unspecified == Precision.DAY
    assert parse("2020-08-06").is_one_day


# --- What is refused ----------------------------------------------------------------------------------------------------
REFUSED = {
    "at most 40 characters": ["2020-08-06" + "0" * 31, "x" * 100_000],
    "not a date": [
        "", " ", "2020 ", " 2020", "2020\n", "2020\x00", "2020-8", "2020-08-6", "20200806", "August 2020", "２０２０", "٢٠٢٠",
        "2020‑08", "\ud800",
        "2020/2021/2022", "2020-08-06T10:00", "2020-08-06/P1D", "2020~?", "2020-?08", "~2020", "2020-08~-06", "[2020,2021]", "{2020,2021}",
        "2020S2", "2XXX", "XXXX", "20X0", "2020-X8", "2020-0X", "2020-XX-06", "2020-21-XX", "202X-08", "202X~",
        "2020-08-XX?", "2020-XX-XX-XX",
    ],
    "Years go from 1000 to 9999": ["0999", "0000-01", "-2020", "+2020", "Y12020", "Y1E5"],
    "Months go from 01 to 12": ["2020-00", "2020-13", "2020-20", "2020-25", "2020-41", "2020-21-05", "2020-99"],
    "no such day": ["2020-02-30", "2019-02-29", "2020-04-31", "2020-08-00", "2020-08-32", "2020-02-31/..", "../2020-06-31"],
    "can be in doubt": ["2020-21~", "2020-24?"],
    "at least one end": ["/", "../..", "../", "/.."],
    "Each end of a period": ["2020-21/2020-22", "202X/203X", "2020-08-XX/2020-09", "../20XX"],
    "ends before it starts": ["2021/2020", "2020-08-06/2020-08-05", "2020-08-14/2020-07~", "9999/1000"],
}  # fmt: skip


@pytest.mark.parametrize(("reason", "text"), [(reason, text) for reason, texts in REFUSED.items() for text in texts])
def test_anything_else_is_refused_with_a_reason_and_an_example(reason, text):
    with pytest.raises(ValueError, match=reason) as refusal:
        parse(text)
    assert re.search(r"\b2020\b", str(refusal.value))
    with pytest.raises(ValidationError):
        validate_partial_date(text)


def test_a_reason_is_in_the_readers_language():
    with translation.override("fr"), pytest.raises(ValueError, match="Les années vont de 1000 à 9999"):
        parse("0999")


@given(st.text(max_size=50) | st.text("0123456789X-/.~?% ", max_size=45))
def test_whatever_is_typed_is_a_date_or_a_value_error(text):
    try:
        known = parse(text)
    except ValueError:
        return
    assert known.text == text
    assert known.first_day <= known.last_day
    assert in_words(text)
    assert on_date_in_words(text)


# --- Properties ---------------------------------------------------------------------------------------------------------
days = st.dates(date(1001, 1, 1), date(9998, 12, 31))
doubts = st.sampled_from(["", "~", "?", "%"])
points = st.builds(lambda day, size, doubt: day.isoformat()[:size] + doubt, days, st.sampled_from([4, 7, 10]), doubts)


@given(points)
def test_a_doubt_widens_by_one_neighbour_at_each_end(text):
    known, plain = parse(text), parse(text.rstrip("~?%"))
    if known.start.is_doubtful:
        size = len(plain.text)
        before, after = plain.first_day - timedelta(1), plain.last_day + timedelta(1)
        assert known.first_day == parse(before.isoformat()[:size]).first_day
        assert known.last_day == parse(after.isoformat()[:size]).last_day
    else:
        assert known == plain


@given(points, points)
def test_a_period_goes_from_the_first_day_of_its_start_to_the_last_of_its_end(start, end):
    start, end = sorted([parse(start), parse(end)], key=lambda known: (known.start.first_day, known.start.last_day))
    known = parse(f"{start.text}/{end.text}")
    assert (known.first_day, known.last_day) == (start.first_day, end.last_day)
    assert (known.start, known.end) == (start.start, end.start)


@given(st.from_regex(r"[12][0-9]{2}[0-9X](-([0-3][0-9]|XX)(-([0-3][0-9]|XX))?)?", fullmatch=True))
def test_the_edtf_package_reads_the_same_days(text):
    with warnings.catch_warnings(action="ignore"):
        other = edtf.parse_edtf(text, fail_silently=True)
    is_level_2 = isinstance(other, edtf.PartialUnspecified | edtf.Level2Season)
    accepted = isinstance(other, edtf.Date | edtf.Unspecified | edtf.Season) and not is_level_2
    try:
        known = parse(text)
    except ValueError:
        # It lets a February have 29 days in any year.
        assert not accepted or (text.endswith("-02-29") and not calendar.isleap(int(text[:4])))
    else:
        assert accepted
        assert known.first_day == date(*other.lower_strict()[:3])
        if known.start.precision != Precision.SEASON or not text.endswith("24"):  # its winter is December alone
            assert known.last_day == date(*other.upper_strict()[:3])


# --- Windows and days ---------------------------------------------------------------------------------------------------
@given(days)
def test_a_window_is_a_year_a_month_or_a_day(day):
    text = day.isoformat()
    assert parse_window(text) == (day, day)
    assert parse_window(text[:7]) == (day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))
    assert parse_window(text[:4]) == (date(day.year, 1, 1), date(day.year, 12, 31))
    assert parse_day(text) == day


def plainly(text):
    """The window as a slow reader would find it: by writing every year, month and day of the text's length that begins as it does."""
    if len(text) not in (4, 7, 10) or not text[:4].isdecimal() or not text.isascii() or text[0] == "0":
        return None
    year = int(text[:4])
    all_days = [date(year, 1, 1) + timedelta(n) for n in range(366 if calendar.isleap(year) else 365)]
    found = [day for day in all_days if day.isoformat()[: len(text)] == text]
    return (found[0], found[-1]) if found else None


@given(
    st.from_regex(r"[0-2][0-9]{3}(-[0-4][0-9](-[0-3][0-9])?)?", fullmatch=True)
    | st.text("0123456789-X~ \n", max_size=12)
    | st.text(max_size=12)
)
def test_a_window_is_what_a_slow_reader_finds_and_nothing_else(text):
    try:
        window = parse_window(text)
    except ValueError:
        window = None
    assert window == plainly(text)


@pytest.mark.parametrize(
    "text", ["2020-08", "2020", "2020-8-6", "2020-02-30", "2020-21-01", "0999-01-01", "２０２０-08-06", "2020-08-06\n", "2020-08-06~", ""]
)
def test_a_day_is_a_whole_day(text):
    with pytest.raises(ValueError, match="2020"):
        parse_day(text)


# --- Words --------------------------------------------------------------------------------------------------------------
WORDS = """
    2020-08-06 | 6 August 2020 | on 6 August 2020 | 6 août 2020 | le 6 août 2020
    2020-08-01 | 1 August 2020 | on 1 August 2020 | 1er août 2020 | le 1er août 2020
    2020-08 | August 2020 | in August 2020 | août 2020 | en août 2020
    2020 | 2020 | in 2020 | 2020 | en 2020
    2020-08-17~ | about 17 August 2020 | about 17 August 2020 | vers le 17 août 2020 | vers le 17 août 2020
    2020-08~ | about August 2020 | about August 2020 | vers août 2020 | vers août 2020
    2020? | 2020 (uncertain) | in 2020 (uncertain) | 2020 (date incertaine) | en 2020 (date incertaine)
    2020-04-01% | about 1 April 2020 (uncertain) | about 1 April 2020 (uncertain) | vers le 1er avril 2020 (date incertaine) | vers le 1er avril 2020 (date incertaine)
    2020-08-XX | some day in August 2020 | on some day in August 2020 | un jour en août 2020 | un jour en août 2020
    2020-XX | some month in 2020 | in some month of 2020 | un mois de 2020 | au cours d’un mois de 2020
    2020-XX-XX | some day in 2020 | on some day in 2020 | un jour en 2020 | un jour en 2020
    202X | the 2020s | in the 2020s | les années 2020 | dans les années 2020
    20XX | the years 2000 to 2099 | in the years 2000 to 2099 | les années 2000 à 2099 | dans les années 2000 à 2099
    2020-21 | spring 2020 | in spring 2020 | printemps 2020 | au printemps 2020
    2020-22 | summer 2020 | in summer 2020 | été 2020 | à l’été 2020
    2020-23 | autumn 2020 | in autumn 2020 | automne 2020 | à l’automne 2020
    2020-24 | winter 2020 | in winter 2020 | hiver 2020 | à l’hiver 2020
    2020-08-14/2020-11-12 | 14 August 2020 to 12 November 2020 | from 14 August 2020 to 12 November 2020 | du 14 août 2020 au 12 novembre 2020 | du 14 août 2020 au 12 novembre 2020
    2020-08-01/2020-08-20 | 1 to 20 August 2020 | from 1 to 20 August 2020 | du 1er au 20 août 2020 | du 1er au 20 août 2020
    2020-08-14/2020-08-14 | 14 August 2020 | on 14 August 2020 | 14 août 2020 | le 14 août 2020
    2020-08-14/2020-10 | 14 August 2020 to October 2020 | from 14 August 2020 to October 2020 | du 14 août 2020 à octobre 2020 | du 14 août 2020 à octobre 2020
    2020-08/2020-10-01 | August 2020 to 1 October 2020 | from August 2020 to 1 October 2020 | d’août 2020 au 1er octobre 2020 | d’août 2020 au 1er octobre 2020
    2018/2020 | 2018 to 2020 | from 2018 to 2020 | de 2018 à 2020 | de 2018 à 2020
    2020-08-14~/2020-08-20 | 14 August 2020 (approximate) to 20 August 2020 | from 14 August 2020 (approximate) to 20 August 2020 | du 14 août 2020 (date approximative) au 20 août 2020 | du 14 août 2020 (date approximative) au 20 août 2020
    2020-08?/2020-10% | August 2020 (uncertain) to October 2020 (approximate, uncertain) | from August 2020 (uncertain) to October 2020 (approximate, uncertain) | d’août 2020 (date incertaine) à octobre 2020 (date approximative et incertaine) | d’août 2020 (date incertaine) à octobre 2020 (date approximative et incertaine)
    2020-08-14/.. | from 14 August 2020 on | from 14 August 2020 on | à partir du 14 août 2020 | à partir du 14 août 2020
    2020-04/.. | from April 2020 on | from April 2020 on | à partir d’avril 2020 | à partir d’avril 2020
    2020-05/ | from May 2020 on (end not known) | from May 2020 on (end not known) | à partir de mai 2020 (fin inconnue) | à partir de mai 2020 (fin inconnue)
    ../2020 | until 2020 | until 2020 | jusqu’en 2020 | jusqu’en 2020
    /2020-08-01 | until 1 August 2020 (start not known) | until 1 August 2020 (start not known) | jusqu’au 1er août 2020 (début inconnu) | jusqu’au 1er août 2020 (début inconnu)
"""  # noqa: E501
SAID = [[cell.strip() for cell in line.split("|")] for line in WORDS.strip().splitlines()]


def with_spaces(words):
    return words.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("text", "label", "in_sentence"), [row[:3] for row in SAID])
def test_dates_are_said_in_english(text, label, in_sentence):
    with translation.override("en"):
        assert (with_spaces(in_words(text)), with_spaces(on_date_in_words(parse(text)))) == (label, in_sentence)


@pytest.mark.parametrize(("text", "label", "in_sentence"), [[row[0], *row[3:]] for row in SAID])
def test_dates_are_said_in_french(text, label, in_sentence):
    with translation.override("fr"):
        assert (with_spaces(in_words(text)), with_spaces(on_date_in_words(parse(text)))) == (label, in_sentence)


@pytest.mark.parametrize("text", ["2020-08-06", "2020-08", "2020-22"])
def test_no_line_breaks_within_a_date(text):
    assert " " not in in_words(text)


def test_the_language_is_the_one_of_the_moment():
    known = parse("2020-08")
    with translation.override("fr"):
        assert with_spaces(in_words(known)) == "août 2020"
    with translation.override("en"):
        assert with_spaces(in_words(known)) == "August 2020"
