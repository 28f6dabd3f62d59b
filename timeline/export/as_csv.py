"""CSV (RFC 4180): one line an event, the first line the names of the columns."""

from . import reading
from .lines import COLUMNS, PART, Lines

MARK = "\ufeff"


def write(about, has_mark):
    """The parts of the file, as text."""
    lines = Lines(about)
    yield (MARK if has_mark else "") + quoted(COLUMNS) + "\r\n"
    end = "," + quoted(lines.tail) + "\r\n"
    for rows in reading.chunks(lines.rows(), about.asked.is_backward, lines.place, *reading.plain()):
        yield "".join([quoted(lines.line(row)) + end for row in rows])


def quoted(cells):
    """The cells in quotation marks, which is all that CSV is; the csv module takes four times as long."""
    return '"' + PART.join(cells).replace('"', '""').replace(PART, '","') + '"'
