"""More events than can be drawn one by one: a column for each period, as high as it has events."""

from dataclasses import dataclass

from .lettering import width
from .scale import Period

HEIGHT = 150
WIDEST = 46
SMALL = 12


@dataclass(frozen=True)
class Column:
    """One period with its number of events, and a bar over the base line at HEIGHT."""

    period: Period
    count: int
    left: float
    right: float
    top: float

    @property
    def width(self):
        return round(self.right - self.left, 1)

    @property
    def height(self):
        return round(HEIGHT - self.top, 1)

    @property
    def middle(self):
        return round((self.left + self.right) / 2, 1)


def draw_columns(scale, count, most):
    """Columns for the axis, at most `most`. `count(first day, last day)` says how many events have a possible day in a period.

    An event that lasts longer is in several columns: each says what a reader finds who opens its period.
    """
    counted = [(period, count(period.first_day, period.last_day)) for period in scale.periods(most)]
    highest = max((number for _period, number in counted), default=0)
    return [_column(period, number, highest, scale) for period, number in counted if number]


def _column(period, number, highest, scale):
    left, right = scale.cut(period.first_day, period.last_day)
    shrink = max((right - left) * 0.12, (right - left - WIDEST) / 2)
    top = HEIGHT - max((HEIGHT - 20) * number / highest, 1.5)
    return Column(period, number, round(left + shrink, 1), round(right - shrink, 1), round(top, 1))


def most_columns(scale, largest):
    """How many columns the axis has room for, with a number as long as that of `largest` events over each."""
    return max(1, int((scale.right - scale.left) / max(width(f"{largest:,}", SMALL) + 6, 22)))
