"""Drafts: made from what is live, saved with a revision each time, deleted only while they never went live."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from . import languages
from .models import Change, Decision, Edition, Lane, Revision, Slug, Verb
from .snapshot import snapshot, text_digest, write

RESERVED_SLUGS = {"in-force", "measures", "history", "export", "embed", "feed"}


def lock(document):
    """Hold the document's row until the transaction ends, so that two people saving at once are put in order."""
    return type(document)._base_manager.select_for_update().get(pk=document.pk)


def last_number(edition):
    """The number of the edition's last accepted revision; 0 for one never saved."""
    return Revision.about(edition).filter(is_refused=False).aggregate(Max("number"))["number__max"] or 0


@transaction.atomic
def save_draft(edition, by):
    """Finish a save of a draft and its children: its addresses, its translations' state, and the revision, which is returned.

    Raises ValidationError where an address belongs to another document.
    """
    fill_slugs(edition)
    note_translations(edition)
    edition.save()
    reserve_slugs(edition)
    return remember(edition, by)


def remember(edition, by, is_refused=False):
    """Keep what the edition says now as a revision of `by` (None: a command)."""
    numbers = Revision.about(edition).aggregate(Max("number"))["number__max"] or 0
    return Revision.objects.create(edition=edition, number=numbers + 1, by=by, data=snapshot(edition), is_refused=is_refused)


def note_translations(edition):
    """Record which original each translation follows: a text changed in this save follows the original of this save."""
    data = snapshot(edition)
    original = text_digest(data, edition.original_language)
    for language in languages.LANGUAGES:
        own = text_digest(data, language)
        before = edition.translations.get(language, {})
        changed = own != before.get("digest")
        follows = {} if language == edition.original_language or not own else {
            "follows": original if changed else before.get("follows", original),
            "behind": before.get("behind", "notice"),
        }
        edition.translations[language] = {"digest": own, **follows}


def still_right(edition, language):
    """The publisher says that this translation still says what the original says."""
    original = edition.translations[edition.original_language]["digest"]
    edition.translations[language]["follows"] = original


# --- Addresses ----------------------------------------------------------------------------------------------------------
def fill_slugs(edition):
    """Give every language that has a title an address. A language without text uses the original's."""
    for language in languages.LANGUAGES:
        title = getattr(edition, f"{edition.TITLE}_{language}")
        if title and not getattr(edition, f"slug_{language}"):
            setattr(edition, f"slug_{language}", free_slug(edition, title))


def free_slug(edition, title):
    """A slug made from a title that no other document of the type holds."""
    base = slugify(title)[:100].strip("-") or edition._meta.model_name
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
    type_ = ContentType.objects.get_for_model(edition)
    for slug in {getattr(edition, f"slug_{language}") for language in languages.LANGUAGES} - {"", None}:
        check_slug(edition, slug)
        Slug.objects.get_or_create(type=type_, slug=slug, document_id=edition.document_id)


# --- Copies -------------------------------------------------------------------------------------------------------------
@transaction.atomic
def draft_from(edition, by, *, lane=Lane.WORKING, change=Change.UPDATE, data=None):
    """A new draft of the same document: a deep copy of `edition`, children and tags too, without its public note.

    `data` makes it from that snapshot instead, note included. Raises ValidationError where the lane has a draft already.
    """
    lock(edition.document)
    if draft_in(edition.document, lane):
        raise ValidationError(_("There is a draft already. Please finish or delete it first."), code="draft_exists")
    content = {**(data or without_note(snapshot(edition))), "change": change}
    draft = type(edition)(document=edition.document, lane=lane)
    write(draft, content)
    save_draft(draft, by)
    return draft


def without_note(data):
    return {**data, **{language: {**data[language], "note": ""} for language in languages.LANGUAGES}}


def draft_in(document, lane):
    return document.editions.working().filter(lane=lane).first()


def authors(edition):
    """Ids of everybody who wrote in this edition's draft."""
    return set(Revision.about(edition).filter(is_refused=False, by__isnull=False).values_list("by", flat=True))


@transaction.atomic
def delete_draft(edition, by):
    """Delete a draft that never went live; what it said stays in the decision. A document left empty goes too, with its addresses."""
    if not edition.is_draft:
        raise ValidationError(_("Only a draft can be deleted. What has been public stays."))
    document = lock(edition.document)
    Decision.objects.create(edition=edition, verb=Verb.DELETE, by=by, by_name=name_of(by), snapshot=snapshot(edition))
    edition.delete()
    if not document.editions.exists():
        Slug.objects.filter(type=ContentType.objects.get_for_model(edition), document_id=document.pk).delete()
        document.delete()


def name_of(person):
    """A person's name as text, for what must be readable when the account is long gone."""
    return (person.get_full_name() or person.get_username()) if person else "newsroom"


def edition_types():
    """Every content type: the concrete models of editions, in the order their apps are installed."""
    from django.apps import apps

    return [model for model in apps.get_models() if issubclass(model, Edition)]


def now():
    """The present moment, floored to the second, in UTC: the `at` of the desk and of commands."""
    return timezone.now().replace(microsecond=0)


