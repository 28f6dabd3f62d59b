"""What changed between two texts, word by word: pure, the same for the public and for the desk."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice, zip_longest

from .tokens import Token

SAME, REMOVED, ADDED, LEFT_OUT = "same", "removed", "added", "left-out"
ALONE = "alone"
"""What one side alone has, where each side is shown by itself."""

MOST = 2_000_000
"""Words are matched one by one where the product of both lengths is no more than this: beyond, between the words that occur once."""
MOST_BLOCKS, ALIKE = 900, 0.3
"""Blocks are weighed against each other up to this many pairs; those that share less than this part of their words are two."""


@dataclass(frozen=True)
class Piece:
    """A run of text that both sides have (`same`), or one of them alone; `left-out` stands for a passage that an excerpt leaves out."""

    kind: str
    text: str
    mark: str = ""

    @property
    def words(self) -> int:
        return len(self.text.split()) if not self.mark else 0


FEW = 3
"""A run of up to this many words between two longer changes is taken for chance."""


def is_changed(pieces: Iterable[Piece]) -> bool:
    return any(piece.kind != SAME for piece in pieces)


def compare(before: Sequence[Token], after: Sequence[Token]) -> list[Piece]:
    """The pieces that lead from one text to the other, removed before added.

    Same and removed pieces put together are `before`, same and added ones `after`. Blocks are matched first, then sentences, then
    the words of those that changed, so that the cost stays near the length of the texts.
    """
    units = [unit for is_same, one, two in _matched(_blocks(before), _blocks(after)) for unit in _units(is_same, one, two)]
    return [piece for unit in units for piece in _pieces(_without_islands(_joined(unit)))]


def whole(before: str, after: str) -> list[Piece]:
    """Two values that are one thing each (a date, a choice): the same, or one for the other."""
    if before == after:
        return [Piece(SAME, after)] if after else []
    return [Piece(kind, text) for kind, text in ((REMOVED, before), (ADDED, after)) if text]


def _blocks(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    """The tokens, cut before each mark that begins a block."""
    cuts = [0, *(at for at, token in enumerate(tokens) if token.mark == "block" and at), len(tokens)]
    return [tuple(tokens[start:end]) for start, end in zip(cuts, cuts[1:], strict=False) if start < end]


def _units(is_same, before, after):
    """What is compared by itself, each a list of runs: a stretch of blocks as one, or block by block where too little of it stayed."""
    one, two = _flat(before), _flat(after)
    if is_same:
        return [[(True, one, two)]]
    runs = list(_by_sentence(one, two))
    kept = sum(_count(tokens) for same, tokens, _after in runs if same)
    if len(before) == len(after) == 1 or len(before) * len(after) > MOST_BLOCKS or kept * 2 > max(_count(one), _count(two)):
        return [runs]
    return [list(_by_sentence(*pair)) if all(pair) else [(False, *pair)] for pair in _aligned(before, after)]


def _aligned(before, after):
    """Pairs of blocks in order, as alike as can be; an empty list where a side has none (the longest common subsequence, weighed)."""
    words = [[Counter(token for token in block if token.is_word) for block in side] for side in (before, after)]
    best = [[0.0] * (len(after) + 1) for _row in range(len(before) + 1)]
    weights = [[_likeness(one, two) for two in words[1]] for one in words[0]]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + weights[i][j])
    i = j = 0
    while i < len(before) or j < len(after):
        if i < len(before) and j < len(after) and weights[i][j] and best[i][j] == best[i + 1][j + 1] + weights[i][j]:
            yield before[i], after[j]
            i, j = i + 1, j + 1
        elif j == len(after) or (i < len(before) and best[i][j] == best[i + 1][j]):
            yield before[i], ()
            i += 1
        else:
            yield (), after[j]
            j += 1


def _likeness(one, two):
    """How much two blocks share, from 0 to 1; too little counts as nothing."""
    share = 2 * (one & two).total() / ((one.total() + two.total()) or 1)
    return share if share >= ALIKE else 0.0


def _by_sentence(before, after):
    for is_same, one, two in _matched(_sentences(before), _sentences(after)):
        yield from _words(is_same, _flat(one), _flat(two))


def _count(tokens):
    return sum(token.is_word for token in tokens)


def _sentences(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    found, start = [], 0
    for number, token in enumerate(tokens):
        ends = token.text.isspace() and number and tokens[number - 1].text in ".!?…:;"
        if number > start and (token.mark == "block" or "\n" in token.text or ends):
            cut = number if token.mark == "block" else number + 1
            found.append(tuple(tokens[start:cut]))
            start = cut
    return [*found, tuple(tokens[start:])] if start < len(tokens) else found


def _flat(sentences: Iterable[Iterable[Token]]) -> list[Token]:
    return [token for sentence in sentences for token in sentence]


def _matched(before: Sequence, after: Sequence, is_junk=None) -> Iterator[tuple[bool, Sequence, Sequence]]:
    """(is the same, part of before, part of after) of two sequences, what they begin and end with in common taken off first."""
    start, most = 0, min(len(before), len(after))
    while start < most and before[start] == after[start]:
        start += 1
    end = 0
    while end < most - start and before[-1 - end] == after[-1 - end]:
        end += 1
    if start:
        yield True, before[:start], after[:start]
    middle = before[start : len(before) - end], after[start : len(after) - end]
    for kind, i, j, k, m in SequenceMatcher(is_junk, *middle).get_opcodes():
        yield kind == "equal", middle[0][i:j], middle[1][k:m]
    if end:
        yield True, before[len(before) - end :], after[len(after) - end :]


def _words(is_same, before, after, may_anchor=True):
    if is_same:
        return [(True, before, after)]
    if len(before) * len(after) <= MOST:
        return _matched(before, after, lambda token: token.text.isspace())
    return _anchored(before, after) if may_anchor else [(False, before, after)]


def _anchored(before, after):
    """A long passage, cut at the words that occur once on both sides; what lies between is matched by itself (patience diff)."""
    counts = Counter(before), Counter(after)
    once = {token for token, count in counts[0].items() if count == counts[1][token] == 1}
    ones, twos = ([at for at, token in enumerate(side) if token in once] for side in (before, after))
    names = [before[at] for at in ones], [after[at] for at in twos]
    matches = SequenceMatcher(None, *names, autojunk=False).get_matching_blocks()
    anchors = [(ones[i + at], twos[j + at]) for i, j, size in matches for at in range(size)]
    start, begin = 0, 0
    for one, two in [*anchors, (len(before), len(after))]:
        yield from _words(False, before[start:one], after[begin:two], may_anchor=False)
        yield True, before[one : one + 1], after[two : two + 1]
        start, begin = one + 1, two + 1


def _joined(runs):
    """Neighbouring runs of one kind as one."""
    found = []
    for run in runs:
        _join(found, *run)
    return found


def _join(runs, is_same, before, after):
    if runs and runs[-1][0] == is_same:
        runs[-1][1].extend(before)
        runs[-1][2].extend(after)
    elif before or after:
        runs.append((is_same, list(before), list(after)))


def _without_islands(runs):
    """What stands on both sides by chance, shorter than the changes before and after it, is part of the change: easier to read."""
    kept = []
    for at, (is_same, before, after) in enumerate(runs):
        is_island = is_same and 0 < at < len(runs) - 1 and _is_island(before, kept[-1], runs[at + 1])
        _join(kept, is_same and not is_island, before, after)
    return kept


def _is_island(tokens, *changes):
    words = _count(tokens)
    if words > FEW or any(token.mark == "block" for token in tokens):
        return False
    return all(_has(words, before) or _has(words, after) for _is_same, before, after in changes)


def _has(number, tokens):
    """True for at least this many words; no more are counted, for the run may be long."""
    return sum(1 for _token in islice((token for token in tokens if token.is_word), number)) == number


def _pieces(runs):
    for is_same, before, after in runs:
        if is_same:
            yield from _of_kind(SAME, before)
        else:
            for one, two in zip_longest(_parts(before), _parts(after), fillvalue=[]):
                begins = 1 if one[:1] == two[:1] and one and one[0].mark == "block" else 0
                yield from _of_kind(SAME, one[:begins])
                yield from _of_kind(REMOVED, one[begins:])
                yield from _of_kind(ADDED, two[begins:])


def _parts(tokens):
    """A changed run: what belongs to the block before it, then each block that begins in it. Both sides of a block are shown together."""
    cuts = [0, *(at for at, token in enumerate(tokens) if token.mark == "block"), len(tokens)]
    return [tokens[start:end] for start, end in zip(cuts, cuts[1:], strict=False)]


def _of_kind(kind, tokens):
    text = ""
    for token in tokens:
        if token.mark:
            if text:
                yield Piece(kind, text)
            yield Piece(kind, token.text, token.mark)
            text = ""
        else:
            text += token.text
    if text:
        yield Piece(kind, text)
