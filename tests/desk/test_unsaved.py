"""What is typed and not saved: kept, offered back to its writer alone, and gone with a real save.

On one engine: what a form is offered. On both: that half a sentence is kept, erased, and gone in the end.
"""

from datetime import timedelta

import pytest

from articles.models import ArticleEdition
from newsroom.follow.management.commands.run_outbox import tidy
from newsroom.publishing.models import Autosave, Revision
from newsroom.publishing.unsaved import LONGEST
from newsroom.record.erasure import erase
from tests.desk.desk import address_of, fields_of, typed, words_of
from tests.factories import an_editor, content, draft
from timeline.models import EventEdition

HALF = "Half a sentence"


@pytest.fixture
def edition(clock, db):
    return draft(ArticleEdition)


def keep(desk, edition, opened=None, **changes):
    """What keep.js sends some seconds after something was typed."""
    form = fields_of(opened or desk.open(edition))
    return desk.post(address_of(edition, "unsaved"), {**form, **changes, "_unsaved": "text"})


def unsaved(edition):
    return f"{address_of(edition, 'change')}?unsaved=1"


def test_half_a_sentence_comes_back_with_all_its_entries_and_is_saved(writers_desk, edition_type, clock):
    edition = draft(edition_type)
    title, new = f"{edition_type.TITLE}_en", {}
    if "sources" in edition_type.CHILDREN:
        new = {"sources-TOTAL_FORMS": 3, "sources-2-publisher": "A third", "sources-2-published": "not a day", "sources-2-kind": "press"}
    assert keep(writers_desk, edition, **{title: HALF}, **new).json()["told"] == "Kept at 12:00, not saved yet."
    offer = writers_desk.open(edition)
    assert "There is unsaved text of yours from 1 June 2026, 12:00." in words_of(offer)
    assert HALF not in offer.text
    back = writers_desk.get(unsaved(edition))
    form = fields_of(back)
    assert form[title] == HALF
    assert not back.context["errors"]
    if new:
        assert form["sources-2-published"] == "not a day"
        assert "Please correct" in writers_desk.save(edition, back, **{"sources-2-published": "not a day"}).text
    assert Autosave.objects.count() == 1
    writers_desk.save(edition, back, **({"sources-2-published": "2020"} if new else {}))
    edition.refresh_from_db()
    assert getattr(edition, title) == HALF
    assert not Autosave.objects.exists()
    assert Revision.about(edition).count() == 2


@pytest.mark.pure
def test_what_was_never_saved_comes_back_too(writers_desk, editors_desk, edition_type, clock):
    typed_in = {**typed(edition_type, content(edition_type)), f"{edition_type.TITLE}_en": HALF}
    add = address_of(edition_type, "add")
    writers_desk.post(f"{add}unsaved/", {**typed_in, "_unsaved": "text"})
    assert "unsaved text" not in words_of(editors_desk.get(add))
    assert "unsaved text of yours" in words_of(writers_desk.get(add))
    back = writers_desk.get(f"{add}?unsaved=1")
    assert back.context["adminform"].form[f"{edition_type.TITLE}_en"].value() == HALF
    writers_desk.post(add, {**typed_in, "_continue": "1"})
    assert str(edition_type.objects.get()) == HALF
    assert not Autosave.objects.exists()


@pytest.mark.pure
def test_it_is_its_writers_alone_and_can_be_discarded(writers_desk, editors_desk, reader, edition):
    keep(writers_desk, edition, title_en=HALF)
    keep(writers_desk, edition, title_en=f"{HALF}, longer")
    for desk in (editors_desk, writers_desk):
        assert HALF not in "".join(desk.get(address_of(edition, name)).text for name in ("change", "history", "preview", "compare"))
    assert fields_of(editors_desk.get(unsaved(edition)))["title_en"] != HALF
    assert Revision.about(edition).count() == 1
    editors_desk.post(address_of(edition, "unsaved"), {"discard": "1"})
    assert Autosave.objects.count() == 1
    writers_desk.post(address_of(edition, "unsaved"), {"discard": "1"})
    assert not Autosave.objects.exists()
    assert fields_of(writers_desk.get(unsaved(edition)))["title_en"] == edition.title_en


@pytest.mark.pure
def test_too_much_of_it_is_refused_in_words(writers_desk, edition):
    answer = keep(writers_desk, edition, body_en="x" * LONGEST)
    assert (answer.status_code, answer.json()["told"]) == (413, "This text is too long to be kept automatically. Please save it now.")
    assert not Autosave.objects.exists()


def test_it_leaves_with_a_deleted_draft(writers_desk, editors_desk, edition):
    keep(writers_desk, edition, title_en=HALF)
    editors_desk.post(address_of(edition, "delete"), {"post": "yes"})
    assert not Autosave.objects.exists()


@pytest.mark.pure
def test_text_that_was_not_saved_when_the_draft_went_live_is_kept_among_the_saves(writers_desk, editors_desk, edition):
    opened = writers_desk.open(edition)
    editors_desk.step("publish", edition)
    assert keep(writers_desk, edition, opened, title_en=HALF).json()["others"] == "This text has been published since you opened it."
    assert "Keep it among the saves" in writers_desk.open(edition).text
    assert HALF in writers_desk.post(address_of(edition, "unsaved"), {"keep": "1"}).text
    assert Revision.about(edition).last().is_refused
    assert not Autosave.objects.exists()


@pytest.mark.pure
def test_a_refused_save_is_kept_once(writers_desk, editors_desk, edition):
    opened = writers_desk.open(edition)
    editors_desk.save(edition, title_en="Editor")
    last = keep(writers_desk, edition, opened, title_en=HALF).json()["others"]
    assert last == "Editor saved it at 12:00: when you save, you will be asked which text stays."
    back = writers_desk.get(unsaved(edition))
    assert "Somebody saved this draft before you" in writers_desk.save(edition, back).text
    assert not Autosave.objects.exists()


def test_an_erasure_reaches_what_is_not_saved(writers_desk, editor, edition):
    keep(writers_desk, edition, title_en="Defamed again", body_en="<p>Never Defamed &amp; more</p>", slug_en="never-defamed")
    erase(edition.document, ["Defamed"], {"en": "A court.", "fr": "Un tribunal."}, editor, an_editor("second"))
    assert "defamed" not in str(Autosave.objects.get().fields).lower()


def test_an_erasure_reaches_pages_that_were_never_saved(writers_desk, editor, edition):
    add = address_of(EventEdition, "add")
    writers_desk.post(f"{add}unsaved/", {"title_en": "Defamed", "slug_en": "never-defamed", "summary_en": "Kept", "_unsaved": "text"})
    assert erase(edition.document, ["Defamed"], {"en": "A court.", "fr": "Un tribunal."}, editor, an_editor("second")) == 0
    assert Autosave.objects.get().fields == [["title_en", "[…]"], ["slug_en", ""], ["summary_en", "Kept"]]


def test_text_nobody_comes_back_for_is_gone_after_90_days_and_presence_after_one(writers_desk, editors_desk, edition, clock):
    keep(writers_desk, edition, title_en=HALF)
    editors_desk.post(address_of(edition, "unsaved"), {"_unsaved": "here", "based_on": 1})
    for days, left in ((1, 2), (1, 1), (88, 1), (1, 0)):
        clock.shift(timedelta(days=days))
        tidy()
        assert Autosave.objects.count() == left


# --- Who else is at it ----------------------------------------------------------------------------------------------------
@pytest.mark.pure
def test_others_see_who_has_a_draft_open_for_half_a_minute(writers_desk, editors_desk, edition, clock):
    writers_desk.post(address_of(edition, "unsaved"), {"_unsaved": "here", "based_on": 1})
    assert "Writer is editing this now." in words_of(editors_desk.open(edition))
    assert "editing this now" not in words_of(writers_desk.open(edition))
    assert "unsaved text" not in words_of(writers_desk.open(edition))
    answer = editors_desk.post(address_of(edition, "unsaved"), {"_unsaved": "here", "based_on": 1}).json()
    assert answer["others"] == "Writer is editing this now."
    clock.shift(timedelta(seconds=31))
    assert "editing this now" not in words_of(editors_desk.open(edition))
