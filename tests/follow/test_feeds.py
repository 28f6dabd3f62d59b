"""Feeds in Atom, RSS and JSON: what they say, and that readers of feeds understand it."""

import json
import uuid
from datetime import timedelta
from time import struct_time
from xml.etree import ElementTree

import feedparser
import pytest
import time_machine

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.models import Change
from newsroom.publishing.publish import publish, record, withdraw
from tests import factories
from tests.factories import NOON, NOTES, SOON
from tests.reading import queries
from timeline.models import EventEdition

pytestmark = pytest.mark.usefixtures("clock", "db")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TYPES = [ArticleEdition, QuestionEdition, EventEdition]
FORMATS = ["atom", "rss", "json"]
SITE = "http://newsroom.example"
XMLNS = {
    "atom": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
NASTY = [
    "AT&T & “friends” <script>alert(1)</script>",
    "]]> <![CDATA[ &amp; &lt;b&gt; &#0; &nbsp;",
    "1 < 2 > 0 'single' \"double\"",
    "👩‍👩‍👧‍👦 🇫🇷 ẑ̸͖a͌lgo",
    "أمر تنفيذي بشأن تطبيق",
    "a\ufffeb\uffff c\u0085d\u2028e",
]


@pytest.fixture(params=TYPES, ids=lambda model: model._meta.label)
def edition_type(request):
    return request.param


@pytest.fixture(params=FORMATS)
def format(request):
    return request.param


def parsed(reader, path, **more):
    """A feed as feedparser reads it, which has nothing to complain of."""
    answer = reader.get(path, **more)
    assert answer.status_code == 200
    feed = feedparser.parse(answer.content, response_headers={"content-type": answer.headers["Content-Type"]})
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def as_json(reader, path):
    return json.loads(reader.get(path).content)


def xml(reader, path):
    return ElementTree.fromstring(reader.get(path).content)


def moment(parts: struct_time):
    return tuple(parts[:6])


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


@pytest.mark.parametrize("path", ["/en/feed.atom", "/en/articles/feed.rss", "/en/timeline/feed.json"])
def test_thirty_items_take_as_many_queries_as_one(reader, editor, path):
    for edition_type in TYPES:
        factories.live(edition_type, editor, "First")
    few = queries(reader, path)
    for number in range(10):
        for edition_type in TYPES:
            factories.live(edition_type, editor, f"Number {number}")
    assert queries(reader, path) == few


# --- Words that break feeds ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("title", NASTY)
def test_no_title_breaks_a_feed(reader, editor, edition_type, title):
    factories.live(edition_type, editor, is_short=True, en=_texts(edition_type, title))
    plain = title.replace("\ufffe", "").replace("\uffff", "")
    parsed(reader, "/en/feed.rss")
    [entry] = parsed(reader, "/en/feed.atom").entries
    assert entry.title_detail.type == "text/plain"
    assert xml(reader, "/en/feed.atom").findtext("atom:entry/atom:title", namespaces=XMLNS) == plain
    assert xml(reader, "/en/feed.rss").findtext("channel/item/title") == plain
    assert as_json(reader, "/en/feed.json")["items"][0]["title"] == title


def test_summary_in_rss_is_html_that_says_the_same(reader, editor):
    factories.live(ArticleEdition, editor, is_short=True, en=_texts(ArticleEdition, "A title") | {"summary": "1 < 2 & <b>3</b>"})
    assert xml(reader, "/en/feed.rss").findtext("channel/item/description") == "1 &lt; 2 &amp; &lt;b&gt;3&lt;/b&gt;"


def _texts(edition_type, title):
    named = {edition_type.TITLE: title} | {name: "Yes." for name in edition_type.REQUIRED if name != edition_type.TITLE}
    return factories.content(edition_type, is_short=True)["en"] | named


# --- Identity and time --------------------------------------------------------------------------------------------------
def ids(reader, path):
    return [item["id"] for item in as_json(reader, path)["items"]]


def test_id_lasts_through_languages_sections_and_names(reader, editor, clock):
    first = factories.live(ArticleEdition, editor)
    [known] = ids(reader, "/en/feed.json")
    assert uuid.UUID(known).version == 5
    renamed = factories.next_draft(first, editor, "Renamed")
    renamed.slug_en = "another-address"
    renamed.save()
    publish(renamed, editor, NOON + HOUR)
    clock.move_to(NOON + HOUR)
    for path in ("/en/feed.json", "/fr/feed.json", "/en/articles/feed.json"):
        assert ids(reader, path) == [known]
    assert [entry.id for entry in parsed(reader, "/en/feed.atom").entries] == [known]
    root = xml(reader, "/en/feed.rss")
    assert [(guid.text, guid.attrib) for guid in root.iter("guid")] == [(known, {"isPermaLink": "false"})]


def test_ids_are_of_one_document_each(reader, editor, format):
    for edition_type in TYPES:
        for word in ("One", "Two"):
            factories.live(edition_type, editor, word)
    found = ids(reader, "/en/feed.json")
    assert len(set(found)) == len(found) == 6


def test_feed_ids_differ(reader):
    paths = ["/en/feed.atom", "/fr/feed.atom", "/en/articles/feed.atom", "/en/timeline/feed.atom", "/en/timeline/feed.atom?kind=order"]
    assert len({parsed(reader, path).feed.id for path in paths}) == len(paths)


def test_update_moves_updated_and_leaves_published(reader, editor, edition_type, clock):
    edition = factories.live(edition_type, editor)
    before = reader.get("/en/feed.atom")
    publish(factories.next_draft(edition, editor), editor, NOON + HOUR)
    clock.move_to(NOON + HOUR)
    feed = parsed(reader, "/en/feed.atom")
    [entry] = feed.entries
    assert (entry.published, entry.updated, feed.feed.updated) == ("2026-06-01T12:00:00Z", "2026-06-01T13:00:00Z", "2026-06-01T13:00:00Z")
    assert "Changed note in English" in entry.content[0].value
    assert reader.get("/en/feed.atom", headers={"If-None-Match": before.headers["ETag"]}).status_code == 200


def test_newest_edition_comes_first_whatever_its_type(reader, editor, clock):
    old = factories.live(ArticleEdition, editor, "Old")
    factories.live(EventEdition, editor, "Young", at=NOON + HOUR)
    clock.move_to(NOON + HOUR)
    publish(factories.next_draft(old, editor), editor, NOON + 2 * HOUR)
    clock.move_to(NOON + 2 * HOUR)
    assert [entry.title for entry in parsed(reader, "/en/feed.atom").entries] == ["Changed in English", "Young title in English"]


def test_memento_of_a_feed_is_exact_to_the_second(reader, editor, edition_type, clock, format):
    edition = factories.live(edition_type, editor)
    at_noon = reader.get(f"/en/feed.{format}").text
    publish(factories.next_draft(edition, editor), editor, NOON + HOUR)
    clock.move_to(NOON + HOUR)
    at_one = reader.get(f"/en/feed.{format}").text
    clock.move_to(NOON + DAY)
    for stamp, then in (("20260601120000", at_noon), ("20260601130000", at_one)):
        answer = reader.get(f"/memento/{stamp}/en/feed.{format}")
        assert answer.headers["Memento-Datetime"]
        assert answer.text.replace(f"{SITE}/memento/{stamp}/", f"{SITE}/") == then
    assert reader.get(f"/memento/20260601115959/en/feed.{format}").status_code == 404


def test_what_was_entered_later_says_so_in_the_past(reader, clock):
    with time_machine.travel(NOON + DAY, tick=False):
        record(factories.draft(ArticleEdition), NOON, NOON + HOUR)
    clock.move_to(NOON + DAY)
    words = "Reconstructed: entered on"
    assert words in reader.get("/memento/20260601120000/en/feed.atom").text
    assert words not in reader.get("/en/feed.atom").text


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


# --- What is gone ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def gone(reader, editor, edition_type, clock):
    """A function: withdraws an edition that has been in every feed since noon, and gives its id."""

    def gone(change):
        edition = factories.live(edition_type, editor, "Secret")
        [known] = ids(reader, "/en/feed.json")
        withdraw(edition, editor, change, NOTES)
        clock.move_to(NOON + SOON)
        return known

    return gone


@pytest.mark.parametrize("change", [Change.WITHDRAWAL, Change.RETRACTION])
def test_tombstone_in_atom_takes_the_entry_away(reader, gone, change):
    known = gone(change)
    assert parsed(reader, "/en/feed.atom").entries == []
    root = xml(reader, "/fr/feed.atom")
    [deleted] = root.findall("at:deleted-entry", XMLNS)
    assert deleted.attrib == {"ref": known, "when": "2026-06-01T12:00:03Z"}
    assert deleted.findtext("at:comment", namespaces=XMLNS) == NOTES["fr"]
    assert root.findtext("atom:updated", namespaces=XMLNS) == "2026-06-01T12:00:03Z"


def test_withdrawal_in_rss_and_json_is_the_notice(reader, gone, edition_type):
    known = gone(Change.WITHDRAWAL)
    [entry] = parsed(reader, "/en/feed.rss").entries
    assert (entry.id, entry.title, entry.summary) == (known, f"Withdrawn: Secret {edition_type.TITLE} in English", NOTES["en"])
    [item] = as_json(reader, "/en/feed.json")["items"]
    assert (item["id"], item["title"]) == (known, f"Withdrawn: Secret {edition_type.TITLE} in English")
    assert item["content_html"] == f'<p lang="en">{NOTES["en"]}</p>'
    assert item["url"].startswith(f"{SITE}/en/")
    for format in FORMATS:
        assert "Secret summary" not in reader.get(f"/en/feed.{format}").text


def test_retraction_says_nothing_but_that_and_why(reader, gone, format):
    gone(Change.RETRACTION)
    text = reader.get(f"/en/feed.{format}").text
    assert "secret" not in text.lower()
    assert NOTES["en"] in text
    if format != "atom":
        assert "Retracted" in text


def test_retraction_is_silent_in_feeds_of_the_past_too(reader, gone, clock, format):
    gone(Change.RETRACTION)
    clock.move_to(NOON + DAY)
    answer = reader.get(f"/memento/20260601120000/en/feed.{format}")
    assert answer.status_code == 200
    assert "secret" not in answer.text.lower()
    assert NOTES["en"] in answer.text


def test_filter_tells_nothing_of_what_a_retracted_event_said(reader, editor, clock):
    edition = factories.live(EventEdition, editor, "Secret")
    withdraw(edition, editor, Change.RETRACTION, NOTES)
    clock.move_to(NOON + DAY)
    for stamp in ("", "/memento/20260601120000"):
        answers = [reader.get(f"{stamp}/en/timeline/feed.json?q={word}").json()["items"] for word in ("secret", "nothing")]
        assert answers[0] == answers[1] != []


def test_document_that_came_back_is_an_item_again(reader, editor, gone, edition_type, clock):
    known = gone(Change.WITHDRAWAL)
    publish(factories.next_draft(edition_type.objects.get(change=Change.WITHDRAWAL), editor, "Back"), editor, NOON + HOUR)
    clock.move_to(NOON + HOUR)
    assert [entry.id for entry in parsed(reader, "/en/feed.atom").entries] == [known]
    assert xml(reader, "/en/feed.atom").findall("at:deleted-entry", XMLNS) == []


# --- Corrections ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def corrected(editor, edition_type, clock):
    """An edition that was corrected an hour after noon."""
    edition = factories.live(edition_type, editor, "Before")
    publish(factories.next_draft(edition, editor, "After", change=Change.CORRECTION), editor, NOON + HOUR)
    clock.move_to(NOON + HOUR)
    return edition_type.objects.get(change=Change.CORRECTION)


def test_correction_is_news_with_before_and_after(reader, corrected):
    [item] = as_json(reader, "/en/corrections/feed.json")["items"]
    assert item["title"] == "Correction: After in English"
    assert item["summary"] == "After note in English"
    assert "<del>" in item["content_html"]
    assert "<ins>" in item["content_html"]
    assert f'href="{SITE}{corrected.get_absolute_url()}history/1..2/"' in item["content_html"]
    for format in ("atom", "rss"):
        [entry] = parsed(reader, f"/en/corrections/feed.{format}").entries
        assert (entry.id, entry.title, entry.link) == (item["id"], item["title"], SITE + corrected.get_absolute_url())


def test_correction_stays_when_another_follows(reader, editor, corrected, clock):
    known = ids(reader, "/en/corrections/feed.json")
    withdraw(corrected, editor, Change.WITHDRAWAL, NOTES)
    clock.shift(HOUR)
    titles = {item["id"]: item["title"] for item in as_json(reader, "/fr/corrections/feed.json")["items"]}
    assert len(titles) == 2
    assert list(titles)[1:] == known


def test_correction_of_what_was_retracted_says_nothing_of_it(reader, editor, corrected, clock, format):
    withdraw(corrected, editor, Change.RETRACTION, NOTES)
    clock.move_to(NOON + DAY)
    for stamp in ("", "/memento/20260601130000"):
        answer = reader.get(f"{stamp}/en/corrections/feed.{format}")
        assert answer.status_code == 200
        assert "After" not in answer.text
        assert "Before" not in answer.text
    assert NOTES["en"] in reader.get(f"/en/corrections/feed.{format}").text


def test_thirty_corrections_take_as_many_queries_as_one(reader, editor, corrected, clock):
    few = queries(reader, "/en/corrections/feed.atom")
    for number in range(10):
        edition = factories.live(type(corrected), editor, f"Number {number}", at=NOON)
        publish(factories.next_draft(edition, editor, "Right", change=Change.CORRECTION), editor, NOON + 2 * HOUR)
    clock.move_to(NOON + 2 * HOUR)
    assert queries(reader, "/en/corrections/feed.atom") == few
