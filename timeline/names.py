"""Editions of a small type that a filter offers by name, kept in memory and masked by the moment."""

from functools import lru_cache

from newsroom.publishing import languages


class Names:
    """`editions` are in the order of `index`. They are shared by all threads: nobody changes one."""

    def __init__(self, model, editions, index):
        self.model, self.editions, self.index = model, editions, index
        self._sorted = lru_cache(16)(self._sort)

    def live(self, at, now):
        """The live editions, sorted by their names in the reader's language. Moments are seconds; `now` as for `Index.live`."""
        return [edition for edition, _named in self._live(at, now)]

    def offered(self, at, now):
        """The same as (document id, slug, name) in the reader's language."""
        return [named for _edition, named in self._live(at, now)]

    def _live(self, at, now):
        return self._sorted(self.index.live(at, now), languages.current())

    def _sort(self, bits, language):
        found = [self.editions[position] for position in self.index.positions(bits)]
        named = [(edition, (edition.document_id, edition.slug_here, edition.text.name)) for edition in found]
        return tuple(sorted(named, key=lambda one: (one[1][-1].casefold(), one[0].pk)))
