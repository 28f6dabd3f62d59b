"""A form sent after its session is over: sign in again, and the text is still there.

On one engine: other tests read the same rows on both.
"""

import re
from html import unescape

import pytest
from django.test import Client

from articles.models import ArticleEdition
from newsroom.publishing.models import Comment
from tests.desk.desk import address_of, fields_of
from tests.factories import draft

pytestmark = pytest.mark.pure

HALF = 'Half a sentence, "quoted" <b>& marked</b>'
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def edition(clock, db):
    return draft(ArticleEdition, picture=None)


def hidden(page):
    """What the hidden fields of a page would send."""
    found = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', page.text)
    return {unescape(name): unescape(value) for name, value in found if name not in ("next", "csrfmiddlewaretoken")}


def entry(page, name):
    return {"username": name, "password": name, "kept": hidden(page)["kept"], "next": "/admin/"}


def test_a_save_without_a_session_is_sent_again_after_signing_in(reader, writers_desk, writer, edition):
    form = {**fields_of(writers_desk.open(edition)), "title_en": HALF, "_continue": "Save"}
    page = reader.post(address_of(edition, "change"), form)
    assert "Nothing of what you wrote is lost" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    wrong = reader.post("/admin/login/", {**entry(page, "writer"), "password": "wrong"})
    again = reader.post("/admin/login/", entry(wrong, "writer"))
    edition.refresh_from_db()
    assert edition.title_en != HALF  # signing in carries nothing out
    assert f'action="{address_of(edition, "change")}"' in again.text
    reader.post(address_of(edition, "change"), hidden(again))
    edition.refresh_from_db()
    assert edition.title_en == HALF


def test_any_other_form_is_too(reader, writer, edition):
    page = reader.post(address_of(edition, "comment"), {"text": HALF})
    again = reader.post("/admin/login/", entry(page, "writer"))
    reader.post(address_of(edition, "comment"), hidden(again))
    assert Comment.objects.get().text == HALF


def test_whoever_signs_in_may_do_what_they_may(reader, edition, writer):
    page = reader.post(address_of(edition, "publish"), {"seen": "1"})
    again = reader.post("/admin/login/", entry(page, "writer"))
    assert reader.post(address_of(edition, "publish"), hidden(again)).status_code == 403


def test_what_was_not_packed_here_is_nothing(reader, writer):
    answer = reader.post("/admin/login/", {"username": "writer", "password": "writer", "kept": "forged", "next": "/admin/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")


def test_a_form_with_the_token_of_an_earlier_session_is_sent_again(writer, edition):
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)
    client.get(address_of(edition, "change"))
    sent = {"text": HALF, "csrfmiddlewaretoken": "x" * 64}
    address = address_of(edition, "comment")
    for elsewhere in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        assert client.post(address, sent, headers=elsewhere).status_code == 403
    page = client.post(address, sent, headers=HERE)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    assert not Comment.objects.exists()
    client.post(address, {**hidden(page), "csrfmiddlewaretoken": token}, headers=HERE)
    assert Comment.objects.get().text == HALF


def test_a_page_that_keeps_by_itself_is_told_without_a_form(reader, writer, edition):
    asks = {**HERE, "Accept": "application/json"}
    assert reader.post(address_of(edition, "unsaved"), {"_unsaved": "here"}, headers=asks).status_code == 401
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)
    answer = client.post(address_of(edition, "unsaved"), {"_unsaved": "here"}, headers=asks)
    assert answer.status_code == 403
    sent = {"_unsaved": "here", "csrfmiddlewaretoken": answer.json()["token"]}
    assert client.post(address_of(edition, "unsaved"), sent, headers=asks).status_code == 200
