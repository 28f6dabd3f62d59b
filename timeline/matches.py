"""The events that match, at one moment: how many, which ones in which order, and how many beside every other choice."""

from functools import cached_property
from heapq import merge
from itertools import islice

from django.utils import timezone

from newsroom.publishing.querysets import PRESENT

from .catalogue import seconds


class Matches:
    """`window` is (first day, last day), each None where it is open; `chosen` has the values asked for, {"measure": (3,)}, any of
    which an event has to carry; `words` (folded) are looked for in what readers of a `language` are shown. Days are dates.
    """

    def __init__(self, catalogue, at, window=(None, None), chosen=None, words=(), language=None):
        moments = asked_at(at)
        self.window, self.chosen = window, chosen or {}
        self.live = []
        for index, counted in catalogue.parts:
            self.live.append((index, index.live(*moments) & counted & index.containing(words, language)))

    # --- How many -----------------------------------------------------------------------------------------------------
    @property
    def count(self):
        return total(self.found)

    @cached_property
    def found(self):
        """[(Index, set)]"""
        return self.without()

    def without(self, name=None):
        """What would be found without the choice by this name."""
        return self._in_window(self._carrying(name), self.window)

    def in_window(self, window):
        """How many would be found in another window, both of whose ends are known."""
        first_day, last_day = (day.toordinal() for day in window)
        return self.everywhere - sum(index.count_out(bits, first_day, last_day) for index, bits in self._chosen)

    @cached_property
    def everywhere(self):
        """How many would be found without a window."""
        return total(self._chosen)

    def in_any_window(self, most):
        """The ids of all that would be found without a window; None where they are more than `most`."""
        return ids(walk(self._chosen, is_backward=False)) if self.everywhere <= most else None

    def counts(self, name, groups):
        """How many would be found by each choice instead of the one in use: {choice: number} for {choice: its values}."""
        found = [[0] * len(groups), *(index.counts(bits, name, groups.values()) for index, bits in self.without(name))]
        return {choice: sum(numbers) for choice, *numbers in zip(groups, *found, strict=True)}

    def carried(self, name):
        """The values that any of them carries."""
        return {value for index, bits in self.found for value, carrying in index.labels.get(name, {}).items() if carrying & bits}

    @cached_property
    def _chosen(self):
        return self._carrying(None)

    def _carrying(self, without):
        found = self.live
        for name, values in self.chosen.items():
            if name != without:
                found = [(index, bits & index.labelled(name, values)) for index, bits in found]
        return found

    def _in_window(self, found, window):
        days = [day and day.toordinal() for day in window]
        return [(index, bits & index.overlapping(*days)) for index, bits in found]

    # --- Which ones ---------------------------------------------------------------------------------------------------
    def page(self, most, start=0, is_backward=False):
        """The ids of at most so many, from the `start`th on, in the order of the timeline or against it."""
        return ids(islice(walk(self.found, is_backward), start, start + most))

    def beyond(self, place, most, is_backward=False):
        """The ids of at most so many after a place, or, backwards, before it."""
        side = [(index, bits & (index.before(place) if is_backward else index.from_after(place))) for index, bits in self.found]
        return ids(islice(walk(side, is_backward), most))

    def rank(self, place, is_backward=False):
        """How many come before the event at this place."""
        return total((index, bits & (index.from_after(place) if is_backward else index.before(place))) for index, bits in self.found)

    # --- What lies around an empty window -----------------------------------------------------------------------------
    def nearest(self):
        """The ids of the last event that ended before the window, and of the first that begins after it; None where there is none."""
        first_day, last_day = self.window
        earlier = first_day and self._in_window(self._chosen, (None, first_day))
        later = last_day and self._in_window(self._chosen, (last_day, None))
        before = max(filter(None, (last_to_end(index, bits) for index, bits in earlier or ())), default=(None,))
        after = next(walk(later or (), is_backward=False), (None,))
        return before[-1], after[-1]

    def years(self):
        """The years in which any event in the index, live or not, begins or ends."""
        return sorted({year for index, _bits in self.live for year in index.years()})


def asked_at(at):
    """A moment as `Index.live` takes it."""
    now = timezone.now()
    return seconds(at), None if now - at < PRESENT else seconds(now)


def total(found):
    return sum(bits.bit_count() for _index, bits in found)


def walk(found, is_backward):
    """(place, edition id) of each, in the order of the timeline or against it."""
    return merge(*(index.walk(bits, is_backward) for index, bits in found), reverse=is_backward)


def ids(rows):
    return [edition for _place, edition in rows]


def last_to_end(index, bits):
    """(last day, place, edition id) of the event that ends last, or None."""
    at = index.last_days.greatest(bits)
    return at is not None and (index.places[2][at], index.place(at), index.editions[at])
