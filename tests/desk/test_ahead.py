"""The site as it will stand: a draft in its place everywhere, for those who may see it, and without a trace for everybody else."""

import re
from datetime import timedelta

from django.contrib.auth.models import Permission
from django.test import Client

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.models import Decision, Member, Release
from newsroom.publishing.publish import publish
from tests.conftest import person
from tests.desk.conftest import signed_in
from tests.desk.desk import address_of
from tests.factories import NOON, draft, live, next_draft
from timeline.models import EventEdition

DAY = timedelta(days=1)
THEN = "/admin/ahead/20260603120000"


def site(desk, what, *paths, at=THEN):
    """{path: what the page says} with this in its place."""
    name = f"release.{what.pk}" if isinstance(what, Release) else f"{what._meta.label_lower}.{what.pk}"
    return {path: desk.get(f"{at}/{name}{path}").text for path in paths}


def test_a_draft_is_in_its_place_on_every_page_and_leaves_no_trace(clock, editor, writers_desk, reader):
    """On its own page, the lists, the home page, the filter and its counts, beside what is scheduled by then."""
    publish(draft(ArticleEdition, editor, word="Scheduled"), editor, NOON + DAY)
    event, before = draft(EventEdition, editor, word="Ahead"), Decision.objects.count()
    found = "/en/timeline/?q=ahead"
    pages = site(
        writers_desk, event, "/en/timeline/", found, "/fr/timeline/", "/en/timeline/ahead-title-in-english/", "/en/", "/en/articles/"
    )
    assert "Ahead title in English" in pages["/en/timeline/"]
    assert "1 event" in words_of_page(pages["/en/timeline/"])
    assert "1 event" in words_of_page(pages[found])
    assert "Ahead title en français" in pages["/fr/timeline/"]
    assert "Ahead summary in English" in pages["/en/timeline/ahead-title-in-english/"]
    assert "Scheduled title in English" in pages["/en/"]
    assert "Embargoed until 3 June 2026, 12:00 UTC" in pages["/en/articles/"]
    event.refresh_from_db()
    assert (event.is_draft, Decision.objects.count()) == (True, before)
    assert "No event matches." in reader.get(found).text
    for path in ("/en/timeline/", "/en/", "/en/articles/"):
        assert not re.search("Ahead|Scheduled|Embargoed", reader.get(path).text)
    assert reader.get("/en/timeline/ahead-title-in-english/").status_code == 404


def words_of_page(html):
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", html))


def test_a_draft_takes_the_place_of_what_is_live_from_its_moment_on(clock, editor, writers_desk):
    public = live(QuestionEdition, editor, word="Public")
    following = next_draft(public, editor, word="Following")
    page = site(writers_desk, following, "/en/faq/")["/en/faq/"]
    assert ("Following in English" in page, "Public question" in page) == (True, False)
    assert "Public question" in writers_desk.get(f"{THEN}/en/faq/").text
    for what, said in ((following, "Embargoed until it is published"), (public, "Public already")):
        assert said in site(writers_desk, what, "/en/", at="/admin/ahead/20200101000000")["/en/"]


def test_a_release_is_seen_whole(clock, editor, writers_desk):
    release = Release.objects.create(title="Opening day")
    for model in (ArticleEdition, QuestionEdition):
        Member.objects.create(release=release, edition=draft(model, editor, word="Together"))
    pages = site(writers_desk, release, "/en/articles/", "/en/faq/")
    assert all("Together" in page and "with the release “Opening day”" in page for page in pages.values())


def test_every_link_stays_inside_and_nothing_is_kept(clock, editor, writers_desk):
    edition = draft(ArticleEdition, editor)
    name = f"{THEN}/articles.articleedition.{edition.pk}"
    for path in ("", "articles/example-title-in-english/", "articles/example-title-in-english/history/", "timeline/in-force/", "record/"):
        page = writers_desk.get(f"{name}/en/{path}")
        links = re.findall(r'(?:href|action)="(/[^"]*)"', page.text.partition("</aside>")[2])
        assert links
        assert [link for link in links if not link.startswith((name, "/static/"))] == [], path
        assert "no-store" in page.headers["Cache-Control"]
        assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    page = writers_desk.get(f"{name}/en/articles/example-title-in-english/").text
    assert re.search(r'<img[^>]*src="/media/pictures/example\.png\?key=', page)
    for path in ("timeline/export.csv", "feed.atom"):
        answer = writers_desk.get(f"{name}/en/{path}")
        assert (answer.status_code, answer.text) == (404, "This is not shown before its time.")


def test_it_is_for_those_alone_who_may_see_everything(clock, writer, editor, reader):
    edition = draft(ArticleEdition, editor, word="Secret")
    address = f"{THEN}/articles.articleedition.{edition.pk}/en/articles/"
    assert reader.get(address).headers["Location"].startswith("/admin/login/?next=")
    writer.groups.clear()
    writer.user_permissions.add(Permission.objects.get(codename="view_articleedition"))
    client = Client()
    client.force_login(writer)
    for somebody in (client, signed_in(person("lawyer", "Commenters")).client):
        assert somebody.get(address).status_code == 403
    assert "/ahead/" not in client.get(address_of(edition, "frame")).text  # the page alone
    for somebody in (client, signed_in(person("agency", "Commenters")).client):
        assert somebody.get(address_of(edition, "ahead")).status_code == 403
    assert signed_in(editor).client.post(address).status_code == 405


def test_what_is_no_moment_and_no_edition_is_not_found(clock, writers_desk):
    for address in ("99999999999999/en/", "20260603120000/articles.articleedition.99/en/", "20260603120000/auth.user.1/en/"):
        assert writers_desk.get(f"/admin/ahead/{address}").status_code == 404


def test_another_moment_is_a_form_away_and_keeps_the_page(clock, editor, writers_desk):
    edition = draft(ArticleEdition, editor)
    name = f"articles.articleedition.{edition.pk}"
    page = writers_desk.get(f"{THEN}/{name}/en/timeline/", kind="order")
    assert '<input type="hidden" name="path" value="/en/timeline/?kind=order">' in page.text
    asked = {"at": "2026-06-04T12:00", "what": name, "path": "/en/timeline/?kind=order"}
    there = writers_desk.client.get("/admin/ahead/", asked).headers["Location"]
    assert there == f"/admin/ahead/20260604120000/{name}/en/timeline/?kind=order"
    elsewhere = {"at": "2026-06-04T12:00", "what": "auth.user.1", "path": "//evil.example/"}
    assert writers_desk.client.get("/admin/ahead/", elsewhere).headers["Location"] == "/admin/ahead/20260604120000/en/"
    assert "has passed" in writers_desk.get("/admin/ahead/", at="2020-06-04T12:00").text


def test_the_step_leads_to_the_moment_asked_for_or_to_the_scheduled_one(clock, editor, writers_desk):
    edition = draft(ArticleEdition, editor, word="Later")
    answer = writers_desk.client.get(address_of(edition, "ahead"), {"at": "2026-06-03T12:00", "language": "fr"})
    assert answer.headers["Location"] == f"{THEN}/articles.articleedition.{edition.pk}/fr/articles/later-title-en-francais/"
    publish(edition, editor, NOON + 5 * DAY)
    assert "/admin/ahead/20260606120000/" in writers_desk.client.get(address_of(edition, "ahead")).headers["Location"]
