"""Pinned articles: above the others on the first page, as editions, so exact in time and never silent."""

from datetime import timedelta

import pytest

from articles import views
from articles.models import ArticleEdition
from newsroom.publishing.models import Change
from newsroom.publishing.publish import publish
from newsroom.publishing.snapshot import snapshot, write
from tests.factories import NOON, draft_from, live
from tests.reading import MOST_QUERIES, queries

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON + HOUR, tick=False)]


def titles(editions):
    return [edition.title_en.removesuffix(" title in English") for edition in editions]


def test_pinning_is_a_minor_edition_and_ends_with_it(reader, time_machine):
    oldest = live(ArticleEdition, word="Oldest", at=NOON - 2 * DAY)
    for days, word in enumerate(["Newest", "Older"]):
        live(ArticleEdition, word=word, at=NOON - days * DAY, kind="post")
    pinned = draft_from(oldest, None, change=Change.MINOR)
    write(pinned, {**snapshot(pinned), "is_pinned": True, "en": {**snapshot(pinned)["en"], "note": "Stands first from now on."}})
    publish(pinned, None, NOON + 2 * HOUR)
    before = reader.get("/en/").text
    time_machine.shift(2 * HOUR)
    page = reader.get("/en/articles/")
    assert titles(page.context["editions"]) == ["Oldest", "Newest", "Older"]
    assert page.text.count(">Pinned<") == 1
    assert titles(reader.get("/en/").context["latest"]) == ["Oldest", "Newest", "Older"]
    assert titles(reader.get("/en/articles/?kind=post").context["editions"]) == ["Newest", "Older"]
    assert "Pinned" not in before
    assert "Pinned" not in reader.get(f"/memento/{NOON + HOUR:%Y%m%d%H%M%S}/en/articles/", follow=True).text
    assert "Stands first from now on." in reader.get(f"{pinned.get_absolute_url()}history/").text


def test_every_article_stands_on_one_page_and_pinned_ones_on_the_first(reader, monkeypatch):
    monkeypatch.setattr(views, "PER_PAGE", 2)
    for days in range(5):
        live(ArticleEdition, word=str(days), at=NOON - days * DAY, is_pinned=days > 0, is_short=True)
    assert titles(reader.get("/en/articles/").context["editions"]) == ["1", "2", "3", "0", "4"]
    assert reader.get("/en/articles/?page=2").status_code == 404
    assert queries(reader, "/en/articles/") <= MOST_QUERIES
