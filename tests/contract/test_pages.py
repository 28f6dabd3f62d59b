"""A document's own page, for every type that has one: it follows the clock, moves with a new name, corrects and withdraws in public."""

from datetime import timedelta

import pytest

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.drafts import save_draft
from newsroom.publishing.models import Change, Lane
from newsroom.publishing.publish import cancel, publish, withdraw
from tests import factories
from tests.factories import NOON, NOTES, SOON, scheduled
from timeline.models import EventEdition, MeasureEdition

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(params=[ArticleEdition, QuestionEdition, EventEdition, MeasureEdition], ids=lambda model: model._meta.label)
def live(request, clock, editor):
    """An edition with a page, live for an hour."""
    edition = factories.live(request.param, editor)
    clock.move_to(NOON + HOUR)
    return edition


@pytest.fixture
def address(live):
    return live.get_absolute_url()


def test_new_edition_shows_at_its_second_and_not_before(live, address, reader, editor, clock):
    scheduled(factories.next_draft(live, word="Afterwards"), editor, NOON + 2 * HOUR)
    clock.move_to(NOON + 2 * HOUR - SECOND)
    assert "Afterwards" not in reader.get(address).text
    clock.move_to(NOON + 2 * HOUR)
    assert "Afterwards" in reader.get(address).text


def test_cancelled_edition_never_shows(live, address, reader, editor, clock):
    cancel(scheduled(factories.next_draft(live, word="Afterwards"), editor, NOON + 2 * HOUR), editor)
    clock.move_to(NOON + 3 * HOUR)
    for page in (address, f"{address}history/"):
        assert "Afterwards" not in reader.get(page).text


def test_page_has_a_tag_that_changes_with_the_clock_alone(live, address, reader, editor, clock):
    before = reader.get(address)["ETag"]
    publish(factories.next_draft(live), editor, NOON + 2 * HOUR)
    assert reader.get(address, headers={"If-None-Match": before}).status_code == 304
    clock.move_to(NOON + 2 * HOUR)
    assert reader.get(address, headers={"If-None-Match": before}).status_code == 200


def test_renamed_document_redirects_in_both_languages(live, address, reader, editor, clock):
    draft = factories.next_draft(live)
    draft.slug_en, draft.slug_fr = "new-name", "nouveau-nom"
    save_draft(draft, None)
    publish(draft, editor)
    clock.shift(SOON)
    for code, page in (("en", ""), ("en", "history/"), ("fr", "")):
        old = address.replace("/en/", f"/{code}/").replace(live.slug_en, getattr(live, f"slug_{code}")) + page
        new = address.replace("/en/", f"/{code}/").replace(live.slug_en, getattr(draft, f"slug_{code}")) + page
        response = reader.get(old)
        assert (response.status_code, response["Location"]) == (301, new)
        assert reader.get(new).status_code == 200


def test_correction_shows_with_its_reason(live, address, reader, editor, clock):
    correction = factories.next_draft(live, word="Corrected", lane=Lane.CORRECTION, change=Change.CORRECTION)
    publish(correction, editor)
    clock.shift(SOON)
    assert correction.note_en in reader.get(address).text
    for edition, number in ((live, 1), (correction, 2)):
        assert getattr(edition, f"{edition.TITLE}_en") in reader.get(f"{address}history/{number}/").text


def test_withdrawn_page_stays_and_says_why(live, address, reader, editor, clock):
    withdraw(live, editor, Change.WITHDRAWAL, NOTES)
    clock.shift(SOON)
    response = reader.get(address)
    assert (response.status_code, NOTES["en"] in response.text) == (200, True)


def test_retracted_page_is_gone_and_says_why(live, address, reader, editor, clock):
    withdraw(live, editor, Change.RETRACTION, NOTES)
    clock.shift(SOON)
    response = reader.get(address)
    assert (response.status_code, NOTES["en"] in response.text) == (410, True)


def test_text_missing_in_a_language_is_shown_in_the_original_and_marked(live, address, reader, editor, clock):
    draft = factories.next_draft(live, word="Untranslated")
    setattr(draft, f"{draft.TITLE}_fr", "")
    save_draft(draft, None)
    publish(draft, editor)
    clock.shift(SOON)
    response = reader.get(address.replace("/en/", "/fr/").replace(live.slug_en, draft.slug_fr or draft.slug_en), follow=True)
    assert "Untranslated in English" in response.text
    assert 'lang="en"' in response.text.partition("<main")[2]
