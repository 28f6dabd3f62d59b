"""Dates as they are known: read strictly, matched by their possible days, said in words."""

from .partial import OPEN_END, OPEN_START, PartialDate, Point, Precision, Unbound, parse, parse_day, parse_window, validate_partial_date
from .words import ending, in_words, on_date_in_words

__all__ = [
    "OPEN_END", "OPEN_START", "PartialDate", "Point", "Precision", "Unbound", "ending", "in_words", "on_date_in_words", "parse",
    "parse_day", "parse_window", "validate_partial_date",
]  # fmt: skip
