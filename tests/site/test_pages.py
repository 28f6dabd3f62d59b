"""What every public page has: its languages, its addresses, its headers, its frame; and the home page.

On one engine: other tests read the same rows on both.
"""

from datetime import timedelta

import pytest

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.publish import publish
from newsroom.site.models import BannerEdition
from tests.factories import NOON, draft, live
from timeline.models import EventEdition, MeasureEdition

HOUR = timedelta(hours=1)
PAGES = ["", "articles/", "faq/", "timeline/", "timeline/in-force/", "tags/law/"]
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON + HOUR, tick=False), pytest.mark.pure]


@pytest.fixture
def content():
    """One live edition of every type with a page."""
    return [live(model) for model in (ArticleEdition, QuestionEdition, EventEdition, MeasureEdition)]


@pytest.fixture
def paths(content):
    """Every kind of public page, in both languages."""
    own = [edition.get_absolute_url() + page for edition in content for page in ("", "history/", "history/1/")]
    return own + [f"/{code}/{page}" for code in ("en", "fr") for page in PAGES]


# --- The frame ----------------------------------------------------------------------------------------------------------
def test_every_page_answers_without_a_cookie_and_varies_by_its_moment_alone(reader, paths):
    for path in paths:
        response = reader.get(path, headers={"Accept-Language": "fr", "Cookie": "sessionid=abc"})
        assert (path, response.status_code, response.cookies.output(), response["Vary"]) == (path, 200, "", "Accept-Datetime")


def test_every_page_has_one_headline_a_main_part_and_its_language(reader, paths):
    for path in paths:
        text = reader.get(path).text
        assert (path, text.count("<h1"), text.count("<main"), text.count('<a class="skip"')) == (path, 1, 1, 1)
        assert f'<html lang="{path[1:3]}">' in text


def test_every_page_forbids_what_is_written_into_it(reader, paths):
    for path in paths:
        response = reader.get(path)
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "nonce" not in policy
        assert not any(mark in response.text for mark in ("<style", " style=", "<script>", " onclick"))


def test_every_page_names_its_own_address_from_the_setting(reader, paths):
    for path in paths:
        text = reader.get(path, headers={"Host": "localhost"}).text
        assert f'<link rel="canonical" href="http://newsroom.example{path}">' in text
        assert "localhost" not in text


def test_unknown_parameters_change_nothing(reader, paths):
    for path in paths:
        assert reader.get(path).content == reader.get(f"{path}?utm_source=mail&fbclid=x").content


def test_page_that_has_not_changed_is_not_sent_again(reader, content):
    response = reader.get("/en/articles/")
    assert response["Cache-Control"] == "public, no-cache"
    assert reader.get("/en/articles/", headers={"If-None-Match": response["ETag"]}).status_code == 304


# --- Languages ----------------------------------------------------------------------------------------------------------
def test_language_switch_lands_on_the_same_page(reader, content):
    article = content[0]
    text = reader.get(f"/en/articles/{article.slug_en}/history/").text
    assert f'<a href="/fr/articles/{article.slug_fr}/history/" hreflang="fr" lang="fr">Français</a>' in text
    assert f'<link rel="alternate" hreflang="fr" href="http://newsroom.example/fr/articles/{article.slug_fr}/history/">' in text


def test_language_switch_keeps_the_filter(reader, content):
    assert 'href="/fr/articles/?kind=statement&amp;tag=law"' in reader.get("/en/articles/?kind=statement&tag=law&x=y").text


@pytest.mark.parametrize(
    ("header", "path"), [("fr-CA,fr;q=0.9", "/fr/"), ("en", "/en/"), ("de", "/en/"), ("", "/en/"), ("de, fr;q=0.5, en;q=0.2", "/fr/")]
)
def test_front_door_leads_to_the_readers_language(reader, header, path):
    response = reader.get("/", headers={"Accept-Language": header})
    assert (response.status_code, response["Location"], response["Vary"]) == (302, path, "Accept-Language")


# --- The demonstration --------------------------------------------------------------------------------------------------
def test_demonstration_says_so_on_every_page_and_is_not_indexed(reader, paths, settings):
    settings.IS_DEMO = True
    for path in [*paths, "/en/nothing/"]:
        response = reader.get(path)
        assert "A demonstration built from press reports and public records." in response.text or path.startswith("/fr/")
        assert '<meta name="robots" content="noindex">' in response.text
        assert response["X-Robots-Tag"] == "noindex"


def test_newsroom_in_earnest_is_indexed(reader, content):
    response = reader.get("/en/")
    assert "noindex" not in response.text
    assert not response.has_header("X-Robots-Tag")


# --- Home ---------------------------------------------------------------------------------------------------------------
def test_home_shows_what_is_latest_and_asked(reader, content):
    publish(draft(ArticleEdition, word="Tomorrow"), None, NOON + 24 * HOUR)
    text = reader.get("/en/").text
    assert "Example title in English" in text
    assert "Example question in English" in text
    assert "Tomorrow" not in text


def test_home_of_an_empty_newsroom_says_so(reader):
    text = reader.get("/en/").text
    assert "Nothing has been published yet." in text
    assert "No question has been answered here yet." in text


def test_urgent_banner_stands_above_every_page_while_it_is_live(reader, content, time_machine):
    publish(draft(BannerEdition, word="Urgent"), None, NOON + 2 * HOUR)
    assert "Urgent message in English" not in reader.get("/en/faq/").text
    time_machine.move_to(NOON + 2 * HOUR)
    assert '<a href="/en/articles/">Urgent message in English</a>' in reader.get("/en/faq/").text
