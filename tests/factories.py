"""Valid content of every type, made from what the models say of themselves, so that a new content type is covered at once.

Everything here goes through the doors that staff and importers use: `write`, `save_draft`, `publish`.
"""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.db import models

from newsroom.library.models import Attachment, Picture
from newsroom.publishing import languages
from newsroom.publishing.dates import validate_partial_date
from newsroom.publishing.drafts import draft_from as draft_from  # other tests take it from here
from newsroom.publishing.drafts import save_draft
from newsroom.publishing.models import Change, Document, Lane, Tag
from newsroom.publishing.publish import publish
from newsroom.publishing.richtext import RichTextField
from newsroom.publishing.snapshot import facts, snapshot, write

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
"""When most tests begin."""

SOON = timedelta(seconds=3)
"""What is published "now" is live by then."""

WORDS = {"en": "in English", "fr": "en français"}


# --- People -------------------------------------------------------------------------------------------------------------
def an_editor(name):
    """One more editor besides the persona."""
    user = User.objects.create_user(name, f"{name}@newsroom.example", name, first_name=name.title(), is_staff=True)
    user.groups.add(Group.objects.get(name="Editors"))
    return user


# --- Content ------------------------------------------------------------------------------------------------------------
def content(edition_type, word="Example", is_short=False, **more):
    """A whole snapshot of this type: every fact, all texts in both languages, two children of each kind, two tags.

    `word` is in every text that can hold one. A short one has no children and no tags. `more` replaces what it names:
    `content(type, fr={}, tags=[])`.
    """
    data = _row(edition_type, word)
    data |= {"change": "first", "original_language": "en"}
    if is_short:
        return data | more
    for name in edition_type.CHILDREN:
        child = edition_type._meta.get_field(name).related_model
        data[name] = [_row(child, f"{word} {ordinal}") for ordinal in ("one", "two")]
    if hasattr(edition_type, "tags"):
        data["tags"] = [a_tag("law").slug, a_tag("security").slug]
    return data | more


def draft(edition_type, by=None, word="Example", document=None, lane=Lane.WORKING, **more):
    """A saved draft of a new document (or of `document`) that can be published as it is. `more` goes to `content`."""
    edition = edition_type(document=document or document_of(edition_type), lane=lane)
    write(edition, content(edition_type, word, **more))
    save_draft(edition, by)
    return edition


def live(edition_type, by=None, word="Example", at=NOON, **more):
    """An edition that has been live since `at`, published through `publish` on a clock of its own. `more` goes to `draft`."""
    with time_machine.travel(at.timestamp() - 60, tick=False):
        edition = draft(edition_type, by, word, **more)
        publish(edition, by, at)
    return edition


def richest_on_both(edition_types):
    """These types as a test's parameters: the one with most in it on both engines, the others, which differ in columns alone, on one."""
    most = max(edition_types, key=lambda model: len(model.CHILDREN))
    return [pytest.param(model, marks=[] if model is most else pytest.mark.pure) for model in edition_types]


def document_of(edition_type):
    return edition_type._meta.get_field("document").related_model.objects.create()


def a_tag(slug):
    names = {f"name_{code}": f"{slug} {words}" for code, words in WORDS.items()}
    return Tag.objects.get_or_create(slug=slug, defaults=names)[0]


# --- What follows -------------------------------------------------------------------------------------------------------
def next_draft(edition, by=None, word="Changed", lane=Lane.WORKING, change=Change.UPDATE):
    """A draft that follows `edition`, with another title and a public note in both languages."""
    data = {**snapshot(edition), "change": change}
    for code, words in WORDS.items():
        data[code] |= {edition.TITLE: f"{word} {words}", "note": f"{word} note {words}"}
    following = type(edition)(document=edition.document, lane=lane)
    write(following, data)
    save_draft(following, by)
    return following


def scheduled(edition, by, at):
    """The edition, published for `at`."""
    publish(edition, by, at)
    return edition


def shown(edition, at):
    """What the public reads of the edition's document at a moment: an edition, or None."""
    found = list(type(edition).objects.live(at).filter(document=edition.document_id))
    assert len(found) < 2
    return found[0] if found else None


NOTES = {code: f"Withdrawn {words}." for code, words in WORDS.items()}
"""The public reason of a withdrawal."""


# --- One value a field --------------------------------------------------------------------------------------------------
def _row(model, word):
    data = {field.name: _fact(field, word) for field in facts(model) if field.name != "translations"}
    texts = languages.translated_fields(model)
    if texts:
        for code in languages.LANGUAGES:
            data[code] = {name: _text(model._meta.get_field(name), word, code) for name in texts if name not in ("slug", "note")}
    return data


def _text(field, word, code):
    words = f"{word} {field.name} {WORDS[code]}"
    if field.name == "address":
        return f"/{code}/articles/"
    return f"<p>{words}</p>" if isinstance(field, RichTextField) else words


def _fact(field, word):
    if field.choices:
        return str(field.choices[0][0])
    if isinstance(field, models.ForeignKey):
        return _related(field.related_model)
    if validate_partial_date in field.validators:
        return "2020-08-14"
    by_name = {"language": "en", "zone": "America/New_York"}
    by_kind = {
        models.URLField: f"https://example.org/{word.lower().replace(' ', '-')}",
        models.DateField: date(2026, 12, 31),
        models.TimeField: time(14, 30),
        models.PositiveIntegerField: 1,
        models.BooleanField: False,
        models.CharField: f"{word} {field.name}",
        models.TextField: f"{word} {field.name}",
    }
    return by_name[field.name] if field.name in by_name else next(value for kind, value in by_kind.items() if isinstance(field, kind))


def _related(model):
    """The id of a row to point at. A document has no edition of its own, so it is as good as unpublished."""
    if issubclass(model, Document):
        return model.objects.create().pk
    if model is Picture:
        return Picture.objects.create(title="A picture", file="pictures/example.png", width=16, height=9).pk
    if model is Attachment:
        return Attachment.objects.create(title="A document", file=f"attachments/{0:032}.pdf", size=1000).pk
    names = {f"name_{code}": f"Topic {words}" for code, words in WORDS.items()}
    return model.objects.get_or_create(slug="topic", defaults=names)[0].pk
