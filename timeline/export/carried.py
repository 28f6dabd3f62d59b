"""The tags of events, from the index in memory: to look them up would cost the database as much as half of all the rest."""

STRETCH = 2**14


class Carried:
    """The tags of what Matches found. Those of a stretch of each index are kept at a time, so that memory does not grow with it.

    `tags` are (slug, the ids under which events carry it), sorted by slug.
    """

    def __init__(self, matches, tags, separator):
        self.found, self.tags, self.separator = matches.found, tags, separator
        self.here = [{} for _part in self.found]

    def of(self, edition):
        """The slugs of the tags of an edition (its id), joined, "" where it has none; None for one that is not among what was found."""
        for known in self.here:
            if edition in known:
                return known[edition]
        for number, (index, bits) in enumerate(self.found):
            if edition in index.editions:
                self.here[number] = self._stretch(index, bits, index.editions.index(edition) // STRETCH * STRETCH)
        return next((known[edition] for known in self.here if edition in known), None)

    def _stretch(self, index, bits, start):
        """{edition: its slugs}"""
        within = bits >> start & (1 << STRETCH) - 1
        slugs = {position: [] for position in index.positions(within)}
        for slug, ids in self.tags:
            for position in index.positions(index.labelled("tag", ids) >> start & within):
                slugs[position].append(slug)
        return {index.editions[start + position]: self.separator.join(found) for position, found in slugs.items()}
