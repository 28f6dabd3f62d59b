"""The one door through immutability: removing named passages for good, for privacy law or a court order (DESIGN.md, law 2).

Two people decide, the public reads the reason, and the hashes stay: the ledger still shows that a text stood there, and when.
"""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from newsroom.publishing import dates, guards, languages
from newsroom.publishing.drafts import lock, name_of
from newsroom.publishing.models import Decision, Revision, Verb
from newsroom.publishing.policy import may_publish
from newsroom.publishing.snapshot import digest, snapshot

from .models import Erasure

SHORT_MARK = "[…]"


def erase(document, passages, reasons, by, second):
    """Remove every occurrence of the passages from all editions, revisions and sealed snapshots of a document.

    `reasons` is what the public reads, by language. Returns how many editions had one of the passages. Raises ValidationError
    without two different publishers, or where nothing is found.
    """
    model = document.editions.model
    if by == second or not (may_publish(by, model) and may_publish(second, model)):
        raise ValidationError(_("Two different people who may publish have to decide this."))
    with transaction.atomic(durable=True):
        lock(document)
        guards.lift()
        touched = [edition for edition in document.editions.order_by("pk") if _erase_from(edition, passages)]
        if not touched:
            raise ValidationError(_("None of these passages stands in any edition."))
        for edition in touched:
            _remember(edition, document, reasons, by, second)
        guards.install()
    return len(touched)


def _erase_from(edition, passages):
    before = digest(snapshot(edition))
    rows = [edition, *(child for name in edition.CHILDREN for child in getattr(edition, name).all())]
    changed = [_scrub_row(row, passages) for row in rows]
    edition.erased_digest = before
    for kept in (*Decision.about(edition).exclude(snapshot=None), *Revision.about(edition)):
        field = "snapshot" if isinstance(kept, Decision) else "data"
        data = scrubbed(getattr(kept, field), passages)
        changed.append(data != getattr(kept, field))
        type(kept).objects.filter(pk=kept.pk).update(**{field: data})
    return any(changed)


def _scrub_row(row, passages):
    """Write the row's texts without the passages. True where one was there."""
    columns, copies = {}, languages.translated_fields(type(row))
    for field in row._meta.concrete_fields:
        text = getattr(row, field.attname) if field.name not in copies else None
        if isinstance(field, (models.CharField, models.TextField)) and isinstance(text, str):
            clean = scrubbed(text, passages, getattr(field, "language", languages.LANGUAGES[0]))
            if field.max_length and len(clean) > field.max_length:
                clean = scrubbed(text, passages, mark=SHORT_MARK)
            if clean != text:
                columns[field.attname] = clean
    if columns:
        # A plain QuerySet: modeltranslation's would take `title` for the active language's column, and leave its own copy behind.
        rows = models.QuerySet(type(row)).filter(pk=row.pk)
        rows.update(**columns)
        rows.update(**{name: Coalesce(f"{name}_{languages.LANGUAGES[0]}", models.Value("")) for name in copies})
    return bool(columns)


def scrubbed(value, passages, language=languages.LANGUAGES[0], mark=None):
    """The value (text, or JSON that holds texts) with a mark in place of every passage, as typed or as HTML writes it."""
    if isinstance(value, dict):
        return {key: scrubbed(item, passages, key if key in languages.LANGUAGES else language, mark) for key, item in value.items()}
    if isinstance(value, list):
        return [scrubbed(item, passages, language, mark) for item in value]
    if isinstance(value, str):
        for passage in sorted(passages, key=len, reverse=True):
            for written in {passage, escape(passage)}:
                value = value.replace(written, mark or mark_in(language)) if written in value else value
    return value


def mark_in(language):
    """What stands where something was removed: “[removed on 21 November 2026 for legal reasons]”."""
    with translation.override(language):
        return _("[removed on %(day)s for legal reasons]") % {"day": dates.in_words(timezone.localdate().isoformat())}


def _remember(edition, document, reasons, by, second):
    Erasure.objects.create(
        content_type=ContentType.objects.get_for_model(edition), object_id=edition.pk, document_id=document.pk, at=timezone.now(),
        by=by, second=second, digest=edition.erased_digest, **{f"reason_{code}": reasons[code] for code in languages.LANGUAGES},
    )  # fmt: skip
    both = f"{name_of(by)}, {name_of(second)}"
    Decision.objects.create(edition=edition, verb=Verb.ERASE, by=by, by_name=both, reason=reasons[languages.LANGUAGES[0]])
