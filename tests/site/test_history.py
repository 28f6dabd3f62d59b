"""The numbered editions of a document: the same pages for every type."""

from datetime import timedelta

import pytest

from articles.models import ArticleEdition
from newsroom.publishing.drafts import save_draft
from newsroom.publishing.models import Change
from newsroom.publishing.publish import cancel, publish, record, withdraw
from tests.factories import NOON, NOTES, draft, live, next_draft
from tests.reading import MOST_QUERIES, queries

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ADDRESS = "/en/articles/example-title-in-english/history/"
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON + HOUR, tick=False)]


@pytest.fixture
def first():
    return live(ArticleEdition)


def followed(edition, time_machine, change=Change.UPDATE, word="Changed"):
    following = next_draft(edition, change=change, word=word)
    publish(following, None)
    time_machine.shift(HOUR)
    return following


def test_history_lists_editions_by_rank_with_moment_kind_and_note(reader, first, time_machine):
    followed(first, time_machine, Change.CORRECTION)
    response = reader.get(ADDRESS)
    assert [entry.number for entry in response.context["entries"]] == [2, 1]
    for words in ("1\N{NO-BREAK SPACE}June\N{NO-BREAK SPACE}2026", "12:00\N{NO-BREAK SPACE}UTC", "Correction", "Changed note in English"):
        assert words in response.text


def test_past_edition_can_be_read_and_is_not_indexed(reader, first, time_machine):
    followed(first, time_machine)
    response = reader.get(ADDRESS + "1/")
    assert "Example title in English" in response.text
    assert '<meta name="robots" content="noindex">' in response.text
    assert "Public from <time" in response.text


def test_cancelled_and_scheduled_editions_have_no_number(reader, first):
    scheduled = next_draft(first)
    publish(scheduled, None, NOON + DAY)
    cancel(scheduled, None)
    following = first.document.editions.working().get()
    publish(following, None, NOON + 2 * DAY)
    assert [entry.number for entry in reader.get(ADDRESS).context["entries"]] == [1]
    assert reader.get(ADDRESS + "2/").status_code == 404


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999999999"])
def test_number_that_is_none_is_not_found(reader, first, number):
    assert reader.get(f"{ADDRESS}{number}/").status_code == 404


def test_nothing_of_a_retracted_document_can_be_read(reader, first, time_machine):
    withdraw(first, None, Change.RETRACTION, NOTES)
    time_machine.shift(HOUR)
    assert [reader.get(address).status_code for address in (ADDRESS, ADDRESS + "1/", ADDRESS + "2/")] == [410] * 3


def test_what_came_before_a_retraction_stays_gone_after_a_new_edition(reader, first, time_machine):
    withdraw(first, None, Change.RETRACTION, NOTES)
    time_machine.shift(HOUR)
    tombstone = first.document.editions.get(change=Change.RETRACTION)
    followed(tombstone, time_machine, word="Example title")
    text = reader.get(ADDRESS).text
    assert [reader.get(f"{ADDRESS}{number}/").status_code for number in (1, 2, 3)] == [410, 410, 200]
    assert "This edition was retracted" in text
    assert f'href="{ADDRESS}1/"' not in text


def test_imported_edition_says_when_it_was_entered(reader):
    edition = draft(ArticleEdition)
    save_draft(edition, None)
    record(edition, NOON - 100 * DAY, NOON)
    assert "Reconstructed: entered on <time" in reader.get(ADDRESS).text
    assert "Reconstructed: entered on <time" in reader.get(ADDRESS + "1/").text


def test_history_of_a_former_address_leads_to_the_present_one(reader, first, time_machine):
    following = next_draft(first)
    following.slug_en = "another-address"
    save_draft(following, None)
    publish(following, None)
    time_machine.shift(HOUR)
    assert reader.get(ADDRESS + "1/")["Location"] == "/en/articles/another-address/history/1/"


def test_history_asks_the_database_as_often_for_one_edition_as_for_six(reader, first, time_machine):
    for_one, edition = queries(reader, ADDRESS), first
    for _number in range(5):
        edition = followed(edition, time_machine)
    assert queries(reader, edition.get_absolute_url() + "history/") == for_one <= MOST_QUERIES
