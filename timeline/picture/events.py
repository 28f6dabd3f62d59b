"""Events as marks with words: a dot for a day, a bar for more, dotted as far as it may have been, an arrow where it runs on."""

from dataclasses import dataclass
from datetime import date

from .lettering import SIZE, Lanes, shortened, width, wrapped

RADIUS = 5
ROW = 20
GAP = 8
ROOMY = 360  # beside a mark with so much room words are shortened; with less the title goes below it


@dataclass(frozen=True)
class Dated:
    """An event to draw: the days as they were written, and all that are possible."""

    first_day: date
    last_day: date
    written_first: date
    written_last: date
    certainty: str
    when: str
    title: str
    hint: str  # all of it in words, for those who point at it
    language: str
    address: str

    @property
    def is_day(self):
        return self.written_first == self.written_last

    @property
    def is_doubtful(self):
        return (self.first_day, self.last_day) != (self.written_first, self.written_last)


@dataclass(frozen=True)
class Words:
    """The date and the title: in one row with the mark, after or before it, or the date beside it and the title in lines `below`."""

    when: str
    title: str
    left: float
    right: float
    is_before: bool = False
    below: tuple[str, ...] = ()
    below_left: float = 0
    below_right: float = 0

    @property
    def at(self):
        return self.right if self.is_before else self.left


@dataclass(frozen=True)
class EventMark:
    """`left` to `right` is what was written; a dot stands at their middle. `doubt_left` to `doubt_right` is all that is possible."""

    event: Dated
    left: float
    right: float
    doubt_left: float
    doubt_right: float
    is_shown: bool  # what was written lies on the axis, not only what is possible
    runs_on_before: bool
    runs_on_after: bool
    row: int
    words: Words

    @property
    def middle(self):
        return round((self.left + self.right) / 2, 1)

    @property
    def bar_width(self):
        return round(self.right - self.left, 1)

    @property
    def inner(self):
        """The same without the line around it."""
        return round(self.bar_width - 1.8, 1)

    @property
    def y(self):
        return self.row * ROW + ROW / 2

    @property
    def doubt(self):
        """The path of the dotted line: what is possible beside what was written, or ""."""
        if not self.is_shown:
            return f"M{self.doubt_left} {self.y}H{self.doubt_right}"
        edge = RADIUS if self.event.is_day else 0
        before = f"M{self.doubt_left} {self.y}H{self.left - edge}" if self.doubt_left < self.left - edge - 1 else ""
        return before + (f"M{self.right + edge} {self.y}H{self.doubt_right}" if self.doubt_right > self.right + edge + 1 else "")


def draw_events(events, scale):
    """(EventMarks of the events that the scale shows, in their order; the height they take)."""
    lanes = Lanes()
    marks = [_mark(event, scale, lanes) for event in events if scale.shows(event.first_day, event.last_day)]
    return marks, len(lanes.rows) * ROW


def _mark(event, scale, lanes):
    left, right = _day(event, scale) if event.is_day else _bar(event, scale)
    doubt_left, doubt_right = scale.cut(event.first_day, event.last_day) if event.is_doubtful else (left, right)
    start, end = min(left - RADIUS * event.is_day, doubt_left), max(right + RADIUS * event.is_day, doubt_right)
    words = _words(event, start, end, scale)
    row = lanes.take((min(start, words.left), max(end, words.right)), *[(words.below_left, words.below_right)] * len(words.below))
    before, after = event.first_day < scale.first_day, event.last_day > scale.last_day
    is_shown = scale.shows(event.written_first, event.written_last)
    return EventMark(event, left, right, doubt_left, doubt_right, is_shown, before, after, row, words)


def _day(event, scale):
    """A dot is wider than its day, and stays within the axis."""
    middle = round(min(max(scale.middle(event.written_first), scale.left + RADIUS), scale.right - RADIUS), 1)
    return middle, middle


def _bar(event, scale):
    left, right = scale.cut(event.written_first, event.written_last)
    short = max(2 * RADIUS - (right - left), 0)
    left = max(min(left - short / 2, scale.right - 2 * RADIUS), scale.left)
    return round(left, 1), round(max(right, left + 2 * RADIUS), 1)


# --- Words --------------------------------------------------------------------------------------------------------------
def _words(event, start, end, scale):
    """On the side of the mark that has room for all, else shortened where there is much, else the title below."""
    after, before = scale.right - end - GAP, start - scale.left - GAP
    wanted = _long(event.when, event.title)
    if wanted <= after or (wanted > before and after >= max(before, ROOMY)):
        title, long = _fitted(event, after)
        return Words(event.when, title, round(end + GAP, 1), round(end + GAP + long, 1))
    if wanted <= before or before >= ROOMY:
        title, long = _fitted(event, before)
        return Words(event.when, title, round(start - GAP - long, 1), round(start - GAP, 1), is_before=True)
    return _words_below(event, start, end, after, before, scale)


def _words_below(event, start, end, after, before, scale):
    long = _long(event.when, "")
    lines = tuple(wrapped(event.title, scale.right - scale.left, lines=2))
    if long > max(after, before):  # not even the date has room beside a mark as long as the axis
        lines, long = (event.when, *lines), 0
    broad = max(width(line) for line in lines)
    below_left = round(max(min(start, scale.right - broad), scale.left), 1)
    if not long:
        return Words("", "", start, start, False, lines, below_left, round(below_left + broad, 1))
    left, is_before = (end + GAP, False) if after >= long else (start - GAP - long, True)
    return Words(event.when, "", round(left, 1), round(left + long, 1), is_before, lines, below_left, round(below_left + broad, 1))


def _fitted(event, room):
    """(the title as far as it fits into the room, how long it is with the date)."""
    title = shortened(event.title, room - _long(event.when, "") - GAP)
    return title, _long(event.when, title)


def _long(when, title):
    return width(when, SIZE, is_bold=True) + (GAP + width(title) if title else 0)
