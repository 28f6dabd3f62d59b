"""The timeline's filter: what matches, what is refused, and what it never gives away.

What is refused before the database is asked, and how a list is laid out, is tried on one engine.
"""

from datetime import date, timedelta
from itertools import product
from urllib.parse import quote

import pytest
import time_machine
from django.utils.html import escape

from newsroom.publishing.dates import parse
from newsroom.publishing.drafts import save_draft
from newsroom.publishing.models import Tag
from newsroom.publishing.publish import publish, withdraw
from tests.factories import NOON, NOTES, a_tag, next_draft
from tests.timeline.content import YESTERDAY, actor, effect, event, measure, texts
from timeline.filter import Filter

pytestmark = pytest.mark.django_db
TOMORROW = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def found(reader, query="", language="en"):
    """The titles that the list shows, in its order, without the language's suffix."""
    response = reader.get(f"/{language}/timeline/{query}")
    assert response.status_code == 200
    return [edition.title_en.removesuffix(" title in English") for edition in response.context["page"]]


def refused(reader, query, name, status=400):
    response = reader.get(f"/en/timeline/{query}")
    assert response.status_code == status
    assert name in response.context["filter"].problems
    return response.content.decode()


# --- The window ---------------------------------------------------------------------------------------------------------
DATES = ("2020", "2020-08", "2020-08-14", "2020-08-17~", "2020-08~", "2020?", "2020-08-14/2020-11-12", "2019-12/..", "../2020-09", "202X")
UNREADABLE = [
    "20",
    "2020-9",
    "2020-13",
    "2020-02-30",
    "0999",
    "10000",
    "2020-08~",
    "2020-21",
    "٢٠٢٠",
    "２０２０",
    "2020-08-1",
    "now",
    "2020/2021",
    "-2020",
]
WINDOWS = ("2019", "2020", "2020-08", "2020-09", "2020-08-14", "2020-08-15", "2020-08-18", "2020-08-19", "2021", "2030-01-01")


def test_window_matches_every_event_whose_possible_days_overlap_it(rf):
    for text in DATES:
        event(text, text)
    for start, end in product(("", *WINDOWS), repeat=2):
        first = parse(start).first_day if start else date.min
        last = parse(end).last_day if end else date.max
        request = rf.get("/en/timeline/", {"from": start, "to": end})
        request.at = NOON
        asked = Filter(request)
        if first > last:
            assert "from" in asked.problems
            continue
        expected = {text for text in DATES if parse(text).last_day >= first and parse(text).first_day <= last}
        assert {one.date for one in asked.events()} == expected, (start, end)


def test_an_end_inside_the_start_s_month_is_a_window(reader):
    event("mid", "2020-09-10")
    assert found(reader, "?from=2020-09&to=2020-09-15") == ["mid"]


@pytest.mark.pure
def test_a_date_that_cannot_be_read_is_named_and_the_rest_is_kept(reader):
    measure("Ban")
    for name, value in product(("from", "to"), UNREADABLE):
        page = refused(reader, f"?{name}={quote(value)}&measure=ban-name-in-english&q=kept", name)
        assert f'id="problem-{name}"' in page, value
        assert f'value="{escape(value)}"' in page
        assert 'value="kept"' in page
        assert '<option value="ban-name-in-english" selected>' in page


def test_anything_else_is_a_400_that_names_the_parameter(reader):
    event("one")
    for query, name in [
        ("?from=2020-12&to=2020-11", "from"),
        ("?kind=opinion", "kind"),
        ("?measure=nothing", "measure"),
        ("?actor=nobody", "actor"),
        ("?tag=none", "tag"),
        ("?order=up", "order"),
        ("?page=0", "page"),
        ("?page=1_0", "page"),
        ("?page=-1", "page"),
        ("?page=%D9%A1", "page"),
        ("?page=1.0", "page"),
        ("?q=%00", "q"),
        ("?q=a%00b", "q"),
        ("?q=%ED%A0%80", "q"),
        ("?q=%FF", "q"),
        ("?measure=%00", "measure"),
        ("?from=2020%00", "from"),
        ("?to=%ED%B0%80", "to"),
        (f"?q={'x' * 201}", "q"),
        (f"?from={'2' * 5000}", "from"),
        ("?from=2020&from=2021", "from"),
        ("?q=a&q=a", "q"),
        ("?page=1&page=2", "page"),
    ]:
        page = refused(reader, query, name)
        assert f"<code>{name}</code>" in page


@pytest.mark.pure
def test_two_bad_values_are_both_named(reader):
    page = refused(reader, "?from=x&kind=y", "from")
    assert 'id="problem-from"' in page
    assert 'id="problem-kind"' in page


@pytest.mark.pure
def test_markup_in_a_bad_value_is_shown_as_text(reader):
    page = refused(reader, "?from=%3Cscript%3Ealert(1)%3C/script%3E", "from")
    assert "<script>" not in page


@pytest.mark.pure
def test_empty_values_are_no_filter(reader):
    event("one")
    assert found(reader, "?from=&to=&kind=&measure=&actor=&tag=&q=&order=&page=") == ["one"]


@pytest.mark.pure
def test_a_page_past_the_end_is_not_found(reader):
    event("one")
    assert reader.get("/en/timeline/?page=2").status_code == 404
    assert reader.get("/en/timeline/?page=999999").status_code == 404


# --- What an event is about ---------------------------------------------------------------------------------------------
def test_kind_measure_actor_and_tag_each_narrow_the_list(reader):
    ban, amazon = measure("Ban"), actor("Amazon")
    event("plain", kind="report")
    event("all", "2020-08-15", effect(ban, "starts"), actors=[{"actor": amazon.document_id}], tags=[a_tag("law").slug], kind="court")
    for query in ("?kind=court", "?measure=ban-name-in-english", "?actor=amazon-name-in-english", "?tag=law"):
        assert found(reader, query) == ["all"], query
    assert found(reader) == ["plain", "all"]


def test_names_are_known_in_every_language_and_by_their_former_slugs(reader, editor):
    ban = measure("Ban")
    event("hit", "2020-08-14", effect(ban, "starts"))
    with time_machine.travel(NOON - timedelta(hours=1), tick=False):
        renamed = next_draft(ban)
        renamed.slug_en, renamed.slug_fr = "new-name", "nouveau-nom"
        save_draft(renamed, editor)
        publish(renamed, editor, NOON - timedelta(minutes=30))
    for slug in ("ban-name-in-english", "ban-name-en-francais", "new-name", "nouveau-nom"):
        assert found(reader, f"?measure={slug}") == ["hit"]
        assert found(reader, f"?measure={slug}", "fr") == ["hit"]
    assert "measure=nouveau-nom" in reader.get("/fr/timeline/?measure=ban-name-in-english&kind=order").content.decode()


def test_a_merged_tag_stands_for_the_one_it_was_merged_into(reader):
    old, new = a_tag("old"), a_tag("new")
    event("older", tags=["old"])
    event("newer", "2020-08-15", tags=["new"])
    Tag.objects.filter(pk=old.pk).update(merged_into=new)
    assert found(reader, "?tag=new") == ["older", "newer"]
    assert found(reader, "?tag=old") == ["older", "newer"]
    assert '<option value="old"' not in reader.get("/en/timeline/").content.decode()


@pytest.mark.parametrize(("name", "make"), [("measure", measure), ("actor", actor)])
def test_an_embargoed_name_answers_exactly_as_an_unknown_one(reader, name, make):
    """Two slugs of one length, so that the pages may be compared byte for byte."""
    secret = make("Secret", at=TOMORROW)
    more = {"actors": [{"actor": secret.document_id}]} if name == "actor" else {}
    event("hides it", "2020-08-14", *([effect(secret, "starts")] if name == "measure" else []), **more)
    slug, unknown = "secret-name-in-english", "nobody-name-in-english"
    pages = [refused(reader, f"?{name}={value}", name).replace(value, "") for value in (slug, unknown)]
    assert pages[0] == pages[1]
    assert "Secret" not in reader.get("/en/timeline/").content.decode()


def test_a_tag_that_no_event_has_carried_in_public_answers_as_an_unknown_one(reader):
    a_tag("embargo")
    event("later", tags=["embargo"], at=TOMORROW)
    pages = [refused(reader, f"?tag={value}", "tag").replace(value, "") for value in ("embargo", "unheard")]
    assert pages[0] == pages[1]
    assert "embargo" not in reader.get("/en/timeline/").content.decode()


def test_a_tag_that_was_carried_once_is_still_understood(reader, editor):
    tagged = event("tagged", tags=[a_tag("law").slug])
    with time_machine.travel(NOON - timedelta(hours=1), tick=False):
        following = next_draft(tagged)
        following.tags.clear()
        publish(following, editor, NOON - timedelta(minutes=30))
    assert found(reader, "?tag=law") == []


def test_the_form_offers_what_is_live_and_nothing_else(reader, editor):
    gone = measure("Withdrawn", at=YESTERDAY - timedelta(days=1))
    measure("Live")
    measure("Scheduled", at=TOMORROW)
    with time_machine.travel(YESTERDAY, tick=False):
        withdraw(gone, editor, "withdrawal", NOTES)
    page = reader.get("/en/timeline/").content.decode()
    assert "Live name" in page
    assert "Scheduled name" not in page
    assert "Withdrawn name" not in page
    refused(reader, "?measure=withdrawn-name-in-english", "measure")


# --- Words --------------------------------------------------------------------------------------------------------------
def test_every_word_must_occur_in_the_text_of_the_page_s_language(reader):
    event("A", en=texts(title="The order", summary="of the court", body="<p>stays</p>"), fr=texts(title="Le décret"))
    event("B", "2020-08-15", en=texts(title="The order", summary="alone"), fr=texts(title="Le tribunal"))
    title = "title_en"
    assert [one.pk for one in reader.get("/en/timeline/?q=ORDER+stays").context["page"]] == [
        one.pk for one in reader.get("/fr/timeline/?q=d%C3%A9cret").context["page"]
    ]
    assert [getattr(one, title) for one in reader.get("/en/timeline/?q=order").context["page"]] == ["The order"] * 2
    assert not reader.get("/en/timeline/?q=tribunal").context["page"].total


# --- Order and pages ----------------------------------------------------------------------------------------------------
def test_events_come_by_day_then_time_with_the_untimed_first(reader):
    zone = {"zone": "America/New_York"}
    event("late", "2020-08-14", time="18:00", **zone)
    event("early", "2020-08-14", time="09:00", **zone)
    event("untimed", "2020-08-14")
    event("month", "2020-08")
    event("period", "2020-08-14/2020-09-01")
    assert found(reader) == ["month", "untimed", "period", "early", "late"]
    assert found(reader, "?order=desc") == ["late", "early", "period", "untimed", "month"]


@pytest.mark.pure
def test_pages_have_thirty_events_and_keep_the_filter(reader):
    for number in range(31):
        event(f"n{number:02}", f"2020-08-{number % 28 + 1:02}")
    first = reader.get("/en/timeline/?from=2020&order=desc")
    assert len(first.context["page"]) == 30
    assert "?from=2020&amp;order=desc&amp;page=2" in first.content.decode()
    assert "Events 1 to 30 of 31" in first.content.decode()
    second = reader.get("/en/timeline/?from=2020&order=desc&page=2").content.decode()
    assert '<a rel="prev" href="?from=2020&amp;order=desc">' in second


# --- Chips and the empty list -------------------------------------------------------------------------------------------
@pytest.mark.pure
def test_each_chip_removes_one_filter(reader):
    ban = measure("Ban")
    event("hit", "2020-09-14", effect(ban, "starts"))
    response = reader.get("/en/timeline/?from=2020-09&to=2020-12&kind=order&measure=ban-name-in-english&q=hit&order=desc")
    chips = {str(words).replace("\xa0", " "): address for words, address in response.context["filter"].chips}
    assert chips["September 2020 to December 2020"] == "?kind=order&measure=ban-name-in-english&q=hit&order=desc"
    assert chips["Order"] == "?from=2020-09&to=2020-12&measure=ban-name-in-english&q=hit&order=desc"
    assert chips["Ban name in English"] == "?from=2020-09&to=2020-12&kind=order&q=hit&order=desc"
    assert chips["“hit”"] == "?from=2020-09&to=2020-12&kind=order&measure=ban-name-in-english&order=desc"


def test_an_empty_window_names_the_nearest_events_on_either_side(reader):
    event("long before", "2019")
    event("before", "2020-01-01/2020-06-30")
    event("after", "2021-03")
    event("long after", "2022")
    response = reader.get("/en/timeline/?from=2020-07&to=2020-12")
    assert response.status_code == 200
    assert response.context["before"].title_en.startswith("before")
    assert response.context["after"].title_en.startswith("after")
    page = response.content.decode()
    assert "0 events" in page
    assert response.context["before"].get_absolute_url() in page


def test_the_nearest_events_obey_the_other_filters_and_the_embargo(reader):
    event("before", "2020-01", kind="court")
    event("nearer, of another kind", "2020-03", kind="report")
    event("nearer, not live", "2020-04", kind="court", at=TOMORROW)
    response = reader.get("/en/timeline/?from=2020-07&to=2020-12&kind=court")
    assert response.context["before"].title_en.startswith("before")
    assert response.context["after"] is None


@pytest.mark.pure
def test_an_empty_list_without_a_window_says_so(reader):
    event("one")
    page = reader.get("/en/timeline/?q=nowhere").content.decode()
    assert "No event matches." in page


@pytest.mark.pure
def test_a_query_of_too_many_words_is_refused(reader):
    refused(reader, "?q=" + "+".join("abcdefghij"), "q")


# --- Between two events ------------------------------------------------------------------------------------------------
def test_a_window_reaches_from_one_event_to_another(reader):
    for slug, day in (("order", "2020-08-06"), ("talks", "2020-09"), ("stay", "2020-09-27"), ("sale", "2021-02")):
        event(slug, day)
    backward = "?since=stay-title-in-english&until=order-title-in-english"
    assert found(reader, backward) == ["order", "talks", "stay"]
    response = reader.get(f"/en/timeline/{backward}")
    assert response.context["filter"].chips == [("from “order title in English” to “stay title in English”", "?")]
    page = response.content.decode()
    assert '<option value="order-title-in-english" selected>6\xa0August\xa02020 – order title in English</option>' in page
    assert 'export.csv?since=order-title-in-english&amp;until=stay-title-in-english"' in page
    assert "sale title in English" in page, "what lies outside the window can be chosen too"
    assert found(reader, "?since=stay-title-in-english&q=title") == ["talks", "stay", "sale"]


def test_what_is_not_live_is_no_end_of_a_window(reader):
    event("known", "2020-08-06")
    event("secret", "2020-09-01", at=TOMORROW)
    named, unknown = (refused(reader, f"?since={slug}", "since") for slug in ("secret-title-in-english", "unheard-of"))
    assert named == unknown.replace("unheard-of", "secret-title-in-english")
