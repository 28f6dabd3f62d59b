"""The timeline taken away: every format says what the page says, to those who read files instead of pages.

On one engine: how a line is written. On both: which events are in it, and when it changes.
"""

import csv
import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from newsroom.publishing.drafts import draft_from, save_draft
from newsroom.publishing.identity import id_of, ids_of_documents
from newsroom.publishing.models import Change
from newsroom.publishing.publish import publish, withdraw
from tests.factories import NOON, NOTES, a_tag, next_draft
from tests.timeline.content import YESTERDAY, actor, effect, event, measure, texts
from timeline import catalogue
from timeline.export import carried, reading
from timeline.export.as_csv import whole
from timeline.export.cells import FORMULA, written
from timeline.export.lines import CELL
from timeline.models import Event

pytestmark = pytest.mark.django_db
HOUR, SOON = timedelta(hours=1), timedelta(seconds=3)
TOMORROW = NOON + timedelta(days=1)
FORMATS = ("csv", "json", "ics")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def read(reader, path):
    response = reader.get(path)
    assert response.status_code == 200, path
    return b"".join(response.streaming_content).decode()


def rows(reader, query="", language="en"):
    return list(csv.DictReader(StringIO(read(reader, f"/{language}/timeline/export.csv{query}"), newline="")))


def events(reader, query="", language="en"):
    return json.loads(read(reader, f"/{language}/timeline/export.json{query}"))["events"]


def calendar(reader, query="", language="en"):
    """{summary: VEVENT}"""
    found = Calendar.from_ical(read(reader, f"/{language}/timeline/export.ics{query}"))
    return {str(one["summary"]): one for one in found.walk("VEVENT")}


SOURCE = {
    **dict.fromkeys(("archived_address", "excerpt"), ""),
    "kind": "court",
    "title": "Opinion",
    "publisher": "District Court",
    "author": "Nichols",
    "published": "2020-09-27",
    "accessed": None,
    "address": "https://example.org/1",
    "language": "en",
    "is_translated": False,
}


@pytest.fixture
def moved():
    """A deadline that was moved, by somebody, with a source."""
    sale, judge = measure("Sale"), actor("Judge")
    event("Ordered", "2020-08-14", effect(sale, "orders", deadline="2020-11-12"))
    more = {"actors": [{"actor": judge.document_id}], "tags": [a_tag("law").slug], "sources": [SOURCE], "kind": "court"}
    return event("Moved", "2020-11-13", effect(sale, "extends", deadline="2020-11-27", scope=""), **more)


# --- CSV ----------------------------------------------------------------------------------------------------------------
@pytest.mark.pure
def test_a_line_says_what_the_page_says(reader, moved):
    _first, line = rows(reader)
    assert line == {
        "id": id_of(moved), "title": "Moved title in English", "summary": "Moved summary in English", "language": "en", "translation": "",
        "date": "2020-11-13", "date_in_words": "13\xa0November\xa02020", "first_day": "2020-11-13", "last_day": "2020-11-13", "time": "",
        "zone": "", "certainty": "confirmed", "kind": "court", "who": "Judge name in English",
        "effects": "Sale name in English: moves deadline to 27\xa0November\xa02020", "tags": "law",
        "sources": "court record: District Court, Opinion, Nichols, 2020-09-27 https://example.org/1",
        "address": "http://newsroom.example/en/timeline/moved-title-in-english/",
        "permanent_address": "http://newsroom.example/memento/20260531120000/en/timeline/moved-title-in-english/",
        "published_at": "2026-05-31T12:00:00Z", "updated_at": "2026-05-31T12:00:00Z", "as_known_at": "2026-06-01T00:00:00Z",
        "export": "http://newsroom.example/memento/20260601000000/en/timeline/export.csv",
        "notice": "A summary from the sources cited, incomplete; not legal advice.",
    }  # fmt: skip
    assert reader.get(line["permanent_address"].removeprefix("http://newsroom.example")).status_code == 200


def test_the_filter_and_the_order_are_the_page_s(reader, moved):
    assert [line["title"] for line in rows(reader, "?order=desc")] == ["Moved title in English", "Ordered title in English"]
    [line] = rows(reader, "?kind=court&measure=sale-name-in-english&from=2020-11", "fr")
    assert line["title"] == "Moved title en français"
    assert line["effects"] == "Sale name en français\xa0: reporte l’échéance au 27\xa0novembre\xa02020"
    assert line["export"].endswith("/fr/timeline/export.csv?from=2020-11&kind=court&measure=sale-name-in-english")


@pytest.mark.pure
def test_what_is_known_in_part_has_its_words_and_its_possible_days(reader):
    event("About", "2020-08~")
    event("Open", "2020-08-14/..")
    event("Timed", "2020-09-01", time="23:59", zone="America/New_York", certainty="disputed")
    about, is_open, timed = rows(reader)
    assert (about["date"], about["date_in_words"]) == ("2020-08~", "about August\xa02020")
    assert (about["first_day"], about["last_day"]) == ("2020-07-01", "2020-09-30")
    assert (is_open["first_day"], is_open["last_day"]) == ("2020-08-14", "")
    assert (timed["time"], timed["zone"], timed["certainty"]) == ("23:59", "America/New_York", "disputed")


@pytest.mark.pure
def test_a_text_in_another_language_or_behind_its_original_says_so(reader):
    event("Alone", "2020-01", fr={})
    behind = event("Behind", "2020-02")
    with time_machine.travel(YESTERDAY, tick=False):
        following = draft_from(behind, None)
        following.title_en, following.change, following.note_en, following.note_fr = "Moved on", Change.UPDATE, "More.", "Plus."
        save_draft(following, None)
        publish(following, None, NOON - HOUR)
    said = [(line["language"], line["translation"], line["title"]) for line in rows(reader, "", "fr")]
    assert said == [("en", "missing", "Alone title in English"), ("fr", "behind", "Behind title en français")]
    assert [line["translation"] for line in rows(reader)] == ["", ""]
    assert [(one["is_missing"], one["is_behind"]) for one in events(reader, "", "fr")] == [(True, False), (False, True)]


@pytest.mark.pure
def test_the_byte_order_mark_comes_on_request(reader):
    event("Été")
    assert not read(reader, "/en/timeline/export.csv").startswith("\ufeff")
    assert read(reader, "/en/timeline/export.csv?bom=1").startswith('\ufeff"id","title"')


def test_what_nobody_may_know_yet_is_named_in_no_line(reader):
    secret, hidden = measure("Secret", at=TOMORROW), actor("Hidden", at=TOMORROW)
    event("Open", "2020-08-14", effect(secret, "starts"), actors=[{"actor": hidden.document_id}])
    event("Later", at=TOMORROW)
    for form in FORMATS:
        told = read(reader, f"/en/timeline/export.{form}")
        assert "Open title" in told
        assert not any(word in told for word in ("Secret", "secret", "Hidden", "hidden", "Later", "later-title"))


@pytest.mark.pure
@given(cells=st.lists(st.text(st.one_of(st.sampled_from("=+-@;,\t\r\n\"' \ufeff\uff1d\uff0b\uff0d\uff20"), st.characters(codec="utf-8")))))
def test_no_cell_is_a_formula_whatever_a_spreadsheet_separates_cells_by(cells):
    """Only the unit separator cannot be told: no text of ours can hold it."""
    cells = [cell.replace("\x1f", "").replace("\0", "") for cell in cells]
    line = whole([CELL.join(written(*cells))])
    [back] = csv.reader(StringIO(line, newline=""))
    assert [cell.replace("'", "") for cell in back] == [cell.replace("'", "") for cell in cells] or not cells
    for separator in ",;\t":
        for row in csv.reader(StringIO(line, newline=""), delimiter=separator):
            assert not [cell for cell in row if cell.strip(" \u00a0\u200b\ufeff\u3000")[:1] in set(FORMULA) - {""}]


# --- JSON ---------------------------------------------------------------------------------------------------------------
@pytest.mark.pure
def test_json_says_what_it_is_and_what_the_page_says(reader, moved):
    told = json.loads(read(reader, "/en/timeline/export.json?kind=court"))
    assert told["filter"] == ["Court decision"]
    assert told["as_known_at"] == "2026-06-01T00:00:00Z"
    assert told["page"] == "http://newsroom.example/en/timeline/?kind=court"
    assert told["permanent"] == "http://newsroom.example/memento/20260601000000/en/timeline/export.json?kind=court"
    [one] = told["events"]
    assert (one["id"], one["title"], one["edition"]) == (id_of(moved), "Moved title in English", 1)
    assert one["date"]["first_day"] == one["date"]["last_day"] == "2020-11-13"
    [deed] = one["effects"]
    assert (deed["verb"]["code"], deed["deadline"], deed["measure"]["name"]) == ("extends", "2020-11-27", "Sale name in English")
    assert deed["words"].endswith("moves deadline to 27\xa0November\xa02020, formerly 12\xa0November\xa02020")
    assert [source["address"] for source in one["sources"]] == ["https://example.org/1"]
    assert events(reader, "?kind=report") == []


# --- iCalendar ----------------------------------------------------------------------------------------------------------
@pytest.mark.pure
def test_a_calendar_says_what_it_is_and_how_often_to_ask(reader, moved):
    text = read(reader, "/en/timeline/export.ics?kind=court")
    top = Calendar.from_ical(text)
    assert str(top["x-wr-calname"]) == str(top["name"]) == "Newsroom – Timeline – Court decision"
    assert "As known at 2026-06-01T00:00:00Z. http://newsroom.example/memento/20260601000000/en/" in str(top["x-wr-caldesc"])
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in text
    assert "X-PUBLISHED-TTL:PT1H\r\n" in text
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


@pytest.mark.pure
def test_days_are_whole_and_their_end_is_the_day_after(reader):
    event("Day", "2020-08-14")
    event("Month", "2020-08~")
    event("Open", "2020-08-14/..")
    event("Until", "../2020-09-01")
    event("Timed", "2020-09-01", time="23:59", zone="America/New_York", certainty="reported")
    event("Twice", "2020-11-01", time="01:30", zone="America/New_York")
    found = {name.split()[0]: one for name, one in calendar(reader).items()}
    spans = {name: (one["dtstart"].dt, one["dtend"].dt if "dtend" in one else None) for name, one in found.items()}
    assert spans == {
        "Day": (date(2020, 8, 14), date(2020, 8, 15)),
        "Month": (date(2020, 7, 1), date(2020, 10, 1)),
        "Open": (date(2020, 8, 14), None),
        "Until": (date(2020, 9, 1), date(2020, 9, 2)),
        "Timed": (datetime(2020, 9, 2, 3, 59, tzinfo=UTC), None),
        "Twice": (date(2020, 11, 1), date(2020, 11, 2)),
    }
    assert "about August\xa02020 · confirmed · Order" in found["Month"]["description"]
    assert "1\xa0September\xa02020, 23:59 America/New_York · reported" in found["Timed"]["description"]
    assert (found["Day"]["status"], found["Timed"]["status"]) == ("CONFIRMED", "TENTATIVE")


def test_an_event_keeps_its_uid_and_counts_its_editions(reader, moved, clock, editor):
    before = calendar(reader)["Moved title in English"]
    publish(next_draft(moved, word="Again"), editor)
    clock.shift(SOON)
    after, in_french = calendar(reader)["Again in English"], calendar(reader, "", "fr")["Again en français"]
    assert before["uid"] == after["uid"] == in_french["uid"] == id_of(moved)
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert (before["dtstamp"].dt, after["dtstamp"].dt) == (YESTERDAY, NOON + SOON)


def test_what_is_withdrawn_is_cancelled_and_what_is_retracted_says_nothing(reader, editor, clock, moved):
    retracted = event("Unsaid", "2020-09-09", kind="report")
    withdraw(moved, editor, Change.WITHDRAWAL, NOTES)
    withdraw(retracted, editor, Change.RETRACTION, NOTES)
    clock.shift(SOON)
    found = calendar(reader, "?kind=court")
    gone, silent = found["Withdrawn: Moved title in English"], found["Retracted"]
    assert (gone["uid"], gone["status"], gone["sequence"]) == (id_of(moved), "CANCELLED", 1)
    assert gone["description"].startswith(NOTES["en"])
    assert (silent["uid"], silent["status"], silent["sequence"]) == (id_of(retracted), "CANCELLED", 1)
    assert silent["dtstart"].dt == date(2026, 6, 1)
    for past in ("", "/memento/20260601000000"):
        told = "".join(read(reader, f"{past}/en/timeline/export.{form}") for form in FORMATS)
        assert not any(word in told for word in ("Unsaid", "unsaid", "2020-09-09", "20200909"))
    assert "Moved" not in read(reader, "/en/timeline/export.csv") + read(reader, "/en/timeline/export.json")


@pytest.mark.pure
def test_words_that_mean_something_to_a_calendar_come_back_as_they_were(reader):
    title = "END:VEVENT; a, b\\n \\, “é” " + "ü" * 80
    event("Hard", en=texts(title=title, summary="One\nBEGIN:VALARM\n;,\\"))
    [one] = calendar(reader).values()
    assert str(one["summary"]) == title
    assert "One\nBEGIN:VALARM\n;,\\" in one["description"]


# --- All of them --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.pure
def test_a_value_that_cannot_be_read_is_a_400_that_names_it(reader, form):
    response = reader.get(f"/en/timeline/export.{form}?from=2020-13&kind=order")
    assert response.status_code == 400
    assert "<code>from</code>" in response.text
    assert reader.get(f"/en/timeline/export.{form}?measure=nothing").status_code == 400
    assert reader.get("/en/timeline/export.csv?bom=yes").status_code == 400


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_is_asked_for_again_only_when_something_changed(reader, editor, clock, moved, form):
    path = f"/en/timeline/export.{form}?kind=court"
    first = reader.get(path)
    clock.shift(HOUR)
    assert reader.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert reader.get(path, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    publish(next_draft(moved), editor)
    clock.shift(SOON)
    assert reader.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert reader.get(path, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 200


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_a_line_has_the_tags_of_its_event_wherever_it_stands_in_the_index(reader, monkeypatch, order):
    monkeypatch.setattr(carried, "STRETCH", 2)
    tags = [a_tag(slug).slug for slug in ("court", "law", "press")]
    for day in range(1, 6):
        event(f"Event {day}", f"2020-08-0{day}", tags=tags[:day][::-1])
    catalogue.current()
    event("Event 6", "2020-08-03", tags=tags[1:])  # decided about since: in the other part of the index
    found = {row["title"].partition(" title")[0]: row["tags"] for row in rows(reader, f"?order={order}&from=2020-08-02")}
    every = "court | law | press"
    assert found == {
        "Event 2": "court | law", "Event 3": every, "Event 4": every, "Event 5": every, "Event 6": "law | press",
    }  # fmt: skip


def test_people_are_named_in_the_order_in_which_they_stand(reader):
    one, two, three = (actor(name).document_id for name in ("One", "Two", "Three"))
    hidden = actor("Hidden", at=TOMORROW).document_id
    named = [[], [two], [three, one], [hidden, two], [one, three, two], [two, hidden, two]]
    for day, people in enumerate(named, 1):
        event(f"Event {day}", f"2020-08-0{day}", actors=[{"actor": who} for who in people])
    told = [line["who"].replace(" name in English", "") for line in rows(reader)]
    assert told == ["", "Two", "Three | One", "Two", "One | Three | Two", "Two | Two"]


def test_a_renamed_tag_is_another_export(reader, moved):
    before = reader.get("/en/timeline/export.json")["ETag"]
    tag = a_tag("law")
    tag.name_en = "Justice"
    tag.save()
    assert reader.get("/en/timeline/export.json")["ETag"] != before


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.pure
def test_an_export_names_the_memento_that_says_the_same_for_ever(reader, editor, clock, moved, form):
    clock.shift(HOUR)
    publish(next_draft(moved, word="Corrected"), editor)
    clock.shift(SOON)
    today = read(reader, f"/en/timeline/export.{form}")
    assert "Corrected in English" in today
    assert "Corrected" not in read(reader, f"/memento/20260601000000/en/timeline/export.{form}")
    permanent = f"/memento/20260601130003/en/timeline/export.{form}"
    assert f"http://newsroom.example{permanent}" in today.replace("\r\n ", "")
    then, today = (text.replace("\r\n ", "").replace("/memento/20260601130003/", "/") for text in (read(reader, permanent), today))
    assert then.partition("BEGIN:VEVENT")[1:] == today.partition("BEGIN:VEVENT")[1:]


def test_chunks_put_together_are_the_list(reader, monkeypatch):
    zone = {"zone": "UTC"}
    timed = [("2020-08-14", {"time": time, **zone}) for time in ("09:00", "08:00")]
    plain = [(day, {}) for day in ("2020-08-14", "2020-08", "2020-08-14", "../2020", "2020-08-14/..")]
    for number, (day, more) in enumerate(timed + plain):
        event(f"n{number}", day, **more)
    monkeypatch.setattr(reading, "CHUNK", 2)
    monkeypatch.setattr(reading, "STREAMED", 4)
    monkeypatch.setattr(reading, "PART", 3)
    monkeypatch.setattr(reading, "WHOLE", 3)
    for query in ("", "?order=desc"):
        listed = [one.title_en for one in reader.get(f"/en/timeline/{query}").context["page"]]
        assert [line["title"] for line in rows(reader, query)] == listed
        assert [one["title"] for one in events(reader, query)] == listed
        assert list(calendar(reader, query)) == listed


def test_ids_made_by_the_thousand_are_those_made_one_by_one(moved):
    assert ids_of_documents(Event)(moved.document_id) == id_of(moved)
