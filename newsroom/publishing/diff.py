"""What changed between two texts, word by word: pure, the same for the public and for the desk.

A text is a list of tokens: words, the spaces and signs between them, and *marks*, which stand for what a reader sees but does
not read: where a block begins, where a link leads, what is bold. Mark-up that shows nothing makes no token.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import zip_longest
from typing import NamedTuple

SAME, REMOVED, ADDED, LEFT_OUT = "same", "removed", "added", "left-out"

WORDS = re.compile(r"\s+|\w+(?:[-'’.,:/]\w+)*|[^\w\s]")
MOST = 2_000_000
"""Words are matched one by one where the product of both lengths is no more than this: beyond, between the words that occur once."""


class Token(NamedTuple):
    """A word, a sign or white space; or, with a `mark`, what is no word: "block" (text: its kind), "link" (where to), "bold", "italic"."""

    text: str
    mark: str = ""

    @property
    def is_word(self) -> bool:
        return not self.mark and not self.text.isspace() and self.text[0].isalnum()


@dataclass(frozen=True)
class Piece:
    """A run of text that both sides have (`same`), or one of them alone; `left-out` stands for a passage that an excerpt leaves out."""

    kind: str
    text: str
    mark: str = ""

    @property
    def words(self) -> int:
        return len(self.text.split()) if not self.mark else 0


# --- Tokens -------------------------------------------------------------------------------------------------------------
def plain(text: str) -> list[Token]:
    """The tokens of a plain text. Put together they are the text."""
    return [Token(word) for word in WORDS.findall(text)]


def rich(html: str) -> list[Token]:
    """The tokens of rich text as a reader sees it: each block begins with a mark, white space is collapsed."""
    reader = _Rich()
    reader.feed(html)
    reader.close()
    return reader.tokens


BLOCKS = {"p", "h2", "h3", "li", "blockquote", "td", "th", "hr", "ul", "ol", "table", "tr"}
NAMED = {"h2": "heading", "h3": "heading", "li": "item", "blockquote": "quotation", "td": "cell", "th": "cell"}
STYLES = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic"}


class _Rich(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tokens, self._open, self._links, self._begins, self._space = [], [], [], True, False

    def handle_starttag(self, tag, attributes):
        if tag == "br":
            self._space = False
            self.tokens.append(Token("\n"))
        elif tag == "hr":
            self.tokens.append(Token("rule", "block"))
            self._begins = True
        elif tag in BLOCKS:
            self._open.append(tag)
            self._begins = True
        elif tag in STYLES:
            self._write([Token("begins", STYLES[tag])])
        elif tag == "a":
            self._links.append(dict(attributes).get("href") or "")

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self._begins = True
            if tag in self._open:
                del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
        elif tag in STYLES:
            self._write([Token("ends", STYLES[tag])], is_end=True)
        elif tag == "a" and self._links:
            self._write([Token(self._links.pop(), "link")], is_end=True)

    def handle_data(self, data):
        self._space |= data[:1].isspace()
        if words := " ".join(data.split()):
            self._write(plain(words))
            self._space = data[-1].isspace()

    def _write(self, tokens, is_end=False):
        if self._begins and not is_end:
            self.tokens.append(Token(self._kind(), "block"))
        elif self._space and not is_end:
            self.tokens.append(Token(" "))
        if not is_end:
            self._begins = self._space = False
        self.tokens += tokens

    def _kind(self):
        kinds = [NAMED.get(tag) or ("numbered item" if tag == "li" else None) for tag in self._open]
        kind = next(filter(None, reversed(kinds)), "paragraph")
        lists = [tag for tag in self._open if tag in ("ul", "ol")]
        return "numbered item" if kind == "item" and lists[-1:] == ["ol"] else kind


# --- Comparing ----------------------------------------------------------------------------------------------------------
def compare(before: Sequence[Token], after: Sequence[Token]) -> list[Piece]:
    """The pieces that lead from one text to the other, removed before added.

    Same and removed pieces put together are `before`, same and added ones `after`. Sentences are matched first, then the words of
    those that changed, so that the cost stays near the length of the texts.
    """
    runs = [run for kind, one, two in _matched(_sentences(before), _sentences(after)) for run in _words(kind, _flat(one), _flat(two))]
    return list(_pieces(_without_islands(_joined(runs))))


def whole(before: str, after: str) -> list[Piece]:
    """Two values that are one thing each (a date, a choice): the same, or one for the other."""
    if before == after:
        return [Piece(SAME, after)] if after else []
    return [Piece(kind, text) for kind, text in ((REMOVED, before), (ADDED, after)) if text]


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
    once = {token for token, count in Counter(before).items() if count == 1} & {token for token, count in Counter(after).items() if count == 1}
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
    for is_same, before, after in runs:
        if found and found[-1][0] == is_same:
            found[-1] = (is_same, [*found[-1][1], *before], [*found[-1][2], *after])
        elif before or after:
            found.append((is_same, list(before), list(after)))
    return found


def _without_islands(runs):
    """A space, a sign or a short word that happens to stand on both sides between two changes is part of the change: easier to read."""
    islands = [is_same and 0 < at < len(runs) - 1 and _is_island(before) for at, (is_same, before, _after) in enumerate(runs)]
    return _joined((is_same and not island, before, after) for (is_same, before, after), island in zip(runs, islands, strict=True))


def _is_island(tokens):
    words = [token for token in tokens if token.is_word]
    return not any(token.mark == "block" for token in tokens) and len(words) < 2 and sum(len(word.text) for word in words) < 4


def _pieces(runs):
    for is_same, before, after in runs:
        if is_same:
            yield from _of_kind(SAME, before)
        else:
            for one, two in zip_longest(_blocks(before), _blocks(after), fillvalue=[]):
                begins = 1 if one[:1] == two[:1] and one and one[0].mark == "block" else 0
                yield from _of_kind(SAME, one[:begins])
                yield from _of_kind(REMOVED, one[begins:])
                yield from _of_kind(ADDED, two[begins:])


def _blocks(tokens):
    """A changed run, cut before each block that begins in it: both sides of a block are shown together."""
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


# --- Showing ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Passage:
    """A block with its pieces, as one paragraph of a page. `kind` is its block's ("paragraph", "heading" …)."""

    kind: str
    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        return any(piece.kind in (REMOVED, ADDED) for piece in self.pieces)

    @property
    def words(self) -> int:
        return sum(piece.words for piece in self.pieces)


def is_changed(pieces: Iterable[Piece]) -> bool:
    return any(piece.kind != SAME for piece in pieces)


def passages(pieces: Iterable[Piece]) -> list[Passage]:
    """The pieces by the blocks they stand in. A mark that both sides have shows nothing and is left out."""
    found, kind, own = [], "paragraph", []
    for piece in pieces:
        if piece.mark == "block":
            if any(other.mark != "block" for other in own):
                found.append(_passage(kind, own))
                own = []
            kind = piece.text
        if piece.kind == SAME and own and own[-1].kind == SAME and not piece.mark:
            own[-1] = Piece(SAME, own[-1].text + piece.text)
        elif not piece.mark or piece.kind != SAME:
            own.append(piece)
    return [*found, _passage(kind, own)] if own else found


def _passage(kind, pieces):
    """A block that is new or gone as a whole needs no mark to say that it begins."""
    is_whole = len({piece.kind for piece in pieces}) == 1 and any(piece.mark != "block" for piece in pieces)
    return Passage(kind, tuple(piece for piece in pieces if not (is_whole and piece.mark == "block")))


def excerpt(pieces: Iterable[Piece], around: int = 8) -> list[Passage]:
    """The changed passages alone, with at most `around` words on either side of each change."""
    shown = []
    for passage in passages(pieces):
        if passage.is_changed:
            last = len(passage.pieces) - 1
            cut = [_cut(piece, around, at > 0, at < last) for at, piece in enumerate(passage.pieces)]
            shown.append(replace(passage, pieces=tuple(piece for some in cut for piece in some)))
    return shown


def _cut(piece, around, follows, precedes):
    """A piece that is the same, down to `around` words beside the change it follows and the change it precedes."""
    words = re.findall(r"\s*\S+\s*$|\s*\S+", piece.text)
    if piece.kind != SAME or len(words) <= around * (follows + precedes) + 1:
        return [piece]
    head, tail = "".join(words[:around]) if follows else "", "".join(words[-around:]) if precedes else ""
    return [*([Piece(SAME, head)] if head else []), Piece(LEFT_OUT, " … "), *([Piece(SAME, tail.lstrip())] if tail else [])]
