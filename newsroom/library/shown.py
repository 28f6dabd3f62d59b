"""Who may see a picture's file: everybody once an edition has shown it, and until then whoever has a key from the desk."""

from django.core import signing
from django.db.models import Exists, OuterRef

from newsroom.publishing.drafts import edition_types
from newsroom.publishing.models import Change

from .models import Picture

KEYS = signing.TimestampSigner(salt="newsroom.library.picture")
KEY_LASTS = 12 * 60 * 60
"""Seconds: as long as somebody stays signed in at the desk."""


def is_retracted(name, at):
    """Whether every edition that has shown the picture file `name` by `at` was retracted by then; None where none has shown it."""
    found = set()
    for model in edition_types():
        public = model.objects.history(at).order_by()
        for field in (field for field in model._meta.concrete_fields if field.related_model is Picture):
            retractions = public.filter(change=Change.RETRACTION, document=OuterRef("document"), live_from__gte=OuterRef("live_from"))
            shown = public.filter(**{f"{field.name}__file": name})
            found.update(shown.annotate(is_gone=Exists(retractions)).values_list("is_gone", flat=True).distinct())
    return all(found) if found else None


def address_for_desk(picture):
    """The address at which a picture can be seen for KEY_LASTS seconds although no page has shown it yet."""
    key = KEYS.sign(picture.file.name).removeprefix(f"{picture.file.name}:")
    return f"{picture.file.url}?key={key}"


def opens(name, key):
    """True where the key was made for this picture, not too long ago."""
    try:
        return KEYS.unsign(f"{name}:{key}", max_age=KEY_LASTS) == name
    except signing.BadSignature:
        return False
