"""How wide words are in the drawing's type, roughly: enough to keep them apart, whatever font the reader has."""

NARROW, WIDE = frozenset(" .,:;'’|!iljtfrI()[]-–\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"), frozenset("mwMWÆŒœæ%@—")
SIZE = 13


def width(text, size=SIZE, is_bold=False):
    """The width of a line of text in the drawing's units, a little more than it takes."""
    ems = sum(0.32 if one in NARROW else 0.9 if one in WIDE else 0.7 if one.isupper() else 0.57 for one in text)
    return ems * size * (1.06 if is_bold else 1)


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
    for word in text.split(" "):
        longer = f"{found[-1]} {word}".strip()
        if width(longer, size) <= most or not found[-1]:
            found[-1] = longer
        else:
            found.append(word)
    if lines and len(found) > lines:
        found = [*found[: lines - 1], shortened(" ".join(found[lines - 1 :]), most, size)]
    return found


class Lanes:
    """Rows in which nothing overlaps: each new thing goes into the first one with room."""

    def __init__(self, gap=12):
        self.gap, self.rows = gap, []

    def take(self, *spans):
        """The number of the first row with room for the first (start, end), where the rows after it have room for the others."""
        number = 0
        while not all(self._has_room(number + below, *span) for below, span in enumerate(spans)):
            number += 1
        self.rows += [[] for _ in range(number + len(spans) - len(self.rows))]
        for below, span in enumerate(spans):
            self.rows[number + below].append(span)
        return number

    def _has_room(self, number, start, end):
        row = self.rows[number] if number < len(self.rows) else []
        return all(end + self.gap <= other_start or other_end + self.gap <= start for other_start, other_end in row)
