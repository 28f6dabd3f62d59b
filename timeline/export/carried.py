"""Who and which tags events name, from the index in memory: looking that up would cost the database as much as half of all the rest."""

import re
from functools import reduce
from operator import or_

from .cells import written

STRETCH = 2**14
ONE = re.compile("1")


class Carried:
    """The people and the tags of what Matches found. Those of a stretch of each index are kept at a time, so that memory does not grow.

    `people` are {document id: name}, `tags` (slug, the ids under which events carry it), sorted by slug.
    """

    def __init__(self, matches, people, tags, separator):
        self.found, self.people, self.tags, self.separator = matches.found, people, tags, separator
        self.stretches, self.here = [({}, {}) for _part in self.found], ({}, {})

    def of(self, edition):
        """The cells (people, tags) of an edition (its id), "" where it has none; None for one that is not among what was found."""
        people, tags = self.here
        if edition not in people:
            people, tags = self._further(edition)
        return (people[edition], tags[edition]) if edition in people else None

    def _further(self, edition):
        """What is kept from here on: ({edition: its people}, {edition: its tags}). Texts alone, which nobody collects as garbage."""
        for number, (index, bits) in enumerate(self.found):
            if edition in index.editions:
                self.stretches[number] = self._stretch(index, bits, index.editions.index(edition) // STRETCH * STRETCH)
                self.here = tuple(reduce(or_, cells) for cells in zip(*self.stretches, strict=True))
        return self.here

    def _stretch(self, index, bits, start):
        within = bits >> start & (1 << STRETCH) - 1
        places = positions(within)
        editions = [index.editions[start + place] for place in places]
        tags = ((slug, index.labelled("tag", ids)) for slug, ids in self.tags)
        return tuple(dict(zip(editions, self._cells(labels, start, within, places), strict=True)) for labels in (self._named(index), tags))

    def _named(self, index):
        """(name, the set of the events that name them): those named alone, then the first of several, the second and so on."""
        several = index.labels.get("named", {})
        alone = ~reduce(or_, (bits for (place, _who), bits in several.items() if place == 1), 0)
        for who, name in self.people.items():
            yield name, index.labelled("actor", [who]) & alone
        for (_place, who), bits in sorted(several.items()):
            if who in self.people:
                yield self.people[who], bits

    def _cells(self, labels, start, within, places):
        """[the cell of the event at each place] of (label, the set of the events that carry it)"""
        found = [""] * STRETCH
        for label, bits in labels:
            after = self.separator + label
            for position in positions(bits >> start & within):
                found[position] += after
        cells = {text: written(text.removeprefix(self.separator))[0] for text in set(found)}
        return [cells[found[place]] for place in places]


def positions(bits):
    """The positions in a set of some thousands; `Index.positions` looks through the whole index for each."""
    return [one.start() for one in ONE.finditer(f"{bits:b}"[::-1])]
