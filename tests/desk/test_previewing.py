"""Previews: what a draft will look like, to whom, and that nothing of it stays anywhere.

On one engine: other tests read the same rows on both.
"""

import re
from datetime import timedelta

import pytest

from articles.models import ArticleEdition
from newsroom.publishing.drafts import delete_draft
from newsroom.publishing.models import PreviewLink
from newsroom.publishing.publish import publish
from tests.desk.desk import address_of
from tests.factories import NOON, draft, live, next_draft

pytestmark = pytest.mark.pure


@pytest.fixture
def link(clock, editor, editors_desk):
    """(the link to a draft, its address)"""
    edition = draft(ArticleEdition, editor, word="Embargoed")
    page = editors_desk.post(address_of(edition, "links"), {"recipient": "Ana of the Daily", "days": "3"})
    return PreviewLink.objects.get(), re.search(r"http://newsroom\.example(/preview/[^\"]+)", page.text)[1]


def test_a_link_shows_the_draft_to_whoever_has_it_and_is_kept_nowhere(link, reader):
    _link, address = link
    english, french = reader.get(address), reader.get(f"{address}?language=fr")
    assert "Embargoed title in English" in english.text
    assert "Embargoed title en français" in french.text
    assert "Embargoed until it is published" in english.text
    assert "Ana of the Daily" in english.text
    assert "no-store" in english.headers["Cache-Control"]
    assert (english.headers["X-Robots-Tag"], english.headers["Referrer-Policy"]) == ("noindex, nofollow", "no-referrer")
    assert not english.cookies
    assert "/memento/" not in english.text
    assert 'class="citation"' not in english.text


def test_a_link_says_who_opened_it_when(link, reader, editors_desk, clock):
    link, address = link
    reader.get(address)
    reader.get(address)  # the same reading
    clock.shift(timedelta(hours=1))
    reader.get(address)
    assert [one.at for one in link.openings.all()] == [NOON, NOON + timedelta(hours=1)]
    assert "1 June 2026, 13:00" in editors_desk.get(address_of(link.edition, "links")).text


@pytest.mark.parametrize("end", ["revoked", "expired", "deleted"])
def test_a_link_that_has_ended_says_so_and_no_title(link, reader, editor, editors_desk, clock, end):
    link, address = link
    if end == "revoked":
        editors_desk.post(address_of(link.edition, "revoke"), {"link": link.pk})
    if end == "expired":
        clock.shift(timedelta(days=3))
    if end == "deleted":
        delete_draft(link.edition, editor)
    response = reader.get(address)
    assert response.status_code == 410
    assert "This preview has ended" in response.text
    assert "Embargoed" not in response.text
    assert "no-store" in response.headers["Cache-Control"]


def test_no_other_token_opens_anything(link, reader):
    link, address = link
    for token in (f"{link.pk}", f"{link.pk}.x", address.split("/")[2][:-1], f"{link.pk + 1}.{address.split('.')[-1].strip('/')}"):
        assert reader.get(f"/preview/{token}/").status_code == 404, token


def test_a_scheduled_text_says_until_when_it_is_embargoed(clock, editor, reader):
    edition = draft(ArticleEdition, editor)
    link = PreviewLink.objects.create(edition=edition, by=editor, recipient="Ana", expires_at=NOON + timedelta(days=5))
    publish(edition, editor, NOON + timedelta(days=2))
    assert "Embargoed until 3 June 2026, 12:00 UTC" in reader.get(f"/preview/{link.token}/").text
    clock.shift(timedelta(days=2))
    page = reader.get(f"/preview/{link.token}/").text
    assert "Public now" in page


def test_the_frame_shows_the_page_at_a_moment_to_come(clock, writers_desk, editor):
    """The rest of the page is what is scheduled by then: here the article published in between is the older neighbour."""
    first, between = draft(ArticleEdition, editor, word="First"), draft(ArticleEdition, editor, word="Between")
    publish(between, editor, NOON + timedelta(days=1))
    frame = writers_desk.get(address_of(first, "frame"), width="desktop", language="fr", at="2026-06-03T12:00")
    source = re.search(r'<iframe class="preview-frame preview-frame-desktop" src="([^"]+)"', frame.text)[1].replace("&amp;", "&")
    page = writers_desk.get(source)
    assert page.redirect_chain[0][0].startswith("/admin/ahead/20260603120000/")
    assert "First title en français" in page.text
    assert "Between title en français" in page.text
    assert "Between" not in writers_desk.get(address_of(first, "preview")).text
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src 'self'" in frame.headers["Content-Security-Policy"]
    assert "has passed" in writers_desk.get(address_of(first, "frame"), at="2020-06-03T12:00").text


def test_a_preview_of_what_follows_prints_no_citation_either(clock, editor, editors_desk):
    following = next_draft(live(ArticleEdition), editor)
    assert 'class="citation"' not in editors_desk.get(address_of(following, "preview")).text
