"""The lists and the first page: one row a document, whatever there is of it, and as few questions for thirty as for one.

How often the database is asked does not depend on the engine; what it finds, and in which order, may.
"""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import ArticleEdition
from newsroom.publishing.desk import listing
from newsroom.publishing.models import Decision, Tag
from newsroom.publishing.publish import publish
from newsroom.publishing.richtext import RichTextField
from newsroom.publishing.words import note_all
from tests.desk.desk import address_of
from tests.factories import NOON, a_tag, an_editor, draft, live, next_draft
from timeline.models import EventEdition


def titles(response):
    return [str(edition) for edition in response.context["cl"].result_list]


def asked(desk, address):
    """How many queries a page takes."""
    desk.get(address)  # fills the caches that outlive a request
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(address).status_code == 200
    return len(queries)


def test_a_document_is_one_row_by_its_draft(clock, editors_desk, edition_type):
    edition = live(edition_type, word="Live")
    draft(edition_type, word="Alone")
    following = next_draft(edition, word="Following")
    response = editors_desk.list(edition_type)
    assert sorted(titles(response)) == sorted(str(one) for one in (following, edition_type.objects.get(slug_en__startswith="alone")))
    row = next(one for one in response.context["cl"].result_list if one.document_id == edition.document_id)
    assert (row.live_since, row.scheduled_for) == (NOON, None)
    assert "Draft" in response.text


def test_every_column_sorts(clock, editors_desk, every_type):
    edition = live(every_type)
    publish(next_draft(edition), None, NOON + timedelta(days=1))
    for query in ({"o": "1.2.3.4.5.6"}, {"o": "-1.-2.-3.-4.-5.-6"}, {"_facets": "True"}, {"q": "example"}):
        assert editors_desk.list(every_type, **query).status_code == 200


def test_a_status_shows_its_documents(clock, editors_desk, editor):
    live(ArticleEdition, word="Live")
    draft(ArticleEdition, word="Draft")
    publish(draft(ArticleEdition, editor, word="Scheduled"), editor, NOON + timedelta(days=1))
    editors_desk.step("withdraw", live(ArticleEdition, word="Withdrawn"), change="withdrawal", note_en="Because.")
    cancelled = draft(ArticleEdition, word="Cancelled")
    publish(cancelled, None, NOON + timedelta(days=1))
    editors_desk.step("cancel", cancelled)
    clock.shift(10)
    expected = {"draft": ["Cancelled", "Draft"], "not-cleared": ["Scheduled", "Withdrawn"]}
    for status in ("draft", "scheduled", "live", "withdrawn", "cancelled", "not-cleared"):
        shown = titles(editors_desk.list(ArticleEdition, status=status))
        assert sorted(title.split()[0] for title in shown) == expected.get(status, [status.title()]), status


def test_many_documents_of_a_status_are_found_row_by_row(clock, editors_desk, monkeypatch):
    monkeypatch.setattr(listing, "FEW", 1)
    for word in ("One", "Two"):
        live(ArticleEdition, word=word)
    draft(ArticleEdition, word="Three")
    assert sorted(title.split()[0] for title in titles(editors_desk.list(ArticleEdition, status="live"))) == ["One", "Two"]


def test_search_finds_titles_and_addresses_in_both_languages(clock, editors_desk):
    live(ArticleEdition, word="Sale")
    live(ArticleEdition, word="Storage")
    assert titles(editors_desk.list(ArticleEdition, q="storage title en français")) == ["Storage title in English"]
    assert titles(editors_desk.list(ArticleEdition, q="STORAGE said FRANCAIS")) == ["Storage title in English"]
    assert "Nothing fits this search" in editors_desk.list(ArticleEdition, q="nowhere").text


def test_search_finds_what_was_saved_before_the_desk_kept_words(db, clock, every_type):
    edition = draft(every_type, word="Œuvre & <co>")
    kept = edition.words
    html = [field.name for field in every_type._meta.fields if isinstance(field, RichTextField) and not hasattr(field, "language")]
    every_type.objects.update(words="")
    migration = note_all(every_type._meta.app_label, **{every_type._meta.model_name: html})
    migration.code(apps, SimpleNamespace(connection=connection))
    edition.refresh_from_db()
    assert sorted(edition.words.split()) == sorted(kept.split())
    assert "oeuvre" in kept


@pytest.mark.pure
def test_an_empty_list_says_so(editors_desk, edition_type):
    assert "There is nothing here yet." in editors_desk.list(edition_type).text


def test_drafts_come_first(clock, editors_desk):
    draft(ArticleEdition, word="Draft")
    live(ArticleEdition, word="Live")
    assert titles(editors_desk.list(ArticleEdition))[0].startswith("Draft")


@pytest.mark.pure
def test_a_list_of_thirty_takes_as_many_queries_as_one(clock, editors_desk, editor, edition_type):
    live(edition_type, editor)
    one = asked(editors_desk, address_of(edition_type, "changelist"))
    for number in range(29):
        draft(edition_type, editor, word=f"Number {number}", is_short=True)
    assert asked(editors_desk, address_of(edition_type, "changelist")) == one <= 12


@pytest.mark.pure
def test_the_first_page_takes_as_many_queries_for_ten(clock, editors_desk, editor):
    def one_more(number):
        publish(draft(ArticleEdition, editor, word=f"Number {number}"), editor, NOON + timedelta(days=1))

    one_more(0)
    one = asked(editors_desk, "/admin/")
    for number in range(1, 10):
        one_more(number)
    assert asked(editors_desk, "/admin/") == one


@pytest.mark.pure
def test_the_log_tags_and_staff_take_as_many_queries_for_more(clock, client, editors_desk, editor):
    root = type(editors_desk)(client)
    client.force_login(User.objects.create_superuser("root"))
    a_tag("law").merged_into = a_tag("order")
    live(ArticleEdition, editor)
    pages = ["/admin/publishing/decision/", "/admin/publishing/tag/", "/admin/auth/user/"]
    before = [asked(root, address) for address in pages]
    for number in range(8):
        live(EventEdition if number == 0 else ArticleEdition, editor, word=f"Number {number}")
        an_editor(f"editor{number}")
        Tag.objects.create(slug=f"old-{number}", name=f"old-{number}", merged_into=a_tag("law"))
    after = [asked(root, address) for address in pages]
    assert after[1:] == before[1:]
    assert after[0] <= before[0] + 1  # one more type of content


def test_the_log_shows_what_was_decided_about_deleted_drafts_too(clock, editors_desk):
    edition = draft(ArticleEdition)
    editors_desk.post(address_of(edition, "delete"), {"post": "yes"})
    assert "a deleted draft" in editors_desk.get("/admin/publishing/decision/").text
    decision = Decision.objects.get()
    assert editors_desk.get(f"/admin/publishing/decision/{decision.pk}/change/").status_code == 200
    assert editors_desk.post(f"/admin/publishing/decision/{decision.pk}/change/", {"reason": "x"}).status_code == 403


def test_a_chooser_finds_documents_by_any_title(clock, editors_desk):
    edition = live(ArticleEdition, word="Statement")
    query = {"app_label": "timeline", "model_name": "eventedition", "field_name": "statement", "term": "en français"}
    found = editors_desk.get("/admin/autocomplete/", **query).json()["results"]
    assert found == [{"id": str(edition.document_id), "text": "Statement title in English"}]


@pytest.mark.pure
def test_a_document_leads_to_its_newest_edition(clock, editors_desk):
    edition = live(ArticleEdition)
    response = editors_desk.get(f"/admin/articles/article/{edition.document_id}/change/")
    assert response.request["PATH_INFO"] == address_of(edition, "change")
    assert editors_desk.get("/admin/articles/article/").status_code == 404
