"""CSV (RFC 4180): one line an event, the first line the names of the columns."""

from . import reading
from .lines import COLUMNS, Lines

MARK = "\ufeff"


def write(about, has_mark):
    """The parts of the file, as text."""
    lines = Lines(about)
    yield (MARK if has_mark else "") + quoted(COLUMNS) + "\r\n"
    end = "," + quoted(lines.tail) + "\r\n"
    for rows in reading.chunks(lines.rows(), about.asked.is_backward, lines.place, *reading.plain()):
        yield "".join([quoted(cells) + end for cells in map(lines.line, rows) if cells])


def quoted(cells):
    """The cells in quotation marks, which is all that CSV is; the csv module takes four times as long."""
    line = '","'.join(cells)
    if line.count('"') > 2 * (len(cells) - 1):
        line = '","'.join([cell.replace('"', '""') for cell in cells])
    return f'"{line}"'
