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
        self.stretches, self.here = [{} for _part in self.found], {}

    def of(self, edition):
        """The cells (people, tags) of an edition (its id), "" where it has none; None for one that is not among what was found."""
        return self.here.get(edition) or self._further(edition)

    def _further(self, edition):
        for number, (index, bits) in enumerate(self.found):
            if edition in index.editions:
                self.stretches[number] = self._stretch(index, bits, index.editions.index(edition) // STRETCH * STRETCH)
                self.here = reduce(or_, self.stretches)
        return self.here.get(edition)

    def _stretch(self, index, bits, start):
        """{edition: its cells}"""
        within = bits >> start & (1 << STRETCH) - 1
        people = self._cells(self._named(index), start, within)
        tags = self._cells(((slug, index.labelled("tag", ids)) for slug, ids in self.tags), start, within)
        return {index.editions[start + position]: (people[position], tags[position]) for position in positions(within)}

    def _named(self, index):
        """(name, the set of the events that name them): those named alone, then the first of several, the second and so on."""
        several = index.labels.get("named", {})
        alone = ~reduce(or_, (bits for (place, _who), bits in several.items() if place == 1), 0)
        for who, name in self.people.items():
            yield name, index.labelled("actor", [who]) & alone
        for (_place, who), bits in sorted(several.items()):
            if who in self.people:
                yield self.people[who], bits

    def _cells(self, labels, start, within):
        """[the cell of the event at each position] of (label, the set of the events that carry it)"""
        found = [""] * STRETCH
        for label, bits in labels:
            after = self.separator + label
            for position in positions(bits >> start & within):
                found[position] += after
        cells = {text: written(text.removeprefix(self.separator))[0] for text in set(found)}
        return [cells[text] for text in found]


def positions(bits):
    """The positions in a set of some thousands."""
    return [one.start() for one in ONE.finditer(f"{bits:b}"[::-1])]
