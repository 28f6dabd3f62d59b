"""Which texts contain a word, told without reading them: every different word of them, and who has it. Pure.

A word is what stands between white space. One that is asked for has no white space in it, so a text contains it exactly where a word of
the text does. All of them stand in one string, the most frequent first; looking through that takes a millisecond a megabyte.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict, deque
from functools import lru_cache, partial, reduce
from itertools import accumulate, repeat
from operator import or_

from newsroom.publishing.folding import fold

from .bits import bits_of

IN_FEW = 64  # a word in no more than a 64th of the texts is kept with a list of them, which is shorter than a set
BIT_BY_BIT = 32  # a set of less than a 32nd of the texts is made bit by bit, which then takes less than reading them all as digits
LEAST_KEPT, ROOM = 64, 2**23  # answers kept, as who searches turns pages; and the bytes that more of them may take
ONE = ord("1")
positions_by = partial(defaultdict, partial(array, "I"))


class Texts:
    """Texts by their positions, read one after the other; `had` is {word as it is written: positions}."""

    def __init__(self):
        self.had, self.with_words = positions_by(), array("I")

    def add(self, position, text):
        if words := set(text.split()):
            self.with_words.append(position)
            deque(map(array.append, map(self.had.__getitem__, words), repeat(position)), maxlen=0)  # a loop that the processor makes

    def folded(self):
        """{word: positions, some of them twice}. Uses `had` up."""
        found = positions_by()
        while self.had:
            written, positions = self.had.popitem()
            for word in fold(written).split():
                found[word].extend(positions)
        return found


class Vocabulary:
    """`texts` are Texts, all at positions below `size`; words in no more than `few` of them are kept with a list."""

    def __init__(self, texts, size, few=None):
        few = size // IN_FEW if few is None else few
        self.size, self.every = size, bits_of(texts.with_words, size)
        self.sets, self.lists, self.ends = [], array("I"), array("Q", [0])  # of the frequent words; of the rare ones; where each ends
        had = texts.folded()
        ordered = sorted(had, key=lambda word: len(had[word]), reverse=True)
        for word in ordered:
            positions = had.pop(word)
            if len(positions) > few:
                self.sets.append(bits_of(positions, size))
            else:
                self.lists.extend(positions)
                self.ends.append(len(self.lists))
        self.string = "".join(f"{word}\n" for word in ordered).encode()  # UTF-8: no letter is found within another
        self.containing = lru_cache(max(LEAST_KEPT, ROOM // (size // 8 + 1)))(self._containing)

    def _containing(self, word):
        """The set of the texts that contain a word, which is folded."""
        numbers = self._words_with(word.encode())
        rare = bisect_left(numbers, len(self.sets))
        found = reduce(or_, (self.sets[number] for number in numbers[:rare]), 0)
        return found if found == self.every else found | self._listed(number - len(self.sets) for number in numbers[rare:])

    def _words_with(self, word):
        """The numbers of the words that contain this one, ascending: how many of them end before each place where it is."""
        before = self.string.split(word)[:-1]
        return list(dict.fromkeys(accumulate(map(bytes.count, before, repeat(b"\n")))))

    def _listed(self, numbers):
        """The set of what is in any of these lists."""
        members = array("I")
        for number in numbers:
            members += self.lists[self.ends[number] : self.ends[number + 1]]
        if len(members) < self.size // BIT_BY_BIT:
            return bits_of(members, self.size)
        digits = bytearray(b"0") * (self.size + 1)
        for position in members:
            digits[position] = ONE
        digits.reverse()
        return int(digits, 2)
