"""Words are found whatever their case, accents and apostrophes, on both engines alike."""

import pytest
from django.utils import translation

from newsroom.search.matching import fold, matching
from tests.timeline.content import event, texts
from timeline.models import EventEdition

pytestmark = pytest.mark.django_db


def titles(query, language="en"):
    with translation.override(language):
        return sorted(edition.title_in(language) for edition in matching(EventEdition.objects.all(), query, ["title", "summary"], ["body"]))


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Décret", "decret"),
        ("decret", "DÉCRET"),
        ("ÉTATS-UNIS", "états-unis"),
        ("l’application", "l'application"),
        ("l'application", "L’APPLICATION"),
        ("sœur", "soeur"),
        ("Straße", "strasse"),
        ("e\u0301te\u0301", "été"),
        ("100 % of it", "100 %"),
        ("50_60", "50_6"),
        (r"a\b", r"a\b"),
        ("“quoted”", "quoted"),
        ("字节跳动", "字节"),
    ],
)
def test_a_word_is_found_however_it_is_written(written, typed):
    event(en=texts(title=written))
    assert titles(typed) == [written]


@pytest.mark.parametrize("query", ["%", "_", "\\", "strong", "href", "noopener", "nbsp"])
def test_neither_wildcards_nor_markup_are_words(query):
    event(en=texts(title="Plain", body='<p>Some <strong>bold</strong>&nbsp;<a href="https://example.org/">link</a></p>'))
    assert titles(query) == []


def test_words_of_html_are_found_as_they_are_read():
    event(en=texts(title="Title", body="<p>AT&amp;T &lt;rules&gt; here</p><p>end</p>"))
    assert titles("AT&T") == titles("<rules>") == titles("here end") == ["Title"]
    assert titles("hereend") == []


def test_a_missing_text_is_searched_in_the_original():
    event(en=texts(title="Only English"), fr=texts())
    event(en=texts(title="Both"), fr=texts(title="Les deux"))
    assert titles("english", "fr") == ["Only English"]
    assert titles("both", "fr") == []


def test_no_words_find_everything():
    event(en=texts(title="One"))
    assert titles("   ") == ["One"]


def test_folding_leaves_other_scripts_alone():
    assert fold("Ω 字 Ж") == "ω 字 ж"
