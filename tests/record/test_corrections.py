"""The corrections log: what was put right, withdrawn, retracted or erased, and what stood there before and after.

What is listed is tried on both engines, how it is shown on one.
"""

from datetime import timedelta

import pytest
import time_machine

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.drafts import edition_types, now
from newsroom.publishing.models import Change
from newsroom.publishing.publish import publish, withdraw
from newsroom.record.corrections import Log
from newsroom.record.erasure import erase
from tests import factories
from tests.factories import NOON, NOTES

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
LOG = "/en/corrections/"
pytestmark = pytest.mark.django_db


@pytest.fixture(params=factories.richest_on_both(edition_types()), ids=lambda model: model._meta.label)
def edition_type(request):
    return request.param


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def corrected(edition, editor, clock, word="Right", change=Change.CORRECTION):
    following = factories.next_draft(edition, editor, word, change=change)
    publish(following, editor)
    clock.shift(HOUR)
    return following


def taken_back(edition, editor, clock, change):
    withdraw(edition, editor, change=change, notes=NOTES)
    clock.shift(HOUR)


# --- What is in it --------------------------------------------------------------------------------------------------------
def test_empty_log_says_so(reader, db):
    response = reader.get(LOG)
    assert response.status_code == 200
    assert "Nothing has been corrected" in response.text


def test_correction_of_any_type_is_listed_with_before_and_after(edition_type, reader, editor, clock):
    corrected(factories.live(edition_type, editor, "Wrong"), editor, clock)
    text = reader.get(LOG).text
    assert "[removed: </span>Wrong" in text
    assert "[added: </span>Right" in text
    assert "Right note in English" in text


@pytest.mark.pure
def test_only_the_changed_passages_are_shown(reader, editor, clock):
    first = factories.live(ArticleEdition, editor, "Example")
    draft = factories.draft_from(first, editor, change=Change.CORRECTION)
    draft.byline_en, draft.note_en = "Another byline in English", "The byline was wrong."
    draft.save()
    publish(draft, editor)
    clock.shift(HOUR)
    text = reader.get(LOG).text
    assert "Another" in text
    assert "Example summary" not in text


@pytest.mark.parametrize("change", [Change.UPDATE, Change.TRANSLATION])
def test_other_changes_are_not_listed(change, editor, clock):
    draft = factories.draft_from(factories.live(ArticleEdition, editor), editor, change=change)
    draft.title_fr, draft.note_en = "Un autre titre", "A better French title."
    draft.save()
    publish(draft, editor)
    clock.shift(HOUR)
    assert Log(now()).count() == 0


def test_newest_is_first_whatever_its_type(editor, clock):
    article, question = factories.live(ArticleEdition, editor, "One"), factories.live(QuestionEdition, editor, "Two")
    one = corrected(article, editor, clock)
    two = corrected(question, editor, clock)
    taken_back(one, editor, clock, Change.WITHDRAWAL)
    found = Log(now())[:30]
    assert [one.change for one in found] == ["withdrawal", "correction", "correction"]
    assert found[1].edition == two
    assert found == Log(now())[:30]


@pytest.mark.pure
def test_entry_leads_to_the_page_its_history_and_the_comparison(editor, clock):
    first = factories.live(ArticleEdition, editor, "Wrong")
    second = corrected(corrected(first, editor, clock, change=Change.UPDATE), editor, clock)
    [entry] = Log(now())[:30]
    page = second.get_absolute_url()
    assert (entry.address, entry.history, entry.compared_at) == (page, f"{page}history/", f"{page}history/2..3/")


def test_withdrawal_is_listed_with_its_notice(reader, editor, clock):
    taken_back(factories.live(ArticleEdition, editor, "Example"), editor, clock, Change.WITHDRAWAL)
    text = reader.get(LOG).text
    assert "Withdrawn in English." in text
    assert "Example title in English" in text


# --- What must not be in it -----------------------------------------------------------------------------------------------
def test_retraction_shows_its_reason_and_nothing_of_the_page(edition_type, reader, editor, clock):
    second = corrected(factories.live(edition_type, editor, "Hush"), editor, clock, "Secret")
    taken_back(second, editor, clock, Change.RETRACTION)
    text = reader.get(LOG).text.lower()
    assert "withdrawn in english." in text
    assert "hush" not in text
    assert "secret" not in text
    assert [entry.is_readable for entry in Log(now())[:30]] == [False, False]


def test_retraction_takes_the_text_from_past_logs_too(reader, editor, clock):
    second = corrected(factories.live(ArticleEdition, editor, "Hush"), editor, clock, "Secret")
    other = factories.live(QuestionEdition, editor, "Other", at=now())
    taken_back(second, editor, clock, Change.RETRACTION)
    response = reader.get(f"/memento/{other.live_from:%Y%m%d%H%M%S}{LOG}")
    assert response.status_code == 200
    assert "Secret" not in response.text
    assert "A page that has been retracted since" in response.text


def test_page_brought_back_keeps_its_retracted_texts_to_itself(reader, editor, clock):
    first = factories.live(ArticleEdition, editor, "Hush")
    taken_back(first, editor, clock, Change.RETRACTION)
    last = type(first).objects.standing(now()).get()
    publish(factories.next_draft(last, editor, "Anew", change=Change.CORRECTION), editor)
    clock.shift(HOUR)
    text = reader.get(LOG).text
    assert "Anew note in English" in text
    assert "Hush" not in text


@pytest.mark.parametrize("change", [Change.CORRECTION, Change.WITHDRAWAL])
def test_scheduled_cancelled_and_draft_corrections_leave_no_trace(change, reader, editor, clock):
    first = factories.live(ArticleEdition, editor, "Example")
    before = reader.get(LOG).content
    draft = factories.next_draft(first, editor, "Secret", change=change)
    assert reader.get(LOG).content == before
    publish(draft, editor, NOON + HOUR)
    assert reader.get(LOG).content == before
    clock.move_to(NOON + HOUR)
    assert reader.get(LOG).content != before


@pytest.mark.django_db(transaction=True)
def test_erasure_is_listed_with_its_reason_and_without_the_passage(reader, editor, clock):
    edition = factories.live(ArticleEdition, editor, "Example")
    with time_machine.travel(NOON + HOUR, tick=False):
        reasons = {"en": "A court ordered it.", "fr": "Un tribunal l’a ordonné."}
        erase(edition.document, ["Example summary"], reasons, editor, factories.an_editor("second"))
    clock.move_to(NOON + 2 * HOUR)
    text = reader.get(LOG).text
    assert "A court ordered it." in text
    assert "Example summary" not in text
    assert Log(NOON + HOUR - SECOND).count() == 0


# --- Pages and cost -------------------------------------------------------------------------------------------------------
@pytest.mark.pure
def test_log_has_thirty_entries_a_page(reader, editor, clock):
    edition = factories.live(QuestionEdition, editor, is_short=True)
    for number in range(31):
        edition = corrected(edition, editor, clock, f"Number {number}")
    assert reader.get(LOG).text.count('class="row"') == 30
    second = reader.get(f"{LOG}?page=2")
    assert second.text.count('class="row"') == 1
    assert reader.get(f"{LOG}?page=3").status_code == 404
    assert reader.get(f"{LOG}?page=x").status_code == 400


@pytest.mark.pure
def test_log_is_in_the_readers_language(reader, editor, clock):
    corrected(factories.live(ArticleEdition, editor, "Wrong"), editor, clock)
    assert "Right note en français" in reader.get("/fr/corrections/").text


@pytest.mark.pure
def test_every_page_leads_to_the_log(reader, db):
    assert f'href="{LOG}"' in reader.get("/en/").text
