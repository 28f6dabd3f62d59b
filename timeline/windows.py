"""Windows worth a link: each year, the months of the year in use, and this month in other years; each with its count."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.functional import cached_property


@dataclass(frozen=True)
class Window:
    text: str  # as `from` and `to` write it
    words: str
    count: int
    is_chosen: bool


class Windows:
    """What can be chosen beside the Filter's window, under its other filters."""

    def __init__(self, asked):
        self.asked = asked
        self.day = timezone.localdate(asked.at)

    @cached_property
    def years(self):
        found = [self._window(str(year), str(year), date(year, 1, 1), date(year, 12, 31)) for year in self.asked.matches.years()]
        return [window for window in found if window.count]

    @cached_property
    def year(self):
        """The year that holds the window in use, or None."""
        first_day, last_day = self.asked.first_day, self.asked.last_day
        return first_day.year if first_day and last_day and first_day.year == last_day.year else None

    @cached_property
    def months(self):
        """The months of the year in use that hold anything."""
        found = [self._month(self.year, month, month_name(month)) for month in range(1, 13)] if self.year else []
        return [window for window in found if window.count]

    @cached_property
    def this_month(self):
        """This month in each year that has anything in it."""
        found = [self._month(int(window.text), self.day.month, window.text) for window in self.years]
        return [window for window in found if window.count]

    @property
    def month_name(self):
        return month_name(self.day.month)

    def _month(self, year, month, words):
        first_day, last_day = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return self._window(f"{year}-{month:02}", words, first_day, last_day)

    def _window(self, text, words, first_day, last_day):
        is_chosen = (self.asked.first_day, self.asked.last_day) == (first_day, last_day)
        return Window(text, words, self.asked.matches.in_window((first_day, last_day)), is_chosen)


def month_name(month):
    return format_date(date(2000, month, 1), "F")
