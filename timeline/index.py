"""An index of events in memory: which match, in what order, and how many. Pure.

A set of editions is a whole number with one bit for each, in the order of the timeline (`order`): “and” of two sets and the
count of one take microseconds for 100,000. Every edition that ever gets a period is in it, so that any moment can be asked.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from datetime import date
from functools import lru_cache, reduce
from operator import and_, or_
from threading import Lock
from typing import NamedTuple

from .bits import bits_of
from .vocabulary import Texts, Vocabulary

NOT_EMPTY = re.compile(rb"[^\x00]")
BITS = [tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256)]
LEAST_KEPT, ROOM = 256, 2**25  # answers kept for each axis, and the bytes that more of them may take


class Place(NamedTuple):
    """Where an edition stands in the timeline. Days are proleptic ordinals, the time is in microseconds, -1 where it is not known."""

    first_day: int
    time: int
    last_day: int
    document: int


class Row(NamedTuple):
    """What the index keeps of an edition. Moments are seconds since 1970."""

    edition: int
    place: Place
    live_from: int
    live_until: int
    change: str
    kind: str


class Axis:
    """Editions by one of their numbers: which of them have at most a certain one."""

    def __init__(self, values):
        self.positions = array("I", sorted(range(len(values)), key=values.__getitem__))
        self.values = array("q", [values[position] for position in self.positions])
        self.size, self.step = len(values), max(1024, len(values) // 64)
        self.milestones = [0]  # the sets of the first 0, step, 2 * step … editions
        for start in range(0, self.size, self.step):
            self.milestones.append(self.milestones[-1] | bits_of(self.positions[start : start + self.step], self.size))
        self.first = lru_cache(max(LEAST_KEPT, ROOM // (self.size // 8 + 1)))(self._first)

    def up_to(self, value):
        return self.first(bisect_right(self.values, value))

    def _first(self, count):
        """The set of the `count` editions with the smallest numbers."""
        if count == self.size:
            return self.milestones[-1]
        number = count // self.step
        return self.milestones[number] | bits_of(self.positions[number * self.step : count], self.size)

    def greatest(self, bits):
        """The position with the greatest number in a set, the last one of several; None of an empty set."""
        for number in range(len(self.milestones) - 1, 0, -1):
            if (self.milestones[number] & ~self.milestones[number - 1]) & bits:
                break
        else:
            return None
        held = bits.to_bytes(self.size // 8 + 1, "little")
        start = (number - 1) * self.step
        return next(one for one in reversed(self.positions[start : start + self.step]) if held[one >> 3] >> (one & 7) & 1)


class Index:
    """`rows` are Rows by their places; `labels` are (edition, name, value), such as (7, "measure", 3); `takes_back` names changes;
    `texts(language)` gives (edition, the text that readers of the language are shown): called when somebody first asks for words.
    """

    def __init__(self, rows, labels, takes_back, texts=None):
        self.editions, self.places = array("q"), [array("q") for _field in Place._fields]
        starts, ends, retracted = array("q"), array("q"), {}
        tombstones, kinds = array("I"), {}
        for position, row in enumerate(rows):
            self.editions.append(row.edition)
            for column, value in zip(self.places, row.place, strict=True):
                column.append(value)
            starts.append(row.live_from)
            ends.append(row.live_until)
            kinds.setdefault(row.kind, array("I")).append(position)
            if row.change in takes_back:
                tombstones.append(position)
            if row.change == "retraction":
                retracted[row.place.document] = max(row.live_from, retracted.get(row.place.document, row.live_from))
        self.size = len(self.editions)
        self.width = self.size // 8 + 1
        self.all = (1 << self.size) - 1
        self.tombstones = bits_of(tombstones, self.size)
        self.last_days, self.starts, self.ends = Axis(self.places[2]), Axis(starts), Axis(ends)
        self.retractions = self._of_documents(retracted)
        self.labels = {"kind": {kind: bits_of(positions, self.size) for kind, positions in kinds.items()}, **self._labels(labels)}
        self.texts, self.vocabularies, self._lock = texts, {}, Lock()

    def _of_documents(self, moments):
        """[(moment, the set of a document's editions)]"""
        found = {document: [] for document in moments}
        for position, document in enumerate(self.places[3] if moments else ()):
            if document in found:
                found[document].append(position)
        return [(moments[document], bits_of(positions, self.size)) for document, positions in found.items()]

    def _labels(self, labels):
        sets, position_of = {}, self._position_of()
        for edition, name, value in labels:
            position = position_of.get(edition)
            if position is not None:
                held = sets.setdefault(name, {}).setdefault(value, bytearray(self.width))
                held[position >> 3] |= 1 << (position & 7)
        return {name: {value: int.from_bytes(held, "little") for value, held in values.items()} for name, values in sets.items()}

    def _position_of(self):
        return {edition: position for position, edition in enumerate(self.editions)}

    def vocabulary(self, language):
        """The Vocabulary, read once: no edition changes what it says, and one that was erased does not count here any more."""
        with self._lock:
            if language not in self.vocabularies:
                self.vocabularies[language] = self._read(language)
            return self.vocabularies[language]

    def _read(self, language):
        read, position_of = Texts(), self._position_of()
        for edition, text in self.texts(language):
            if edition in position_of:
                read.add(position_of[edition], text)
        return Vocabulary(read, self.size)

    def place(self, position):
        return Place(*(column[position] for column in self.places))

    # --- Sets ---------------------------------------------------------------------------------------------------------
    def live(self, at, now):
        """What the public reads at a moment; `now` is None for a moment of the present."""
        live = self.starts.up_to(at) & ~self.ends.up_to(at) & ~self.tombstones
        for moment, editions in self.retractions if now is not None else ():
            if at < moment <= now:
                live &= ~editions
        return live

    def overlapping(self, first_day, last_day):
        """Those of which a possible day is in the window, ends included; None is no bound."""
        bits = self.all if last_day is None else (1 << bisect_right(self.places[0], last_day)) - 1
        return bits if first_day is None else bits & ~self.last_days.up_to(first_day - 1)

    def count_out(self, bits, first_day, last_day):
        """How many of a set have no possible day in the window: those that begin after it, and those that have ended before it."""
        later, earlier = bits >> bisect_right(self.places[0], last_day), bits & self.last_days.up_to(first_day - 1)
        return later.bit_count() + earlier.bit_count()

    def labelled(self, name, values):
        """Those that carry one of the values."""
        sets = self.labels.get(name, {})
        return reduce(or_, [sets.get(value, 0) for value in values] or [0])  # that of one value is not copied

    def counts(self, bits, name, groups):
        """How many of a set carry any value of each group of them."""
        return [(bits & self.labelled(name, values)).bit_count() for values in groups]

    def containing(self, words, language):
        """Those that contain each of the words (folded) in the text that readers of this language are shown."""
        return reduce(and_, (self.vocabulary(language).containing(word) for word in words), self.all)

    def those(self, editions):
        """The set of these editions (ids), as far as they are here."""
        if not editions:
            return 0
        return bits_of([position for position, edition in enumerate(self.editions) if edition in editions], self.size)

    def before(self, place):
        """Everything that stands before a place, whether there is anything at it or not."""
        return (1 << self._position(place)) - 1

    def one(self, edition, place):
        """The set of one edition (its id), empty where it is not here. Editions of one document may share a place."""
        for position in range(self._position(place), self.size):
            if self.place(position) != place:
                break
            if self.editions[position] == edition:
                return 1 << position
        return 0

    def _position(self, place):
        days = self.places[0]  # far quicker to look through than places
        start, end = bisect_left(days, place.first_day), bisect_right(days, place.first_day)
        return bisect_left(range(self.size), place, start, end, key=self.place)

    def from_after(self, place):
        """Everything that stands after a place."""
        return self.all & ~self.before(place._replace(document=place.document + 1))

    def years(self):
        """The years of all first and last possible days, but for open ends."""
        return years_in(self.places[0]) | years_in(self.last_days.values)

    def walk(self, bits, is_backward=False):
        """(place, edition id) of each in a set, in the order of the timeline or against it, one by one."""
        return ((self.place(position), self.editions[position]) for position in self.positions(bits, is_backward))

    def positions(self, bits, is_backward=False):
        if is_backward:
            for match in NOT_EMPTY.finditer(bits.to_bytes(self.width, "big")):
                start = 8 * (self.width - 1 - match.start())
                yield from (start + bit for bit in reversed(BITS[match[0][0]]))
        else:
            for match in NOT_EMPTY.finditer(bits.to_bytes(self.width, "little")):
                yield from (8 * match.start() + bit for bit in BITS[match[0][0]])


def years_in(days):
    """The years of sorted ordinals, found from year to year."""
    found, at = set(), bisect_right(days, date.min.toordinal())
    while at < len(days) and days[at] < date.max.toordinal():
        year = date.fromordinal(days[at]).year
        found.add(year)
        at = bisect_right(days, date(year, 12, 31).toordinal())
    return found
