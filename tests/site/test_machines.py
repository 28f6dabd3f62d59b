"""What machines ask of a site: sitemap, robots, security contact, health, and the files of pictures."""

import re
from datetime import timedelta
from html import unescape
from xml.etree import ElementTree

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError, connection

from articles.models import ArticleEdition
from newsroom.library.models import Picture
from newsroom.library.shown import address_for_desk
from newsroom.publishing.models import Change
from newsroom.publishing.publish import publish, withdraw
from newsroom.site import sitemaps
from tests.factories import NOON, NOTES, draft, live
from timeline.models import MeasureEdition

HOUR = timedelta(hours=1)
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON + HOUR, tick=False)]


def addresses(response):
    return [loc.text for loc in ElementTree.fromstring(response.content).findall(".//s:loc", NAMES)]


# --- Sitemap ------------------------------------------------------------------------------------------------------------
def test_sitemap_leads_to_one_file_a_type(reader):
    response = reader.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    assert addresses(response)[:2] == ["http://newsroom.example/sitemap-pages.xml", "http://newsroom.example/sitemap-articles-1.xml"]
    assert all(reader.get(address.removeprefix("http://newsroom.example")).status_code == 200 for address in addresses(response))


def test_sitemap_lists_a_live_page_in_both_languages(reader):
    edition = live(ArticleEdition)
    response = reader.get("/sitemap-articles-1.xml")
    both = [f"http://newsroom.example/{code}/articles/{edition.slug_in(code)}/" for code in ("en", "fr")]
    assert addresses(response) == both
    links = ElementTree.fromstring(response.content).findall("s:url[1]/x:link", NAMES)
    assert [(link.get("hreflang"), link.get("href")) for link in links] == [("en", both[0]), ("fr", both[1])]


def test_sitemap_leaves_out_a_language_without_text(reader):
    edition = live(MeasureEdition, fr={})
    assert addresses(reader.get("/sitemap-measures-1.xml")) == [f"http://newsroom.example/en/timeline/measures/{edition.slug_en}/"]


def test_sitemap_leaves_out_what_is_not_live(reader, time_machine):
    draft(ArticleEdition)
    publish(draft(ArticleEdition, word="Tomorrow"), None, NOON + 24 * HOUR)
    withdraw(live(ArticleEdition, word="Gone"), None, Change.WITHDRAWAL, NOTES)
    time_machine.shift(HOUR)
    assert addresses(reader.get("/sitemap-articles-1.xml")) == []


def test_sitemap_splits_what_is_long(reader, monkeypatch):
    monkeypatch.setattr(sitemaps, "PER_FILE", 2)
    for number in range(3):
        live(ArticleEdition, word=f"Number {number}", is_short=True)
    assert [len(addresses(reader.get(f"/sitemap-articles-{number}.xml"))) for number in (1, 2)] == [4, 2]
    assert "http://newsroom.example/sitemap-articles-2.xml" in addresses(reader.get("/sitemap.xml"))


@pytest.mark.parametrize("name", ["articles-2", "articles-0", "nothing-1", "articles"])
def test_sitemap_that_is_none_is_not_found(reader, name):
    assert reader.get(f"/sitemap-{name}.xml").status_code == 404


# --- Robots, security, health -------------------------------------------------------------------------------------------
def test_robots_are_led_to_the_sitemap(reader):
    assert "Sitemap: http://newsroom.example/sitemap.xml" in reader.get("/robots.txt").text


def test_robots_are_asked_to_leave_a_demonstration(reader, settings):
    settings.IS_DEMO = True
    assert reader.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_security_contact_is_there_once_it_is_set(reader, settings):
    assert reader.get("/.well-known/security.txt").status_code == 404
    settings.PRESS_EMAIL = "press@newsroom.example"
    text = reader.get("/.well-known/security.txt").text
    assert "Contact: mailto:press@newsroom.example\n" in text
    assert "Expires: 2026-11-28T00:00:00Z\n" in text


def test_health_asks_the_database_and_is_never_kept(reader, monkeypatch):
    response = reader.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok\n")
    assert "no-store" in response["Cache-Control"]

    def fail():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", fail)
    assert reader.get("/healthz").status_code == 503


# --- Pictures -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def picture(db):
    name = default_storage.save("pictures/0123456789abcdef.png", ContentFile(b"\x89PNG"))
    yield Picture.objects.create(title="One", file=name, width=16, height=9)
    default_storage.delete(name)


def answer_of(reader, address):
    """(status, Cache-Control), with the file closed again but not the database, as closing the response would."""
    response = reader.get(address)
    if response.streaming:
        response._resource_closers.pop(0)()
    return response.status_code, response["Cache-Control"]


def test_picture_is_served_and_asked_for_again_soon(reader, editor, picture):
    live(ArticleEdition, editor, picture=picture.pk)
    response = reader.get(picture.file.url)
    assert b"".join(response.streaming_content) == b"\x89PNG"
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=300"
    response.close()


def test_picture_that_no_page_has_shown_is_for_the_desk_alone(reader, writer, editor, client, picture):
    with time_machine.travel(NOON, tick=False) as clock:
        edition = draft(ArticleEdition, writer, picture=picture.pk)
        publish(edition, editor, NOON + HOUR)
        client.force_login(editor)
        preview = client.get(f"/admin/articles/articleedition/{edition.pk}/preview/").text
        address = unescape(re.search(r'<img src="([^"]+)"', preview)[1])
        for asked, status in [(picture.file.url, 404), (f"{picture.file.url}?key=x", 404), (address, 200), (address[:-1] + "~", 404)]:
            assert answer_of(reader, asked) == (status, "private, no-store")
        assert "?key=" in client.get("/admin/library/picture/").text
        clock.shift(HOUR)
        assert answer_of(reader, picture.file.url) == (200, "public, max-age=300")
        assert f'<img src="{picture.file.url}"' in reader.get(edition.get_absolute_url()).text


def test_key_of_a_picture_opens_it_for_half_a_day(reader, picture):
    with time_machine.travel(NOON, tick=False) as clock:
        address = address_for_desk(picture)
        clock.shift(12 * HOUR + timedelta(seconds=1))
        assert reader.get(address).status_code == 404


def test_picture_is_retracted_with_the_last_page_that_showed_it(reader, editor):
    name = "pictures/fedcba9876543210.png"  # no file, so that a picture which may be served is a 404
    picture = Picture.objects.create(title="One", file=name, width=16, height=9)
    with time_machine.travel(NOON + HOUR, tick=False) as clock:
        for word in ("One", "Two"):
            edition = live(ArticleEdition, editor, word, at=NOON + HOUR, picture=picture.pk)
            clock.shift(60)
            assert reader.get(f"/media/{name}").status_code == 404
            withdraw(edition, editor, "retraction", NOTES)
            clock.shift(60)
            assert reader.get(f"/media/{name}").status_code == 410
        response = reader.get(f"/media/{name}")
        assert response["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("name", ["nothing.png", "pictures/", "../settings.py", "%2e%2e/settings.py"])
def test_file_outside_the_pictures_is_not_served(reader, name):
    assert reader.get(f"/media/{name}").status_code in (400, 404)
