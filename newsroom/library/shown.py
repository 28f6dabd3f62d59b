"""Who may see a picture's file: everybody once an edition has shown it, and until then whoever has a key from the desk."""

from django.core import signing
from django.db.models import Exists, F, OuterRef

from newsroom.publishing.drafts import edition_types
from newsroom.publishing.models import Change

from .models import Picture

KEYS = signing.TimestampSigner(salt="newsroom.library.picture")
KEY_LASTS = 12 * 60 * 60
"""Seconds: as long as somebody stays signed in at the desk."""


def shown_by():
    """What may show a picture: [(edition type, the name of its field)]."""
    return [(model, field.name) for model in edition_types() for field in model._meta.concrete_fields if field.related_model is Picture]


def is_retracted(name, at):
    """Whether every edition that has shown the picture file `name` by `at` was retracted by then; None where none has shown it."""
    found = set()
    for model, field in shown_by():
        public = model.objects.history(at).order_by()
        retractions = public.filter(change=Change.RETRACTION, document=OuterRef("document"), live_from__gte=OuterRef("live_from"))
        shown = public.filter(**{f"{field}__file": name})
        found.update(shown.annotate(is_gone=Exists(retractions)).values_list("is_gone", flat=True).distinct())
    return all(found) if found else None


def is_settled(picture):
    """True from when an edition that shows the picture has a moment: from then on its cut stays as it was seen."""
    return any(model.objects.frozen().filter(**{field: picture}).exists() for model, field in shown_by())


def users_of(picture):
    """What shows the picture, or is to: each document once, by its draft, what is scheduled or what it last said. Newest first."""
    found = []
    for model, field in shown_by():
        showing = (model.objects.working() | model.objects.frozen()).filter(**{field: picture})
        by_document = {}
        for edition in showing.order_by(F("live_from").desc(nulls_first=True), "-pk"):
            by_document.setdefault(edition.document_id, edition)
        found += by_document.values()
    return found


def with_key(picture):
    """The picture, with addresses that open its file and its copies for KEY_LASTS seconds although no page has shown it yet."""
    picture.key = KEYS.sign(picture.file.name).removeprefix(f"{picture.file.name}:")
    return picture


def address_for_desk(picture):
    """The address at which a picture can be seen for KEY_LASTS seconds although no page has shown it yet."""
    return with_key(picture).address


def small_address(picture):
    """The same for its smallest copy, for lists."""
    return with_key(picture).sources[-1][1].split(" ", 1)[0]


def opens(name, key):
    """True where the key was made for this picture, not too long ago."""
    try:
        return KEYS.unsign(f"{name}:{key}", max_age=KEY_LASTS) == name
    except signing.BadSignature:
        return False
