"""The order of events: first possible day, time of day, last possible day, and the event itself.

The engines disagree on where nulls go: an event without a time of day comes before the timed ones of its day.
"""

from datetime import date
from itertools import groupby

from django.db.models import F, Q

FORWARD = (F("first_day").asc(), F("time").asc(nulls_first=True), F("last_day").asc(), F("document").asc())
BACKWARD = (F("first_day").desc(), F("time").desc(nulls_last=True), F("last_day").desc(), F("document").desc())


def beyond(event, side):
    """Events on one side ("lt" or "gt") of an event, in the order above."""
    rest = Q(**{f"last_day__{side}": event.last_day}) | Q(last_day=event.last_day, **{f"document__{side}": event.document_id})
    if event.time is None:
        same_time, other_time = Q(time__isnull=True), Q(time__isnull=False) if side == "gt" else Q(pk__in=[])
    else:
        same_time, other_time = Q(time=event.time), Q(**{f"time__{side}": event.time})
        other_time |= Q(time__isnull=True) if side == "lt" else Q(pk__in=[])
    beyond = Q(**{f"first_day__{side}": event.first_day}) | Q(first_day=event.first_day) & (other_time | same_time & rest)
    return Q(**{f"first_day__{side}e": event.first_day}) & beyond  # says nothing new, and lets the index by day be walked from here


def place(event):
    """The same order as a sort key."""
    return event.first_day, event.time is not None, event.time, event.last_day, event.document_id


def by_year(rows):
    """Rows of (event, …), in an order of events, as [(year, rows)]; the year is None where a date has no known start."""
    return [(None if year == date.min.year else year, list(group)) for year, group in groupby(rows, lambda row: row[0].first_day.year)]
