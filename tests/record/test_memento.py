"""The whole public site as it stood at any moment (RFC 7089), for every content type and through the public door alone.

On one engine: addresses, headers, forms, and how often the database is asked. On both: what was public at a moment.
"""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import time_machine

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.drafts import now, save_draft
from newsroom.publishing.publish import hold, publish, record, withdraw
from newsroom.record.erasure import erase
from tests import factories
from tests.factories import NOON, NOTES
from tests.reading import queries
from timeline.models import EventEdition, MeasureEdition

pytestmark = pytest.mark.django_db
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
WITH_PAGES = [ArticleEdition, QuestionEdition, EventEdition, MeasureEdition]
LISTS = ["/en/", "/en/articles/", "/en/faq/", "/en/timeline/", "/en/timeline/in-force/", "/en/timeline/measures/", "/en/tags/law/"]

FEEDS = ["", "articles/", "timeline/", "corrections/"]


def stamp(moment):
    return f"{moment.astimezone(UTC):%Y%m%d%H%M%S}"


def memento(path, moment):
    return f"/memento/{stamp(moment)}{path}"


each_type = pytest.mark.parametrize("changed", factories.richest_on_both(WITH_PAGES), ids=lambda model: model._meta.label, indirect=True)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def changed(request, editor, clock):
    """A page (an article's, unless a test asks for each type) published at noon as “Before” and changed to “After” a day ago."""
    first = factories.live(getattr(request, "param", ArticleEdition), editor, "Before")
    clock.move_to(NOON + DAY - 60 * SECOND)
    publish(factories.next_draft(first, editor, "After"), editor, NOON + DAY)
    clock.move_to(NOON + 2 * DAY)
    return first


def follow(reader, path):
    """The answer after at most one redirect inside the past."""
    answer = reader.get(path)
    return reader.get(answer.headers["Location"]) if answer.status_code == 302 else answer


# --- The text ---------------------------------------------------------------------------------------------------------------
@each_type
def test_page_is_read_as_it_stood(reader, changed):
    path = changed.get_absolute_url()
    assert "After" in reader.get(path).content.decode()
    then = follow(reader, memento(path, NOON + DAY - SECOND)).content.decode()
    assert "Before" in then
    assert "After" not in then.partition("</main>")[0].replace("Change after", "")


@each_type
def test_page_before_its_document_is_not_there(reader, changed):
    factories.live(ArticleEdition, word="Older", at=NOON - 9 * DAY)
    assert follow(reader, memento(changed.get_absolute_url(), NOON - DAY)).status_code == 404


def test_every_list_has_a_past(reader, editor, clock):
    for model in WITH_PAGES:
        factories.live(model, editor, "Before")
    clock.move_to(NOON + DAY)
    before = {path: reader.get(path).content for path in LISTS}
    for model in WITH_PAGES:
        factories.live(model, editor, "Added", at=NOON + DAY + 60 * SECOND)
    clock.move_to(NOON + 3 * DAY)
    for path in LISTS:
        assert b"Added" in reader.get(path).content or "in-force" in path
        then = follow(reader, memento(path, NOON + DAY))
        assert then.status_code == 200, path
        assert b"Added" not in then.content, path
        assert (b"Before" in then.content) == (b"Before" in before[path]), path


@pytest.mark.pure
def test_links_of_a_memento_stay_in_its_moment(reader, changed):
    page = follow(reader, memento("/en/", NOON + DAY)).content.decode().partition("</aside>")[2]  # the bar leads elsewhere
    links = [part.partition('"')[0] for part in page.split(' href="')[1:]]
    inside = [link for link in links if link.startswith("/")]
    assert len(inside) > 5
    assert all(link.startswith(f"/memento/{stamp(NOON + DAY)}/") for link in inside)


def test_moved_page_redirects_within_its_moment(reader, changed):
    changed.refresh_from_db()
    slug = changed.slug_fr
    path = memento(f"/en/{changed.get_absolute_url().split('/')[2]}/", NOON + DAY)
    page_path = changed.get_absolute_url().replace(changed.slug_en, slug)
    answer = reader.get(memento(page_path, NOON + DAY))
    assert answer.status_code == 301
    assert answer.headers["Location"].startswith(path.partition("/en/")[0])


# --- The protocol -----------------------------------------------------------------------------------------------------------
@pytest.mark.pure
def test_memento_says_which_moment_it_is_and_where_the_others_are(reader, changed):
    path = changed.get_absolute_url()
    answer = reader.get(memento(path, NOON + DAY))
    assert answer.headers["Memento-Datetime"] == format_datetime(NOON + DAY, usegmt=True)
    link = answer.headers["Link"]
    assert f'{path}>; rel="original timegate"' in link
    assert f'/timemap{path}>; rel="timemap"' in link
    assert f'{memento(path, NOON)}>; rel="first prev predecessor-version memento"; datetime="{format_datetime(NOON, usegmt=True)}"' in link
    assert f'{memento(path, NOON + DAY)}>; rel="last latest-version memento"' in link
    assert f'{path}history/>; rel="version-history"' in link
    assert "noindex" in answer.headers["X-Robots-Tag"]


@pytest.mark.pure
def test_live_page_has_no_memento_datetime_and_says_where_its_past_is(reader, changed):
    answer = reader.get(changed.get_absolute_url())
    assert "Memento-Datetime" not in answer.headers
    assert 'rel="timemap"' in answer.headers["Link"]
    assert "Accept-Datetime" in answer.headers["Vary"]


@pytest.mark.pure
def test_original_negotiates_by_accept_datetime(reader, changed):
    path = changed.get_absolute_url()
    answer = reader.get(path, headers={"accept-datetime": format_datetime(NOON + DAY - SECOND, usegmt=True)})
    assert answer.status_code == 302
    assert "Accept-Datetime" in answer.headers["Vary"]
    assert 'rel="original timegate"' in answer.headers["Link"]
    assert f'{memento(path, NOON)}>; rel="first' in answer.headers["Link"]  # clients read the neighbours here
    assert "Before" in reader.get(answer.headers["Location"]).content.decode()


@pytest.mark.pure
def test_moment_beyond_the_ends_gets_the_nearest_memento(reader, changed):
    for asked in ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 2100 23:59:59 GMT"]:
        answer = reader.get("/en/articles/", headers={"accept-datetime": asked})
        assert answer.status_code == 302
        assert reader.get(answer.headers["Location"]).status_code == 200


@pytest.mark.pure
def test_page_that_is_not_there_negotiates_nothing(reader, changed):
    asked = {"accept-datetime": format_datetime(NOON, usegmt=True)}
    assert reader.get("/en/articles/never-there/", headers=asked).status_code == 404


@pytest.mark.pure
def test_accept_datetime_that_is_no_date_is_a_400(reader, changed):
    assert reader.get("/en/", headers={"accept-datetime": "yesterday"}).status_code == 400


def test_moment_between_changes_redirects_to_the_last_change(reader, changed):
    path = changed.get_absolute_url()
    answer = reader.get(memento(path, NOON + DAY + 5 * SECOND))
    assert (answer.status_code, answer.headers["Location"]) == (302, memento(path, NOON + DAY))


def test_midnight_is_a_change_because_today_is_another_day(reader, changed):
    answer = reader.get(memento("/en/", NOON + 1.9 * DAY))
    assert answer.headers["Location"] == memento("/en/", datetime(2026, 6, 3, tzinfo=UTC))


@each_type
def test_timemap_lists_every_edition_of_a_page(reader, changed, settings):
    path = changed.get_absolute_url()
    answer = reader.get(f"/timemap{path}")
    assert answer.headers["Content-Type"] == "application/link-format"
    lines = answer.content.decode().strip().split(",\n")
    assert [line for line in lines if "memento" in line.partition("rel=")[2]] == [
        f'<{settings.SITE_URL}{memento(path, NOON)}>; rel="first memento"; datetime="{format_datetime(NOON, usegmt=True)}"',
        f'<{settings.SITE_URL}{memento(path, NOON + DAY)}>; rel="last memento"; datetime="{format_datetime(NOON + DAY, usegmt=True)}"',
    ]


def test_timemap_of_nothing_is_a_404(reader, changed):
    assert reader.get("/timemap/en/articles/never-there/").status_code == 404
    assert reader.get("/timemap/admin/").status_code == 404


# --- What must not show -----------------------------------------------------------------------------------------------------
def test_before_the_first_change_and_in_the_future_there_is_nothing(reader, changed):
    for path in ["/en/", "/en/articles/", "/en/timeline/?from=2020"]:
        assert reader.get(memento(path, NOON - 99 * DAY)).status_code == 404, path
        assert reader.get(memento(path, NOON + 2 * DAY + SECOND)).status_code == 404


@pytest.mark.pure
def test_moment_that_is_none_is_a_400(reader, changed):
    for path in [
        "/memento/2020/en/",
        "/memento/20201301000000/en/",
        "/memento/٢٠٢٠٠٨١٤٠٠٠٠٠٠/en/",
        "/memento/abc",
        "/memento/20200230000000/fr/",
    ]:
        assert reader.get(path).status_code == 400, path


@pytest.mark.pure
def test_moment_that_is_none_says_in_both_languages_how_one_is_written(reader, changed):
    for rest, language in [("en/timeline/", "en"), ("fr/faq/", "fr"), ("", "en"), ("admin/", "en")]:
        answer = reader.get(f"/memento/2020/{rest}")
        assert (answer.status_code, answer.headers["Content-Language"]) == (400, language)
        assert f'<html lang="{language}">' in answer.text
        assert "(YYYYMMDDhhmmss)" in answer.text
        assert "(AAAAMMJJhhmmss)" in answer.text
        example = re.search(r'<a href="(/memento/[^"]+)"', answer.text)[1]
        assert example.endswith(rest if rest[:3] in ("en/", "fr/") else "/en/")
        assert reader.get(example).status_code == 200
        assert 'class="as-of"' not in answer.text


@pytest.mark.pure
def test_form_is_there_where_there_is_a_page_or_was_one(reader, changed, editor, clock):
    assert 'class="as-of"' not in reader.get("/en/articles/never-there/").text
    tagged, other = "/en/tags/law/", "/en/tags/other/"
    factories.a_tag("other")
    assert 'class="as-of"' in reader.get(tagged).text
    current = type(changed).objects.live(now()).get(document=changed.document_id)
    bare = factories.next_draft(current, editor)
    bare.tags.clear()
    publish(bare, editor)
    clock.shift(60)
    answers = reader.get(tagged), reader.get(other)
    assert [(answer.status_code, 'class="as-of"' in answer.text) for answer in answers] == [(404, True), (404, False)]
    withdraw(type(changed).objects.live(now()).get(document=changed.document_id), editor, "retraction", NOTES)
    clock.shift(60)
    assert 'class="as-of"' not in reader.get(tagged).text
    assert 'class="as-of"' in reader.get(changed.get_absolute_url()).text


@pytest.mark.pure
def test_parameters_of_a_page_are_its_past_s_too(reader, editor, changed):
    factories.live(EventEdition, editor)
    for path in ["/en/timeline/?from=2020&tag=law", "/en/timeline/in-force/?on=2020-10-01", "/fr/articles/?kind=post"]:
        settled, other = memento(path, NOON + DAY), f"{path}&utm_source=a"
        links = [
            reader.get(other).headers["Link"],
            reader.get(memento(other, NOON + DAY)).headers["Link"],
            reader.get(other, headers={"accept-datetime": format_datetime(NOON + DAY, usegmt=True)}).headers["Link"],
            reader.get(f"/timemap{other}").text,
        ]
        for link in links:
            assert f'<http://newsroom.example{path}>; rel="original timegate"' in link
            assert f"<http://newsroom.example/timemap{path}>; rel=" in link
            assert "utm" not in link
        assert f'<http://newsroom.example{settled}>; rel="last latest-version memento"' in links[1]
        assert f'<http://newsroom.example{settled}>; rel="last memento"' in links[3]
        assert reader.get(other, headers={"accept-datetime": format_datetime(NOON + DAY, usegmt=True)}).headers["Location"] == settled


def test_moment_before_the_calendar_is_a_404(reader, changed, settings):
    settings.TIME_ZONE = "America/New_York"
    assert reader.get("/memento/00010101000000/en/").status_code == 404


@pytest.mark.pure
def test_links_that_staff_wrote_stay_in_the_moment(reader, editor, clock):
    body = '<p><a href="/en/faq/">questions</a> <a href="https://example.org/en/">elsewhere</a></p>'
    edition = factories.live(ArticleEdition, editor)
    following = factories.next_draft(edition, editor)
    following.body_en = body
    following.save()
    save_draft(following, editor)
    clock.shift(3600)
    publish(following, editor)
    clock.shift(60)
    following.refresh_from_db()
    page = reader.get(memento(edition.get_absolute_url(), following.live_from)).content.decode()
    assert f'href="/memento/{stamp(following.live_from)}/en/faq/"' in page
    assert 'href="https://example.org/en/"' in page


def test_retraction_is_told_at_every_address_and_tells_no_other(reader, changed, editor, clock):
    changed.refresh_from_db()
    current = type(changed).objects.live(now()).get(document=changed.document_id)
    withdraw(current, editor, "retraction", NOTES)
    clock.shift(60)
    answer = reader.get(f"/en/articles/{changed.slug_fr}/")
    assert answer.status_code == 410
    assert changed.slug_en not in answer.content.decode()


@pytest.mark.pure
def test_reason_is_never_lost_for_want_of_a_translation(reader, changed, editor, clock):
    current = type(changed).objects.live(now()).get(document=changed.document_id)
    withdraw(current, editor, "withdrawal", {"en": "We were wrong.", "fr": ""})
    clock.shift(60)
    assert '<p lang="en">We were wrong.</p>' in reader.get(f"/fr/articles/{changed.slug_fr}/").content.decode()


@pytest.mark.pure
def test_door_leads_to_public_pages_only(reader, changed):
    for path in ["/admin/", "/admin/login/", "/static/x.css", "/healthz", "/sitemap.xml", "/"]:
        assert reader.get(memento(path, NOON + DAY)).status_code == 404, path


@each_type
def test_scheduled_edition_leaves_no_trace_in_the_past(reader, changed, editor):
    page = changed.get_absolute_url()
    paths = [page, memento(page, NOON + DAY), f"/timemap{page}", "/timemap/en/", memento("/en/", NOON + DAY)]
    before = [(answer.content, sorted(answer.headers.items())) for answer in map(reader.get, paths)]
    waiting = factories.scheduled(factories.next_draft(changed, editor, "Embargoed"), editor, now() + DAY)
    assert [(answer.content, sorted(answer.headers.items())) for answer in map(reader.get, paths)] == before
    hold([waiting], editor)
    assert [(answer.content, sorted(answer.headers.items())) for answer in map(reader.get, paths)] == before


@each_type
def test_retracted_text_is_gone_at_every_moment(reader, changed, editor, clock):
    path, section = changed.get_absolute_url(), f"/en/{changed.get_absolute_url().split('/')[2]}/"
    current = type(changed).objects.live(now()).get(document=changed.document_id)
    withdraw(current, editor, "retraction", NOTES)
    clock.shift(60)
    for moment in (NOON, NOON + DAY, NOON + DAY + 7 * SECOND):
        answer = follow(reader, memento(path, moment))
        assert answer.status_code == 410
        assert b"Before" not in answer.content
        assert b"After" not in answer.content.replace(b"Change after", b"")
        assert b"Before" not in follow(reader, memento(section, moment)).content


@each_type
def test_withdrawn_text_stays_readable_in_the_past(reader, changed, editor, clock):
    current = type(changed).objects.live(now()).get(document=changed.document_id)
    withdraw(current, editor, "withdrawal", NOTES)
    clock.shift(60)
    assert "Before" in reader.get(memento(changed.get_absolute_url(), NOON)).content.decode()


# --- What everybody relies on -----------------------------------------------------------------------------------------------
@each_type
@pytest.mark.pure
def test_memento_asks_no_more_of_the_database_than_the_live_page(reader, changed):
    own = changed.get_absolute_url()
    for path in (own, f"{own}history/", f"{own}history/1/", f"{own}history/1..2/"):
        reader.get(path)
        assert queries(reader, memento(path, NOON + DAY)) <= queries(reader, path), path


@pytest.mark.pure
def test_memento_of_a_list_asks_no_more_of_the_database_than_the_live_one(reader, editor, clock):
    for model in WITH_PAGES:
        first = factories.live(model, editor, "Before")
        publish(factories.next_draft(first, editor, "After", change="correction"), editor, NOON + DAY)
    clock.move_to(NOON + 1.5 * DAY)
    erase(first.document, ["Before"], {"en": "A court asked.", "fr": "Un tribunal l’a demandé."}, editor, factories.an_editor("second"))
    clock.move_to(NOON + 2 * DAY)
    pages = [*LISTS, "/en/corrections/", "/en/record/", "/en/timeline/?tag=law&from=2020"]
    feeds = [f"/en/{name}feed.atom" for name in FEEDS]  # unlike a page, a live one need not know when the site changed
    for path, more in (*((path, 0) for path in pages), *((path, 1) for path in feeds)):
        reader.get(path)
        assert queries(reader, memento(path, datetime(2026, 6, 3, tzinfo=UTC))) <= queries(reader, path) + more, path


@pytest.mark.pure
def test_memento_sets_no_cookie(reader, changed):
    answer = reader.get(memento("/en/", NOON + DAY))
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.pure
def test_next_request_is_in_the_present_again(reader, changed):
    reader.get(memento("/en/", NOON + DAY))
    assert 'href="/memento/' not in reader.get("/en/").text


# --- The form ---------------------------------------------------------------------------------------------------------------
@pytest.mark.pure
def test_form_leads_to_the_end_of_the_day(reader, changed):
    answer = reader.get("/memento/", {"page": changed.get_absolute_url(), "known": "2026-06-01"})
    assert answer.headers["Location"] == memento(changed.get_absolute_url(), NOON)


@pytest.mark.pure
def test_form_keeps_the_parameters_of_the_page(reader, changed):
    answer = reader.get("/memento/", {"page": "/en/timeline/in-force/", "known": "2026-06-01", "on": "2026-05-01"})
    assert answer.headers["Location"] == memento("/en/timeline/in-force/?on=2026-05-01", NOON)


@pytest.mark.pure
def test_in_force_is_asked_in_two_times(reader, changed):
    page = reader.get("/en/timeline/in-force/", {"on": "2026-05-01"}).content.decode()
    assert 'action="/memento/"' in page.partition("two-times")[2]
    answer = reader.get("/memento/", {"page": "/en/timeline/in-force/", "known": "2026-06-01", "on": "2026-05-01"})
    then = reader.get(answer.headers["Location"]).content.decode()
    assert "As known on" in then
    assert "1\N{NO-BREAK SPACE}June\N{NO-BREAK SPACE}2026" in then
    assert "1\N{NO-BREAK SPACE}May\N{NO-BREAK SPACE}2026" in then


@pytest.mark.pure
def test_form_with_a_bad_value_is_a_400(reader, changed):
    for asked in [
        {"page": "//evil.example/", "known": "2026-06-01"},
        {"page": "https://evil.example/en/", "known": "2026-06-01"},
        {"page": "/admin/", "known": "2026-06-01"},
        {"page": "/en/", "known": "2026-6-1"},
        {"page": "/en/", "known": "2027-01-01"},
        {"page": "/en/", "known": "9999-12-31"},
        {"page": "/en/"},
    ]:
        assert reader.get("/memento/", asked).status_code == 400, asked


def test_entered_from_sources_says_so_before_it_was_entered(reader, clock):
    edition = factories.draft(ArticleEdition)

    record(edition, datetime(2020, 8, 14, tzinfo=UTC), now())
    page = reader.get(memento(edition.get_absolute_url(), datetime(2020, 8, 14, tzinfo=UTC))).content.decode()
    assert "this site did not show it then" in page
