"""One canonical form of an edition's content, for revisions, comparisons, digests, copies and imports.

A snapshot is a dict of JSON values: the facts at the top, one dict a language for the texts, one list for each kind of
child, and the tags by slug. Foreign keys are ids. Periods and identities are not content and are left out.
"""

import hashlib
import json
from copy import deepcopy

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _

from . import languages

BOOKKEEPING = {"id", "document", "edition", "lane", "live_from", "live_until", "first_live_from", "recorded_at", "behind", "words"}


def facts(model):
    """The columns that are content and exist once: neither bookkeeping, nor texts, nor derived from other columns."""
    texts = set(languages.translated_fields(model))
    left_out = BOOKKEEPING | texts | set(languages.columns(*texts)) | set(model.DERIVED)
    if model.IS_CHILD:
        left_out.add("position")  # the order of the list
    return [field for field in model._meta.concrete_fields if field.name not in left_out]


def _row(row):
    data = {field.name: field.value_from_object(row) for field in facts(type(row))}
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
        data["tags"] = sorted(tag.slug for tag in edition.tags.all())
    return json.loads(canonical(data))


def canonical(data):
    """The bytes that are hashed and sealed: keys sorted, no spaces, UTF-8."""
    return json.dumps(data, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(data):
    """SHA-256 of the canonical form, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(data)).hexdigest()


def text_digest(data, language):
    """The digest of one language's reader-facing texts, or "" where it has none.

    Slug and note do not count: no translation follows them. Neither do children without words in this language, a source or a
    claim not yet translated: adding one changes the original, not this text.
    """
    own = {name: value for name, value in data[language].items() if name not in ("slug", "note")}
    lists = {name: [row.get(language, {}) for row in rows] for name, rows in data.items() if isinstance(rows, list) and name != "tags"}
    children = {name: [texts for texts in rows if any(texts.values())] for name, rows in lists.items()}
    return digest([own, children]) if any(own.values()) or any(children.values()) else ""


def _fill(row, data):
    texts = languages.translated_fields(type(row))
    columns = {field.name: field for field in facts(type(row))}
    for name, value in data.items():
        if name in languages.LANGUAGES:
            _known(row, value, texts)
            for text, words in value.items():
                setattr(row, f"{text}_{name}", words)
        elif name in columns:
            setattr(row, columns[name].attname, deepcopy(columns[name].to_python(value)))
    lists = [*row.CHILDREN, "tags"] if hasattr(type(row), "tags") else row.CHILDREN
    _known(row, data, [*columns, *languages.LANGUAGES, *lists])


def _known(row, data, names):
    unknown = [name for name in data if name not in names]
    if unknown:
        raise FieldDoesNotExist(f"{type(row).__name__} has no content named {', '.join(unknown)}")


@transaction.atomic
def write(edition, data):
    """Make the draft's content that of the snapshot: columns, children and tags. The edition is saved.

    What the snapshot leaves out keeps its value; children and tags it leaves out are removed. Periods are not content: only
    publish.py sets them. Raises django.core.exceptions.FieldDoesNotExist where the data names something that is no content of
    this type, ValidationError for a value that cannot be read and for a tag that does not exist.
    """
    is_new = edition.pk is None
    _fill(edition, data)
    edition.save()
    for name in edition.CHILDREN:
        children = getattr(edition, name)
        if not is_new:
            children.all().delete()
        rows = [children.model(edition=edition, position=position) for position, _data in enumerate(data.get(name, []), start=1)]
        for child, values in zip(rows, data.get(name, []), strict=True):
            _fill(child, values)
        children.model.objects.bulk_create(rows)
    if hasattr(edition, "tags"):
        _carry(edition, set(data.get("tags", [])), is_new)


def _carry(edition, slugs, is_new):
    """Give the edition these tags and no other."""
    from .models import Tag  # the models build on this module

    tags = list(Tag.objects.filter(slug__in=slugs)) if slugs else []
    if unknown := slugs - {tag.slug for tag in tags}:
        raise ValidationError(_("There is no tag “%(slug)s”."), params={"slug": ", ".join(sorted(unknown))}, code="tag")
    carried = edition.tags.through.objects
    if not is_new:
        carried.filter(content_object=edition).delete()
    carried.bulk_create(carried.model(content_object=edition, tag=tag) for tag in tags)
