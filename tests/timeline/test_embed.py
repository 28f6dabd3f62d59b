"""The timeline in pages of other sites: what the frame shows, who may frame what, and what oEmbed answers.

On one engine: other tests read the same rows on both.
"""

import json
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
import time_machine
from django.contrib.staticfiles import finders

from newsroom.publishing.drafts import save_draft
from newsroom.publishing.models import Change
from newsroom.publishing.publish import publish, withdraw
from tests.factories import NOON, NOTES, next_draft
from tests.timeline.content import effect, event, measure, texts
from timeline.models import EventEdition

pytestmark = [pytest.mark.django_db, pytest.mark.pure]
SITE = "http://newsroom.example"
HOUR, SOON = timedelta(hours=1), timedelta(seconds=3)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def moved():
    sale = measure("Sale")
    event("Ordered", "2020-08-14", effect(sale, "orders", deadline="2020-11-12"))
    return event("Moved", "2020-11-13", effect(sale, "extends", deadline="2020-11-27"), kind="court")


def oembed(reader, address, query=""):
    return reader.get(f"/oembed?url={quote(address)}{query}")


# --- The frame ----------------------------------------------------------------------------------------------------------
def test_the_newest_events_come_first_and_the_filter_chooses(reader, moved):
    page = reader.get("/en/timeline/embed/").text
    assert page.index("Moved title") < page.index("Ordered title")
    assert "moves deadline to" in page
    assert "2 events in the timeline" in page
    assert "Ordered title" not in reader.get("/fr/timeline/embed/?kind=court").text
    assert "Moved title" not in reader.get("/en/timeline/embed/?order=asc&most=1").text


def test_one_event_is_shown_by_any_name_it_ever_had(reader, moved, editor, clock):
    renamed = next_draft(moved)
    renamed.slug_en = renamed.slug_fr = "another-name"
    save_draft(renamed, editor)
    publish(renamed, editor)
    clock.shift(SOON)
    for slug in ("moved-title-in-english", "another-name"):
        page = reader.get(f"/fr/timeline/embed/?event={slug}").text
        assert "Changed en français" in page
        assert f'href="{SITE}/fr/timeline/another-name/"' in page


def test_what_is_in_force_is_shown_on_a_day(reader, moved):
    page = reader.get("/en/timeline/embed/?show=in-force&on=2020-11-20").text
    assert "In force on 20\xa0November\xa02020" in page
    assert "27\xa0November\xa02020" in page
    assert f'href="{SITE}/en/timeline/in-force/?on=2020-11-20"' in page


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("?from=2020-13", 400, "<code>from</code>"),
        ("?most=11", 400, "<code>most</code>"),
        ("?show=all", 400, "<code>show</code>"),
        ("?show=in-force&on=x", 400, "<code>on</code>"),
        ("?event=nobody-knows", 404, "There is no page"),
    ],
)
def test_what_goes_wrong_is_said_inside_the_frame(reader, query, status, said):
    response = reader.get(f"/en/timeline/embed/{query}")
    assert (response.status_code, said in response.text) == (status, True)
    assert "X-Frame-Options" not in response.headers


def test_what_is_withdrawn_says_so_and_what_is_retracted_says_nothing_else(reader, moved, editor, clock):
    address = "/en/timeline/embed/?event=moved-title-in-english"
    withdraw(moved, editor, Change.WITHDRAWAL, NOTES)
    clock.shift(SOON)
    assert "Withdrawn on" in reader.get(address).text
    assert oembed(reader, f"{SITE}/en/timeline/moved-title-in-english/").status_code == 404
    withdraw(EventEdition.objects.standing(NOON + SOON).get(document=moved.document), editor, Change.RETRACTION, NOTES)
    clock.shift(SOON)
    response = reader.get(address)
    assert (response.status_code, NOTES["en"] in response.text, "Moved" in response.text) == (410, True, False)


def test_only_the_frame_may_be_framed(reader, moved):
    frame = reader.get("/en/timeline/embed/")
    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame.headers
    assert "Set-Cookie" not in frame.headers
    others = ("", "timeline/", "timeline/export/", "timeline/export.csv", "timeline/in-force/", "timeline/embed/nothing/")
    for path in (*(f"/en/{path}" for path in others), "/oembed", "/admin/login/"):
        response = reader.get(path)
        assert response["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_the_frame_and_all_it_needs_are_under_thirty_kilobytes(reader, moved):
    for number in range(10):
        event(f"n{number}", f"2021-01-{number + 1:02}", en=texts(title="A long title " * 10, summary="A long summary. " * 35))
    files = [finders.find(name) for name in ("css/embed.css", "embed-frame.js")]
    size = sum(Path(name).stat().st_size for name in files)
    assert len(reader.get("/en/timeline/embed/?most=10").content) + size < 30_000
    assert reader.get("/en/timeline/embed/").text.count('<link rel="stylesheet"') == 1


def test_a_frame_of_the_past_shows_the_past(reader, moved, editor, clock):
    clock.shift(HOUR)
    publish(next_draft(moved, word="Corrected"), editor)
    clock.shift(SOON)
    then = reader.get("/memento/20260601000000/en/timeline/embed/")
    assert then.status_code == 200
    assert "Moved title" in then.text
    assert "Corrected" not in then.text
    assert "frame-ancestors *" in then["Content-Security-Policy"]


# --- oEmbed -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("path", "frame", "title"),
    [
        ("/en/timeline/?from=2020-11&utm=x", "/en/timeline/embed/?from=2020-11", "Timeline – from November\xa02020 on"),
        ("/fr/timeline/", "/fr/timeline/embed/", "Chronologie"),
        ("/en/timeline/moved-title-in-english/", "/en/timeline/embed/?event=moved-title-in-english", "Moved title in English"),
        ("/en/timeline/in-force/?on=2020-11-20", "/en/timeline/embed/?show=in-force&on=2020-11-20", "In force on 20\xa0November\xa02020"),
        ("/en/timeline/embed/?most=3", "/en/timeline/embed/?most=3", "Timeline"),
        ("/memento/20260601000000/en/timeline/", "/memento/20260601000000/en/timeline/embed/", "Timeline"),
    ],
)
def test_a_page_has_its_frame(reader, moved, path, frame, title):
    response = oembed(reader, SITE + path)
    assert response.status_code == 200
    said = json.loads(response.content)
    assert (said["version"], said["type"], said["width"], said["height"]) == ("1.0", "rich", 600, 480)
    assert said["title"] == title
    assert f'<iframe src="{SITE}{frame.replace("&", "&amp;")}" title="' in said["html"]
    assert reader.get(frame).status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"


def test_the_answer_is_what_wordpress_keeps_and_hides_nothing_elsewhere(reader, moved):
    """wp_filter_oembed_result() keeps <a>, <blockquote> and <iframe>; without the <blockquote> it brings no script that sets the height."""
    page = f"{SITE}/memento/20260601000000/en/timeline/?kind=court"
    html = json.loads(oembed(reader, page).content)["html"]
    kept = re.sub("</?(?:template|script)[^>]*>", "", html)
    quote, frame = re.fullmatch("(<blockquote>.*?</blockquote>)(<iframe .*?></iframe>)", kept).groups()
    assert quote == f'<blockquote><a href="{page}">Timeline – Court decision</a></blockquote>'
    assert 'width="100%"' in frame
    assert f"<template>{quote}</template>" in html
    assert html.endswith(f'<script async src="{SITE}/static/embed.js"></script>')


def test_a_page_leads_to_its_oembed_answer(reader, moved):
    paths = ("/en/timeline/?kind=court", "/en/timeline/moved-title-in-english/", "/fr/timeline/in-force/?on=2020-11-20")
    for path in (*paths, "/en/timeline/embed/?most=3"):
        page = reader.get(path).text
        [link] = [part for part in page.split("<link ") if "application/json+oembed" in part]
        address = link.partition('href="')[2].partition('"')[0].replace("&amp;", "&")
        assert reader.get(address.removeprefix(SITE)).status_code == 200
    assert "json+oembed" not in reader.get("/en/articles/").text


def test_oembed_obeys_its_standard(reader, moved):
    small = json.loads(oembed(reader, f"{SITE}/en/timeline/", "&maxwidth=300&maxheight=200").content)
    assert (small["width"], small["height"]) == (300, 200)
    assert 'width="100%" height="200"' in small["html"]
    tree = ElementTree.fromstring(oembed(reader, f"{SITE}/en/timeline/", "&format=xml").content)
    assert tree.findtext("html") == json.loads(oembed(reader, f"{SITE}/en/timeline/").content)["html"]
    assert oembed(reader, f"{SITE}/en/timeline/", "&format=yaml").status_code == 501
    assert oembed(reader, f"{SITE}/en/timeline/", "&maxwidth=wide").status_code == 400
    assert oembed(reader, f"{SITE}/en/timeline/?q={'x' * 190}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "", "nonsense", "http://elsewhere.example/en/timeline/", "https://newsroom.example/en/timeline/", "http://newsroom.example@evil.example/",
        f"{SITE}/", f"{SITE}/admin/", f"{SITE}/en/articles/", f"{SITE}/en/timeline/nobody-knows/", f"{SITE}/en/timeline/?from=x",
        f"{SITE}/memento/20990101000000/en/timeline/", f"{SITE}/memento/2020/en/timeline/", "http://[", f"{SITE}/en/timeline/measures/",
    ],
)  # fmt: skip
def test_what_has_no_frame_is_not_found(reader, address):
    assert oembed(reader, address).status_code == 404


def test_what_is_not_live_yet_is_not_found(reader):
    event("Secret", at=NOON + HOUR)
    hidden, never = (oembed(reader, f"{SITE}/en/timeline/{slug}/") for slug in ("secret-title-in-english", "nobody-title-in-english"))
    assert (hidden.status_code, hidden.content) == (404, never.content)
    assert reader.get("/en/timeline/embed/?event=secret-title-in-english").content == reader.get("/en/timeline/embed/?event=nobody").content


# --- The page that says how ---------------------------------------------------------------------------------------------
def test_the_page_leads_to_every_format_of_the_same_events(reader, moved):
    page = reader.get("/en/timeline/export/?kind=court")
    for name in ("csv?kind=court", "csv?kind=court&amp;bom=1", "json?kind=court", "ics?kind=court", "svg?kind=court"):
        assert f'"{SITE}/en/timeline/export.{name}"' in page.text
    assert f'&lt;iframe src="{SITE}/en/timeline/embed/?kind=court"' in page.text
    assert '"webcal://newsroom.example/en/timeline/export.ics?kind=court"' in page.text
    assert "1 event" in page.text
    assert '<a href="/en/timeline/export/?kind=court#embed">' in reader.get("/en/timeline/?kind=court").text
