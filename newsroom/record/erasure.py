"""The one door through immutability: removing named passages for good, for privacy law or a court order (DESIGN.md, law 2).

Two people decide, the public reads the reason, and the hashes stay: the ledger still shows that a text stood there, and when.
"""

import re
from dataclasses import dataclass, replace

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _

from newsroom.publishing import dates, guards, languages
from newsroom.publishing.children import with_children
from newsroom.publishing.drafts import LONGEST_MADE, lock, name_of, now, slug_holder
from newsroom.publishing.models import Autosave, Comment, Decision, Revision, Slug, Verb
from newsroom.publishing.plaintext import refuse_control_characters
from newsroom.publishing.policy import may_publish
from newsroom.publishing.publish import in_one_transaction
from newsroom.publishing.snapshot import digest, facts, snapshot
from newsroom.publishing.words import words_of

from .ledger import seal
from .models import Erasure

SHORT_MARK = "[…]"
READABLE = 4
"""How many letters of a passage an address must end with to tell of it."""
ANY_WORDS = (MaxLengthValidator, ProhibitNullCharactersValidator)
"""Validators that leave the wording free. Any other (a date, a zone, an address) means that words would make the row unusable."""


@in_one_transaction
def erase(document, passages, reasons, by, second):
    """Remove every occurrence of the passages from all editions, revisions and sealed snapshots of a document, deleted drafts' too.

    What staff are typing into new pages belongs to no document yet, so it is looked through whatever it is going to be.
    `reasons` is what the public reads, by language. Returns how many editions had one of the passages. Raises ValidationError
    without two different publishers, or where nothing is found. Nothing is removed from dates, choices and web addresses; an
    address of our own that spells a passage becomes a neutral one, and the old one leads nowhere any more.
    """
    model = document.editions.model
    if by == second or not (may_publish(by, model) and may_publish(second, model)):
        raise ValidationError(_("Two different people who may publish have to decide this."))
    moment = now()
    seal(moment)  # what was public is in the ledger as it was, by its hash
    lock(document)
    guards.lift()
    scrub = Scrub(passages, _neutral_slug(document))
    public = set(document.editions.history(moment).values_list("pk", flat=True))
    touched = _erase_from_editions(document, scrub)
    gone = [*_erase_from_deleted(document, scrub), *_erase_from_talk(document, scrub)]
    if not _erase_from_new(scrub) and not touched and not gone:
        raise ValidationError(_("None of these passages stands in any edition."))
    _free_slugs(document, scrub)
    decided = {"by": by, "by_name": f"{name_of(by)}, {name_of(second)}", "reason": reasons[languages.LANGUAGES[0]]}
    about = {"content_type": ContentType.objects.get_for_model(model), "document_id": document.pk}
    said = {f"reason_{code}": reasons[code] for code in languages.LANGUAGES}
    for pk, before in touched.items():
        if before and pk in public:
            Erasure.objects.create(**about, object_id=pk, at=moment, by=by, second=second, digest=before, **said)
    erased = sorted({*touched, *gone})
    for pk in erased:
        Decision.objects.create(**about, object_id=pk, verb=Verb.ERASE, **decided)
    guards.install()
    return len(erased)


def _erase_from_editions(document, scrub):
    """{edition id: the digest of what it said before, None where only an earlier save of it had a passage}, of those that had one."""
    touched, model = {}, document.editions.model
    for edition in document.editions.order_by("pk"):
        before = digest(snapshot(edition))
        said = [_scrub_row(row, scrub) for row in with_children(edition)]
        if any(said):
            _rows(edition).update(words=words_of(model.objects.get(pk=edition.pk)))
        said += [_scrub_kept(decision, type(edition), scrub) for decision in Decision.about(edition)]
        saved = [_scrub_unsaved(row, scrub) for row in Autosave.of(type(edition), edition.pk)]
        saved += [_scrub_kept(revision, type(edition), scrub) for revision in Revision.about(edition)]
        if any(said + saved):
            touched[edition.pk] = before if any(said) else None
    return touched


def _erase_from_deleted(document, scrub):
    """The ids of deleted drafts of the document in whose remains, decisions and revisions, a passage was."""
    model = document.editions.model
    of_document = models.Q(document_id=document.pk) | models.Q(document_id=None)
    remains = models.Q(content_type=ContentType.objects.get_for_model(model)) & of_document
    standing = model.objects.order_by().filter(pk=models.OuterRef("object_id"))
    found = [kept for kind in (Decision, Revision) for kept in kind.objects.filter(remains & ~models.Exists(standing))]
    found = [kept for kept in found if kept.document_id or not _is_anothers(kept, document)]
    return sorted({kept.object_id for kept in found if _scrub_kept(kept, model, scrub)})


def _erase_from_talk(document, scrub):
    """The ids of editions about which staff had said a passage: in a comment, or as the reason of a decision."""
    said = {"content_type": ContentType.objects.get_for_model(document.editions.model), "document_id": document.pk}
    touched = set()
    for kind, name in ((Comment, "text"), (Decision, "reason")):
        for row in kind.objects.filter(**said).exclude(**{name: ""}):
            words = getattr(row, name)
            if (clean := scrub.text(kind._meta.get_field(name), words)) != words:
                kind.objects.filter(pk=row.pk).update(**{name: clean})
                touched.add(row.object_id)
    return touched


def _erase_from_new(scrub):
    """True where somebody had typed a passage into the form of a page that was never saved."""
    without_address = replace(scrub, neutral_slug="")  # the page gets one of its own when it is saved
    scrubbed = [_scrub_unsaved(row, without_address) for row in Autosave.objects.filter(object_id=0)]
    return any(scrubbed)


def _is_anothers(kept, document):
    """True of what a draft left that was deleted before its document was noted, where its address is known to be another document's."""
    said, edition = _said(kept) or {}, document.editions.model(document=document)
    return any(slug_holder(edition, said[code]["slug"]) for code in languages.LANGUAGES if code in said and said[code].get("slug"))


def _said(kept):
    """The snapshot that a decision or a revision keeps, or None."""
    return kept.snapshot if isinstance(kept, Decision) else kept.data


def _scrub_kept(kept, model, scrub):
    """Write a decision's or a revision's snapshot without the passages. True where one was there."""
    data = _said(kept)
    clean = data and scrub.snapshot(model, data)
    if clean == data:
        return False
    type(kept).objects.filter(pk=kept.pk).update(**{"snapshot" if isinstance(kept, Decision) else "data": clean})
    return True


def _scrub_unsaved(row, scrub):
    """Write what somebody has typed and not saved yet without the passages. True where one was there."""
    clean = [[name, scrub.anywhere(value)] for name, value in row.fields]
    if clean == row.fields:
        return False
    Autosave.objects.filter(pk=row.pk).update(fields=clean)
    return True


def _scrub_row(row, scrub):
    """Write the row's texts without the passages. True where one was there."""
    columns, copies = {}, languages.translated_fields(type(row))
    fields = [field for field in facts(type(row)) if is_prose(field)]
    fields += [row._meta.get_field(f"{name}_{code}") for name in copies for code in languages.LANGUAGES]
    for field in fields:
        text = getattr(row, field.attname)
        if text and (clean := scrub.text(field, text)) != text:
            columns[field.attname] = clean
    if columns:
        rows = _rows(row)
        rows.update(**columns)
        rows.update(**{name: Coalesce(f"{name}_{languages.LANGUAGES[0]}", models.Value("")) for name in copies})
    return bool(columns)


def _rows(row):
    """A plain QuerySet: modeltranslation's would take `title` for the active language's column, and leave its own copy behind."""
    return models.QuerySet(type(row)).filter(pk=row.pk)


def is_prose(field):
    """True of a column that holds words as somebody wrote them, so that any part of them can be replaced by other words."""
    if (
        not isinstance(field, (models.CharField, models.TextField))
        or isinstance(field, (models.SlugField, models.URLField))
        or field.choices
    ):
        return False
    return all(isinstance(rule, ANY_WORDS) or rule is refuse_control_characters for rule in field.validators)


@dataclass(frozen=True)
class Scrub:
    """What is removed from a document, and the address that takes the place of one that spells it."""

    passages: list
    neutral_slug: str

    def snapshot(self, model, data):
        """A snapshot, of an edition or a child, without the passages: the same columns as in the rows themselves."""
        clean, texts = dict(data), languages.translated_fields(model)
        for field in facts(model):
            if is_prose(field) and data.get(field.name):
                clean[field.name] = self.text(field, data[field.name])
        for code in languages.LANGUAGES:
            if code in data:
                known = {name: model._meta.get_field(f"{name}_{code}") for name in texts if data[code].get(name)}
                clean[code] = {**data[code], **{name: self.text(field, data[code][name]) for name, field in known.items()}}
        for name in model.CHILDREN:
            if name in data:
                child = model._meta.get_field(name).related_model
                clean[name] = [self.snapshot(child, row) for row in data[name]]
        return clean

    def text(self, field, text):
        """What a column says without the passages; a slug that spells one gives way to the neutral one, other formats stay."""
        if isinstance(field, models.SlugField):
            return self.neutral_slug if self.is_spelled_in(text) else text
        if not is_prose(field):
            return text
        clean = self._without(text, mark_in(getattr(field, "language", languages.LANGUAGES[0])))
        return self._without(text, SHORT_MARK) if field.max_length and len(clean) > field.max_length else clean

    def anywhere(self, text):
        """A text of any kind, as typed, without the passages."""
        return self.neutral_slug if self.is_spelled_in(text) else self._without(text, SHORT_MARK)

    def is_spelled_in(self, slug):
        return any(spelled in slug or _is_cut(spelled, slug) for spelled in map(slugify, self.passages) if spelled)

    def _without(self, text, mark):
        for passage in sorted(self.passages, key=len, reverse=True):
            for written in sorted({passage, escape(passage)}, key=len, reverse=True):  # as typed, or as HTML writes it
                text = text.replace(written, mark)
        return text


# --- Addresses ----------------------------------------------------------------------------------------------------------
def _neutral_slug(document):
    """An address that says nothing, such as “article-12”."""
    edition = document.editions.model(document=document)
    slug = base = f"{edition._meta.model_name.removesuffix('edition')}-{document.pk}"
    number = 1
    while slug_holder(edition, slug):
        number += 1
        slug = f"{base}-{number}"
    return slug


def _is_cut(spelled, slug):
    """True where a slug as long as those made from titles ends within what is spelled, with enough of it to be read."""
    made = re.sub(r"(?<=.{98})-[0-9]+$", "", slug)
    if len(made) < LONGEST_MADE - 1:  # a hyphen at the cut is taken off
        return False
    return any(f"-{made}".endswith(f"-{spelled[:length]}") for length in range(READABLE, min(len(spelled), len(made)) + 1))


def _free_slugs(document, scrub):
    """Forget the reserved addresses that spell a passage, and reserve the neutral one in their place."""
    of_document = {"type": ContentType.objects.get_for_model(document.editions.model), "document_id": document.pk}
    spelled = [row.pk for row in Slug.objects.filter(**of_document) if scrub.is_spelled_in(row.slug)]
    if spelled:
        Slug.objects.filter(pk__in=spelled).delete()
        Slug.objects.get_or_create(slug=scrub.neutral_slug, **of_document)


def mark_in(language):
    """What stands where something was removed: “[removed on 21 November 2026 for legal reasons]”."""
    with translation.override(language):
        return _("[removed on %(day)s for legal reasons]") % {"day": dates.in_words(timezone.localdate().isoformat())}
