"""Events as marks with words: a dot for a day, a bar for more, dotted as far as it may have been, an arrow where it runs on."""

from dataclasses import dataclass
from datetime import date

from .lettering import SIZE, Lanes, shortened, width

RADIUS = 5
ROW = 21
GAP = 8
ROOMY = 300  # beside a mark with so much room words are shortened; with less they go below it


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
    language: str
    address: str


@dataclass(frozen=True)
class Words:
    """`when` and `title`, from `left` to `right`; `is_after` the mark, before it, or below."""

    when: str
    title: str
    left: float
    right: float
    is_before: bool = False
    is_below: bool = False

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
    runs_on_before: bool
    runs_on_after: bool
    row: int
    words: Words

    @property
    def is_dot(self):
        return self.event.written_first == self.event.written_last

    @property
    def middle(self):
        return round((self.left + self.right) / 2, 1)

    @property
    def bar_width(self):
        return round(self.right - self.left, 1)

    @property
    def y(self):
        return self.row * ROW + ROW // 2

    @property
    def words_y(self):
        return self.y + (ROW - 3 if self.words.is_below else 0)


def draw_events(events, scale):
    """(EventMarks of the events that the scale shows, in their order; the height they take)."""
    lanes = Lanes()
    marks = [_mark(event, scale, lanes) for event in events if scale.shows(event.first_day, event.last_day)]
    return marks, len(lanes.rows) * ROW


def _mark(event, scale, lanes):
    doubt_left, doubt_right = scale.cut(event.first_day, event.last_day)
    left, right = scale.cut(event.written_first, event.written_last)
    least = 0 if event.written_first == event.written_last else 2 * RADIUS
    if not least:
        left = right = (left + right) / 2
    left, right = _kept_inside(left, right, least, scale)
    start, end = min(left - RADIUS, doubt_left), max(right + RADIUS, doubt_right)
    words = _words(event, start, end, scale)
    if words.is_below:
        row = lanes.take((start, end), (words.left, words.right))
    else:
        row = lanes.take((min(start, words.left), max(end, words.right)))
    before, after = event.first_day < scale.first_day, event.last_day > scale.last_day
    return EventMark(event, left, right, doubt_left, doubt_right, before, after, row, words)


def _kept_inside(left, right, least, scale):
    """A mark of some width, with room for its dot or its arrow at the ends of the axis."""
    short = max(least - (right - left), 0) / 2
    left, right = left - short, right + short
    left = min(max(left, scale.left + RADIUS), scale.right - RADIUS - least)
    return round(left, 1), round(max(min(right, scale.right - RADIUS), left + least), 1)


def _words(event, start, end, scale):
    """The words beside a mark on the side that has room for them, else below it."""
    after, before = scale.right - end - GAP, start - scale.left - GAP
    wanted = _long(event.when, event.title)
    if wanted <= after or (wanted > before and after >= max(before, ROOMY)):
        when, title, long = _fitted(event, after)
        return Words(when, title, round(end + GAP, 1), round(end + GAP + long, 1))
    if wanted <= before or before >= ROOMY:
        when, title, long = _fitted(event, before)
        return Words(when, title, round(start - GAP - long, 1), round(start - GAP, 1), is_before=True)
    when, title, long = _fitted(event, scale.right - scale.left)
    left = round(max(min(start, scale.right - long), scale.left), 1)
    return Words(when, title, left, round(left + long, 1), is_below=True)


def _fitted(event, room):
    title = shortened(event.title, room - _long(event.when, "") - GAP)
    return event.when, title, _long(event.when, title)


def _long(when, title):
    return width(when, SIZE, is_bold=True) + (GAP + width(title) if title else 0)
