"""What the other tests stand on: they may commit, sign in, open a browser and receive mail."""

import threading
from datetime import UTC, datetime

import pytest
from django.core.mail import send_mail
from django.db import IntegrityError, InternalError, connection
from playwright.sync_api import expect

from articles.models import Article, ArticleEdition
from newsroom.publishing.models import OPEN

START = datetime(2020, 8, 6, tzinfo=UTC)


def published():
    return ArticleEdition.objects.create(
        document=Article.objects.create(), live_from=START, live_until=OPEN, change="first", slug_en="a", title_en="A"
    )


# The order matters: each of the first two starts from what the other's flush left.
@pytest.mark.parametrize("run", [1, 2])
def test_a_test_that_commits_may_publish(transactional_db, editor, run):
    assert ArticleEdition.objects.count() == 0
    assert editor.has_perm("articles.publish_articleedition")
    published()


@pytest.mark.parametrize("run", [1, 2])
def test_guards_stand_after_a_flush(transactional_db, run):
    edition = published()
    with pytest.raises((IntegrityError, InternalError), match="immutable"):
        ArticleEdition.objects.filter(pk=edition.pk).update(title_en="B")


def test_threads_have_connections_of_their_own(transactional_db):
    published()
    seen = []

    def look():
        seen.append((ArticleEdition.objects.count(), connection.connection))
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen[0][0] == 1
    assert seen[0][1] is not connection.connection


def test_people_sign_in(client, writer, editor):
    assert client.login(username="writer", password="writer")
    assert client.get("/admin/").status_code == 200
    assert editor.has_perm("articles.publish_articleedition")
    assert not writer.has_perm("articles.publish_articleedition")


def test_mail_arrives(smtp):
    send_mail("Due", "Tomorrow at noon.", "newsroom@newsroom.example", ["desk@newsroom.example"])
    assert [(message["Subject"], message["To"]) for message in smtp] == [("Due", "desk@newsroom.example")]


@pytest.mark.pure  # on both engines it would be the one browser that PostgreSQL's process waits for
def test_browser_signs_in(page, editor):
    page.goto("/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("editor")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
