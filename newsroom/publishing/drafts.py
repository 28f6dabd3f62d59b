"""Drafts: made from what is live, saved with a revision each time, deleted only while they never went live."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from . import languages
from .behind import languages_behind
from .log import name_of
from .models import Change, Decision, Edition, Lane, Revision, Slug, Verb
from .snapshot import snapshot, text_digest, write
from .stages import inherited
from .unsaved import forget
from .words import words_of

RESERVED_SLUGS = {"in-force", "measures", "history", "export", "embed", "feed"}
LONGEST_MADE = 100
"""How long an address made from a title is at most."""


def lock(document):
    """Hold the document's row until the transaction ends, so that two people saving at once are put in order."""
    return type(document)._base_manager.select_for_update().get(pk=document.pk)


def lock_draft(edition):
    """Hold the document's row. Returns the document; raises ValidationError where the edition is no draft any more, or gone."""
    document = lock(edition.document)
    if not type(edition).objects.drafts().filter(pk=edition.pk).exists():
        raise ValidationError(_("This edition is no draft any more. What has been public stays as it is."), code="not_a_draft")
    return document


def last_number(edition):
    """The number of the edition's last accepted revision; 0 for one never saved."""
    return Revision.about(edition).filter(is_refused=False).aggregate(Max("number"))["number__max"] or 0


@transaction.atomic
def save_draft(edition, by, behind=None):
    """Finish a save of a draft and its children: its addresses, its translations' state, and the revision, which is returned.

    `behind` is what the publisher says of texts whose original has moved on: {language: "right", "notice" or "original"}.
    Raises ValidationError where an address belongs to another document, or the edition has been published meanwhile.
    """
    lock_draft(edition)
    fill_slugs(edition)
    edition.save()  # before the digests: saving sanitises rich text
    data = snapshot(edition)
    note_translations(edition, data)
    for language, said in (behind or {}).items():
        settle_behind(edition, language, said)
    edition.behind = languages_behind(edition, edition.TITLE)
    edition.words = words_of(edition)
    edition.save(update_fields=["translations", "behind", "words"])
    reserve_slugs(edition)
    data = {**data, "translations": edition.translations}
    before = Revision.about(edition).filter(is_refused=False).last()
    # Whoever saves a draft without changing it has written nothing, and is not one of its authors.
    return before if before is not None and before.data == data else remember(edition, by, data=data)


def remember(edition, by, is_refused=False, data=None):
    """Keep what the edition says now (or the snapshot `data` it was to say) as a revision of `by` (None: a command)."""
    numbers = Revision.about(edition).aggregate(Max("number"))["number__max"] or 0
    return Revision.objects.create(edition=edition, number=numbers + 1, by=by, data=data or snapshot(edition), is_refused=is_refused)


def note_translations(edition, data):
    """Record which original each translation follows: a text changed in this save (its snapshot is `data`) follows that of this save."""
    original = text_digest(data, edition.original_language)
    for language in languages.LANGUAGES:
        own = text_digest(data, language)
        before = edition.translations.get(language, {})
        state = {"digest": own}
        if own and language != edition.original_language:
            as_new = {"follows": original, "behind": "notice"}
            state |= as_new if own != before.get("digest") else {name: before.get(name, as_new[name]) for name in as_new}
        edition.translations[language] = state


def settle_behind(edition, language, said):
    """A text whose original has moved on is "right" all the same, or shown with a "notice", or gives way to the "original"."""
    state = edition.translations[language]
    if "follows" not in state:  # the text is gone in the meantime
        return
    if said == "right":
        state["follows"] = edition.translations[edition.original_language]["digest"]
    else:
        state["behind"] = said


# --- Addresses ----------------------------------------------------------------------------------------------------------
def fill_slugs(edition):
    """Give every language that has a title an address. A language without text uses the original's."""
    for language in languages.LANGUAGES:
        title = getattr(edition, f"{edition.TITLE}_{language}")
        if title and not getattr(edition, f"slug_{language}"):
            setattr(edition, f"slug_{language}", free_slug(edition, title))


def free_slug(edition, title):
    """A slug made from a title that no other document of the type holds. A practice draft takes none from the others."""
    if edition.is_practice:
        return f"practice-{edition.document_id}"
    base = slugify(title)[:LONGEST_MADE].strip("-") or edition._meta.model_name
    slug, number = base, 1
    while slug in RESERVED_SLUGS or slug_holder(edition, slug):
        number += 1
        slug = f"{base}-{number}"
    return slug


def slug_holder(edition, slug):
    """The id of another document of the type that holds this address, or None."""
    held = Slug.objects.filter(type=ContentType.objects.get_for_model(edition), slug=slug)
    return held.exclude(document_id=edition.document_id or 0).values_list("document_id", flat=True).first()


def check_slug(edition, slug):
    """Raises ValidationError where the address is reserved, or another document's."""
    if slug in RESERVED_SLUGS:
        raise ValidationError(_("The address “%(slug)s” is needed by the site itself. Please choose another."), params={"slug": slug})
    if slug_holder(edition, slug):
        raise ValidationError(_("The address “%(slug)s” belongs to another page. Please choose another."), params={"slug": slug})


def reserve_slugs(edition):
    if edition.is_practice:
        return
    type_ = ContentType.objects.get_for_model(edition)
    slugs = {getattr(edition, f"slug_{language}") for language in languages.LANGUAGES} - {"", None}
    holders = dict(Slug.objects.filter(type=type_, slug__in=slugs).values_list("slug", "document_id"))
    # Sorted, so that two people who save the same addresses at once wait for each other in the same order.
    new = sorted(slug for slug in slugs if holders.get(slug) != edition.document_id)
    for slug in new:
        if slug in holders or slug in RESERVED_SLUGS:
            check_slug(edition, slug)
    if not new:
        return
    try:
        with transaction.atomic():
            Slug.objects.bulk_create(Slug(type=type_, slug=slug, document_id=edition.document_id) for slug in new)
    except IntegrityError:
        for slug in new:
            check_slug(edition, slug)  # somebody else took it this very moment
        raise


# --- Copies -------------------------------------------------------------------------------------------------------------
@transaction.atomic
def draft_from(edition, by, *, lane=Lane.WORKING, change=Change.UPDATE):
    """A new draft of the same document: a deep copy of `edition`, children and tags too, without its public note.

    Raises ValidationError where the lane has a draft already.
    """
    draft = empty_draft(edition, lane)
    write(draft, {**without_note(snapshot(edition)), "change": change})
    save_draft(draft, by)
    return draft


@transaction.atomic
def duplicate(edition, by):
    """A draft of a new document that says what `edition` says, children and tags too, but for its addresses and its public note."""
    draft = type(edition)(document=type(edition.document).objects.create(owner=by, review_every=edition.document.review_every))
    data = {name: value for name, value in without_note(snapshot(edition)).items() if name not in edition.NOT_COPIED}
    texts = {code: {**data[code], "slug": ""} for code in languages.LANGUAGES}
    write(draft, {**data, **texts, "change": Change.FIRST})
    save_draft(draft, by)
    return draft


@transaction.atomic
def take_up(edition, lane):
    """A cancelled edition as a draft again: its content, note and saves, so that whoever wrote it stays its author, and its approval."""
    draft = empty_draft(edition, lane)
    write(draft, snapshot(edition))
    saves = Revision.about(edition).values("number", "by_id", "at", "is_refused", "data")
    Revision.objects.bulk_create(Revision(edition=draft, document_id=draft.document_id, **save) for save in saves)
    save_draft(draft, None)
    inherit(draft, inherited(edition))
    return draft


def inherit(draft, decisions):
    """Decisions about a text that the draft copies word for word hold for the draft as well."""
    names = ("verb", "by_id", "by_name", "at", "effective_at", "reason", "revision", "digest")
    rows = [{name: getattr(decision, name) for name in names} for decision in sorted(decisions, key=lambda one: one.pk)]
    Decision.objects.bulk_create(Decision(edition=draft, document_id=draft.document_id, **row) for row in rows)


def empty_draft(edition, lane):
    lock(edition.document)
    if draft_in(edition.document, lane):
        raise ValidationError(_("There is a draft already. Please finish or delete it first."), code="draft_exists")
    return type(edition)(document=edition.document, lane=lane)


def without_note(data):
    return {**data, **{language: {**data[language], "note": ""} for language in languages.LANGUAGES}}


def bare(edition):
    """What a retraction keeps of an edition: its facts, title, address and note; no other text, no child, no tag."""
    data = snapshot(edition)
    kept = (edition.TITLE, "slug", "note")
    texts = {code: {name: words if name in kept else "" for name, words in data[code].items()} for code in languages.LANGUAGES}
    return {**{name: [] if isinstance(value, list) else value for name, value in data.items()}, **texts}


def draft_in(document, lane):
    return document.editions.working().filter(lane=lane).first()


def authors(edition):
    """Ids of everybody who wrote in this edition's draft."""
    return set(Revision.about(edition).filter(is_refused=False, by__isnull=False).values_list("by", flat=True))


@transaction.atomic
def delete_draft(edition, by):
    """Delete a draft that never went live; what it said stays in the decision, unless it was for practice. A document left empty goes
    too, with its addresses.

    Raises ValidationError for anything but a draft, and for the last draft of a document that others name.
    """
    document = lock_draft(edition)
    if not edition.is_practice:
        Decision.objects.create(edition=edition, verb=Verb.DELETE, by=by, by_name=name_of(by), snapshot=snapshot(edition))
    forget(type(edition), edition.pk)
    type(edition).objects.filter(pk=edition.pk).delete()
    if not document.editions.exists():
        Slug.objects.filter(type=ContentType.objects.get_for_model(edition), document_id=document.pk).delete()
        try:
            document.delete()
        except ProtectedError:
            raise ValidationError(_("Other pages name this one. Please take it out of them first."), code="in_use") from None


def edition_types():
    """Every content type: the concrete models of editions, in the order their apps are installed."""
    from django.apps import apps

    return [model for model in apps.get_models() if issubclass(model, Edition)]


def now():
    """The present moment, floored to the second, in UTC: the `at` of the desk and of commands."""
    return timezone.now().replace(microsecond=0)
