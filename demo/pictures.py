"""The demonstration's pictures: drawn here, in the newsroom's own ink and paper, so that nothing is taken from anywhere."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from newsroom.library.models import Picture

PAPER, INK, AMBER, GREY = "#f6f1e7", "#1d1a16", "#d99a1c", "#b9ae9c"
SIZE = (1600, 900)
SCALE = 2  # drawn twice as large and scaled down, for smooth edges


def draw(key):
    """The saved Picture with this key, one of DRAWINGS."""
    canvas = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), PAPER)
    DRAWINGS[key](Pen(canvas))
    data = BytesIO()
    canvas.resize(SIZE, Image.Resampling.LANCZOS).save(data, "PNG")
    picture = Picture(title=key, file=SimpleUploadedFile(f"{key}.png", data.getvalue(), "image/png"))
    picture.full_clean()
    picture.save()
    return picture


class Pen:
    """Draws in units of the finished picture."""

    def __init__(self, canvas):
        self._draw = ImageDraw.Draw(canvas)

    def box(self, left, top, right, bottom, fill=None, line=INK, width=6):
        self._draw.rectangle([value * SCALE for value in (left, top, right, bottom)], fill, line, width * SCALE)

    def line(self, *points, fill=INK, width=6):
        self._draw.line([(x * SCALE, y * SCALE) for x, y in points], fill, width * SCALE, joint="curve")

    def shape(self, *points, fill=INK):
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill)

    def dot(self, x, y, radius, fill=INK, line=None, width=6):
        self._draw.ellipse([value * SCALE for value in (x - radius, y - radius, x + radius, y + radius)], fill, line, width * SCALE)


def data_centre(pen):
    """Two rows of racks, one of them lit."""
    for column in range(7):
        left = 130 + column * 195
        pen.box(left, 180, left + 165, 740, fill=AMBER if column == 4 else None)
        for row in range(9):
            top = 215 + row * 56
            pen.line((left + 22, top), (left + 110, top), width=5)
            pen.dot(left + 138, top, 7)
    pen.line((60, 740), (1540, 740), width=8)


def letterbox(pen):
    """A letter on its way into a slot."""
    pen.box(480, 420, 1120, 780)
    pen.box(600, 500, 1000, 530, fill=INK)
    pen.box(620, 160, 980, 400, fill=AMBER)
    pen.line((620, 160), (800, 300), (980, 160))
    pen.line((200, 780), (1400, 780), width=8)


def courthouse(pen):
    """Columns under a pediment."""
    pen.shape((330, 330), (800, 130), (1270, 330), fill=AMBER)
    pen.line((330, 330), (800, 130), (1270, 330), (330, 330), width=8)
    for column in range(6):
        left = 390 + column * 155
        pen.box(left, 370, left + 50, 700)
    for step in range(3):
        pen.box(300 - step * 40, 700 + step * 36, 1300 + step * 40, 736 + step * 36)


def calendar(pen):
    """A month with one day struck out and a later one marked."""
    pen.box(400, 150, 1200, 790)
    pen.box(400, 150, 1200, 260, fill=INK)
    for row in range(5):
        for column in range(7):
            x, y = 466 + column * 111, 325 + row * 100
            struck, chosen = (row, column) == (1, 2), (row, column) == (3, 4)
            pen.dot(x, y, 32 if chosen else 9, fill=AMBER if chosen else GREY)
            if struck:
                pen.line((x - 36, y - 36), (x + 36, y + 36), width=8)
    pen.line((724, 440), (880, 590), fill=AMBER, width=8)


def servers_map(pen):
    """Two places, one copying to the other."""
    for row in range(18):
        for column in range(32):
            if (row * 7 + column * 5) % 11 > 2 and abs(row - 9) + abs(column - 16) / 2 < 15:
                pen.dot(60 + column * 48, 40 + row * 48, 6, fill=GREY)
    pen.line((430, 380), (700, 200), (1000, 260), (1240, 560), fill=AMBER, width=10)
    pen.dot(430, 380, 34, fill=INK)
    pen.dot(1240, 560, 34, fill=PAPER, line=INK, width=10)


def newsroom(pen):
    """A front page."""
    pen.box(430, 90, 1170, 840, fill="#fffdf8")
    pen.box(480, 140, 1120, 200, fill=INK)
    pen.box(480, 240, 790, 470, fill=AMBER)
    for row in range(8):
        pen.line((830, 252 + row * 30), (1120 if row % 3 else 1060, 252 + row * 30), width=5)
    for row in range(10):
        pen.line((480, 520 + row * 30), (780 if row % 4 else 700, 520 + row * 30), width=5)
        pen.line((830, 520 + row * 30), (1120 if row % 3 else 1010, 520 + row * 30), width=5)


DRAWINGS = {
    "data-centre": data_centre,
    "letterbox": letterbox,
    "courthouse": courthouse,
    "calendar": calendar,
    "servers-map": servers_map,
    "newsroom": newsroom,
}
