"""What lies around one event: the events before and after it, and windows that a reader may want to look through."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from newsroom.publishing.dates import in_words

from .catalogue import place_of
from .matches import Matches
from .models import EventEdition

MOST = 6  # events to reach to, on either side
DAYS = 30
ENDLESS = (date.min, date.max)


@dataclass(frozen=True)
class Span:
    """A window with the number of events in it; `event` is the one that it reaches to, None where it is about days alone."""

    address: str
    words: str
    count: int
    event: EventEdition | None = None


class Beside:
    """`edition` is an event's, `measures` are the ids of the measures that it acts on. One query beside the catalogue's."""

    def __init__(self, catalogue, edition, at, measures=()):
        self.edition = edition
        self.everything = Matches(catalogue, at)
        related = Matches(catalogue, at, chosen={"measure": tuple(measures)})
        here = place_of(edition)
        sides = [
            (found.beyond(here, most, is_backward=True), found.beyond(here, most))
            for found, most in ((self.everything, 1), (related, MOST))
        ]
        editions = EventEdition.objects.live(at).in_bulk([pk for side in sides for found in side for pk in found])
        (before, after), (earlier, later) = [[[editions[pk] for pk in found if pk in editions] for found in side] for side in sides]
        self.before, self.after = next(iter(before), None), next(iter(after), None)
        self.related = earlier[::-1] + later

    @property
    def windows(self):
        """Spans of days that hold more than this event."""
        first, last = self.edition.first_day, self.edition.last_day
        if first in ENDLESS or last in ENDLESS:
            return []
        spans = [self._span(first - timedelta(DAYS), last + timedelta(DAYS), _("%(days)d days before and after") % {"days": DAYS})]
        if (first.year, first.month) == (last.year, last.month):
            month = f"{first:%Y-%m}"
            end = date(first.year, first.month, monthrange(first.year, first.month)[1])
            spans.insert(0, self._span(first.replace(day=1), end, in_words(month), month, month))
        return [span for span in spans if span.count > 1]

    @property
    def between(self):
        """A Span from this event to each related one, the oldest first."""
        spans = []
        for event in self.related:
            first, last = min(self.edition.first_day, event.first_day), max(self.edition.last_day, event.last_day)
            spans.append(self._span(first, last, in_words(event.date), event=event))
        return spans

    def _span(self, first, last, words, start="", end="", event=None):
        first_day, last_day = ("" if day in ENDLESS else day.isoformat() for day in (first, last))
        texts = {"from": start or first_day, "to": end or last_day}
        query = urlencode({name: text for name, text in texts.items() if text})
        return Span(f"{reverse('timeline:list')}?{query}", words, self.everything.in_window((first, last)), event)
