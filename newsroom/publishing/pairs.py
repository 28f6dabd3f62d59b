"""Which row of one list became which row of another: pure, for the children of two editions."""

import re
from collections import Counter, deque
from collections.abc import Sequence

ENOUGH = 0.5
"""Two rows are one row changed where they share at least this part of their words."""
MOST = 2500
"""Rows are weighed against each other up to this many pairs; longer lists are paired in order."""

Pair = tuple[int | None, int | None]


def paired(before: Sequence[dict], after: Sequence[dict]) -> list[Pair]:
    """(index in before, index in after) of each row, None where a side has none, in the order of `after`.

    Equal rows are found whatever their order; of the rest, the most alike become pairs. A row that is gone stands behind the one
    it followed. A row is a dict of plain values.
    """
    partner = _equal(before, after)
    partner |= _alike(before, after, set(range(len(before))) - set(partner.values()), set(range(len(after))) - set(partner))
    pairs: list[Pair] = [(partner.get(number), number) for number in range(len(after))]
    for gone in sorted(set(range(len(before))) - set(partner.values())):
        place = next((at for at, (old, _new) in enumerate(pairs) if old is not None and old == gone - 1), -1)
        pairs.insert(place + 1, (gone, None))
    return pairs


def moved(pairs: Sequence[Pair]) -> set[int]:
    """The indexes in `after` of the rows that stand in another order among those on both sides: as few as explain it."""
    both = [(old, new) for old, new in pairs if old is not None and new is not None]
    ends: list[list[tuple[int, int]]] = []  # ends[n]: the ascending run of n + 1 rows that ends lowest
    for pair in both:
        place = sum(run[-1][0] < pair[0] for run in ends)
        run = [*(ends[place - 1] if place else []), pair]
        ends[place : place + 1] = [run]
    still = set(ends[-1]) if ends else set()
    return {new for old, new in both if (old, new) not in still}


def _equal(before, after):
    places = {}
    for number, row in enumerate(before):
        places.setdefault(repr(sorted(row.items())), deque()).append(number)
    found = {number: places.get(repr(sorted(row.items()))) for number, row in enumerate(after)}
    return {number: same.popleft() for number, same in found.items() if same}


def _alike(before, after, olds, news):
    if len(olds) * len(news) > MOST:
        return dict(zip(sorted(news), sorted(olds), strict=False))
    words = {("before", old): _words(before[old]) for old in olds} | {("after", new): _words(after[new]) for new in news}
    weights = [(_likeness(words["before", old], words["after", new]), old, new) for old in olds for new in news]
    partner = {}
    for weight, old, new in sorted(weights, key=lambda found: (-found[0], found[1], found[2])):
        if weight >= ENOUGH and new not in partner and old not in partner.values():
            partner[new] = old
    return partner


def _words(row):
    return Counter((name, word) for name, value in row.items() for word in re.findall(r"\w+", "" if value is None else str(value)))


def _likeness(one, two):
    return 2 * (one & two).total() / ((one.total() + two.total()) or 1)
