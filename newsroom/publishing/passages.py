"""What changed, as a page shows it: the pieces of a comparison by the blocks they stand in, whole or in excerpts. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .diff import ADDED, ALONE, LEFT_OUT, REMOVED, SAME, Piece


@dataclass(frozen=True)
class Passage:
    """A block with its pieces, as one paragraph of a page. `kind` is its block's ("paragraph", "heading" …)."""

    kind: str
    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        return any(piece.kind in (REMOVED, ADDED, ALONE) for piece in self.pieces)

    @property
    def words(self) -> int:
        return sum(piece.words for piece in self.pieces)


def passages(pieces: Iterable[Piece]) -> list[Passage]:
    """The pieces by the blocks they stand in. A mark that both sides have shows nothing and is left out, but for a picture's."""
    found, kind, own = [], "paragraph", []
    for piece in pieces:
        if piece.mark == "block":
            if any(other.mark != "block" for other in own):
                found.append(_passage(kind, own))
                own = []
            kind = piece.text
        if piece.kind == SAME and own and own[-1].kind == SAME and not piece.mark and not own[-1].mark:
            own[-1] = Piece(SAME, own[-1].text + piece.text)
        elif not piece.mark or piece.kind != SAME or piece.mark == "picture":
            own.append(piece)
    return [*found, _passage(kind, own)] if own else found


def _passage(kind, pieces):
    """A block that is new or gone as a whole needs no mark to say that it begins, and new words none to say that they are bold."""
    is_whole = len({piece.kind for piece in pieces}) == 1 and any(piece.mark != "block" for piece in pieces)
    shown = [piece for at, piece in enumerate(pieces) if not (is_whole and piece.mark == "block") and not _is_style_of_change(pieces, at)]
    return Passage(kind, tuple(shown))


def _is_style_of_change(pieces, at):
    if pieces[at].mark not in ("bold", "italic"):
        return False
    inside = pieces[at + 1 :] if pieces[at].text == "begins" else reversed(pieces[:at])
    return next((piece.kind != SAME for piece in inside if not piece.mark), False)


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
