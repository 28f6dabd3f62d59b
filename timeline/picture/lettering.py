"""How wide words are in the drawing's type, roughly: enough to keep them apart, whatever font the reader has."""

from functools import cache

NARROW, WIDE = frozenset(" .,:;'’|!iljtfrI()[]-–\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"), frozenset("mwMWÆŒœæ%@—")
SIZE = 13


def width(text, size=SIZE, is_bold=False):
    """The width of a line of text in the drawing's units, a little more than it takes."""
    return sum(map(_ems, text)) * size * (1.06 if is_bold else 1)


@cache
def _ems(letter):
    return 0.32 if letter in NARROW else 0.9 if letter in WIDE else 0.7 if letter.isupper() else 0.57


def shortened(text, most, size=SIZE):
    """The text, or as many of its words as fit into `most` and an ellipsis; "" where not even one does."""
    if width(text, size) <= most:
        return text
    kept = ""
    for word in text.split(" "):
        longer = f"{kept} {word}".strip()
        if width(f"{longer}…", size) > most:
            break
        kept = longer
    return f"{kept.rstrip(',;:–-. ')}…" if kept else ""


def wrapped(text, most, size=SIZE, lines=0):
    """The text in lines no wider than `most`; of more than `lines` of them the last one kept is shortened."""
    found = [""]
    for word in [part for whole in text.split(" ") for part in _parts(whole, most, size)]:
        longer = f"{found[-1]} {word}".strip()
        if width(longer, size) <= most or not found[-1]:
            found[-1] = longer
        else:
            found.append(word)
    if lines and len(found) > lines:
        found = [*found[: lines - 1], shortened(" ".join(found[lines - 1 :]), most, size)]
    return found


def _parts(word, most, size):
    """A word, or, where it is wider than a line, parts of it: an address has no space to break at."""
    while width(word, size) > most and len(word) > 1:
        length = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or width(word[:n], size) <= most)
        yield word[:length]
        word = word[length:]
    yield word


class Lanes:
    """Rows in which nothing overlaps: each new thing goes into the first one with room."""

    def __init__(self, gap=12):
        self.gap, self.rows = gap, []

    def take(self, *spans, first=0):
        """The number of the first row from `first` on that has room for one (start, end), and the rows below it for the others."""
        number = first
        while not all(self.has_room(number + below, *span) for below, span in enumerate(spans)):
            number += 1
        self.rows += [[] for _ in range(number + len(spans) - len(self.rows))]
        for below, span in enumerate(spans):
            self.rows[number + below].append(span)
        return number

    def has_room(self, number, start, end):
        row = self.rows[number] if number < len(self.rows) else []
        return all(end + self.gap <= other_start or other_end + self.gap <= start for other_start, other_end in row)
