"""One canonical form of an edition's content, for revisions, comparisons, digests, copies and imports.

A snapshot is a dict of JSON values: the facts at the top, one dict a language for the texts, one list for each kind of
child, and the tags by slug. Foreign keys are ids. Periods and identities are not content and are left out.
"""

import hashlib
import json

from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder

from . import languages

BOOKKEEPING = {"id", "document", "edition", "position_in_list", "lane", "live_from", "live_until", "first_live_from", "recorded_at"}


def facts(model):
    """The columns that are content and exist once: neither bookkeeping, nor texts, nor derived from other columns."""
    texts = set(languages.translated_fields(model))
    left_out = BOOKKEEPING | texts | {f"{name}_{code}" for name in texts for code in languages.LANGUAGES} | set(model.DERIVED)
    return [field for field in model._meta.concrete_fields if field.name not in left_out]


def _row(row):
    data = {field.name: field.value_from_object(row) for field in facts(type(row)) if field.name != "position" or not row.IS_CHILD}
    texts = languages.translated_fields(type(row))
    if texts:
        for code in languages.LANGUAGES:
            data[code] = {name: getattr(row, f"{name}_{code}") or "" for name in texts}
    return data


def snapshot(edition):
    """The content of an edition as JSON values (dates as ISO 8601 text)."""
    data = _row(edition)
    for name in edition.CHILDREN:
        data[name] = [_row(child) for child in getattr(edition, name).all()]
    if hasattr(edition, "tags"):
        data["tags"] = sorted(edition.tags.values_list("slug", flat=True))
    return json.loads(canonical(data))


def canonical(data):
    """The bytes that are hashed and sealed: keys sorted, no spaces, UTF-8."""
    return json.dumps(data, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(data):
    """SHA-256 of the canonical form, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(data)).hexdigest()


def text_digest(data, language):
    """The digest of one language's reader-facing texts, or "" where it has none. Slug and note do not count: no translation follows them."""
    own = {name: value for name, value in data[language].items() if name not in ("slug", "note")}
    children = {name: [child.get(language, {}) for child in rows] for name, rows in data.items() if isinstance(rows, list) and name != "tags"}
    has_words = any(own.values()) or any(any(texts.values()) for rows in children.values() for texts in rows)
    return digest([own, children]) if has_words else ""


def _fill(row, data):
    for name, value in data.items():
        if name in languages.LANGUAGES:
            for text, words in value.items():
                setattr(row, f"{text}_{name}", words)
        elif name not in row.CHILDREN and name != "tags":
            field = row._meta.get_field(name)
            setattr(row, field.attname, field.to_python(value))


def write(edition, data):
    """Make the draft's content that of the snapshot: columns, children and tags. The edition is saved.

    Raises django.core.exceptions.FieldDoesNotExist where the data names a field that the type does not have.
    """
    from .models import Tag  # the models build on this module

    unknown = [name for name in data if isinstance(data[name], list) and name not in (*edition.CHILDREN, "tags")]
    if unknown:
        raise FieldDoesNotExist(f"{type(edition).__name__} has no {', '.join(unknown)}")
    _fill(edition, data)
    edition.save()
    for name in edition.CHILDREN:
        children = getattr(edition, name)
        children.all().delete()
        for position, row in enumerate(data.get(name, []), start=1):
            child = children.model(edition=edition, position=position)
            _fill(child, row)
            child.save()
    if hasattr(edition, "tags"):
        edition.tags.set(Tag.objects.filter(slug__in=data.get("tags", [])))
