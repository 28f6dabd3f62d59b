"""Law 7: a text that is missing, or has fallen behind its original, is never shown in silence.

Every type on one engine; on the other the one with most in it, for no type has code of its own here, and tables keep their rules
in test_immutability and test_periods.
"""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.utils import translation

from newsroom.publishing import languages
from newsroom.publishing.behind import note_all
from newsroom.publishing.drafts import draft_from, edition_types, save_draft
from newsroom.publishing.publish import publish
from newsroom.publishing.snapshot import snapshot, write
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.usefixtures("clock", "db")

SPEAKING = [
    (model, name)
    for model in edition_types()
    for name in model.CHILDREN
    if languages.translated_fields(model._meta.get_field(name).related_model)
]


@pytest.fixture(params=factories.richest_on_both(edition_types()), ids=lambda model: model._meta.label)
def edition_type(request):
    return request.param


@pytest.fixture(params=SPEAKING, ids=lambda child: f"{child[0]._meta.label}.{child[1]}")
def speaking(request):
    """An edition type and the name of a kind of children that have texts of their own."""
    return request.param


def read_in_french(edition):
    with translation.override("fr"):
        return edition.text


def title(text, edition):
    return getattr(text, edition.TITLE)


def say(edition, language, word, **settled):
    """Save the draft with another title in one language."""
    setattr(edition, f"{edition.TITLE}_{language}", f"{word} {language}")
    save_draft(edition, None, **settled)
    return edition


@pytest.fixture
def draft(edition_type):
    return factories.draft(edition_type, is_short=True)


# --- Missing ------------------------------------------------------------------------------------------------------------
def test_text_is_read_in_the_language_of_the_page(draft):
    text = read_in_french(draft)
    assert title(text, draft).endswith("en français")
    assert (text.language, text.is_missing, text.is_behind, text.is_foreign) == ("fr", False, False, False)


def test_missing_text_is_shown_in_the_original_and_says_so(edition_type):
    nothing = dict.fromkeys(factories.content(edition_type, is_short=True)["fr"], "")
    text = read_in_french(edition := factories.draft(edition_type, is_short=True, fr=nothing))
    assert title(text, edition).endswith("in English")
    assert (text.language, text.is_missing, text.is_foreign) == ("en", True, True)


def test_original_may_be_in_either_language(edition_type):
    nothing = dict.fromkeys(factories.content(edition_type, is_short=True)["en"], "")
    edition = factories.draft(edition_type, is_short=True, en=nothing, original_language="fr")
    assert (edition.text.language, edition.text.is_missing) == ("fr", True)
    assert not read_in_french(edition).is_missing


def test_published_texts_do_not_depend_on_the_language_of_the_desk(draft, editor):
    before = snapshot(draft)
    with translation.override("fr"):
        publish(draft, editor, NOON + timedelta(hours=1))
    edition = type(draft).objects.get(pk=draft.pk)
    assert snapshot(edition) == before
    assert title(edition.text, edition).endswith("in English")


# --- Behind -------------------------------------------------------------------------------------------------------------
def test_translation_falls_behind_when_its_original_changes(draft):
    text = read_in_french(say(draft, "en", "Changed"))
    assert (text.language, text.is_missing, text.is_behind) == ("fr", False, True)


def test_original_is_never_behind(draft):
    say(draft, "en", "Changed")
    assert not draft.text.is_behind


def test_translation_changed_in_the_same_save_follows(draft):
    setattr(draft, f"{draft.TITLE}_fr", "Changed fr")
    assert not read_in_french(say(draft, "en", "Changed")).is_behind


def test_translation_changed_afterwards_follows(draft):
    say(draft, "en", "Changed")
    assert not read_in_french(say(draft, "fr", "Changed")).is_behind


def test_original_changed_back_is_followed_again(draft):
    before = getattr(draft, f"{draft.TITLE}_en")
    say(draft, "en", "Changed")
    setattr(draft, f"{draft.TITLE}_en", before)
    save_draft(draft, None)
    assert not draft.is_behind("fr")


def test_translation_that_is_still_right_follows(draft):
    say(draft, "en", "Changed", behind={"fr": "right"})
    assert (draft.is_behind("fr"), draft.behind) == (False, "")


def test_texts_behind_are_noted_of_the_editions_there_were_before(draft):
    assert say(draft, "en", "Changed").behind == "fr"
    type(draft).objects.update(behind="")
    of_type = {draft._meta.model_name: draft.TITLE}
    note_all(draft._meta.app_label, **of_type).code(apps, connection.schema_editor())
    draft.refresh_from_db()
    assert draft.behind == "fr"


def test_translation_that_is_still_right_falls_behind_the_next_change(draft):
    say(draft, "en", "Changed", behind={"fr": "right"})
    assert say(draft, "en", "Changed again").is_behind("fr")


def test_original_is_shown_instead_where_the_publisher_says_so(draft):
    say(draft, "en", "Changed", behind={"fr": "original"})
    text = read_in_french(draft)
    assert (title(text, draft), text.language, text.is_missing, text.is_behind) == ("Changed en", "en", True, False)


def test_choice_to_show_the_original_ends_with_a_new_translation(draft):
    say(draft, "en", "Changed", behind={"fr": "original"})
    say(draft, "fr", "Changed")
    text = read_in_french(say(draft, "en", "Changed again"))
    assert (text.language, text.is_behind) == ("fr", True)


def test_new_edition_remembers_what_is_behind(draft, editor):
    publish(say(draft, "en", "Changed"), editor)
    assert draft_from(draft, editor).is_behind("fr")


def test_change_of_address_or_note_leaves_the_translation_right(draft):
    draft.slug_en, draft.note_en = "another-address", "Another note."
    save_draft(draft, None)
    assert not draft.is_behind("fr")


def test_sources_added_with_a_change_do_not_make_a_translation_new(edition_type):
    draft = factories.draft(edition_type, **{name: [] for name in edition_type.CHILDREN})
    full = factories.content(edition_type)
    silent = {name: full[name] for name in edition_type.CHILDREN if (edition_type, name) not in SPEAKING}
    write(draft, {**snapshot(draft), **silent})
    assert say(draft, "en", "Changed").is_behind("fr")


# --- Children -----------------------------------------------------------------------------------------------------------
def child_texts(edition, name):
    with translation.override("fr"):
        return [child.text for child in getattr(edition, name).all()]


def without_french(rows):
    return [{**row, "fr": {}} for row in rows]


def test_children_are_read_in_the_language_of_their_edition(speaking):
    edition_type, name = speaking
    assert {text.language for text in child_texts(factories.draft(edition_type), name)} == {"fr"}


def test_child_without_words_falls_back_alone(speaking):
    edition_type, name = speaking
    one, two = factories.content(edition_type)[name]
    texts = child_texts(factories.draft(edition_type, **{name: [one, *without_french([two])]}), name)
    assert [text.language for text in texts] == ["fr", "en"]
    assert [text.is_foreign for text in texts] == [False, True]


def test_children_of_a_hidden_translation_are_read_in_the_original(speaking):
    edition_type, name = speaking
    draft = say(factories.draft(edition_type), "en", "Changed", behind={"fr": "original"})
    assert {text.language for text in child_texts(draft, name)} == {"en"}


def test_child_added_in_the_original_alone_leaves_the_translation_behind(speaking):
    edition_type, name = speaking
    content = factories.content(edition_type)
    draft = factories.draft(edition_type, **{name: content[name][:1]})
    write(draft, {**snapshot(draft), name: [content[name][0], *without_french(content[name][1:])]})
    save_draft(draft, None)
    assert draft.is_behind("fr")
