"""Measures as bars: each state has a shape of its own, deadlines hang below, moved ones joined to the day they were moved to."""

from dataclasses import dataclass
from datetime import date

from ..in_force import Bar, State
from .lettering import Lanes, shortened, width, wrapped
from .scale import ONE_DAY

BAR = 15
WORDS = 12  # the size of the words below a bar
ROW = 18
NAME_LINE = 17
MARK = 5


@dataclass(frozen=True)
class DeadlineDay:
    """A deadline that was told; `replaces` is the place, in the measure's list, of the one it moved."""

    day: date
    words: str
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
    words: dict[State, str]


@dataclass(frozen=True)
class Segment:
    """A span in one state, cut to the axis. `words` stand below it, where there is room."""

    state: State
    first_day: date
    last_day: date
    left: float
    right: float
    words: str = ""
    begins: bool = True  # within the axis

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
    anchor: str
    strike: tuple[float, float]
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
    def words_y(self):
        return self.bar_y + BAR + 13


def draw_measure(life, scale, name_width, is_beside):
    """A MeasureDrawing. The name takes a column of `name_width` beside the bar, or lines of that width above it."""
    names = wrapped(life.name, name_width, lines=4 if is_beside else 2)
    bar_y = 2 if is_beside else len(names) * NAME_LINE + 5
    segments = _segments(life, scale)
    below = bar_y + BAR + (ROW if any(one.words for one in segments) else 6)
    marks, height = _deadlines(life.deadlines, scale, bar_y + BAR, below)
    return MeasureDrawing(life, names, bar_y, segments, marks, max(below + height, len(names) * NAME_LINE if is_beside else 0))


# --- Bars ---------------------------------------------------------------------------------------------------------------
def _segments(life, scale):
    spans = [*life.bars]
    if life.checked_through < scale.last_day:
        spans.append(Bar(State.NOT_KNOWN, life.checked_through + ONE_DAY, scale.last_day))
    found, cursor = [], scale.left
    for state, first_day, last_day in spans:
        if not scale.shows(first_day, last_day):
            continue
        left, right = scale.cut(first_day, last_day)
        long = width(life.words[state], WORDS)
        words = life.words[state] if left >= cursor and left + long <= scale.right else ""
        if words:
            cursor = left + long + 8
        found.append(Segment(state, first_day, last_day, left, right, words, first_day >= scale.first_day))
    return found


# --- Deadlines ----------------------------------------------------------------------------------------------------------
def _deadlines(deadlines, scale, bar_end, top):
    """(DeadlineMarks, the height they take). Each that replaces another hangs at least a row below it."""
    lanes, marks, places = Lanes(), [], {}
    for number, deadline in enumerate(deadlines):
        if not scale.shows(deadline.day, deadline.day):
            continue
        x = scale.middle(deadline.day)
        text = shortened(deadline.words, scale.right - scale.left)
        at, anchor = _beside(x, width(text, WORDS), scale)
        before = places.get(deadline.replaces)
        start, end = min(x - MARK, at[0]), max(x + MARK, at[1])
        if before:
            start, end = min(start, before[0]), max(end, before[0])
        row = _row_below(lanes, before[2] if before else -1, start, end)
        y = top + row * ROW + ROW / 2
        places[number] = (x, y, row)
        marks.append(DeadlineMark(deadline, x, y, at[0] if anchor == "start" else at[1], anchor, at, _join(before, x, y)))
    return marks, len(lanes.rows) * ROW


def _row_below(lanes, above, start, end):
    while len(lanes.rows) <= above:
        lanes.rows.append([])
    skipped, lanes.rows = lanes.rows[: above + 1], lanes.rows[above + 1 :]
    row = lanes.take((start, end))
    lanes.rows = skipped + lanes.rows
    return above + 1 + row


def _beside(x, long, scale):
    """((where the words begin, where they end), anchor) to the right of a mark, or to the left where the axis ends."""
    if x + MARK + 4 + long <= scale.right:
        return (x + MARK + 4, x + MARK + 4 + long), "start"
    return (x - MARK - 4 - long, x - MARK - 4), "end"


def _join(before, x, y):
    """From the moved deadline down, and over to the new one."""
    if not before:
        return ""
    old_x, old_y, _row = before
    stop = x - MARK - 1 if x > old_x else x + MARK + 1
    return f"M{old_x} {old_y + MARK}V{y}H{stop}" if abs(x - old_x) > MARK else f"M{old_x} {old_y + MARK}V{y - MARK}"
