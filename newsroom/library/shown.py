"""Who may see a picture's file: everybody once an edition has shown it, and until then whoever has a key from the desk."""

from contextlib import contextmanager

from django.core import signing
from django.db.models import prefetch_related_objects

from newsroom.publishing.drafts import edition_types
from newsroom.publishing.models import OPEN

from .models import Picture, key_to

KEYS = signing.TimestampSigner(salt="newsroom.library.picture")
KEY_LASTS = 12 * 60 * 60
"""Seconds: as long as somebody stays signed in at the desk."""


def fields_of(model):
    """The names of a type's fields that hold a picture."""
    return [field.name for field in model._meta.concrete_fields if field.related_model is Picture]


def shown_by():
    """What may show a picture: [(edition type, the path from it to the picture)], the pictures inside its text after its own."""
    paths = {model: fields_of(model) + ["illustrations__picture"] * hasattr(model, "illustrations") for model in edition_types()}
    return [(model, path) for model, found in paths.items() for path in found]


def is_retracted(name, at):
    """Whether every edition that has shown the picture file `name` by `at` was retracted by then; None where none has shown it."""
    found = set()
    for model, path in shown_by():
        shown = model.objects.history(at).filter(**{f"{path}__file": name}).with_fate(at)
        found.update(shown.order_by().values_list("is_gone", flat=True).distinct())
    return all(found) if found else None


def is_settled(picture):
    """True from when an edition that shows the picture has a moment: from then on its cut stays as it was seen."""
    return any(model.objects.frozen().filter(**{path: picture}).exists() for model, path in shown_by())


def is_used(picture):
    """True where any text shows the picture or has shown it, were it for practice."""
    return any(model.objects.filter(**{path: picture}).exists() for model, path in shown_by())


def users_of(picture):
    """What shows the picture, or is to: each document once, by its draft, what is scheduled or what it last said. Newest first."""
    found = {}
    for model, path in shown_by():
        for edition in (model.objects.working() | model.objects.frozen()).filter(**{path: picture}):
            found[model, edition.pk] = edition
    by_document = {}
    for edition in sorted(found.values(), key=lambda one: (one.live_from or OPEN, one.pk), reverse=True):
        by_document.setdefault((type(edition), edition.document_id), edition)
    return list(by_document.values())


def undescribed(editions):
    """Those of the editions that have a picture which some reader is not shown, because it says in their language nothing of it."""
    model, parts = editions.model, []
    if hasattr(model, "lacks_words"):
        parts.append(editions.order_by().filter(model.lacks_words()).values("pk"))
    if hasattr(model, "illustrations"):
        parts.append(model.illustrations.rel.related_model.objects.order_by().filter(is_described=False).values("edition"))
    # A union, because each part has an index that an "or" could not use.
    return editions.filter(pk__in=parts[0].union(*parts[1:])) if parts else editions.none()


def with_key(picture):
    """The picture, with addresses that open its file and its copies for KEY_LASTS seconds although no page has shown it yet."""
    picture.key = key_of(picture.file.name)
    return picture


def opened(edition):
    """The edition, with addresses that open all its pictures and attachments although no page has shown them yet."""
    for row in [name for name in ("illustrations", "attachments") if hasattr(edition, name)]:
        prefetch_related_objects([edition], row)
    pictures = [getattr(edition, name) for name in fields_of(type(edition))]
    pictures += [row.picture for row in edition.illustrations.all()] if hasattr(edition, "illustrations") else []
    files = [row.file for row in edition.attachments.all()] if hasattr(edition, "attachments") else []
    for one in filter(None, [*pictures, *files]):
        with_key(one)
    return edition


def key_of(name):
    return KEYS.sign(name).removeprefix(f"{name}:")


@contextmanager
def every_key():
    """In here every picture's addresses have the key: for pages that are not public yet and show what other pages will have shown."""
    token = key_to.set(key_of)
    try:
        yield
    finally:
        key_to.reset(token)


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
