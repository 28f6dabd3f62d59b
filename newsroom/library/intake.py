"""What becomes of an uploaded picture: judged by its content, capped, and written anew without what the camera added."""

import warnings
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

FORMATS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif", "AVIF": ".avif"}
MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 50_000_000
PDF_BEGINS, PDF_ENDS, PDF_TAIL = b"%PDF-", b"%%EOF", 1024
"""How a PDF begins, what stands in its last bytes, and how many these are (ISO 32000-1, 7.5; Annex H.3)."""
LONGEST_SIDE = 2400
QUALITY = {"JPEG": {"quality": 86}, "WEBP": {"quality": 86}, "AVIF": {"quality": 75, "speed": 8}}


def re_encoded(upload):
    """A new file with the same picture, upright, at most LONGEST_SIDE pixels long, without EXIF (and so without GPS).

    Raises ValidationError for anything that is not a picture of one of FORMATS within the caps.
    """
    if upload.size > MOST_BYTES:
        raise ValidationError({"file": _("This file is larger than 20 MB. Please upload a smaller one.")})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own about sizes and EXIF: our cap is lower, and EXIF is left out
            return _written(_opened(upload))
    except ValidationError:
        raise
    except Exception:  # on a damaged file Pillow's readers raise nearly anything
        told = _("This file is not a picture we can read. Please upload a JPEG, PNG, WebP, AVIF or GIF.")
        raise ValidationError({"file": told}) from None


def as_pdf(upload):
    """The upload, where it is a whole PDF by its content and within the cap. Raises ValidationError.

    What is inside is not looked at: it is sent to readers as a file to keep, from a page that may run nothing.
    """
    if upload.size > MOST_BYTES:
        raise ValidationError({"file": _("This file is larger than 20 MB. Please upload a smaller one.")})
    upload.seek(0)
    begins = upload.read(len(PDF_BEGINS))
    upload.seek(max(0, upload.size - PDF_TAIL))
    ends = upload.read(PDF_TAIL)
    upload.seek(0)
    if begins != PDF_BEGINS or PDF_ENDS not in ends:
        raise ValidationError({"file": _("This file is not a whole PDF. Please upload a PDF.")})
    return upload


def _opened(upload):
    upload.seek(0)
    picture = Image.open(upload, formats=list(FORMATS))
    if picture.width * picture.height > MOST_PIXELS:
        raise ValidationError({"file": _("This picture has more than 50 million pixels. Please upload a smaller one.")})
    picture.verify()  # that nothing is missing; afterwards it has to be opened again
    upload.seek(0)
    return Image.open(upload, formats=list(FORMATS))


def _written(picture):
    # A phone's JPEG with a second picture inside calls itself MPO.
    format_ = "JPEG" if picture.format == "MPO" else picture.format
    picture = ImageOps.exif_transpose(picture)
    if format_ == "JPEG":
        picture = picture.convert("RGB")
    elif "transparency" in picture.info:  # kept beside the pixels, where it would be cleared with the rest
        picture = picture.convert("RGBA")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    picture.info.clear()
    data = BytesIO()
    picture.save(data, format_, **(QUALITY.get(format_, {})))
    return SimpleUploadedFile(f"picture{FORMATS[format_]}", data.getvalue(), Image.MIME[format_])
