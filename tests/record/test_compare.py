"""Any two editions, compared word by word.

On one engine: other tests read the same rows on both.
"""

import re
import time
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.dates import in_words
from newsroom.publishing.diff import ADDED, REMOVED, SAME, compare, is_changed, whole
from newsroom.publishing.drafts import save_draft
from newsroom.publishing.models import Change
from newsroom.publishing.pairs import moved, paired
from newsroom.publishing.passages import excerpt, passages
from newsroom.publishing.publish import publish, withdraw
from newsroom.publishing.snapshot import snapshot, write
from newsroom.publishing.tokens import plain, rich
from tests import factories
from tests.factories import NOON, NOTES
from timeline.models import EventEdition, MeasureEdition

pytestmark = pytest.mark.pure

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
WITH_PAGES = [ArticleEdition, QuestionEdition, EventEdition, MeasureEdition]

# --- Words: pure ----------------------------------------------------------------------------------------------------------
SOME_WORDS = st.lists(st.sampled_from(["the", "a", "deadline", "is", "12", "20.", "November", ",", "\n", "l'ordre", "—"]), max_size=40)
TEXTS = SOME_WORDS.map(" ".join) | st.text(max_size=60)
HTML = st.lists(st.tuples(st.sampled_from(["p", "h2", "li", "blockquote"]), SOME_WORDS), max_size=6).map(
    lambda blocks: "".join(f"<{tag}>{' '.join(words)}</{tag}>" for tag, words in blocks)
)


def side(pieces, kind):
    return [(piece.text, piece.mark) for piece in pieces if piece.kind in (SAME, kind)]


def put_together(parts):
    """(text, mark) pairs, the words between two marks as one."""
    found = []
    for text, mark in parts:
        if found and not mark and not found[-1][1]:
            found[-1] = (found[-1][0] + text, "")
        else:
            found.append((text, mark))
    return found


@given(before=TEXTS, after=TEXTS)
def test_pieces_give_both_texts_back(before, after):
    pieces = compare(plain(before), plain(after))
    assert "".join(piece.text for piece in pieces if piece.kind != ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.kind != REMOVED) == after


@given(before=HTML, after=HTML)
def test_pieces_give_both_rich_texts_back(before, after):
    pieces = compare(rich(before), rich(after))
    assert put_together(side(pieces, REMOVED)) == put_together(rich(before))
    assert put_together(side(pieces, ADDED)) == put_together(rich(after))


@given(TEXTS | HTML)
def test_the_same_text_has_no_change(text):
    assert not is_changed(compare(plain(text), plain(text)))
    assert not is_changed(compare(rich(text), rich(text)))


@given(HTML, HTML)
def test_passages_show_every_change(before, after):
    pieces = compare(rich(before), rich(after))
    words = "".join(piece.text for piece in pieces if piece.kind != SAME and not piece.mark)
    shown = "".join(piece.text for passage in passages(pieces) for piece in passage.pieces if piece.kind != SAME and not piece.mark)
    cut = "".join(
        piece.text for passage in excerpt(pieces) for piece in passage.pieces if piece.kind in (ADDED, REMOVED) and not piece.mark
    )
    assert words == shown == cut


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("It ends on 12 November.", "It ends on 4 December.", "It ends on [-12 November-][+4 December+]."),
        ("Data is kept.", "User data is kept.", "[-Data-][+User data+] is kept."),
        (
            "It is so, they say, and it is known.",
            "It is not so, they say, and it is known.",
            "It is [+not +]so, they say, and it is known.",
        ),
        ("", "New.", "[+New.+]"),
    ],
)
def test_changes_read_like_a_proof(before, after, marked):
    signs = {SAME: "{}", REMOVED: "[-{}-]", ADDED: "[+{}+]"}
    assert "".join(signs[piece.kind].format(piece.text) for piece in compare(plain(before), plain(after))) == marked


def test_mark_up_that_shows_nothing_is_no_change():
    one = '<p>We keep <a href="https://a.example/">it</a>\n here.</p><p></p><ul><li><p>One</p></li></ul>'
    two = '<p>We  keep <a class="x" href="https://a.example/">it</a> here.</p><ul><li>One</li></ul>'
    assert not is_changed(compare(rich(one), rich(two)))


@pytest.mark.parametrize(
    ("before", "after", "mark"),
    [
        ('<p><a href="https://a.example/">it</a></p>', '<p><a href="https://b.example/">it</a></p>', "link"),
        ("<p>We keep it.</p>", "<p>We <strong>keep</strong> it.</p>", "bold"),
        ("<p>Why</p><p>Because.</p>", "<h2>Why</h2><p>Because.</p>", "block"),
        ("<ul><li>One</li></ul>", "<ol><li>One</li></ol>", "block"),
    ],
)
def test_mark_up_that_shows_is_a_change(before, after, mark):
    assert {piece.mark for piece in compare(rich(before), rich(after)) if piece.kind != SAME} == {mark}


def test_one_changed_paragraph_leaves_the_others_alone():
    blocks = [f"<p>Paragraph {number} says something of its own.</p>" for number in range(9)]
    changed = [*blocks[:4], "<p>Paragraph 4 says something else.</p>", *blocks[5:]]
    found = passages(compare(rich("".join(blocks)), rich("".join(changed))))
    assert [passage.is_changed for passage in found] == [False] * 4 + [True] + [False] * 4


def test_a_value_that_is_one_thing_changes_as_a_whole():
    assert [(piece.kind, piece.text) for piece in whole("12 November", "4 November")] == [(REMOVED, "12 November"), (ADDED, "4 November")]
    assert whole("", "") == []


@pytest.mark.parametrize("vocabulary", [3, 50, 1000, 20000])
def test_ten_thousand_words_are_compared_in_a_moment(vocabulary):
    before = plain(" ".join(str(number * 7919 % vocabulary) + ("." if number % 13 == 0 else "") for number in range(10_000)))
    after = plain(" ".join(str(number * 7907 % vocabulary) + ("." if number % 11 == 0 else "") for number in range(10_000)))
    start = time.process_time()
    compare(before, after)
    assert time.process_time() - start < 30  # it takes one; word by word against word it would be minutes


# --- Rows: pure -----------------------------------------------------------------------------------------------------------
ROWS = st.lists(
    st.fixed_dictionaries({"title": st.sampled_from(["one thing", "another thing", "a third"]), "n": st.integers(0, 3)}), max_size=7
)


@given(before=ROWS, after=ROWS)
def test_every_row_is_in_exactly_one_pair(before, after):
    pairs = paired(before, after)
    assert [new for _old, new in pairs if new is not None] == list(range(len(after)))
    assert sorted(old for old, _new in pairs if old is not None) == list(range(len(before)))
    assert moved(pairs) <= set(range(len(after)))


@given(rows=ROWS, order=st.randoms())
def test_equal_rows_are_found_in_any_order(rows, order):
    mixed = order.sample(rows, len(rows))
    assert all(old is not None and new is not None and rows[old] == mixed[new] for old, new in paired(rows, mixed))


def test_changed_row_is_found_between_others():
    rows = [{"title": f"Report number {number} of the committee", "publisher": name} for number, name in enumerate("abc")]
    pairs = paired(rows, [{**rows[2], "title": "Report number 2 of that committee"}, rows[0]])
    assert pairs == [(2, 0), (0, 1), (1, None)]
    assert len(moved(pairs)) == 1


# --- Pages ----------------------------------------------------------------------------------------------------------------
@pytest.fixture(params=WITH_PAGES, ids=lambda model: model._meta.label)
def page_type(request):
    return request.param


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def follow_up(edition, editor, clock, change=Change.UPDATE, **changes):
    """The next edition, live an hour later, with these values in its snapshot."""
    draft = factories.next_draft(edition, editor, "Changed", change=change)
    if changes:
        data = snapshot(draft)
        write(draft, {**data, **{name: {**data[name], **value} if isinstance(value, dict) else value for name, value in changes.items()}})
        save_draft(draft, editor)
    publish(draft, editor)
    clock.shift(HOUR)
    return draft


def address(edition, pair):
    return f"{edition.get_absolute_url()}history/{pair}/"


def marked(response, tag):
    """What stands in <del> or <ins> within the compared rows, without the words that say so."""
    found = re.findall(rf"<{tag}>(.*?)</{tag}>", response.text.split('class="columns sides"')[1], re.DOTALL)
    return [re.sub(r"<span class=\"visually-hidden\".*?</span>", "", text) for text in found]


@pytest.mark.django_db
def test_two_editions_are_compared_in_words(page_type, reader, editor, clock):
    first = factories.live(page_type, editor, "Example")
    follow_up(first, editor, clock)
    response = reader.get(address(first, "1..2"))
    assert response.status_code == 200
    assert (marked(response, "del"), marked(response, "ins"))[0][0].startswith("Example")
    assert marked(response, "ins")[0].startswith("Changed")
    assert '<span class="visually-hidden" lang="en">[removed: </span>' in response.text
    assert response.text.count("<h1") == 1


@pytest.mark.django_db
def test_each_language_is_compared_in_its_own_words(reader, editor, clock):
    first = factories.live(ArticleEdition, editor, "Example")
    draft = factories.draft_from(first, editor)
    draft.summary_fr, draft.note_en = "Example summary en bon français", "Mended."
    save_draft(draft, editor)
    publish(draft, editor)
    clock.shift(HOUR)
    english = reader.get(address(first, "1..2"))
    french = reader.get(f"/fr/articles/{first.slug_fr}/history/1..2/")
    assert (marked(english, "ins"), marked(french, "ins")) == ([], ["bon "])
    assert "The French text changed as well" in english.text


@pytest.mark.django_db
def test_unchanged_children_are_found_when_their_order_changed(reader, editor, clock):
    first = factories.live(ArticleEdition, editor, "Example")
    sources = snapshot(first)["sources"]
    follow_up(
        first,
        editor,
        clock,
        sources=[{**sources[0], "title": "A new source", "address": "https://new.example/", "publisher": "X"}, *sources[::-1]],
    )
    groups = reader.get(address(first, "1..2")).context["comparison"].groups
    rows = next(group.rows for group in groups if group.label == "Sources")
    assert [row.state for row in rows] == ["added", "same", "same"]
    assert sum(row.is_moved for row in rows) == 1


@pytest.mark.django_db
def test_facts_are_compared_in_the_readers_words(reader, editor, clock):
    measure = factories.live(MeasureEdition, editor, "Ban")
    first = factories.live(
        EventEdition, editor, "Example", effects=[{"measure": measure.document_id, "verb": "orders", "en": {}, "fr": {}}]
    )
    effects = [{**snapshot(first)["effects"][0], "verb": "ends", "deadline": "2026-12-01"}]
    follow_up(first, editor, clock, date="2020-08", certainty="reported", effects=effects)
    response = reader.get(address(first, "1..2"))
    assert {in_words("2020-08-14"), "confirmed", "orders"} <= set(marked(response, "del"))
    assert {in_words("2020-08"), "reported", "ends", in_words("2026-12-01")} <= set(marked(response, "ins"))


@pytest.mark.django_db
def test_what_is_not_public_is_not_named(reader, editor, clock):
    hidden = factories.draft(MeasureEdition, editor, "Secret")
    first = factories.live(EventEdition, editor, "Example", effects=[])
    effects = [{"measure": hidden.document_id, "verb": "ends", "en": {"scope": "hush"}, "fr": {}}]
    follow_up(first, editor, clock, effects=effects)
    response = reader.get(address(first, "1..2"))
    assert "Secret" not in response.text
    assert "hush" not in response.text


@pytest.mark.django_db
@pytest.mark.parametrize("pair", ["1..1", "2..1", "0..1", "1..3", "1..99999999999999999999"])
def test_numbers_that_are_no_pair_are_no_page(pair, reader, editor, clock):
    first = factories.live(ArticleEdition, editor, "Example")
    follow_up(first, editor, clock)
    assert reader.get(address(first, pair)).status_code == 404


@pytest.mark.django_db
def test_scheduled_edition_is_not_compared(page_type, reader, editor, clock):
    first = factories.live(page_type, editor, "Example")
    publish(factories.next_draft(first, editor), editor, NOON + HOUR)
    assert reader.get(address(first, "1..2")).status_code == 404
    clock.move_to(NOON + HOUR)
    assert reader.get(address(first, "1..2")).status_code == 200


@pytest.mark.django_db
def test_retracted_editions_are_gone_and_later_ones_compared(page_type, reader, editor, clock):
    first = factories.live(page_type, editor, "Hush")
    second = follow_up(first, editor, clock)
    withdraw(second, editor, change=Change.RETRACTION, notes=NOTES)
    clock.shift(HOUR)
    response = reader.get(address(second, "1..2"))
    assert response.status_code == 410
    assert "Hush" not in response.text


@pytest.mark.django_db
def test_memento_compares_what_was_public_then(page_type, reader, editor, clock):
    first = factories.live(page_type, editor, "Example")
    second = follow_up(first, editor, clock)
    third = follow_up(second, editor, clock, change=Change.CORRECTION)
    then = f"/memento/{third.live_from - SECOND:%Y%m%d%H%M%S}"
    settled = f"/memento/{second.live_from:%Y%m%d%H%M%S}"
    assert reader.get(then + address(first, "1..2")).headers["Location"] == settled + address(first, "1..2")
    assert reader.get(settled + address(first, "1..2")).status_code == 200
    assert reader.get(settled + address(first, "2..3")).status_code == 404


@pytest.mark.django_db
def test_former_address_leads_to_the_comparison(reader, editor, clock):
    first = factories.live(ArticleEdition, editor, "Example", en={"slug": "old", "title": "Example"})
    follow_up(first, editor, clock, en={"slug": "new"})
    assert reader.get("/en/articles/old/history/1..2/").headers["Location"] == "/en/articles/new/history/1..2/"


@pytest.mark.django_db
def test_history_leads_to_comparisons_and_says_what_minor_means(reader, editor, clock):
    first = factories.live(ArticleEdition, editor, "Example")
    draft = factories.draft_from(first, editor, change=Change.MINOR)
    draft.summary_en, draft.note_en = "Example summaries in English", "Mends a spelling mistake."
    save_draft(draft, editor)
    publish(draft, editor)
    clock.shift(HOUR)
    text = reader.get(f"{first.get_absolute_url()}history/").text
    assert f'href="{address(first, "1..2")}"' in text
    assert "wording only, according to us" in text


@pytest.mark.django_db
def test_changed_page_leads_to_what_changed(page_type, reader, editor, clock):
    first = factories.live(page_type, editor, "Example")
    follow_up(first, editor, clock)
    assert f'href="{address(first, "1..2")}">See what changed' in reader.get(first.get_absolute_url()).text


@pytest.mark.django_db
def test_comparison_asks_the_database_as_often_for_two_children_as_for_twenty(reader, editor, clock):
    def queries(first, more):
        follow_up(first, editor, clock, sources=snapshot(first)["sources"] * more)
        with CaptureQueriesContext(
            connection,
        ) as context:
            assert reader.get(address(first, "1..2")).status_code == 200
        return len(context)

    few = queries(factories.live(ArticleEdition, editor, "Example"), 1)
    assert queries(factories.live(ArticleEdition, editor, "Other"), 10) == few
