"""The timeline's pages: what they show, what they leave out, and what they cost.

On one engine: other tests read the same rows on both.
"""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import ArticleEdition
from newsroom.publishing.drafts import save_draft
from newsroom.publishing.publish import publish, withdraw
from tests.factories import NOON, NOTES, a_tag, live, next_draft
from tests.timeline.content import YESTERDAY, actor, effect, event, measure, plain, texts

pytestmark = [pytest.mark.django_db, pytest.mark.pure]
TOMORROW = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def read(reader, path, status=200):
    """The words of the page's main part."""
    response = reader.get(path)
    assert response.status_code == status, path
    return plain(response.content.decode().partition("<main")[2].partition("</main>")[0])


def cost(reader, path):
    """How many queries the page makes; its caches of content types and the like are warm."""
    assert reader.get(path).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        reader.get(path)
    return len(queries)


# --- Cost ---------------------------------------------------------------------------------------------------------------
MOST = {"list": 11, "in-force": 6, "measures": 5, "measure": 7, "event": 12}


def fill(count, start=0):
    """`count` events, each with its own measure and actor, and all with one more measure, which is returned."""
    shared = measure("Shared") if not start else None
    for number in range(start, count):
        own, who = measure(f"Measure {number}"), actor(f"Actor {number}")
        event(
            f"Event {number}",
            f"2020-{number % 12 + 1:02}-15",
            effect(own, "starts", "2021-01-01"),
            *([effect(shared, "sets_deadline", "2021-02-01")] if shared else []),
            actors=[{"actor": who.document_id}],
            tags=[a_tag(f"tag-{number}").slug],
        )
    return shared


def test_a_measure_s_page_costs_the_same_for_thirty_effects(reader):
    ban = measure("Ban")
    event("first", "2020-01-01", effect(ban, "starts", "2020-02-01"))
    one = cost(reader, "/en/timeline/measures/ban-name-in-english/")
    for number in range(29):
        event(f"next {number}", f"2020-02-{number % 28 + 1:02}", effect(ban, "extends", f"2020-03-{number % 28 + 1:02}"))
    assert cost(reader, "/en/timeline/measures/ban-name-in-english/") == one <= MOST["measure"]


def test_an_event_s_page_costs_the_same_for_thirty_of_everything(reader):
    statement = live(ArticleEdition, at=YESTERDAY, is_short=True)
    event("before", "2020-01-01")
    event("after", "2021-01-01")
    for name, count in (("small", 1), ("large", 30)):
        event(
            name,
            "2020-06-01",
            *(effect(measure(f"{name} {number}"), "sets_deadline", "2020-07-01") for number in range(count)),
            actors=[{"actor": actor(f"{name} {number}").document_id} for number in range(count)],
            tags=[a_tag(f"{name}-{number}").slug for number in range(count)],
            sources=[{"kind": "press", "publisher": f"Daily {number}"} for number in range(count)],
            statement=statement.document_id,
        )
    small = cost(reader, "/en/timeline/small-title-in-english/")
    assert cost(reader, "/en/timeline/large-title-in-english/") == small <= MOST["event"]


# --- The record of FACTS, day by day ------------------------------------------------------------------------------------
PROHIBITION, SALE = "Prohibition of US transactions (Order 13942)", "Sale of the US operations (order of 14 August 2020)"
DAYS = {
    "2020-09-10": [
        f"{PROHIBITION} ordered on 6 August 2020 due to take effect on 20 September 2020 · in 10 days Checked through 17 June 2022",
        f"{SALE} in force since 14 August 2020 deadline 12 November 2020, formerly ~20 September 2020~ (reported)",
    ],
    "2020-10-01": [
        f"{PROHIBITION} suspended in part since 27 September 2020: App stores",
        f"{SALE} in force since 14 August 2020 deadline 12 November 2020, formerly ~20 September 2020~ (reported)",
    ],
    "2020-12-10": [
        f"{PROHIBITION} suspended since 30 October 2020",
        f"{SALE} deadline passed on 4 December 2020 (reported) · 6 days ago formerly ~20 September 2020~ (reported)",
        "Outcome not recorded; no end recorded.",
    ],
    "2021-07-01": [
        f"{PROHIBITION} ended on 9 June 2021",
        f"{SALE} deadline passed on 4 December 2020 (reported)",
        "Outcome not recorded; no end recorded.",
    ],
    "": [
        f"{PROHIBITION} not known here: checked through 17 June 2022 At the end of 17 June 2022: ended on 9 June 2021.",
        f"{SALE} not known here: checked through 17 June 2022 At the end of 17 June 2022: deadline passed on 4 December 2020",
    ],
}


def test_the_demonstration_says_what_its_record_says_of_each_day(reader, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    call_command("load_demo", verbosity=0)
    for day, sentences in DAYS.items():
        page = read(reader, f"/en/timeline/in-force/?on={day}")
        for sentence in sentences:
            assert sentence in page, day
        assert "A summary from the sources cited, incomplete; not legal advice." in page
    autumn = read(reader, "/en/timeline/?from=2020-09&to=2020-12")
    assert "moves deadline to 4 December 2020 (reported), formerly ~27 November 2020~ (reported)" in autumn
    assert "report" in read(reader, "/fr/timeline/in-force/?on=2020-10-01")


# --- In force -----------------------------------------------------------------------------------------------------------
def test_in_force_shows_a_state_with_its_events_and_their_sources_by_kind(reader, settings):
    ban = measure("Ban")
    sources = [
        {"kind": "press", "publisher": "Daily", "published": "2020-08"},
        {"kind": "official", "publisher": "Federal Register", "published": "2020-08-11", "address": "https://example.org/1"},
        {"kind": "press", "publisher": "Daily", "published": "2020-08"},
    ]
    event("Signed", "2020-08-06", effect(ban, "starts"), sources=sources)
    page = read(reader, "/en/timeline/in-force/?on=2020-10-01")
    assert "In force on 1 October 2020" in page
    assert "As known on 1 June 2026, at the end of the day asked about. Days are counted in the time zone UTC." in page
    assert "Ban name in English in force since 6 August 2020 Checked through 17 June 2022" in page
    assert "confirmed · starts official record: Federal Register, 11 August 2020 press: Daily, August 2020" in page
    assert page.count("Daily") == 1


def test_a_state_with_many_events_behind_it_shows_those_that_decide_it_and_the_latest(reader):
    sale = measure("Sale")
    event("First", "2020-01-01", effect(sale, "starts"))
    for number in range(10, 20):
        event(f"Move {number}", f"2020-02-{number}", effect(sale, "extends", f"2020-03-{number}"))
    page = read(reader, "/en/timeline/in-force/?on=2020-02-28")
    assert "deadline 19 March 2020, formerly 4 others, then ~14 March 2020~, ~15 March 2020~," in page
    assert "6 of 11 events are shown: those that decide the state, and the latest. The measure’s whole life" in page
    assert [f"{name} title" in page for name in ("First", "Move 14", "Move 15", "Move 19")] == [True, False, True, True]


def test_nothing_is_checked_later_than_it_is_known(reader):
    ban = measure("Ban", at=NOON - timedelta(days=9), checked_through="2030-12-31")
    event("Signed", "2020-08-14", effect(ban, "starts"), at=NOON - timedelta(days=9))
    past = "/memento/20260530000000/en/timeline"
    assert "not known here: checked through 30 May 2026 At the end of 30 May 2026: in force" in read(
        reader, f"{past}/in-force/?on=2026-05-31"
    )
    assert "Checked through 30 May 2026" in read(reader, f"{past}/in-force/?on=2026-05-30")
    page = read(reader, f"{past}/measures/ban-name-in-english/")
    assert ("Checked through 30 May 2026" in page, "after 30 May 2026 not known here" in page, "2030" in page) == (True, True, False)


def test_a_deadline_is_told_with_the_days_that_are_left(reader):
    sale = measure("Sale")
    event("Order", "2020-08-14", effect(sale, "starts"), effect(sale, "sets_deadline", "2020-11-12"))
    for day, said in {
        "10-31": "· in 12 days",
        "11-11": "· in 1 day",
        "11-12": "· the last day",
        "11-13": "· 1 day ago",
        "11-15": "· 3 days ago",
    }.items():
        assert said in read(reader, f"/en/timeline/in-force/?on=2020-{day}"), day


def test_two_days_stand_side_by_side_with_what_differs_in_words(reader):
    sale = measure("Sale")
    measure("Other")
    event("Order", "2020-08-14", effect(sale, "starts"), effect(sale, "sets_deadline", "2020-09-20"))
    event("Moved", "2020-09-01", effect(sale, "extends", "2020-11-12"), sources=[{"kind": "press", "publisher": "Daily"}])
    event("Stay", "2020-10-01", effect(sale, "suspends"))
    page = read(reader, "/en/timeline/in-force/?on=2020-12-01&and=2020-08-20")
    assert "In force on 20 August 2020, and on 1 December 2020" in page
    assert "What differs in force, then suspended deadline 20 September 2020, then 12 November 2020" in page
    assert "1 September 2020 Moved title in English confirmed · moves deadline" in page
    assert "press: Daily" in page
    assert "Order title" not in page
    assert "Nothing: the same on both days." in page
    assert "on 1 December 2020" not in read(reader, "/en/timeline/in-force/?on=2020-08-20&and=2020-08-20")


def test_days_lead_to_the_change_before_and_the_next_one(reader):
    ban = measure("Ban")
    event("Order", "2020-08-14", effect(ban, "starts", effective="2020-09-20"))
    event("Stay", "2020-10-01", effect(ban, "suspends"))
    page = reader.get("/en/timeline/in-force/?on=2020-09-20").content.decode()
    assert 'href="?on=2020-08-14">← change before: 14\xa0August\xa02020' in page
    assert 'href="?on=2020-10-01">next change: 1\xa0October\xa02020' in page
    assert 'data-days="2020-08-14 2020-09-20 2020-10-01"' in page


def test_what_is_scheduled_changes_no_day_of_in_force(reader):
    ban, hidden = measure("Ban"), measure("Hidden", at=TOMORROW)
    event("Order", "2020-08-14", effect(ban, "starts"))
    event("Secret", "2020-09-14", effect(ban, "ends"), effect(hidden, "starts"), at=TOMORROW)
    for query in ("?on=2020-08-20", "?on=2020-08-20&and=2020-10-01"):
        page = reader.get(f"/en/timeline/in-force/{query}").content.decode()
        assert all(word not in page for word in ("Secret", "Hidden", "2020-09-14"))


def test_in_force_keeps_acts_apart_from_commitments(reader):
    measure("Act")
    measure("Promise", nature="company_commitment")
    page = read(reader, "/en/timeline/in-force/?on=2020-10-01")
    assert page.index("Public acts") < page.index("Act name") < page.index("Company commitments") < page.index("Promise name")
    assert "Stated by the company; not independently verified." in page
    assert "Act name in English not yet ordered" in page


@pytest.mark.parametrize(
    ("at", "day"), [("2026-06-01T03:59:59", date(2026, 5, 31)), ("2026-06-01T04:00:00", date(2026, 6, 1))], ids=["before", "from"]
)
def test_today_is_the_day_in_the_newsroom_s_zone(reader, settings, at, day):
    settings.TIME_ZONE = "America/New_York"
    with time_machine.travel(f"{at}+00:00", tick=False):
        assert reader.get("/en/timeline/in-force/").context["asked"].day == day
        assert reader.get("/en/").context["in_force_on"] == day


@pytest.mark.parametrize(
    "value", ["2020", "2020-13-01", "2021-02-29", "0999-01-01", "10000-01-01", "2020-1-1", "x", "%00", "%FF", "٢٠٢٠-٠١-٠١"]
)
def test_a_day_that_cannot_be_read_is_named_and_kept(reader, value):
    response = reader.get(f"/en/timeline/in-force/?on={value}")
    assert response.status_code == 400
    page = response.content.decode()
    assert 'id="problem-on"' in page
    assert "<code>on</code>" in page
    if value.isascii() and value[0] != "%":
        assert f'name="on" value="{value}"' in page


def test_another_day_that_cannot_be_read_is_named_and_both_are_kept(reader):
    response = reader.get("/en/timeline/in-force/?on=2020-10-01&and=never")
    page = response.content.decode()
    assert response.status_code == 400
    assert 'id="problem-and"' in page
    assert 'name="on" value="2020-10-01"' in page
    assert 'name="and" value="never"' in page


def test_a_day_asked_twice_is_refused(reader):
    assert reader.get("/en/timeline/in-force/?on=2020-01-01&on=2020-01-02").status_code == 400


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [("2020-01-01", "2019-12-31", "2020-01-02"), ("1000-01-01", None, "1000-01-02"), ("9999-12-31", "9999-12-30", None)],
)
def test_days_lead_to_the_day_before_and_the_day_after(reader, day, before, after):
    page = reader.get(f"/en/timeline/in-force/?on={day}").content.decode()
    for name, other in (("prev", before), ("next", after)):
        assert (f'<a rel="{name}" href="?on={other}">' in page) == (other is not None)
        assert (f'rel="{name}"' in page) == (other is not None)


def test_home_tells_today_and_asks_about_another_day(reader):
    ban = measure("Ban", checked_through="2026-12-31", deadline_means="comply_by")
    event("Signed", "2020-08-06", effect(ban, "starts"), effect(ban, "sets_deadline", "2026-11-12"))
    page = read(reader, "/en/")
    assert "Ban name in English in force since 6 August 2020 deadline 12 November 2026" in page
    assert 'action="/en/timeline/in-force/"' in reader.get("/en/").content.decode()


# --- An event -----------------------------------------------------------------------------------------------------------
def test_an_event_shows_its_date_certainty_deeds_people_sources_and_statement(reader):
    sale, who = measure("Sale"), actor("Amazon")
    statement = live(ArticleEdition, word="Answer", at=YESTERDAY, is_short=True)
    event("Press", "2020-08-06", effect(sale, "sets_deadline", "2020-09-20", certainty="reported"))
    event(
        "Order",
        "2020-08-14",
        effect(sale, "sets_deadline", "2020-11-12", en={"counted_from": "signed + 90 days"}, fr={}),
        time="18:30",
        zone="America/New_York",
        certainty="disputed",
        actors=[{"actor": who.document_id}],
        sources=[{"kind": "court", "publisher": "District Court", "title": "Opinion"}],
        tags=[a_tag("law").slug],
        statement=statement.document_id,
    )
    page = read(reader, "/en/timeline/order-title-in-english/")
    assert "14 August 2020 18:30, America/New_York disputed · Order" in page
    assert (
        "Sale name in English sets deadline 12 November 2020 (disputed), formerly ~20 September 2020~ (reported) signed + 90 days" in page
    )
    for words in ("Amazon name in English", "court record Opinion", "Answer title in English", "law in English", "History of this page"):
        assert words in page


def test_a_statement_that_is_not_live_is_not_mentioned(reader):
    statement = live(ArticleEdition, word="Embargoed", at=TOMORROW, is_short=True)
    event("Order", statement=statement.document_id)
    assert "statement" not in read(reader, "/en/timeline/order-title-in-english/")


def test_people_and_measures_under_embargo_are_not_named_by_an_event(reader):
    ban, who = measure("Secret", at=TOMORROW), actor("Hidden", at=TOMORROW)
    event("Order", "2020-08-14", effect(ban, "starts"), actors=[{"actor": who.document_id}])
    page = read(reader, "/en/timeline/order-title-in-english/")
    assert "Secret" not in page
    assert "Hidden" not in page


def test_people_come_in_the_event_s_order(reader):
    people = [actor(name) for name in ("Zoe", "Adam", "Mary")]
    event("Order", actors=[{"actor": one.document_id} for one in people])
    page = read(reader, "/en/timeline/order-title-in-english/")
    assert page.index("Zoe") < page.index("Adam") < page.index("Mary")


def test_the_events_before_and_after_follow_the_timeline_and_are_live(reader):
    zone = {"zone": "UTC"}
    for title, day, more in (
        ("month", "2020-08", {}),
        ("untimed", "2020-08-14", {}),
        ("early", "2020-08-14", {"time": "09:00", **zone}),
        ("same", "2020-08-14", {"time": "09:00", **zone}),
        ("late", "2020-08-14", {"time": "18:00", **zone}),
        ("last", "2020-08-15", {}),
    ):
        event(title, day, **more)
        event(f"hidden {title}", day, at=TOMORROW, **more)
    names = ["month", "untimed", "early", "same", "late", "last"]
    for before, name, after in zip([None, *names], names, [*names[1:], None], strict=False):
        context = reader.get(f"/en/timeline/{name}-title-in-english/").context
        assert [one and one.title_en.split()[0] for one in (context["before"], context["after"])] == [before, after], name


def test_a_renamed_event_has_moved(reader, editor):
    order = event("Order")
    renamed = next_draft(order)
    renamed.slug_en = "new-address"
    save_draft(renamed, editor)
    publish(renamed, editor, NOON + timedelta(minutes=1))
    with time_machine.travel(NOON + timedelta(minutes=2), tick=False):
        response = reader.get("/en/timeline/order-title-in-english/")
        assert (response.status_code, response["Location"]) == (301, "/en/timeline/new-address/")


def test_a_withdrawn_event_is_read_with_its_reason_and_is_in_no_list(reader, editor):
    ban = measure("Ban")
    order = event("Order", "2020-08-14", effect(ban, "starts"))
    withdraw(order, editor, "withdrawal", NOTES)
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        assert "Withdrawn in English." in read(reader, "/en/timeline/order-title-in-english/")
        assert "Order title" not in read(reader, "/en/timeline/")
        assert "Order title" not in read(reader, "/en/timeline/measures/ban-name-in-english/")


def test_a_retracted_event_is_gone(reader, editor):
    withdraw(event("Order"), editor, "retraction", NOTES)
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        assert "Order title" not in read(reader, "/en/timeline/order-title-in-english/", status=410)


@pytest.mark.parametrize("path", ["nothing/", "nothing/history/", "nothing/history/1/", "measures/nothing/", "measures/nothing/history/2/"])
def test_what_is_not_there_is_not_found(reader, path):
    assert reader.get(f"/en/timeline/{path}").status_code == 404


def test_an_event_under_embargo_is_not_found(reader):
    event("Secret", at=TOMORROW)
    assert reader.get("/en/timeline/secret-title-in-english/").status_code == 404


def test_a_text_in_another_language_is_marked_and_said(reader):
    event("Order", fr=texts())
    page = reader.get("/fr/timeline/order-title-in-english/").content.decode()
    assert '<h1 lang="en">Order title in English</h1>' in page
    assert 'class="notice"' in page
    assert 'lang="en"><a href="/fr/timeline/order-title-in-english/"' in reader.get("/fr/timeline/").content.decode()


# --- A measure ----------------------------------------------------------------------------------------------------------
def test_a_measure_s_page_tells_its_life_and_who_did_what(reader):
    sale = measure("Sale", checked_through="2020-12-31")
    event("Order", "2020-08-14", effect(sale, "starts"), effect(sale, "sets_deadline", "2020-09-20"))
    event("Later", "2020-08-20", effect(sale, "extends", "2020-11-12", certainty="reported"))
    page = read(reader, "/en/timeline/measures/sale-name-in-english/")
    assert "14 August 2020 to 12 November 2020 in force" in page
    assert "13 November 2020 to 31 December 2020 deadline passed" in page
    assert "after 31 December 2020 not known here" in page
    assert "not known here: checked through 31 December 2020" in page
    assert "moves deadline to 12 November 2020 (reported), formerly ~20 September 2020~" in page
    assert "Checked through 31 December 2020" in page


def test_a_measure_without_effects_has_a_page(reader):
    measure("Bare", checked_through="2030-01-01")
    assert "not yet ordered" in read(reader, "/en/timeline/measures/bare-name-in-english/")


def test_a_withdrawn_measure_s_life_is_not_told(reader, editor):
    ban = measure("Ban")
    event("Order", "2020-08-14", effect(ban, "starts"))
    withdraw(ban, editor, "withdrawal", NOTES)
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        page = read(reader, "/en/timeline/measures/ban-name-in-english/")
        assert "Withdrawn in English." in page
        assert "Its life" not in page
        assert "Ban name" not in read(reader, "/en/timeline/")
        assert "Ban name" not in read(reader, "/en/timeline/in-force/")


# --- History ------------------------------------------------------------------------------------------------------------
def test_a_past_edition_says_what_it_said_of_measures(reader, editor):
    ban = measure("Ban")
    first = event("Order", "2020-08-14", effect(ban, "starts"))
    following = next_draft(first)
    following.effects.update(verb="orders")
    publish(following, editor, NOON + timedelta(minutes=1))
    with time_machine.travel(NOON + timedelta(minutes=2), tick=False):
        assert "Ban name in English starts" in read(reader, "/en/timeline/order-title-in-english/history/1/")
        assert "Ban name in English orders" in read(reader, "/en/timeline/order-title-in-english/history/2/")
        assert "2 editions" in read(reader, "/en/timeline/order-title-in-english/history/")
        assert "Ban" in read(reader, "/en/timeline/measures/ban-name-in-english/history/1/")


# --- Every page ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "path",
    [
        "",
        "?from=x",
        "?from=1999&to=1999",
        "in-force/?on=2020-10-01",
        "in-force/?on=x",
        "measures/",
        "measures/ban-name-in-english/",
        "order-title-in-english/",
    ],
)
def test_pages_need_no_cookie_no_script_and_no_inline_style(reader, path):
    event("Order", "2020-08-14", effect(measure("Ban"), "starts"))
    response = reader.get(f"/en/timeline/{path}")
    page = response.content.decode()
    assert not response.cookies
    harmless = r'<script type="module" src="[^"]+"></script>|<script type="application/ld\+json">'  # data, which nobody runs
    assert re.sub(harmless, "", page).count("<script") == 0
    assert "<style" not in page
    assert " style=" not in page
    assert page.count("<h1") == 1


# --- The picture --------------------------------------------------------------------------------------------------------
def drawings(page):
    return re.findall(r"(?s)<svg xmlns.*?</svg>", page)


def in_words(drawing):
    return " ".join("".join(ElementTree.fromstring(drawing).itertext()).split())


def test_the_picture_shows_events_measures_and_moved_deadlines_and_a_table_says_the_same(reader):
    sale = measure("Sale")
    event("Order", "2020-08-14", effect(sale, "starts"), effect(sale, "sets_deadline", "2020-09-20"))
    event("Moved", "2020-09-01", effect(sale, "extends", "2020-11-12", certainty="reported"), certainty="reported")
    page = reader.get("/en/timeline/").content.decode()
    wide, narrow = drawings(page)
    for drawing in (wide, narrow):
        words = in_words(drawing)
        for said in (
            "Timeline: August 2020 to November 2020",
            "2 events",
            "Public acts",
            "in force",
            "as known on 1 June 2026",
            "/en/timeline/",
        ):
            assert said in words, said
        assert 'href="/en/timeline/order-title-in-english/"' in drawing
        assert re.search(r'text-decoration="line-through">20.September<', drawing)
        assert re.search(r">12.November \(reported\)<", drawing)
    table = plain(page.partition("picture-table")[2].partition("</details>")[0])
    assert "14 August 2020 Order title in English confirmed" in table
    assert "Sale name in English in force 14 August 2020 to 12 November 2020" in table
    assert "deadline, moved ~20 September 2020~" in table


def test_many_events_are_drawn_as_columns_whose_numbers_are_what_a_click_finds(reader, monkeypatch):
    monkeypatch.setattr("timeline.pictured.MOST_EVENTS", 3)
    for number, day in enumerate(["2020-01-05", "2020-01", "2020-01-31/2020-02-02", "2020-06-01", "2021"]):
        event(f"Event {number}", day)
    page = reader.get("/en/timeline/").content.decode()
    table = plain(page.partition("picture-table")[2].partition("</details>")[0])
    assert "Each column shows how many events" in in_words(drawings(page)[0])
    found = dict(re.findall(r'href="(/en/timeline/\?from=[\d-]+&amp;to=[\d-]+)"><title>[^<]*: (\d+) events?</title>', drawings(page)[0]))
    assert len(found) > 2
    for address, count in found.items():
        assert reader.get(address.replace("&amp;", "&")).context["page"].total == int(count), table


def test_nothing_scheduled_is_in_the_picture(reader):
    shown, hidden = measure("Shown"), measure("Hidden", at=TOMORROW)
    event("Open", "2020-08-14", effect(shown, "starts"), effect(hidden, "starts"))
    event("Secret", "2020-09-14", effect(shown, "ends"), at=TOMORROW)
    for path in ("/en/timeline/", "/en/timeline/export.svg"):
        page = reader.get(path).content.decode()
        assert "Secret" not in page
        for drawing in drawings(page):
            assert "Open" in drawing
            assert all(word not in in_words(drawing) for word in ("Hidden", "ended", "September"))


def test_the_picture_alone_is_a_file_with_its_sources_and_nothing_from_elsewhere(reader, settings):
    settings.IS_DEMO = True
    event("Order", "2020-08-14", effect(measure("Ban"), "starts"))
    response = reader.get("/fr/timeline/export.svg?from=2020-08&to=2020-12&kind=order")
    assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
    drawing = response.content.decode()
    root = ElementTree.fromstring(drawing)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert all(one.tag.partition("}")[2] not in ("style", "script", "image") and "style" not in one.attrib for one in root.iter())
    assert {link.get("href").startswith(settings.SITE_URL) for link in root.iter("{http://www.w3.org/2000/svg}a")} == {True}
    words = in_words(drawing)
    for said in ("1er juin 2026", "/fr/timeline/?from=2020-08&to=2020-12&kind=order", settings.NEWSROOM_NAME):
        assert said in words, said
    assert reader.get("/en/timeline/export.svg?from=x").status_code == 400
    assert reader.get("/en/timeline/export.svg?from=1999&to=1999").status_code == 200
