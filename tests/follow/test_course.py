"""A feed through time: what is the same, what has changed, what is gone, and what was put right.

On one engine: other tests read the same rows on both.
"""

import uuid
from datetime import timedelta

import pytest
import time_machine

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.models import Change, Tag
from newsroom.publishing.publish import publish, record, withdraw
from tests import factories
from tests.factories import NOON, NOTES, SOON
from tests.follow.subscriber import FORMATS, SITE, XMLNS, as_json, ids, parsed, xml
from timeline.models import EventEdition

TYPES = [ArticleEdition, QuestionEdition, EventEdition]

pytestmark = [pytest.mark.usefixtures("clock", "db"), pytest.mark.pure]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


# --- Identity and time --------------------------------------------------------------------------------------------------


def test_id_lasts_through_languages_sections_and_names(reader, editor, clock):
    first = factories.live(ArticleEdition, editor)
    [known] = ids(reader, "/en/feed.json")
    assert uuid.UUID(known).version == 5
    renamed = factories.next_draft(first, editor, "Renamed")
    renamed.slug_en = "another-address"
    renamed.save()
    publish(renamed, editor, NOON + HOUR)
    clock.move_to(NOON + HOUR)
    for path in ("/en/feed.json", "/fr/feed.json", "/en/articles/feed.json"):
        assert ids(reader, path) == [known]
    assert [entry.id for entry in parsed(reader, "/en/feed.atom").entries] == [known]
    root = xml(reader, "/en/feed.rss")
    assert [(guid.text, guid.attrib) for guid in root.iter("guid")] == [(known, {"isPermaLink": "false"})]


def test_ids_are_of_one_document_each(reader, editor):
    for edition_type in TYPES:
        for word in ("One", "Two"):
            factories.live(edition_type, editor, word)
    found = ids(reader, "/en/feed.json")
    assert len(set(found)) == len(found) == 6


def test_feed_ids_differ(reader):
    paths = ["/en/feed.atom", "/fr/feed.atom", "/en/articles/feed.atom", "/en/timeline/feed.atom", "/en/timeline/feed.atom?kind=order"]
    assert len({parsed(reader, path).feed.id for path in paths}) == len(paths)


def test_update_moves_updated_and_leaves_published(reader, editor, edition_type, clock):
    edition = factories.live(edition_type, editor)
    before = reader.get("/en/feed.atom")
    publish(factories.next_draft(edition, editor), editor, NOON + HOUR)
    clock.move_to(NOON + HOUR)
    feed = parsed(reader, "/en/feed.atom")
    [entry] = feed.entries
    assert (entry.published, entry.updated, feed.feed.updated) == ("2026-06-01T12:00:00Z", "2026-06-01T13:00:00Z", "2026-06-01T13:00:00Z")
    assert "Changed note in English" in entry.content[0].value
    assert reader.get("/en/feed.atom", headers={"If-None-Match": before.headers["ETag"]}).status_code == 200


def test_newest_edition_comes_first_whatever_its_type(reader, editor, clock):
    old = factories.live(ArticleEdition, editor, "Old")
    factories.live(EventEdition, editor, "Young", at=NOON + HOUR)
    clock.move_to(NOON + HOUR)
    publish(factories.next_draft(old, editor), editor, NOON + 2 * HOUR)
    clock.move_to(NOON + 2 * HOUR)
    assert [entry.title for entry in parsed(reader, "/en/feed.atom").entries] == ["Changed in English", "Young title in English"]


def test_memento_of_a_feed_is_exact_to_the_second(reader, editor, edition_type, clock):
    edition = factories.live(edition_type, editor)
    at_noon = {format: reader.get(f"/en/feed.{format}").text for format in FORMATS}
    publish(factories.next_draft(edition, editor), editor, NOON + HOUR)
    clock.move_to(NOON + HOUR)
    at_one = {format: reader.get(f"/en/feed.{format}").text for format in FORMATS}
    clock.move_to(NOON + DAY)
    for stamp, then in (("20260601120000", at_noon), ("20260601130000", at_one)):
        for format in FORMATS:
            answer = reader.get(f"/memento/{stamp}/en/feed.{format}")
            assert answer.headers["Memento-Datetime"]
            assert answer.text.replace(f"{SITE}/memento/{stamp}/", f"{SITE}/") == then[format]
    assert {reader.get(f"/memento/20260601115959/en/feed.{format}").status_code for format in FORMATS} == {404}


def test_what_was_entered_later_says_so_in_the_past(reader, clock):
    with time_machine.travel(NOON + DAY, tick=False):
        record(factories.draft(ArticleEdition), NOON, NOON + HOUR)
    clock.move_to(NOON + DAY)
    words = "Reconstructed: entered on"
    assert words in reader.get("/memento/20260601120000/en/feed.atom").text
    assert words not in reader.get("/en/feed.atom").text


# --- What is gone ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def gone(reader, editor, edition_type, clock):
    """A function: withdraws an edition that has been in every feed since noon, and gives its id."""

    def gone(change):
        edition = factories.live(edition_type, editor, "Secret")
        [known] = ids(reader, "/en/feed.json")
        withdraw(edition, editor, change, NOTES)
        clock.move_to(NOON + SOON)
        return known

    return gone


@pytest.mark.parametrize("change", [Change.WITHDRAWAL, Change.RETRACTION])
def test_tombstone_in_atom_takes_the_entry_away(reader, gone, change):
    known = gone(change)
    assert parsed(reader, "/en/feed.atom").entries == []
    root = xml(reader, "/fr/feed.atom")
    [deleted] = root.findall("at:deleted-entry", XMLNS)
    assert deleted.attrib == {"ref": known, "when": "2026-06-01T12:00:03Z"}
    assert deleted.findtext("at:comment", namespaces=XMLNS) == NOTES["fr"]
    assert root.findtext("atom:updated", namespaces=XMLNS) == "2026-06-01T12:00:03Z"


def test_withdrawal_in_rss_and_json_is_the_notice(reader, gone, edition_type):
    known = gone(Change.WITHDRAWAL)
    [entry] = parsed(reader, "/en/feed.rss").entries
    assert (entry.id, entry.title, entry.summary) == (known, f"Withdrawn: Secret {edition_type.TITLE} in English", NOTES["en"])
    [item] = as_json(reader, "/en/feed.json")["items"]
    assert (item["id"], item["title"]) == (known, f"Withdrawn: Secret {edition_type.TITLE} in English")
    assert item["content_html"] == f'<p lang="en">{NOTES["en"]}</p>'
    assert item["url"].startswith(f"{SITE}/en/")
    for format in FORMATS:
        assert "Secret summary" not in reader.get(f"/en/feed.{format}").text


def test_retraction_says_nothing_but_that_and_why(reader, gone):
    gone(Change.RETRACTION)
    for format in FORMATS:
        text = reader.get(f"/en/feed.{format}").text
        assert "secret" not in text.lower(), format
        assert NOTES["en"] in text
        if format != "atom":
            assert "Retracted" in text


def test_retraction_is_silent_in_feeds_of_the_past_too(reader, gone, clock):
    gone(Change.RETRACTION)
    clock.move_to(NOON + DAY)
    for format in FORMATS:
        answer = reader.get(f"/memento/20260601120000/en/feed.{format}")
        assert answer.status_code == 200
        assert "secret" not in answer.text.lower(), format
        assert NOTES["en"] in answer.text


def test_withdrawn_event_stays_in_the_feed_of_its_tag_when_no_other_has_it(reader, editor, clock):
    old, new = factories.a_tag("old"), factories.a_tag("new")
    edition = factories.live(EventEdition, editor, tags=["old"])
    [known] = ids(reader, "/en/timeline/feed.json?tag=old")
    withdraw(edition, editor, Change.WITHDRAWAL, NOTES)
    clock.move_to(NOON + SOON)
    assert ids(reader, "/en/timeline/feed.json?tag=old") == [known]
    Tag.objects.filter(pk=old.pk).update(merged_into=new)
    assert ids(reader, "/en/timeline/feed.json?tag=old") == [known]
    factories.live(EventEdition, editor, "Other", tags=["new"])
    assert known in ids(reader, "/en/timeline/feed.json?tag=new")


def test_filter_tells_nothing_of_what_a_retracted_event_said(reader, editor, clock):
    edition = factories.live(EventEdition, editor, "Secret")
    withdraw(edition, editor, Change.RETRACTION, NOTES)
    clock.move_to(NOON + DAY)
    for stamp in ("", "/memento/20260601120000"):
        answers = [reader.get(f"{stamp}/en/timeline/feed.json?q={word}").json()["items"] for word in ("secret", "nothing")]
        assert answers[0] == answers[1] != []


def test_document_that_came_back_is_an_item_again(reader, editor, gone, edition_type, clock):
    known = gone(Change.WITHDRAWAL)
    publish(factories.next_draft(edition_type.objects.get(change=Change.WITHDRAWAL), editor, "Back"), editor, NOON + HOUR)
    clock.move_to(NOON + HOUR)
    assert [entry.id for entry in parsed(reader, "/en/feed.atom").entries] == [known]
    assert xml(reader, "/en/feed.atom").findall("at:deleted-entry", XMLNS) == []


# --- Corrections ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def corrected(editor, edition_type, clock):
    """An edition that was corrected an hour after noon."""
    edition = factories.live(edition_type, editor, "Before")
    publish(factories.next_draft(edition, editor, "After", change=Change.CORRECTION), editor, NOON + HOUR)
    clock.move_to(NOON + HOUR)
    return edition_type.objects.get(change=Change.CORRECTION)


def test_correction_is_news_with_before_and_after(reader, corrected):
    [item] = as_json(reader, "/en/corrections/feed.json")["items"]
    assert item["title"] == "Correction: After in English"
    assert item["summary"] == "After note in English"
    assert "<del>" in item["content_html"]
    assert "<ins>" in item["content_html"]
    assert f'href="{SITE}{corrected.get_absolute_url()}history/1..2/"' in item["content_html"]
    for format in ("atom", "rss"):
        [entry] = parsed(reader, f"/en/corrections/feed.{format}").entries
        assert (entry.id, entry.title, entry.link) == (item["id"], item["title"], SITE + corrected.get_absolute_url())


def test_correction_stays_when_another_follows(reader, editor, corrected, clock):
    known = ids(reader, "/en/corrections/feed.json")
    withdraw(corrected, editor, Change.WITHDRAWAL, NOTES)
    clock.shift(HOUR)
    titles = {item["id"]: item["title"] for item in as_json(reader, "/fr/corrections/feed.json")["items"]}
    assert len(titles) == 2
    assert list(titles)[1:] == known


def test_correction_of_what_was_retracted_says_nothing_of_it(reader, editor, corrected, clock):
    withdraw(corrected, editor, Change.RETRACTION, NOTES)
    clock.move_to(NOON + DAY)
    for format in FORMATS:
        for stamp in ("", "/memento/20260601130000"):
            answer = reader.get(f"{stamp}/en/corrections/feed.{format}")
            assert answer.status_code == 200
            assert "After" not in answer.text
            assert "Before" not in answer.text
        assert NOTES["en"] in reader.get(f"/en/corrections/feed.{format}").text
