"""What becomes of an uploaded picture: judged by its content, capped, and written anew without what the camera added."""

import warnings
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

FORMATS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif"}
MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2400


def re_encoded(upload):
    """A new file with the same picture, upright, at most LONGEST_SIDE pixels long, without EXIF (and so without GPS).

    Raises ValidationError for anything that is not a picture of one of FORMATS within the caps.
    """
    if upload.size > MOST_BYTES:
        raise ValidationError({"file": _("This file is larger than 20 MB. Please upload a smaller one.")})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own, lower cap follows
            upload.seek(0)
            picture = Image.open(upload, formats=list(FORMATS))
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError({"file": _("This picture has more than 50 million pixels. Please upload a smaller one.")})
            format_ = picture.format
            picture = ImageOps.exif_transpose(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ValidationError({"file": _("This file is not a picture we can read. Please upload a JPEG, PNG, WebP or GIF.")}) from None
    return _written(picture, format_)


def _written(picture, format_):
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if format_ == "JPEG" and picture.mode != "RGB":
        picture = picture.convert("RGB")
    data = BytesIO()
    picture.info.clear()
    picture.save(data, format_, **({"quality": 86} if format_ in ("JPEG", "WEBP") else {}))
    return SimpleUploadedFile(f"picture{FORMATS[format_]}", data.getvalue(), Image.MIME[format_])
