"""What a comparison of two editions is made of: lines, rows of children, and groups of them. Pure, the same for the public and the desk."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from . import diff, languages
from .passages import Passage, excerpt, passages

LONG = 40
"""Unchanged passages of this many words together are folded away."""
VERY_LONG, AROUND = 120, 20
"""Within a passage, an unchanged run of VERY_LONG words is folded, but for AROUND words at either end."""


@dataclass(frozen=True)
class Line:
    """One field of both sides. `language` is that of its words, "" for a fact, which has none. `key` names it at the desk."""

    label: str
    pieces: list[diff.Piece]
    language: str = ""
    key: str = ""

    @property
    def is_changed(self):
        return diff.is_changed(self.pieces)

    @property
    def folds(self):
        """[(is folded, [Passage])]: long stretches without a change are folded."""
        runs = []
        for passage in passages(self.pieces):
            if not runs or runs[-1][0] != passage.is_changed:
                runs.append((passage.is_changed, []))
            runs[-1][1].append(_folded_inside(passage) if passage.is_changed else passage)
        return [(not is_changed and sum(passage.words for passage in run) >= LONG, run) for is_changed, run in runs]

    @property
    def before(self):
        """The line as it was, with what only that side has marked as such."""
        return self._side(diff.REMOVED)

    @property
    def after(self):
        return self._side(diff.ADDED)

    def _side(self, kind):
        own = [piece for piece in self.pieces if piece.kind in (diff.SAME, kind)]
        if self.key == "tags":
            labels = [piece for piece in own if piece.text != ", "]
            own = [piece for label in labels for piece in (diff.Piece(diff.SAME, ", "), label)][1:]
        return replace(self, pieces=[replace(piece, kind=diff.ALONE) if piece.kind == kind else piece for piece in own])

    @property
    def excerpt(self):
        return excerpt(self.pieces)


def _folded_inside(passage):
    pieces = []
    for piece in passage.pieces:
        words = piece.text.split(" ")
        if piece.kind != diff.SAME or piece.mark or len(words) < VERY_LONG:
            pieces.append(piece)
        else:
            head, middle, tail = words[:AROUND], words[AROUND:-AROUND], words[-AROUND:]
            parts = ((diff.SAME, " ".join(head) + " "), ("folded", " ".join(middle)), (diff.SAME, " " + " ".join(tail)))
            pieces += [diff.Piece(kind, text) for kind, text in parts]
    return Passage(passage.kind, tuple(pieces))


@dataclass(frozen=True)
class Row:
    """One child on either side, by its places `old` and `new` (from 0; None where a side has none). `state` is same, changed, added
    or removed; `number` its place where it stands, from 1."""

    old: int | None
    new: int | None
    state: str
    is_moved: bool
    lines: list[Line]

    @property
    def number(self):
        return (self.old if self.new is None else self.new) + 1

    @property
    def place(self):
        """What names the row among those of its group, on either side."""
        return f"-{self.old}" if self.new is None else str(self.new)

    @property
    def is_same(self):
        return self.state == "same" and not self.is_moved

    @property
    def shown(self):
        """The lines that say something: those that changed, or all that a row has where it is new, gone or moved."""
        return [line for line in self.lines if line.pieces and (line.is_changed or self.state != "changed")]


@dataclass(frozen=True)
class Group:
    """All children of one kind."""

    label: str
    rows: list[Row]
    key: str = ""

    @property
    def is_changed(self):
        return not all(row.is_same for row in self.rows)

    @property
    def has_other_rows(self):
        """False where nothing but the order differs."""
        return any(row.state != "same" for row in self.rows)

    @property
    def changed_rows(self):
        return [row for row in self.rows if not row.is_same]

    @property
    def same_rows(self):
        return [row for row in self.rows if row.is_same]


@dataclass(frozen=True)
class Comparison:
    """Two editions side by side. `language` is the language compared; `elsewhere` names others in which the texts changed too."""

    language: str
    lines: list[Line]
    groups: list[Group] = field(default_factory=list)
    lacks_before: bool = False
    lacks_after: bool = False
    elsewhere: list[str] = field(default_factory=list)

    @cached_property
    def changed_lines(self):
        return [line for line in self.lines if line.is_changed]

    @cached_property
    def same_lines(self):
        return [line for line in self.lines if line.pieces and not line.is_changed]

    @cached_property
    def changed_groups(self):
        return [group for group in self.groups if group.is_changed]

    @cached_property
    def same_groups(self):
        return [group for group in self.groups if group.rows and not group.is_changed]

    @property
    def is_changed(self):
        return bool(self.changed_lines or self.changed_groups)

    @property
    def is_foreign(self):
        return self.language != languages.current()
