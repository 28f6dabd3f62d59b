"""CSV (RFC 4180): one line an event, the first line the names of the columns."""

from . import reading
from .lines import CELL, COLUMNS, Lines

MARK, END = "\ufeff", '"\r\n"'


def write(about, has_mark):
    """The parts of the file, as text."""
    lines = Lines(about)
    yield (MARK if has_mark else "") + whole([CELL.join(COLUMNS)])
    for rows in reading.chunks(lines.rows(), about.asked.is_backward, lines.place, *reading.plain()):
        yield whole(list(filter(None, map(lines.line, rows))))


def whole(lines):
    """Lines, each without the quotation marks that it begins and ends with, as text."""
    return f'"{END.join(lines)}"\r\n' if lines else ""
