"""Feeds in Atom, RSS and JSON: what they say, and that readers of feeds understand it.

On one engine: other tests read the same rows on both.
"""

from datetime import timedelta

import feedparser
import pytest

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from tests import factories
from tests.factories import NOON
from tests.follow.subscriber import SITE, XMLNS, as_json, moment, parsed, xml
from timeline.models import EventEdition

TYPES = [ArticleEdition, QuestionEdition, EventEdition]

pytestmark = [pytest.mark.usefixtures("clock", "db"), pytest.mark.pure]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NASTY = [
    "AT&T & “friends” <script>alert(1)</script>",
    "]]> <![CDATA[ &amp; &lt;b&gt; &#0; &nbsp;",
    "1 < 2 > 0 'single' \"double\"",
    "👩‍👩‍👧‍👦 🇫🇷 ẑ̸͖a͌lgo",
    "أمر تنفيذي بشأن تطبيق",
    "a\ufffeb\uffff c\u0085d\u2028e",
]


# --- What a feed says ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("format", ["atom", "rss"])
def test_item_says_what_its_page_says(reader, editor, edition_type, format):
    edition = factories.live(edition_type, editor)
    [entry] = parsed(reader, f"/en/feed.{format}").entries
    assert entry.title == f"Example {edition.TITLE} in English"
    assert entry.link == SITE + edition.get_absolute_url()
    assert moment(entry.published_parsed) == moment(entry.updated_parsed) == moment(NOON.timetuple())
    body = {"article": "body", "question": "answer", "event": "body"}[edition.document._meta.model_name]
    assert f"Example {body} in English" in entry.content[0].value
    assert {tag.get("label") or tag.term for tag in entry.tags} == {"law in English", "security in English"}


def test_json_feed_says_what_its_page_says(reader, editor, edition_type):
    edition = factories.live(edition_type, editor)
    feed = as_json(reader, "/fr/feed.json")
    [item] = feed["items"]
    assert (feed["version"], feed["language"]) == ("https://jsonfeed.org/version/1.1", "fr")
    assert item["title"] == f"Example {edition.TITLE} en français"
    assert (item["date_published"], item["date_modified"]) == ("2026-06-01T12:00:00Z", "2026-06-01T12:00:00Z")
    assert item["tags"] == ["law en français", "security en français"]


def test_sections_hold_their_own_type(reader, editor):
    for edition_type in TYPES:
        factories.live(edition_type, editor)
    held = {path: len(parsed(reader, f"/en/{path}").entries) for path in ("feed.atom", "articles/feed.atom", "timeline/feed.rss")}
    assert held == {"feed.atom": 3, "articles/feed.atom": 1, "timeline/feed.rss": 1}


def test_everything_in_the_content_is_absolute(reader, editor):
    body = '<p><a href="/fr/faq/">there</a> <a href="#here">here</a> <a href="mailto:a@b.example">mail</a> is href="/not/a/link"</p>'
    texts = {"title": "Links", "summary": "", "body": body, "byline": "", "picture_alt": "What it shows", "picture_caption": ""}
    factories.live(ArticleEdition, editor, en=texts)
    [item] = as_json(reader, "/en/feed.json")["items"]
    assert f'href="{SITE}/fr/faq/"' in item["content_html"]
    assert f'href="{SITE}/en/articles/links/#here"' in item["content_html"]
    assert 'href="mailto:a@b.example"' in item["content_html"]
    assert 'is href="/not/a/link"' in item["content_html"]
    assert f'src="{SITE}/media/pictures/' in item["content_html"]
    assert item["image"].startswith(f"{SITE}/media/pictures/")
    assert "class=" not in item["content_html"]


def test_feed_says_where_it_is(reader, editor, format):
    factories.live(ArticleEdition, editor)
    answer = reader.get(f"/en/articles/feed.{format}?utm_source=x")
    assert f'<{SITE}/en/articles/feed.{format}>; rel="self"' in answer.headers["Link"]
    assert f'<{SITE}/en/articles/>; rel="alternate"; type="text/html"' in answer.headers["Link"]
    assert 'rel="original timegate"' in answer.headers["Link"]
    assert "hub" not in answer.headers["Link"]
    if format == "json":
        assert [answer.json()[name] for name in ("feed_url", "home_page_url")] == [f"{SITE}/en/articles/feed.json", f"{SITE}/en/articles/"]
    else:
        links = {link["rel"]: link["href"] for link in feedparser.parse(answer.content).feed.links}
        assert links == {"self": f"{SITE}/en/articles/feed.{format}", "alternate": f"{SITE}/en/articles/"}


def test_hub_is_named_by_whole_feeds_of_today_alone(reader, editor, settings, clock, format):
    settings.HUB_URL = "https://hub.example/"
    factories.live(EventEdition, editor)
    clock.shift(DAY)
    whole = reader.get(f"/en/timeline/feed.{format}")
    assert '<https://hub.example/>; rel="hub"' in whole.headers["Link"]
    assert b"https://hub.example/" in whole.content
    for path in (f"/en/timeline/feed.{format}?kind=order", f"/memento/20260601120000/en/timeline/feed.{format}"):
        answer = reader.get(path)
        assert answer.status_code == 200
        assert b"hub.example" not in answer.content
        assert "hub.example" not in answer.headers["Link"]


@pytest.mark.parametrize(
    ("format", "kind"), [("atom", "application/atom+xml"), ("rss", "application/rss+xml"), ("json", "application/feed+json")]
)
def test_answer_is_typed_cookieless_and_conditional(reader, editor, format, kind):
    factories.live(ArticleEdition, editor)
    answer = reader.get(f"/en/feed.{format}")
    assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"
    assert answer.headers["Content-Language"] == "en"
    assert not answer.cookies
    again = reader.get(f"/en/feed.{format}", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_demonstration_says_so_inside_the_feed(reader, settings, format):
    settings.IS_DEMO = True
    answer = reader.get(f"/en/feed.{format}")
    assert "A demonstration built from press reports" in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_empty_feed_is_a_feed(reader):
    for format in ("atom", "rss"):
        assert parsed(reader, f"/en/feed.{format}").entries == []
    assert as_json(reader, "/en/feed.json")["items"] == []


def test_feed_ends_after_fifty(reader, editor, clock):
    for minute in range(52):
        factories.live(QuestionEdition, editor, f"Number {minute}", at=NOON + minute * timedelta(minutes=1), is_short=True)
    clock.move_to(NOON + DAY)
    titles = [item["title"] for item in as_json(reader, "/en/feed.json")["items"]]
    assert titles == [f"Number {minute} question in English" for minute in range(51, 1, -1)]


# --- Words that break feeds ---------------------------------------------------------------------------------------------
def test_no_title_breaks_a_feed(reader, editor, edition_type):
    for minute, title in enumerate(NASTY):
        factories.live(edition_type, editor, is_short=True, at=NOON - minute * timedelta(minutes=1), en=_texts(edition_type, title))
    plain = [title.replace("\ufffe", "").replace("\uffff", "") for title in NASTY]
    parsed(reader, "/en/feed.rss")
    assert {entry.title_detail.type for entry in parsed(reader, "/en/feed.atom").entries} == {"text/plain"}
    assert [one.text for one in xml(reader, "/en/feed.atom").findall("atom:entry/atom:title", XMLNS)] == plain
    assert [one.text for one in xml(reader, "/en/feed.rss").findall("channel/item/title")] == plain
    assert [item["title"] for item in as_json(reader, "/en/feed.json")["items"]] == NASTY


def test_summary_in_rss_is_html_that_says_the_same(reader, editor):
    factories.live(ArticleEdition, editor, is_short=True, en=_texts(ArticleEdition, "A title") | {"summary": "1 < 2 & <b>3</b>"})
    assert xml(reader, "/en/feed.rss").findtext("channel/item/description") == "1 &lt; 2 &amp; &lt;b&gt;3&lt;/b&gt;"


def _texts(edition_type, title):
    named = {edition_type.TITLE: title} | {name: "Yes." for name in edition_type.REQUIRED if name != edition_type.TITLE}
    return factories.content(edition_type, is_short=True)["en"] | named


# --- Languages ----------------------------------------------------------------------------------------------------------
def test_missing_text_is_shown_in_the_original_and_says_so(reader, editor):
    factories.live(ArticleEdition, editor, fr={})
    entry = xml(reader, "/fr/feed.atom").find("atom:entry", XMLNS)
    assert entry.find("atom:title", XMLNS).attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "en"}
    [item] = as_json(reader, "/fr/feed.json")["items"]
    assert item["language"] == "en"
    assert '<div lang="en"><p>Example body in English</p></div>' in item["content_html"]


# --- The timeline's filter ------------------------------------------------------------------------------------------------
def test_timeline_feed_is_filtered_as_its_page(reader, editor):
    for kind in ("order", "court"):
        factories.live(EventEdition, editor, kind, kind=kind)
    assert [entry.title for entry in parsed(reader, "/en/timeline/feed.atom?kind=court").entries] == ["court title in English"]
    assert parsed(reader, "/en/timeline/feed.atom?from=2021").entries == []
    assert len(parsed(reader, "/en/timeline/feed.atom?tag=law&order=desc").entries) == 2


@pytest.mark.parametrize("query", ["kind=nothing", "from=20-20", "from=2021&to=2020", "tag=nothing", "kind=order&kind=court", "order=up"])
def test_timeline_feed_refuses_what_it_cannot_read(reader, query, format):
    assert reader.get(f"/en/timeline/feed.{format}?{query}").status_code == 400
