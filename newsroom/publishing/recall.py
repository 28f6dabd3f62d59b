"""An edition as one of its snapshots has it: in memory, to be read and compared, or brought back into a draft."""

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey

from . import languages
from .models import Tag
from .snapshot import facts


def recalled(edition, data):
    """A copy of `edition`, never to be saved, that says what the snapshot says; its children are in the snapshot's order.

    A snapshot may be older than the content type is today, or what was typed into a form that could not be saved any more: what the
    type does not know is left out, and a value that cannot be read stays as it was written.
    """
    copy = type(edition)(pk=edition.pk, document_id=edition.document_id, lane=edition.lane)
    _fill(copy, data)
    copy._prefetched_objects_cache = {name: [] for name in edition.CHILDREN}
    for name in edition.CHILDREN:
        child = type(edition)._meta.get_field(name).related_model
        for position, values in enumerate(data.get(name) or [], start=1):
            row = child(edition=copy, position=position)
            _fill(row, values)
            copy._prefetched_objects_cache[name].append(row)
    if hasattr(type(edition), "tags"):
        copy._prefetched_objects_cache["tags"] = _tags(data.get("tags") or [])
    return copy


def _fill(row, data):
    texts = languages.translated_fields(type(row))
    for field in facts(type(row)):
        if field.name in data:
            setattr(row, field.attname, _readable(field, data[field.name]))
    for code in languages.LANGUAGES:
        for name in texts:
            setattr(row, f"{name}_{code}", (data.get(code) or {}).get(name) or "")


def _readable(field, value):
    try:
        return field.to_python(value)
    except ValidationError:
        return None if isinstance(field, ForeignKey) else value


def _tags(slugs):
    """The tags of these slugs; one that is gone is called by its slug."""
    known = {tag.slug: tag for tag in Tag.objects.filter(slug__in=slugs)}
    return [known.get(slug) or Tag(pk=-number, slug=slug) for number, slug in enumerate(slugs, start=1)]
