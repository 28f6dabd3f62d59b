"""Where pictures are kept."""

import secrets
from pathlib import PurePath


def picture_path(instance, filename):
    """A name of 128 random bits: nobody finds a picture before the page that shows it is live."""
    return f"pictures/{secrets.token_hex(16)}{PurePath(filename).suffix.lower()}"
