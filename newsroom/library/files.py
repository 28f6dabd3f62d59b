"""Where pictures and attachments are kept."""

import secrets
from pathlib import PurePath

from django.core.files.storage import default_storage

from .renditions import names


def picture_path(instance, filename):
    """A name of 128 random bits: nobody finds a picture before the page that shows it is live."""
    return f"pictures/{secrets.token_hex(16)}{PurePath(filename).suffix.lower()}"


def attachment_path(instance, filename):
    return f"attachments/{secrets.token_hex(16)}.pdf"


def forget(picture):
    """Delete the file and its copies of a picture that nothing shows."""
    for name in (picture.file.name, *names(picture)):
        default_storage.delete(name)
