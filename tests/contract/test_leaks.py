"""Nothing that is only prepared shows anywhere, in a word, an address, a count or a header; nothing withdrawn is listed.

First comes what could leak: of every type a draft, a scheduled, a held and a cancelled edition, of new documents and of live
ones, all with one word that nothing else says. Then a reader who follows every link looks for a difference.
"""

import re
from collections import Counter
from datetime import timedelta
from html import unescape
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from articles.models import ArticleEdition
from faq.models import QuestionEdition, Topic
from newsroom.publishing.drafts import edition_types
from newsroom.publishing.models import Change, Lane
from newsroom.publishing.publish import cancel, hold, publish, withdraw
from tests import factories
from tests.factories import NOON, NOTES, SOON, scheduled
from timeline.models import ActorEdition, EventEdition, MeasureEdition

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WORD = "Zanzibar"
EMBARGO = NOON + 2 * HOUR
WITH_PAGES = [ArticleEdition, QuestionEdition, EventEdition, MeasureEdition]
LINK = re.compile(r"""(?:href|src|action)="([^"]*)"|<loc>([^<]*)</loc>""")
SKIPPED = re.compile(r"/static/|/media/|/memento/|[?&]on=|=&|=$|(feed|export)\.\w+\?|/fr/.*feed\.(rss|json)")
"""Links not followed: to the present in its past form, to the day before that day, and to forms sent empty."""
if connection.vendor == "postgresql":
    SKIPPED = re.compile(SKIPPED.pattern + "|^/fr/")  # the same questions to the database as in English, but for the names of columns
FOLLOWED = 2
"""How many links that differ in their values alone are followed: a timeline offers every month, at which everything is the same."""

PAGES = ("", "articles/", "faq/", "timeline/", "timeline/in-force/", "timeline/measures/")
LISTS = [f"/{code}/{page}" for code in ("en", "fr") for page in PAGES]
SITEMAPS = ["/sitemap.xml", *(f"/sitemap-{name}-1.xml" for name in ("articles", "questions", "events", "measures"))]
FEEDS = [f"/en/{of}feed.{form}" for of in ("", "articles/", "timeline/", "corrections/") for form in ("atom", "rss", "json")]
EXPORTS = ["/en/timeline/export.csv", "/fr/timeline/export.json", "/en/timeline/embed/"]
CALENDAR = "/en/timeline/export.ics"
ASKING = [f"/en/timeline/?q={WORD}", *(f"/en/{page}{WORD.lower()}" for page in ("articles/?tag=", "faq/?topic=", "timeline/?tag="))]
TAGS = [f"/{code}/tags/{slug}/" for code in ("en", "fr") for slug in ("law", "security", WORD.lower())]
LISTED = ("articles", "questions", "events", "events?order=desc&limit=1", "measures", "in-force", "in-force?on=2026-05-31", "tags")
API = [f"/api/v1/{path}" for path in ("", "openapi.json", *LISTED)]
API += ["/api/v1/events?lang=fr", "/api/v1/tags?lang=fr", "/api/v1/tags/law", "/api/v1/tags/zanzibar", "/api/v1/events?at=20300101000000"]
MEMENTOS = ["/memento/20260601120000/en/", "/memento/20260601150000/en/", "/memento/20300101000000/fr/faq/"]
UNLINKED = [
    *("/robots.txt", "/healthz", "/.well-known/security.txt", "/nowhere/", "/record/", "/record/entries.json", "/en/articles/?page=2"),
    *("/en/timeline/?from=2020&to=2030", "/en/timeline/in-force/?on=2020-08-15", "/en/timeline/in-force/?on=2027-01-01"),
    *("/timemap/en/", "/timemap/en/articles/", *TAGS, *MEMENTOS, *ASKING, *LISTS, *SITEMAPS, *FEEDS, *API),
    *("/fr/timeline/export.csv?kind=order&bom=1", "/en/timeline/export.json?tag=law", CALENDAR, *EXPORTS),
    *("/fr/timeline/embed/?show=in-force", f"/oembed?url={settings.SITE_URL}/en/timeline/"),
]
"""What no page links to, or nobody would ask for without a suspicion; the last two mementos are of moments to come."""

pytestmark = pytest.mark.usefixtures("db")


# --- A newsroom ---------------------------------------------------------------------------------------------------------
class Scene:
    """A newsroom with one live edition of every type, whose event also names an article, a measure and somebody not public yet."""

    def __init__(self, editor):
        self.editor = editor
        self.live = {model: factories.live(model, editor, word="Known") for model in edition_types() if model is not EventEdition}
        self.coming = {model: factories.document_of(model) for model in (ArticleEdition, MeasureEdition, ActorEdition)}
        naming = factories.content(EventEdition, word="Known")
        for edition, row in zip((self.live[MeasureEdition].document, self.coming[MeasureEdition]), naming["effects"], strict=True):
            row["measure"] = edition.pk
        for edition, row in zip((self.live[ActorEdition].document, self.coming[ActorEdition]), naming["actors"], strict=True):
            row["actor"] = edition.pk
        naming["statement"] = self.coming[ArticleEdition].pk
        self.live[EventEdition] = factories.live(EventEdition, editor, word="Known", **{**naming, "change": "first"})

    def announce(self):
        """What goes live at EMBARGO: a new document of every type, and a new edition of each that is live."""
        self.more = {model: {"tags": [factories.a_tag(WORD.lower()).slug]} if hasattr(model, "tags") else {} for model in edition_types()}
        self.more[QuestionEdition]["topic"] = Topic.objects.create(slug=WORD.lower(), name_en=WORD, name_fr=WORD).pk
        return [edition for model in edition_types() for edition in (self.new(model, self.coming.get(model)), self.next(self.live[model]))]

    def new(self, model, document=None):
        return scheduled(factories.draft(model, word=WORD, document=document, **self.more[model]), self.editor, EMBARGO)

    def next(self, edition):
        return scheduled(factories.next_draft(edition, word=WORD), self.editor, EMBARGO)

    def hide(self):
        """What never goes live: a draft, a cancelled and a held edition of a new document of every type, and of each that is live."""
        for model in edition_types():
            factories.draft(model, word=WORD, **self.more[model])
            cancel(self.new(model), self.editor)
            hold([self.new(model)], self.editor)
            cancelled = factories.next_draft(self.live[model], word=WORD)
            publish(cancelled, self.editor, EMBARGO + MINUTE)
            cancel(cancelled, self.editor)
            factories.next_draft(self.live[model], word=WORD, lane=Lane.CORRECTION, change=Change.CORRECTION)


@pytest.fixture
def scene(clock, editor):
    scene = Scene(editor)
    clock.move_to(NOON + HOUR)
    return scene


# --- A reader -----------------------------------------------------------------------------------------------------------
def fetch(reader, address, follow=False):
    """All that an answer says: (status, headers, body)."""
    response = reader.get(address, follow=follow)
    body = b"".join(response) if response.streaming else response.content
    return response.status_code, dict(response.headers), body.decode()


def everything(reader):
    """What the public can read: {address: answer}, found by following links of every shape, and where no link leads."""
    found, waiting, followed = {}, ["/", *UNLINKED], Counter()
    while waiting:
        address = waiting.pop()
        if address in found or followed[shape(address)] >= FOLLOWED and address not in UNLINKED:
            continue
        followed[shape(address)] += 1
        found[address] = fetch(reader, address)
        waiting += links(address, *found[address])
    return found


def shape(address):
    """The path and the names of the parameters."""
    path, _mark, query = address.partition("?")
    return path, *re.findall("(?:^|&)([a-z]+)=", query)


def links(address, status, headers, body):
    named = [headers.get("Location", ""), *(unescape(a or b) for a, b in LINK.findall(body))]
    here = [urljoin(address, link).removeprefix(settings.SITE_URL).split("#")[0] for link in named if link]
    return [link for link in here if link.startswith("/") and not SKIPPED.search(link)]


def saying(word, pages):
    """The addresses whose answers have the word, in any case and any place, but not because the address itself asks for it."""
    word = word.lower()
    return {address for address, answer in pages.items() if word not in address.lower() and word in str(answer).lower()}


# --- Prepared -----------------------------------------------------------------------------------------------------------
def test_what_is_only_prepared_changes_nothing_that_the_public_can_read(scene, reader):
    before = everything(reader)
    scene.announce()
    scene.hide()
    after = everything(reader)
    assert len(before) > 60
    assert set(after) == set(before)
    assert {address for address in before if after[address] != before[address]} == set()
    assert saying(WORD, after) == set()


def test_what_was_prepared_shows_when_its_time_has_come(scene, reader, clock):
    """So the reader above looked in the right places."""
    new = scene.announce()
    clock.move_to(EMBARGO)
    own = [edition.get_absolute_url() for edition in new if type(edition) in WITH_PAGES]
    silent = {"/sitemap.xml", "/en/corrections/feed.atom", "/en/corrections/feed.rss", "/en/corrections/feed.json"}
    looked = {address: fetch(reader, address) for address in [*own, *LISTS, *SITEMAPS, *FEEDS, *API, *EXPORTS, CALENDAR]}
    silent |= {"/api/v1/", "/api/v1/openapi.json", "/api/v1/tags/law", "/api/v1/events?at=20300101000000"}
    assert {address for address, answer in looked.items() if WORD.lower() not in str(answer).lower()} == silent


def test_every_answer_is_the_same_to_staff_and_to_readers(scene, reader, editor):
    """Law 5: no session, no cookie, no visitor."""
    staff = Client()
    staff.force_login(editor)
    for address in [
        "/en/",
        "/fr/timeline/",
        "/sitemap.xml",
        "/en/feed.atom",
        "/nowhere/",
        *(live.get_absolute_url() for live in scene.live.values()),
    ]:
        answer = fetch(reader, address)
        assert fetch(staff, address) == answer
        assert "Set-Cookie" not in answer[1]
        assert "cookie" not in answer[1].get("Vary", "").lower()


# --- Addresses under embargo --------------------------------------------------------------------------------------------
def pages_at(address):
    """Where a document would be found that has its own page at this address."""
    return [
        address,
        *(f"{address}history/{page}" for page in ("", "1/", "2/", "1..2/")),
        f"/timemap{address}",
        f"/oembed?url={settings.SITE_URL}{address}",
        f"/memento/20260601120000{address}",
        *api_of(address),
    ]


def api_of(address):
    """The same document in the API, now and at a moment."""
    section, slug = address.removeprefix("/en/").strip("/").rsplit("/", 1)
    name = {"faq": "questions", "timeline": "events", "timeline/measures": "measures"}.get(section, section)
    names = ["measures", "in-force"] if name == "measures" else [name]
    return [f"/api/v1/{one}/{slug}{at}" for one in names for at in ("", "?at=20260601120000")]


def drafted(edition_type, editor):
    return factories.draft(edition_type, word=WORD)


def waiting(edition_type, editor):
    return scheduled(factories.draft(edition_type, word=WORD), editor, EMBARGO)


def cancelled(edition_type, editor):
    edition = waiting(edition_type, editor)
    cancel(edition, editor)
    return edition


def renamed(edition_type, editor):
    """A live document's name to come."""
    edition = factories.next_draft(factories.live(edition_type, editor, is_short=True))
    edition.slug_en = edition.slug_fr = "zanzibar-to-come"
    edition.save()
    return scheduled(edition, editor, EMBARGO)


@pytest.mark.parametrize("with_page", factories.richest_on_both(WITH_PAGES), ids=lambda model: model._meta.label)
def test_address_under_embargo_answers_as_one_that_never_was(with_page, reader, editor, clock):
    editions = [prepared(with_page, editor) for prepared in (drafted, waiting, cancelled, renamed)]
    clock.move_to(NOON + HOUR)
    page = editions[0].get_absolute_url().replace(editions[0].slug_en, "{}")
    never = answers(reader, page, "never-was")
    assert {status for status, headers, body in never} == {404}
    for edition in editions:
        assert answers(reader, page, edition.slug_en) == never


def answers(reader, page, slug):
    """What all the addresses answer under which a document would be found, without its name, and its length and digest."""
    found = [fetch(reader, address) for address in pages_at(page.format(slug))]
    nameless = [(status, {**headers, "ETag": "", "Content-Length": ""}, body) for status, headers, body in found]
    return [(status, str(headers).replace(slug, "–"), body.replace(slug, "–")) for status, headers, body in nameless]


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/en/timeline/?measure=", MeasureEdition),
        ("/en/timeline/?actor=", ActorEdition),
        ("/en/timeline/feed.atom?measure=", MeasureEdition),
        ("/en/timeline/feed.atom?actor=", ActorEdition),
        ("/en/timeline/export.csv?measure=", MeasureEdition),
        ("/api/v1/events?measure=", MeasureEdition),
        ("/api/v1/events?actor=", ActorEdition),
        ("/api/v1/events?cursor=", EventEdition),
        ("/api/v1/articles?cursor=", ArticleEdition),
    ],
)
def test_filter_knows_nothing_under_embargo(address, named, reader, editor, clock):
    edition = waiting(named, editor)
    clock.move_to(NOON + HOUR)
    never = "x" * len(edition.slug_en)
    status, _headers, body = fetch(reader, address + edition.slug_en)
    assert (status, body.replace(edition.slug_en, never)) == (400, fetch(reader, address + never)[2])


# --- Withdrawn ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def withdrawn(scene, reader, editor, clock):
    """A function: publish one of each type with the word and withdraw them a minute later; gives the pages they were on."""

    def withdrawn(change):
        editions = [publish(factories.draft(model, word=WORD), editor).edition for model in edition_types()]
        clock.shift(MINUTE)
        for edition in editions:
            withdraw(edition, editor, change, NOTES)
        clock.shift(SOON)
        return [page for edition in editions if type(edition) in WITH_PAGES for page in pages_at(edition.get_absolute_url())]

    return withdrawn


def test_what_was_withdrawn_is_in_no_list(withdrawn, reader):
    withdrawn(Change.WITHDRAWAL)
    looked = [*LISTS, *SITEMAPS, *ASKING, *TAGS, *API, *EXPORTS]  # a calendar says that it is cancelled
    assert saying(WORD, {address: fetch(reader, address) for address in looked}) == set()


def test_what_was_retracted_is_in_no_list_and_read_nowhere_not_even_in_the_past(withdrawn, reader):
    own = withdrawn(Change.RETRACTION)
    moment = re.search("[0-9]{14}", reader.get("/memento/20260601130030/en/").headers["Location"])[0]
    then = [f"/memento/{moment}{address}" for address in (*LISTS, *FEEDS[::3], *API[2:8], *EXPORTS, CALENDAR)]
    looked = {address: fetch(reader, address, follow=True) for address in [*own, *then, *UNLINKED]}
    assert {looked[address][0] for address in own} == {404, 410}
    assert {looked[address][0] for address in then} == {200}
    assert saying(WORD, {address: looked[address] for address in [*LISTS, *SITEMAPS, *ASKING, *TAGS, *API, *EXPORTS, CALENDAR]}) == set()
    texts = re.compile(f"{WORD} (summary|body|description|answer|short_answer|excerpt|one|two)", re.IGNORECASE)
    assert {address for address, answer in looked.items() if texts.search(str(answer))} == set()
