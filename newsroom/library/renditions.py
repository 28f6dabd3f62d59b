"""Copies of a picture in other sizes and formats, made when first asked for, kept beside the original, and shown under its rule.

The name of a copy says all of it: `<original>.720.avif` is 720 pixels wide, `<original>.sharing-50-30.jpg` is cut around the point that
matters. Only what `names` lists is ever made, so that nobody can fill the disk by asking.
"""

import os
import re
import tempfile
from io import BytesIO
from pathlib import Path
from threading import Lock

from django.core.files.storage import default_storage
from PIL import Image

WIDTHS = (360, 720, 1080, 1440)
FORMATS = {"avif": {"quality": 58, "speed": 8}, "webp": {"quality": 80}}
"""Best packed first: a browser takes the first that it knows."""
SHARING = (1200, 630)
"""Pixels of the cut that other sites show beside a link (Open Graph)."""
COPY = re.compile(r"(pictures/[^/]+\.[a-z]+)\.(?:([0-9]{1,4})\.(avif|webp)|sharing-([0-9]{1,3})-([0-9]{1,3})\.jpg)")
ONE_AT_A_TIME = Lock()
"""To pack a picture takes a processor for a while: a process never does two at once."""


def original_of(name):
    """The name of the picture file that `name` is a copy of; `name` itself where it is no copy's."""
    copy = COPY.fullmatch(name)
    return copy[1] if copy else name


def widths(width):
    """The widths of the copies of a picture this wide: never wider than it is."""
    return sorted({min(one, width) for one in WIDTHS})


def copy_name(original, width, format_):
    return f"{original}.{width}.{format_}"


def sharing_name(picture):
    return f"{picture.file.name}.sharing-{picture.focus_x}-{picture.focus_y}.jpg"


def names(picture):
    """Every copy that a picture has."""
    copies = {copy_name(picture.file.name, width, format_) for width in widths(picture.width) for format_ in FORMATS}
    return copies | {sharing_name(picture)}


def cut(width, height, shape, focus):
    """The largest box (left, top, right, bottom) of the proportions `shape`, with `focus` (per cent) as near its middle as can be."""
    scale = min(width / shape[0], height / shape[1])
    size = round(shape[0] * scale), round(shape[1] * scale)
    starts = [
        min(max(round(whole * at / 100 - part / 2), 0), whole - part) for whole, part, at in zip((width, height), size, focus, strict=True)
    ]
    return (*starts, starts[0] + size[0], starts[1] + size[1])


def make(picture, name):
    """Make the copy called `name`, one of names(picture), unless it is there. Raises OSError where the original cannot be read."""
    if default_storage.exists(name):
        return
    with ONE_AT_A_TIME, default_storage.open(picture.file.name) as file, Image.open(file) as original:
        copy = COPY.fullmatch(name)
        if copy[2]:
            _keep(name, _scaled(original, int(copy[2])), copy[3].upper(), FORMATS[copy[3]])
        else:
            _keep(name, _for_sharing(original, (picture.focus_x, picture.focus_y)), "JPEG", {"quality": 84})


def _scaled(original, width):
    original = original.convert("RGBA" if original.has_transparency_data else "RGB")
    return original.resize((width, max(1, round(original.height * width / original.width))), Image.Resampling.LANCZOS)


def _for_sharing(original, focus):
    whole = original.convert("RGBA")
    paper = Image.new("RGBA", whole.size, "white")  # JPEG has no transparency
    whole = Image.alpha_composite(paper, whole).convert("RGB").crop(cut(*whole.size, SHARING, focus))
    whole.thumbnail(SHARING, Image.Resampling.LANCZOS)
    return whole


def _keep(name, copy, format_, options):
    """Whole or not at all, however many processes make it at once."""
    data = BytesIO()
    copy.save(data, format_, **options)
    path = Path(default_storage.path(name))
    number, unfinished = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(number, "wb") as file:
        file.write(data.getvalue())
    os.chmod(unfinished, 0o644)
    os.replace(unfinished, path)
