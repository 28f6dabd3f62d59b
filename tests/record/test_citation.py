"""Citing exactly one edition.

On one engine: other tests read the same rows on both.
"""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing import history
from newsroom.publishing.dates import in_words
from newsroom.publishing.drafts import now
from newsroom.publishing.models import Change
from newsroom.publishing.publish import publish, withdraw
from newsroom.record.citation import cite, escaped
from tests import factories
from tests.factories import NOON, NOTES
from tests.reading import main_of
from timeline.models import EventEdition, MeasureEdition

pytestmark = pytest.mark.pure

HOUR = timedelta(hours=1)


@pytest.fixture(params=[ArticleEdition, QuestionEdition, EventEdition, MeasureEdition], ids=lambda model: model._meta.label)
def page_type(request):
    return request.param


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def changed(page_type, editor, clock):
    """Two editions, the second an hour after the first; it is two hours later now."""
    first = factories.live(page_type, editor, "Before")
    second = factories.next_draft(first, editor, "After")
    publish(second, editor, NOON + HOUR)
    clock.move_to(NOON + 2 * HOUR)
    return first, second


def address_in(response):
    return re.search(r'<a href="http://newsroom\.example([^"]+)" rel="bookmark">', response.text)[1]


# --- The permanent address ------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_page_gives_the_address_of_exactly_this_edition(reader, changed):
    _first, second = changed
    address = address_in(reader.get(second.get_absolute_url()))
    assert address == f"/memento/20260601130000{second.get_absolute_url()}"
    assert "After" in reader.get(address).text


@pytest.mark.django_db
def test_past_edition_gives_its_own_address_wherever_it_is_read(reader, changed):
    first, second = changed
    expected = f"/memento/20260601120000{first.get_absolute_url()}"
    assert address_in(reader.get(f"{second.get_absolute_url()}history/1/")) == expected
    response = reader.get(expected)
    assert response.status_code == 200
    assert "Before" in response.text
    assert "After title" not in response.text
    assert address_in(response) == expected


@pytest.mark.django_db
def test_address_stays_when_the_page_changes(reader, changed, editor, clock):
    _first, second = changed
    address = address_in(reader.get(second.get_absolute_url()))
    publish(factories.next_draft(second, editor, "Later"), editor)
    clock.shift(HOUR)
    assert reader.get(address).status_code == 200
    assert address_in(reader.get(second.get_absolute_url())) != address


@pytest.mark.django_db
def test_withdrawal_is_cited_as_what_it_is(reader, changed, editor, clock):
    _first, second = changed
    withdraw(second, editor, change=Change.WITHDRAWAL, notes=NOTES)
    clock.shift(HOUR)
    page = reader.get(second.get_absolute_url())
    assert "Withdrawn in English." in reader.get(address_in(page)).text


@pytest.mark.django_db
def test_nothing_that_is_not_public_is_cited(page_type, editor, clock):
    draft = factories.draft(page_type, editor)
    assert cite(draft, [], now()) is None
    publish(draft, editor, NOON + HOUR)
    assert cite(draft, [], now()) is None


# --- In words -------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_citation_is_in_the_language_of_the_page(reader, editor, clock):
    edition = factories.live(ArticleEdition, editor, "Example")
    clock.shift(HOUR)
    text = reader.get(f"/fr/articles/{edition.slug_fr}/").text
    assert "<cite>Example title en français</cite>" in text
    assert "langid = {french}" in text
    with translation.override("fr"):
        assert in_words("2026-06-01") in text


# --- Any other page -------------------------------------------------------------------------------------------------------
LISTS = [
    "/en/", "/fr/articles/?kind=statement", "/en/faq/", "/en/timeline/?from=2020&to=2021", "/en/timeline/in-force/?on=2020-10-01",
    "/en/timeline/measures/", "/en/tags/law/", "/en/corrections/", "/en/record/",
]  # fmt: skip


@pytest.fixture
def everything(editor, clock):
    """One page of each type, the article corrected an hour later; it is two hours later now."""
    for model in (QuestionEdition, EventEdition, MeasureEdition):
        factories.live(model, editor)
    article = factories.live(ArticleEdition, editor, "Before")
    publish(factories.next_draft(article, editor, "After", change=Change.CORRECTION), editor, NOON + HOUR)
    clock.move_to(NOON + 2 * HOUR)
    return article


@pytest.mark.django_db
def test_every_page_is_cited_as_it_stands(reader, everything):
    root = everything.get_absolute_url()
    for path in (*LISTS, f"{root}history/", f"{root}history/1..2/"):
        page = reader.get(path)
        address = unescape(address_in(page))
        assert address == f"/memento/20260601130000{path}", path
        then = reader.get(address)
        assert (then.status_code, unescape(address_in(then))) == (200, address)
        assert said_by(then) == said_by(page), path


def said_by(page):
    """What a page says, wherever its links stay. The timeline's picture breaks its own address, which is longer in the past."""
    return re.sub(r"<svg.*?</svg>", "", main_of(page).replace("/memento/20260601130000", ""), flags=re.DOTALL)


@pytest.mark.django_db
def test_page_is_cited_by_its_title_its_moment_and_its_own_parameters(reader, everything):
    text = reader.get("/en/timeline/?utm=a&from=2020&to=2021").text
    assert "<cite>Timeline – 2020 to 2021</cite>, as it stood on" in text
    assert "@online{newsroom-2026-en-timeline-from-2020-to-2021,\n" in text
    assert "  version = {2026-06-01T13:00:00Z},\n" in text
    assert "utm" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/nowhere/", "/en/timeline/?from=x", "/en/timeline/in-force/?on=x", "/en/articles/?page=x"])
def test_page_that_says_nothing_is_not_cited(reader, everything, path):
    assert "@online" not in reader.get(path).text


# --- BibTeX ---------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_bibtex_has_what_an_online_source_needs(changed):
    _first, second = changed
    found = cite(second, history.entries(second, now()), now()).bibtex
    assert found.startswith("@online{newsroom-2026-")
    for line in ("author = {{Newsroom}},", "date = {2026-06-01},", "version = {2},", "urldate = {2026-06-01},", "langid = {english},"):
        assert f"  {line}\n" in found
    assert "  url = {http://newsroom.example/memento/20260601130000/en/" in found


def test_signs_that_mean_something_to_latex_are_written_out():
    assert escaped("50% of R&D, #1 {a}_b $5 ~ ^ \\") == (
        r"50\% of R\&D, \#1 \textbraceleft{}a\textbraceright{}\_b \$5 \textasciitilde{} \textasciicircum{} \textbackslash{}"
    )
    assert escaped("Où l’« ordre » s’arrête") == "Où l’« ordre » s’arrête"


@given(st.text())
def test_no_title_breaks_the_entry(title):
    depth = 0
    for sign in escaped(title):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
        assert sign not in "\n\r"
    assert depth == 0
