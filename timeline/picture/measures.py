"""Measures as bars: each state has a shape of its own, deadlines hang below, moved ones joined to the day they were moved to."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ..in_force import Bar, State
from .lettering import Lanes, width, wrapped
from .scale import ONE_DAY

BAR = 15
WORDS = 12  # the size of the words below a bar
ROW = 18
NAME_LINE = 17
MARK = 5
THIN = 2  # a state that takes less room than this cannot be told from its neighbours
SEVERAL = "several"
MOST_DEADLINES = 6


@dataclass(frozen=True)
class DeadlineDay:
    """A deadline that was told; `replaces` is the place, in the measure's list, of the one it moved."""

    day: date
    words: str
    full: str  # the words with the year
    is_moved: bool
    replaces: int | None = None


@dataclass(frozen=True)
class MeasureLife:
    """A measure to draw. `bars` reach through `checked_through`; `words` are its states' words."""

    name: str
    language: str
    address: str
    bars: list[Bar]
    deadlines: list[DeadlineDay]
    checked_through: date
    words: dict[str, str]


@dataclass(frozen=True)
class Segment:
    """A span in one state, cut to the axis."""

    state: str  # a State, or SEVERAL
    first_day: date
    last_day: date
    left: float
    right: float
    words: str = ""
    is_named: bool = False  # its words stand below it

    @property
    def date(self):
        """Its days as EDTF."""
        return f"{self.first_day}/{self.last_day}" if self.first_day < self.last_day else f"{self.first_day}"

    @property
    def width(self):
        return round(self.right - self.left, 1)

    @property
    def inner(self):
        """The same without the line around it, at least a line wide."""
        return max(round(self.width - 2, 1), 0.5)


@dataclass(frozen=True)
class DeadlineMark:
    """`y` counts from the top of the measure; `join` is the path from the deadline that was moved, or ""."""

    deadline: DeadlineDay
    x: float
    y: float
    at: float
    words_y: float
    anchor: str
    last_row: int
    join: str


@dataclass(frozen=True)
class MeasureDrawing:
    """All heights count from its top. Names stand above the bar, or beside it where there is a column for them."""

    life: MeasureLife
    name_lines: list[str]
    bar_y: float
    segments: list[Segment]
    deadlines: list[DeadlineMark]
    height: float

    @property
    def bar_end(self):
        return self.bar_y + BAR


def draw_measure(life, scale, name_width, is_beside):
    """A MeasureDrawing. The name takes a column of `name_width` beside the bar, or lines of that width above it."""
    names = wrapped(life.name, name_width, lines=4 if is_beside else 2)
    bar_y = 2 if is_beside else len(names) * NAME_LINE + 5
    segments = _segments(life, scale)
    below = bar_y + BAR + (ROW if any(one.is_named for one in segments) else 6)
    marks, height = _deadlines(life.deadlines, scale, below)
    return MeasureDrawing(life, names, bar_y, segments, marks, max(below + height, len(names) * NAME_LINE if is_beside else 0))


# --- Bars ---------------------------------------------------------------------------------------------------------------
def _segments(life, scale):
    """The longest states are named first: where two names would meet, the shorter state goes without."""
    spans = [(bar, *scale.cut(bar.first_day, bar.last_day)) for bar in _legible(life, scale)]
    names, named = Lanes(), set()
    for bar, left, _right in sorted(spans, key=lambda span: span[1] - span[2]):
        end = left + width(life.words[bar.state], WORDS)
        if end <= scale.right and names.has_room(0, left, end):
            names.take((left, end))
            named.add(bar)
    return [Segment(bar.state, bar.first_day, bar.last_day, left, right, life.words[bar.state], bar in named) for bar, left, right in spans]


def _legible(life, scale):
    """The bars that the scale shows. Several states in a row that are each too short to be seen are SEVERAL."""
    shown = [bar for bar in life.bars if bar.state != State.NOT_YET_ORDERED and scale.shows(bar.first_day, bar.last_day)]
    if life.checked_through < scale.last_day:
        shown.append(Bar(State.NOT_KNOWN, max(life.checked_through + ONE_DAY, scale.first_day), scale.last_day))
    found, is_short = [], False
    for bar in shown:
        left, right = scale.cut(bar.first_day, bar.last_day)
        was_short, is_short = is_short, right - left < THIN
        if was_short and is_short:
            found[-1] = Bar(SEVERAL, found[-1].first_day, bar.last_day)
        else:
            found.append(bar)
    return found


# --- Deadlines ----------------------------------------------------------------------------------------------------------
def _deadlines(deadlines, scale, top):
    """(DeadlineMarks, the height they take). Each that replaces another hangs in a row below it."""
    lanes, marks, places = Lanes(), [], {}
    shown = [number for number, one in enumerate(deadlines) if scale.shows(one.day, one.day)]
    for number in shown[-MOST_DEADLINES:]:
        deadline = deadlines[number]
        x, before = scale.middle(deadline.day), places.get(deadline.replaces)
        words = _beside(x, width(deadline.words, WORDS, is_bold=not deadline.is_moved), scale)
        spans, words = _spans(x, words, before, scale, deadline.is_moved)
        row = lanes.take(*spans, first=before.last_row + 1 if before else 0)
        y = top + row * ROW + ROW / 2
        mark = DeadlineMark(deadline, x, y, words.at, y + ROW * (len(spans) - 1), words.anchor, row + len(spans) - 1, _join(before, x, y))
        places[number] = mark
        marks.append(mark)
    return marks, len(lanes.rows) * ROW


class Place(NamedTuple):
    """Where the words of a mark begin and end, and from which side they are written."""

    left: float
    right: float
    anchor: str

    @property
    def at(self):
        return self.left if self.anchor == "start" else self.right


def _beside(x, long, scale):
    """To the right of a mark, or to the left where the axis ends."""
    if x + MARK + 4 + long <= scale.right:
        return Place(round(x + MARK + 4, 1), round(x + MARK + 4 + long, 1), "start")
    return Place(round(x - MARK - 4 - long, 1), round(x - MARK - 4, 1), "end")


def _spans(x, words, before, scale, is_moved):
    """(what a mark takes of its row and perhaps of the one below, where its words stand): below, where the line that joins it would run."""
    start, end = (min(x, before.x), max(x, before.x)) if before else (x, x)
    if not before or (words.anchor == "end") != (before.x < x) or abs(before.x - x) <= MARK:
        return [(min(start - MARK, words.left), max(end + MARK, words.right))], words
    if not is_moved:  # no line leads on from it
        right = min(x + (words.right - words.left) / 2, scale.right)
        words = Place(round(right - (words.right - words.left), 1), round(right, 1), "end")
    return [(start - MARK, end + MARK), (words.left, words.right)], words


def _join(before, x, y):
    """From the moved deadline down, and over to the new one."""
    if not before:
        return ""
    begin = before.y + MARK
    if abs(x - before.x) <= MARK:
        return f"M{before.x} {begin}V{y - MARK}"
    return f"M{before.x} {begin}V{y}H{x - MARK if x > before.x else x + MARK}"
