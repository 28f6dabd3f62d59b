"""What pages say to machines (JSON-LD), read back as a machine does.

On one engine: other tests read the same rows on both.
"""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.drafts import save_draft
from newsroom.publishing.models import Change, Lane
from newsroom.publishing.publish import publish, withdraw
from newsroom.publishing.structured import iso, script
from tests.factories import NOON, NOTES, live, next_draft
from tests.timeline.content import effect, event, measure

pytestmark = [pytest.mark.django_db, pytest.mark.pure]
SITE = "http://newsroom.example"
HOUR, SOON = timedelta(hours=1), timedelta(seconds=3)
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON + HOUR, tick=False) as traveller:
        yield traveller


def told(reader, path):
    """The one block of a page, or None."""
    blocks = BLOCK.findall(reader.get(path).text)
    assert len(blocks) < 2
    return json.loads(blocks[0]) if blocks else None


def follow(edition, change, clock, lane=Lane.WORKING, **changes):
    """The edition after this one, live now."""
    draft = next_draft(edition, lane=lane, change=change)
    for name, value in changes.items():
        setattr(draft, name, value)
    save_draft(draft, None)
    publish(draft, None)
    clock.shift(SOON)
    return draft


def test_an_article_says_who_says_what_since_when_and_from_where(reader):
    edition = live(ArticleEdition, picture=None)
    said = told(reader, edition.get_absolute_url())
    assert {name: said[name] for name in ("@context", "@type", "headline", "inLanguage", "version", "datePublished", "archivedAt")} == {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": "Example title in English", "inLanguage": "en", "version": 1,
        "datePublished": "2026-06-01T12:00:00Z",
        "archivedAt": f"{SITE}/memento/20260601120000/en/articles/example-title-in-english/",
    }  # fmt: skip
    assert [one["url"] for one in said["citation"]] == ["https://example.org/example-one", "https://example.org/example-two"]
    assert told(reader, f"/fr/articles/{edition.slug_fr}/")["headline"] == "Example title en français"


def test_a_correction_is_told_with_its_note_and_a_memento_knows_nothing_of_it(reader, clock):
    edition = live(ArticleEdition, is_short=True, picture=None)
    address = edition.get_absolute_url()
    follow(edition, Change.CORRECTION, clock, lane=Lane.CORRECTION)
    said = told(reader, address)
    assert said["headline"] == "Changed in English"
    assert (said["datePublished"], said["dateModified"], said["version"]) == ("2026-06-01T12:00:00Z", "2026-06-01T13:00:03Z", 2)
    [comment] = said["correction"]
    assert (comment["@type"], comment["text"]) == ("CorrectionComment", "Changed note in English")
    assert comment["url"] == f"{SITE}{address}history/2/"
    then = told(reader, f"/memento/20260601120000{address}")
    assert (then["headline"], "correction" in then) == ("Example title in English", False)


def test_a_question_and_the_list_are_faq_pages(reader):
    edition = live(QuestionEdition)
    page, listed = told(reader, edition.get_absolute_url()), told(reader, "/en/faq/")
    assert page["@type"] == listed["@type"] == "FAQPage"
    [one], [other] = page["mainEntity"], listed["mainEntity"]
    assert one["name"] == other["name"] == "Example question in English"
    assert one["acceptedAnswer"]["text"] == "Example short_answer in English Example answer in English"
    assert other["acceptedAnswer"]["text"] == "Example short_answer in English"


def test_an_event_that_moved_a_deadline_says_which_day_it_was_before(reader):
    sale = measure("Sale")
    event("Ordered", "2020-08-14", effect(sale, "orders", deadline="2020-11-12"))
    moved = event("Moved", "2020-11", effect(sale, "extends", deadline="2020-11-27"))
    said = told(reader, moved.get_absolute_url())
    assert said["mainEntity"] == {
        "@type": "Event", "name": "Moved title in English", "description": "Moved summary in English", "startDate": "2020-11",
        "eventStatus": "https://schema.org/EventScheduled",
    }  # fmt: skip
    assert said["mentions"] == [
        {
            "@type": "Event", "name": "Deadline: Sale name in English", "startDate": "2020-11-27", "previousStartDate": "2020-11-12",
            "eventStatus": "https://schema.org/EventRescheduled",
        }
    ]  # fmt: skip
    [act] = said["about"]
    assert (act["@type"], act["legislationDate"]) == ("Legislation", "2020-11")
    assert act["legislationAmends"] == [
        {"@type": "Legislation", "@id": f"{SITE}/en/timeline/measures/sale-name-in-english/", "name": "Sale name in English"}
    ]
    about_it = told(reader, sale.get_absolute_url())["subjectOf"]
    assert (about_it["startDate"], about_it["previousStartDate"]) == ("2020-11-27", "2020-11-12")


def test_a_deadline_whose_measure_was_over_before_is_cancelled(reader):
    sale = measure("Sale")
    event("Ordered", "2020-08-14", effect(sale, "orders", deadline="2020-11-12"))
    event("Annulled", "2020-10-24", effect(sale, "annuls"))
    said = told(reader, sale.get_absolute_url())["subjectOf"]
    assert (said["startDate"], said["eventStatus"]) == ("2020-11-12", "https://schema.org/EventCancelled")


def test_an_event_whose_own_day_moved_is_rescheduled_and_one_whose_day_was_wrong_is_not(reader, clock):
    hearing, mistake = event("Hearing", "2026-09-01"), event("Mistake", "2020-09-01")
    follow(hearing, Change.UPDATE, clock, date="2026-10")
    follow(mistake, Change.CORRECTION, clock, date="2020-09-02", slug_en="mistake", slug_fr="erreur")
    moved, mended = (told(reader, f"/en/timeline/{slug}/")["mainEntity"] for slug in ("hearing-title-in-english", "mistake"))
    assert (moved["eventStatus"], moved["startDate"], moved["previousStartDate"]) == (
        "https://schema.org/EventRescheduled", "2026-10", "2026-09-01",
    )  # fmt: skip
    assert (mended["eventStatus"], mended["startDate"], "previousStartDate" in mended) == (
        "https://schema.org/EventScheduled", "2020-09-02", False,
    )  # fmt: skip


def test_a_time_of_day_is_a_moment_of_its_zone(reader):
    timed = event("Timed", "2020-09-01", time="23:59", zone="America/New_York")
    assert told(reader, timed.get_absolute_url())["mainEntity"]["startDate"] == "2020-09-01T23:59:00-04:00"


def test_a_measure_is_legislation_and_its_force_is_told_only_where_it_is_known(reader):
    ban = measure("Ban", checked_through="2030-01-01")
    old = measure("Old")
    promise = measure("Promise", nature="company_commitment", checked_through="2030-01-01")
    for one in (ban, old, promise):
        event(f"Starts {one.pk}", "2020-08-14", effect(one, "orders"), effect(one, "starts"))
    said = told(reader, ban.get_absolute_url())
    assert (said["@type"], said["legislationDate"], said["legislationLegalForce"]) == (
        "Legislation",
        "2020-08-14",
        "https://schema.org/InForce",
    )
    assert "legislationLegalForce" not in told(reader, old.get_absolute_url())  # checked through 2022
    assert told(reader, promise.get_absolute_url())["@type"] == "CreativeWork"


@pytest.mark.parametrize("change", [Change.WITHDRAWAL, Change.RETRACTION])
def test_a_tombstone_says_nothing(reader, editor, clock, change):
    gone = event("Gone")
    withdraw(gone, editor, change, NOTES)
    clock.shift(SOON)
    assert "ld+json" not in reader.get(gone.get_absolute_url()).text
    assert "ld+json" not in reader.get(f"{gone.get_absolute_url()}history/").text


@given(text=st.text())
def test_no_text_ends_the_element(text):
    html = script({"name": text, text: "</script><script>alert(1)</script><!--"})
    [block] = BLOCK.findall(html)
    assert not set("<>&") & set(block)
    assert json.loads(block)["name"] == text


@pytest.mark.parametrize(
    ("date", "known"),
    [
        ("", ""), ("2020", "2020"), ("2020-08", "2020-08"), ("2020-08-06", "2020-08-06"), ("2020-08-17~", "2020-08"),
        ("2020-08~", "2020"), ("2020-08-31~", "2020"), ("2020?", ""), ("2020-21", "2020"),
        ("2020-08-14/2020-08-20", "2020-08"), ("2020/..", ""),
    ],
)  # fmt: skip
def test_a_date_says_no_more_than_is_sure(date, known):
    assert iso(date) == known
