"""The whole drawing, from top to bottom: its head, the axis, events, measures, the shapes explained, and where it comes from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from ..in_force import State
from .density import HEIGHT, Column, draw_columns, most_columns
from .events import Dated, EventMark, draw_events
from .lettering import width, wrapped
from .measures import SEVERAL, MeasureDrawing, MeasureLife, Segment, draw_measure
from .scale import DAY, MONTH, YEAR, Period, Scale, periods

TITLE, LINE, SMALL_LINE = 26, 18, 16
SECTION = 22  # above a section of measures
FRAME = 24
BETWEEN = 14  # between two measures


@dataclass(frozen=True)
class Shape:
    """The dimensions of a drawing. `plot` is where the axis begins; names of measures stand beside the axis or above each bar."""

    name: str
    width: int
    plot: int
    margin: int
    tick: int  # the least room for the name of a period
    title_size: int

    @property
    def is_beside(self):
        return self.plot > self.margin


WIDE = Shape("wide", width=960, plot=190, margin=0, tick=46, title_size=24)
NARROW = Shape("narrow", width=350, plot=4, margin=4, tick=40, title_size=20)


@dataclass(frozen=True)
class Group:
    """Measures of one nature under a heading."""

    heading: str
    note: str
    measures: list[MeasureLife]


@dataclass(frozen=True)
class Content:
    """What is to be drawn. Where `total` is more than `events`, columns are drawn of what `count(first day, last day)` says."""

    first_day: date
    last_day: date
    title: str
    lines: list[str]  # below the title
    events: list[Dated]
    total: int
    count: Callable
    groups: list[Group]
    legend: dict[str, str]  # the words of certainties, "deadline" and "moved"
    foot: list[str]
    name: Callable  # of a Period, in full or, where a longer one stands above it, in short

    @property
    def is_dense(self):
        return self.total > len(self.events)


@dataclass(frozen=True)
class Line:
    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Tick:
    period: Period
    text: str
    left: float
    right: float
    is_major: bool


@dataclass
class Drawing:
    """Everything with its place. Ticks, events and columns count their heights from `axis_y`, `events_y` and `columns_y`."""

    shape: Shape
    scale: Scale
    content: Content
    title: list[Line] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    ticks: list[Tick] = field(default_factory=list)
    events: list[EventMark] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    sections: list[tuple[Line, list[Line]]] = field(default_factory=list)
    measures: list[tuple[MeasureDrawing, float]] = field(default_factory=list)
    legend: list[tuple[Segment, Line]] = field(default_factory=list)
    foot: list[Line] = field(default_factory=list)
    axis_y: float = 0
    events_y: float = 0
    plot_end: float = 0
    height: float = 0

    @property
    def has_major(self):
        return any(tick.is_major for tick in self.ticks)

    @property
    def framed(self):
        """The view box with a margin around, for a drawing that stands alone."""
        return f"-{FRAME} -{FRAME} {self.shape.width + 2 * FRAME} {self.height + 2 * FRAME}"

    @property
    def plot_length(self):
        """How far down from the axis its lines go."""
        return self.plot_end - self.axis_y

    @property
    def columns_length(self):
        return HEIGHT


def draw(content: Content, shape: Shape) -> Drawing:
    scale = Scale(content.first_day, content.last_day, shape.plot, shape.width - shape.margin)
    drawing = Drawing(shape, scale, content)
    y = _head(drawing)
    y = _axis(drawing, y)
    y = _happened(drawing, y + 8)
    y = _measures(drawing, y)
    drawing.plot_end = y
    y = _legend(drawing, y + 14)
    y = _foot(drawing, y + 8)
    drawing.height = round(y + 6)
    return drawing


def _paragraph(texts, x, y, room, size, line):
    """Texts in lines under each other: ([Line], where they end)."""
    rows = [row for text in texts for row in wrapped(text, room, size)]
    return [Line(row, x, round(y + line * (number + 0.8), 1)) for number, row in enumerate(rows)], y + line * len(rows)


def _head(drawing):
    shape, content = drawing.shape, drawing.content
    room = shape.width - 2 * shape.margin
    drawing.title, y = _paragraph([content.title], shape.margin, 12, room, shape.title_size, shape.title_size + 4)
    drawing.lines, y = _paragraph(content.lines, shape.margin, y + 2, room, 13, LINE)
    return y + 12


def _axis(drawing, y):
    """Ticks in one row or two: days under months, months under years."""
    scale, content = drawing.scale, drawing.content
    minor = scale.periods(max(1, int((scale.right - scale.left) / drawing.shape.tick)))
    above = {DAY: (MONTH, 1), MONTH: (YEAR, 1)}.get(minor[0].unit)
    rows = [(minor, False)] + ([(list(periods(scale.first_day, scale.last_day, *above)), True)] if above else [])
    for found, is_major in rows:
        for period in found:
            left, right = scale.cut(period.first_day, period.last_day)
            text = content.name(period, is_major)
            has_room = width(text, 12, is_bold=is_major) + 4 <= right - left
            drawing.ticks.append(Tick(period, text if has_room else "", left, right, is_major))
    drawing.axis_y = y + (LINE if above else 0)
    return drawing.axis_y + LINE


def _happened(drawing, y):
    content, scale = drawing.content, drawing.scale
    drawing.events_y = y
    if not content.is_dense:
        drawing.events, height = draw_events(content.events, scale)
        return y + max(height, 10)
    drawing.columns = draw_columns(scale, content.count, most_columns(scale, content.total))
    return y + HEIGHT + 4


def _measures(drawing, y):
    shape, scale = drawing.shape, drawing.scale
    room = shape.plot - shape.margin - 20 if shape.is_beside else shape.width - 2 * shape.margin
    for group in drawing.content.groups:
        y += SECTION
        notes, end = _paragraph([group.note] if group.note else [], shape.margin, y + LINE, room, 12, SMALL_LINE)
        drawing.sections.append((Line(group.heading, shape.margin, y + 14), notes))
        y = y + LINE + 10 if shape.is_beside and not notes else end + 10
        for life in group.measures:
            measure = draw_measure(life, scale, room, shape.is_beside)
            drawing.measures.append((measure, y))
            y += measure.height + BETWEEN
    return y


def _legend(drawing, y):
    """The shapes in use, each with its words, in as many rows as it takes."""
    shape, scale, x = drawing.shape, drawing.scale, drawing.shape.margin
    for mark, words in _shapes_in_use(drawing):
        long = 21 + width(words, 12) + 14
        if x > shape.margin and x + long > shape.width - shape.margin + 14:
            x, y = shape.margin, y + LINE
        drawing.legend.append((Segment(mark, scale.first_day, scale.last_day, x, x + 15), Line(words, x + 21, y + 12)))
        x = round(x + long, 1)
    return y + (LINE + 4 if drawing.legend else 0)


def _shapes_in_use(drawing):
    """[(certainty, state, "deadline" or "moved", its words)]: of a state all words in use, “in force / stated”."""
    words = drawing.content.legend
    certainties = {mark.event.certainty for mark in drawing.events}
    states = {}
    for measure, _y in drawing.measures:
        for segment in measure.segments:
            states.setdefault(segment.state, {})[segment.words] = None
    marks = {"moved" if mark.deadline.is_moved else "deadline" for measure, _y in drawing.measures for mark in measure.deadlines}
    shown = [(one, words[one]) for one in words if one in certainties]
    shown += [(state, " / ".join(states[state])) for state in [*State, SEVERAL] if state in states]
    return shown + [(one, words[one]) for one in words if one in marks]


def _foot(drawing, y):
    shape = drawing.shape
    drawing.foot, y = _paragraph(drawing.content.foot, shape.margin, y + 6, shape.width - 2 * shape.margin, 12, SMALL_LINE)
    return y
