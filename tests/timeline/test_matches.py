"""What the index in memory finds and counts, held against plain loops; and that it never lags behind the database."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import product
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
import time_machine
from django.http import Http404
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from newsroom.publishing.dates import parse
from newsroom.publishing.folding import fold
from newsroom.publishing.publish import cancel, hold, publish, withdraw
from newsroom.publishing.querysets import TOMBSTONES
from newsroom.record.erasure import erase
from newsroom.search.matching import words_of
from tests.factories import NOON, NOTES, a_tag, an_editor, next_draft
from tests.timeline.content import YESTERDAY, actor, effect, event, measure, texts
from timeline import catalogue, pages
from timeline.catalogue import Catalogue, place_of, seconds
from timeline.filter import Filter
from timeline.index import Index, Row
from timeline.matches import Matches
from timeline.order import place

HOURS = [NOON - timedelta(hours=hour) for hour in range(6, -1, -1)]
DAYS = st.dates(date(2019, 11, 1), date(2021, 2, 28))
TEXTS = st.fixed_dictionaries(
    {code: st.sampled_from(["", "Le décret", "the Order\nand the court", "ordered, l’ordre"]) for code in ("en", "fr")}
)
QUERIES = st.sampled_from(["", "", "e", "ORDER", "order the", "décret le", "l'ord", "court order d"])


# --- Random events, and the answers by plain loops -------------------------------------------------------------------------
@dataclass
class Edition:
    """As much of an event's edition as the filter reads."""

    pk: int
    document_id: int
    date: str
    time: time | None
    live_from: datetime
    live_until: datetime
    change: str
    kind: str
    measures: frozenset
    texts: dict  # by language

    @property
    def first_day(self):
        return parse(self.date).first_day

    @property
    def last_day(self):
        return parse(self.date).last_day


@st.composite
def partial_dates(draw):
    day = draw(DAYS)
    point = draw(st.sampled_from([f"{day:%Y}", f"{day:%Y-%m}", f"{day:%Y-%m-%d}"])) + draw(st.sampled_from(["", "", "~", "?", "%"]))
    later = day + timedelta(days=draw(st.integers(0, 200)))
    periods = [f"{day}/{later}", f"../{day}", f"{day}/..", f"/{day}", f"{day}/"]
    return draw(st.sampled_from([point, *periods, f"{day:%Y}-22", "202X", "2020-XX"]))


@st.composite
def histories(draw):
    """Editions of up to eight documents, with consecutive periods."""
    editions = []
    for document in range(draw(st.integers(0, 8))):
        moments = sorted(draw(st.sets(st.sampled_from(HOURS), min_size=1, max_size=4)))
        ends = [*moments[1:], draw(st.sampled_from([HOURS[-1] + timedelta(days=1), moments[-1] + timedelta(minutes=1)]))]
        for number, (start, end) in enumerate(zip(moments, ends, strict=True)):
            change = draw(st.sampled_from(["update", "update", "correction", *TOMBSTONES])) if number else "first"
            clock, kind = draw(st.sampled_from([None, None, time(9), time(18, 30)])), draw(st.sampled_from("ab"))
            measures = frozenset(draw(st.sets(st.integers(1, 3))))
            facts = (draw(partial_dates()), clock, start, end, change, kind, measures, draw(TEXTS))
            editions.append(Edition(10 * document + number, document, *facts))
    return editions


def index_of(editions):
    editions = sorted(editions, key=lambda one: (place_of(one), one.pk))
    rows = [Row(one.pk, place_of(one), seconds(one.live_from), seconds(one.live_until), one.change, one.kind) for one in editions]
    labels = [(one.pk, "measure", value) for one in editions for value in one.measures]
    return Index(rows, labels, TOMBSTONES, lambda language: [(one.pk, one.texts[language]) for one in editions])


def catalogue_of(editions, again):
    """What a process knows that has read the documents `again` a second time, of which it knew only the first edition."""
    main = index_of([one for one in editions if one.document_id not in again or one.pk % 10 == 0])
    gone = main.those(frozenset(one.pk for one in editions if one.document_id in again))
    return Catalogue(1, main, index_of([one for one in editions if one.document_id in again]), gone, frozenset(again))


def live(editions, at):
    retracted = {one.document_id for one in editions if one.change == "retraction" and at < one.live_from <= NOON}
    return [
        one
        for one in editions
        if one.live_from <= at < one.live_until and one.change not in TOMBSTONES and one.document_id not in retracted
    ]


def found(editions, window, kind, measure):
    first, last = window
    return sorted(
        (
            one
            for one in editions
            if (first is None or one.last_day >= first)
            and (last is None or one.first_day <= last)
            and (kind is None or one.kind == kind)
            and (measure is None or measure in one.measures)
        ),
        key=place,
    )


WINDOWS = st.tuples(st.none() | DAYS, st.none() | DAYS).filter(lambda window: None in window or window[0] <= window[1])
KINDS, MEASURES, CODES = st.sampled_from([None, "a", "b"]), st.sampled_from([None, 1, 2, 3]), st.sampled_from(["en", "fr"])


@pytest.mark.pure  # no database
@given(histories(), st.sets(st.integers(0, 7)), st.sampled_from(HOURS), WINDOWS, KINDS, MEASURES, QUERIES, CODES)
def test_the_index_finds_counts_and_pages_as_plain_loops_do(editions, again, at, window, kind, measure, query, code):
    with time_machine.travel(NOON, tick=False):
        chosen = {"kind": (kind,)} if kind else {}
        chosen |= {"measure": (measure,)} if measure else {}
        matches = Matches(catalogue_of(editions, again), at, window, chosen, words_of(query), code)
    public = [one for one in live(editions, at) if all(word in fold(one.texts[code]) for word in words_of(query))]
    expected = [one.pk for one in found(public, window, kind, measure)]
    assert matches.page(most=100) == expected
    assert matches.page(most=100, is_backward=True) == expected[::-1]
    assert matches.page(most=2, start=1) == expected[1:3]
    assert matches.count == len(expected)
    assert matches.counts("kind", {"a": "a", "b": "b"}) == {one: len(found(public, window, one, measure)) for one in "ab"}
    assert matches.counts("measure", {one: [one] for one in (1, 2, 3)}) == {one: len(found(public, window, kind, one)) for one in (1, 2, 3)}
    assert matches.in_window((date(2020, 1, 1), date(2020, 12, 31))) == len(
        found(public, (date(2020, 1, 1), date(2020, 12, 31)), kind, measure)
    )
    for one in public:
        here = place_of(one)
        after = [other.pk for other in found(public, window, kind, measure) if place_of(other) > here]
        before = [other.pk for other in found(public, window, kind, measure) if place_of(other) < here]
        assert matches.beyond(here, 3) == after[:3]
        assert matches.beyond(here, 3, is_backward=True) == before[::-1][:3]
        assert matches.rank(here) == len(before)
        assert matches.rank(here, is_backward=True) == len(after)


@pytest.mark.pure  # no database
@given(histories(), st.sampled_from(HOURS), WINDOWS)
def test_an_empty_window_is_told_its_nearest_events(editions, at, window):
    with time_machine.travel(NOON, tick=False):
        matches = Matches(catalogue_of(editions, ()), at, window)
    if matches.count:
        return
    public = live(editions, at)
    before = [one for one in public if window[0] and one.last_day < window[0]]
    after = [one for one in public if window[1] and one.first_day > window[1]]
    assert matches.nearest() == (
        max(before, key=lambda one: (one.last_day, place(one))).pk if before else None,
        min(after, key=place).pk if after else None,
    )


# --- The database --------------------------------------------------------------------------------------------------------
def ask(rf, query="", at=None):
    request = rf.get(f"/en/timeline/{query}")
    request.at = at or NOON
    return Filter(request)


def agree(rf, at, *queries):
    """The index finds what the database finds, in the same order."""
    for query in queries:
        asked = ask(rf, query, at)
        found = [one.pk for one in asked.events()]
        assert asked.matches.page(most=100, is_backward=asked.is_backward) == found, (query, at)
        assert asked.matches.count == len(found)


@pytest.fixture
def noon(db):
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def test_the_index_and_the_database_agree_at_every_moment(rf, noon, editor):
    """Each act of the desk is asked about at once, before it takes effect, when it does, and from the past; one process knows them all."""
    ban, amazon = measure("Ban"), actor("Amazon")
    moved = event("moved", "2020-08", effect(ban, "starts"), kind="court", tags=[a_tag("law").slug])
    event("timed", "2020-08-14", actors=[{"actor": amazon.document_id}], time="09:00", zone="America/New_York")
    gone, wrong = event("gone", "2020/.."), event("wrong", "2020-09~", tags=[a_tag("law").slug])
    queries = ["", "?order=desc", "?q=moved", "?from=2020-08-02&to=2020-09"]
    queries += ["?kind=court", "?measure=ban-name-in-english", "?actor=amazon-name-in-english", "?tag=law"]
    following = next_draft(moved)
    following.date, following.kind = "2021-01-05", "report"
    following.save()
    acts = [
        lambda: publish(following, editor, NOON + timedelta(days=2)),
        lambda: cancel(following, editor),
        lambda: withdraw(gone, editor, "withdrawal", NOTES),
        lambda: withdraw(wrong, editor, "retraction", NOTES),
    ]
    counts = []
    for number, act in enumerate(acts, 1):
        act()
        then = NOON + timedelta(minutes=number)
        noon.move_to(then)
        for at in (then, YESTERDAY, YESTERDAY - timedelta(days=1), NOON):
            agree(rf, at, *(queries if at > YESTERDAY else [""]))
            counts.append(ask(rf, at=at).matches.count)
    assert counts == [4, 4, 0, 4] * 2 + [3, 4, 0, 4] + [2, 3, 0, 3]


def test_what_is_scheduled_counts_from_its_second_on(rf, noon, editor):
    later = event("later", at=NOON + timedelta(days=1), tags=[a_tag("law").slug])
    before, then = NOON + timedelta(days=1, seconds=-1), NOON + timedelta(days=1)
    for at, count in ((NOON, 0), (before, 0), (then, 1)):
        noon.move_to(at)
        asked = ask(rf, at=at)
        assert asked.matches.count == asked.counts["kind"]["order"] == count
        assert [tag.slug for tag, _label in asked.choices.tags] == ["law"] * count
        assert [window.text for window in asked.windows.years] == ["2020"] * count
    noon.move_to(NOON)
    hold([later], editor)
    noon.move_to(then)
    assert ask(rf, at=then).matches.count == 0


def test_an_event_tells_a_deadline_in_the_edition_that_says_so(rf, noon, editor):
    """Both editions stand at one place of the timeline."""
    ban = measure("Ban")
    first = event("order", "2020-08-14", effect(ban, "amends"))
    following = next_draft(first)
    following.effects.update(verb="ends")
    publish(following, editor, NOON + timedelta(hours=1))
    noon.move_to(NOON + timedelta(hours=1))
    assert catalogue.current().dated([first]) == set()
    assert catalogue.current().dated([following]) == {ban.document_id}


def test_an_index_that_has_fallen_far_behind_is_made_anew(rf, noon, monkeypatch):
    monkeypatch.setattr(catalogue, "MOST_RECENT", 2)
    event("first")
    assert ask(rf).matches.count == 1
    for number in range(4):
        event(f"more {number}")
        agree(rf, NOON, "")
    assert len(catalogue.current().documents) < 3


# --- Pages ----------------------------------------------------------------------------------------------------------------
def walked(reader, query, way):
    """The titles on each page, from the one at `query` on, by the page's own links; those of the pages before, too."""
    listed = []
    while query is not None:
        page = reader.get(f"/en/timeline/{query}").context["page"]
        listed.append([one.title_en.removesuffix(" title in English") for one in page])
        step = getattr(page, way)
        query = step if step is None else "?" + "&".join(f"{name}={value}" for name, value in step.items())
    return listed


def test_after_the_numbered_pages_every_event_comes_once_in_either_direction(reader, noon, monkeypatch):
    monkeypatch.setattr(pages, "PER_PAGE", 2)
    monkeypatch.setattr(pages, "MOST_NUMBERED", 2)
    names = [f"n{number}" for number in range(9)]
    for name, day in zip(names, (1, 1, 2, 3, 3, 3, 4, 5, 6), strict=True):
        event(name, f"2020-08-{day:02}")
    assert walked(reader, "", "next") == [names[0:2], names[2:4], names[4:6], names[6:8], names[8:]]
    assert walked(reader, "?page=last", "previous") == [names[7:9], names[5:7], names[3:5], names[1:3], names[:1]]
    last = reader.get("/en/timeline/?page=last")
    assert "Events 8 to 9 of 9" in last.content.decode()
    assert "?page=last" in reader.get("/en/timeline/").content.decode()
    assert walked(reader, "?after=n4-title-en-francais", "next")[0] == names[5:7]
    backwards = [one.title_en for one in reader.get("/en/timeline/?order=desc&after=n7-title-in-english").context["page"]]
    assert [title.partition(" ")[0] for title in backwards] == ["n6", "n5"]
    assert reader.get("/en/timeline/?page=3").status_code == 400
    assert reader.get("/en/timeline/?after=n8-title-in-english").status_code == 404


@pytest.mark.parametrize(("name", "value"), [("after", "nobody"), ("before", "later-title-in-english"), ("after", "%00")])
def test_a_page_begins_after_an_event_that_the_public_knows(reader, noon, name, value):
    event("later", at=NOON + timedelta(days=1))
    response = reader.get(f"/en/timeline/?{name}={value}")
    assert response.status_code == 400
    assert name in response.context["filter"].problems


def test_one_page_is_asked_for_in_one_way(reader, noon):
    event("one")
    for names in product(("page=1", "after=one-title-in-english"), ("before=one-title-in-english",)):
        assert reader.get(f"/en/timeline/?{'&'.join(names)}").status_code == 400


def test_an_empty_page_past_either_end_is_not_found(rf, noon):
    event("one")
    request = rf.get("/en/timeline/?before=one-title-in-english")
    request.at = NOON
    with pytest.raises(Http404):
        Filter(request).page()


# --- What the form says ----------------------------------------------------------------------------------------------------
def test_each_choice_says_how_many_events_it_would_show(reader, noon):
    ban, sale = measure("Ban"), measure("Sale")
    event("a", "2020-08-14", effect(ban, "starts"), effect(sale, "starts"), kind="court")
    event("b", "2020-09-14", effect(ban, "amends"), kind="order")
    event("c", "2021-09-14", effect(sale, "amends"), kind="order")
    page = reader.get("/en/timeline/?to=2020&measure=ban-name-in-english&kind=court").content.decode()
    assert ">Court decision (1)</option>" in page
    assert ">Order (1)</option>" in page
    assert ">Press report (0)</option>" in page
    assert ">Ban name in English (1)</option>" in page
    assert ">Sale name in English (1)</option>" in page
    assert "(0)" not in reader.get("/en/timeline/?to=never").content.decode()


def test_no_choice_gives_the_count_of_a_retracted_event_away(reader, noon, editor):
    wrong = event("wrong", tags=[a_tag("law").slug])
    with time_machine.travel(NOON - timedelta(hours=1), tick=False):
        withdraw(wrong, editor, "retraction", NOTES)
    for path in ("/en/timeline/", f"/memento/{YESTERDAY:%Y%m%d%H%M%S}/en/timeline/"):
        response = reader.get(path)
        assert response.context["page"].total == 0
        assert "(1)" not in response.content.decode()


# --- Words ------------------------------------------------------------------------------------------------------------------
def test_counts_obey_the_words_asked_for(rf, noon):
    event("apple", kind="court")
    event("pear", kind="court")
    assert ask(rf, "?q=apple").counts["kind"]["court"] == 1


def test_words_are_found_in_memory_as_in_the_database(rf, noon):
    """In each language, where the language has no text of its own, in HTML, and however they are written."""
    both = {"en": texts(title="The Order", summary="l’application, 100 % of it", body="<p>AT&amp;T &lt;rules&gt;</p><p>end</p>")}
    event(**both, fr=texts(title="Décret", summary="ÉTATS-UNIS\u202f: sœur", body="<p>Une&nbsp;<strong>étape</strong></p>"))
    event(en=texts(), fr=texts(title="Étape seule", body="<p>ΛΌΓΟΣ 字节跳动</p>"), original_language="fr")
    event(en=texts(title="Straße e\u0301te\u0301", body="<p>strong \\ under_score</p>"), fr=texts())
    shared = ["étape", "etape seule", "λόγος", "字节", "strasse", "ete", "strong", "\\", "r_s"]
    own = {
        "en": ["order", "l'app", "100 order", "%", "at&t", "<rules>", "end"],
        "fr": ["decret", "états-unis", "soeur :", "une étape", "DÉCRET une"],
    }
    for code, found in own.items():
        queries = {query: "?" + urlencode({"q": query}) for query in [*shared, *own["en"], *own["fr"], "rulesend", "nbsp", "order decret"]}
        with translation.override(code):
            agree(rf, NOON, *queries.values())
            assert [query for query, address in queries.items() if ask(rf, address).matches.count] == [*shared, *found]


def test_words_are_found_from_the_second_on_in_which_they_are_public_and_an_erased_one_at_no_moment(rf, noon, editor):
    first = event(en=texts(title="Apple"), fr=texts())
    following = next_draft(first)
    following.title_en = "Pear"
    following.save()
    counts = [ask(rf, f"?q={word}").matches.count for word in ("apple", "pear")]
    publish(following, editor, NOON + timedelta(hours=1))
    for hours in (0, 1):
        then = NOON + timedelta(hours=hours)
        noon.move_to(then)
        counts += [ask(rf, f"?q={word}", at).matches.count for word in ("apple", "pear") for at in dict.fromkeys([NOON, then])]
    assert counts == [1, 0] + [1, 0] + [1, 0, 0, 1]
    erase(first.document, ["Apple"], NOTES, editor, an_editor("second"))
    noon.shift(60)
    assert [ask(rf, f"?q={word}", at).matches.count for word in ("apple", "pear") for at in (NOON, then)] == [0, 0, 0, 1]


@pytest.mark.pure  # no database
def test_the_order_of_places_is_the_order_of_events():
    days = {"first_day": date(2020, 8, 14), "last_day": date(2020, 8, 14), "document_id": 1}
    early, late = (SimpleNamespace(**days, time=one) for one in (None, time()))
    assert place_of(early) < place_of(late)
    assert place(early) < place(late)
