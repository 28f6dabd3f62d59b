"""What the public reads of articles: the list with its filters, an article, its withdrawal and its retraction.

What is listed is asked of both engines; how an article looks is tried on one.
"""

from datetime import timedelta

import pytest

from articles.models import ArticleEdition
from newsroom.publishing.drafts import draft_from, save_draft
from newsroom.publishing.models import Change, Tag
from newsroom.publishing.publish import publish, withdraw
from tests.factories import NOON, NOTES, a_tag, draft, live, next_draft
from tests.reading import MOST_QUERIES, queries

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CLAIM = {"said_on": "2020-08", "en": {"said": "It leaks.", "answer": "It does not."}, "fr": {"said": "Elle fuit.", "answer": "Non."}}
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON + HOUR, tick=False)]


def article(word="Example", **more):
    return live(ArticleEdition, word=word, **more)


def titles(response):
    return [edition.title_en.removesuffix(" title in English") for edition in response.context["editions"]]


# --- The list -----------------------------------------------------------------------------------------------------------
def test_list_shows_newest_first(reader):
    for days, word in enumerate(["Newest", "Older", "Oldest"]):
        article(word, at=NOON - days * DAY)
    assert titles(reader.get("/en/articles/")) == ["Newest", "Older", "Oldest"]


def test_list_keeps_the_place_of_an_updated_article_and_marks_it(reader, time_machine):
    first, second = article("First", at=NOON - DAY), article("Second")
    publish(next_draft(first, word="Renewed"), None)
    time_machine.shift(HOUR)
    response = reader.get("/en/articles/")
    assert [one.document_id for one in response.context["editions"]] == [second.document_id, first.document_id]
    assert "Updated <time" in response.text


def test_list_marks_an_update_that_a_minor_change_followed(reader, time_machine):
    edition = article()
    for change in (Change.CORRECTION, Change.MINOR):
        edition = next_draft(edition, change=change)
        publish(edition, None)
        time_machine.shift(HOUR)
    assert reader.get("/en/articles/").text.count("Corrected <time") == 1


def test_list_is_filtered_by_kind_and_tag(reader):
    article("Post", kind="post", tags=[a_tag("law").slug])
    article("Policy", kind="policy", tags=[a_tag("law").slug])
    article("Untagged", kind="post", tags=[])
    assert titles(reader.get("/en/articles/?kind=post&tag=law")) == ["Post"]


def test_list_finds_articles_by_a_tag_that_theirs_was_merged_into(reader):
    tag = a_tag("act")
    article("Old label", tags=[a_tag("bill").slug])
    Tag.objects.filter(slug="bill").update(merged_into=tag)
    response = reader.get("/en/articles/?tag=act")
    assert titles(response) == ["Old label"]
    assert "bill" not in response.text


def test_list_does_not_know_a_tag_that_only_a_draft_carries(reader):
    draft(ArticleEdition, tags=[a_tag("secret").slug])
    article(tags=[])
    assert reader.get("/en/articles/?tag=secret").status_code == 400
    assert "secret" not in reader.get("/en/articles/").text


def test_list_without_an_article_says_so(reader):
    assert "Nothing has been published yet." in reader.get("/en/articles/").text
    article(kind="post")
    assert "No article is of this kind yet." in reader.get("/en/articles/?kind=policy").text


@pytest.mark.pure
def test_list_has_twenty_a_page_and_keeps_the_filter(reader):
    for number in range(21):
        article(f"Number {number}", kind="post", is_short=True)
    response = reader.get("/en/articles/?kind=post&utm_source=mail")
    assert len(response.context["editions"]) == 20
    assert 'href="?kind=post&amp;page=2"' in response.text
    assert 'href="?kind=post"' in reader.get("/en/articles/?kind=post&page=2").text
    assert reader.get("/en/articles/?page=3").status_code == 404


# --- One article --------------------------------------------------------------------------------------------------------
@pytest.mark.pure
def test_article_shows_its_text_claims_and_sources(reader):
    edition = article()
    response = reader.get(edition.get_absolute_url())
    for words in ("title in English", "body in English", "said in English", "answer in English", "https://example.org/example-one"):
        assert words in response.text
    assert "en français" not in response.text


@pytest.mark.parametrize(("status", "words"), [("answered", "Our answer"), ("declined", "Answer declined"), ("awaiting", "No answer yet")])
@pytest.mark.pure
def test_claim_says_whether_it_is_answered(reader, status, words):
    edition = article(claims=[CLAIM | {"status": status}])
    assert words in reader.get(edition.get_absolute_url()).text


def test_article_says_what_changed_and_leads_to_its_history(reader, time_machine):
    edition = article()
    publish(next_draft(edition), None)
    time_machine.shift(HOUR)
    response = reader.get("/en/articles/example-title-in-english/")
    assert "Changed note in English" in response.text
    assert 'href="/en/articles/example-title-in-english/history/"' in response.text


@pytest.mark.pure
def test_article_missing_in_french_is_read_in_english_under_a_notice(reader):
    edition = article(fr={})
    response = reader.get(f"/fr/articles/{edition.slug_en}/")
    assert '<h1 lang="en">Example title in English</h1>' in response.text
    assert "Cette page n’existe pas encore en français." in response.text
    assert '<link rel="canonical" href="http://newsroom.example/en/articles/example-title-in-english/">' in response.text


@pytest.mark.pure
def test_translation_that_is_behind_says_so(reader, time_machine):
    update = draft_from(article(), None)
    update.summary_en, update.note_en = "Only the English summary moved on.", "The summary moved on."
    save_draft(update, None)
    publish(update, None)
    time_machine.shift(HOUR)
    texts = [reader.get(f"/{code}/articles/{update.slug_in(code)}/").text for code in ("en", "fr")]
    assert ["Le texte anglais a changé depuis que cette traduction a été faite." in text for text in texts] == [False, True]


def test_neighbours_are_live_articles_alone(reader):
    older, here = article("Older", at=NOON - 2 * DAY), article("Here", at=NOON - DAY)
    draft(ArticleEdition, word="Draft")
    publish(draft(ArticleEdition, word="Tomorrow"), None, NOON + DAY)
    response = reader.get(here.get_absolute_url())
    assert response.context["older"] == older
    assert response.context["newer"] is None


def test_withdrawn_article_stays_under_a_dated_notice_and_leaves_the_list(reader, time_machine):
    edition = article()
    withdraw(edition, None, Change.WITHDRAWAL, NOTES)
    time_machine.shift(HOUR)
    response = reader.get(edition.get_absolute_url())
    assert response.status_code == 200
    assert "Withdrawn <time" in response.text
    assert "Withdrawn in English." in response.text
    assert titles(reader.get("/en/articles/")) == []


def test_retracted_article_is_gone_with_its_reason_alone(reader, time_machine):
    edition = article()
    withdraw(edition, None, Change.RETRACTION, NOTES)
    time_machine.shift(HOUR)
    response = reader.get(edition.get_absolute_url())
    assert response.status_code == 410
    assert "Withdrawn in English." in response.text
    assert "Example" not in response.text


def test_article_before_its_moment_is_not_there(reader):
    edition = draft(ArticleEdition)
    publish(edition, None, NOON + DAY)
    assert reader.get(edition.get_absolute_url()).status_code == 404


@pytest.mark.pure
def test_address_in_another_language_leads_to_the_readers_own(reader):
    edition = article()
    response = reader.get(f"/fr/articles/{edition.slug_en}/?kind=post")
    assert response.status_code == 301
    assert response["Location"] == f"/fr/articles/{edition.slug_fr}/?kind=post"


@pytest.mark.pure
def test_article_asks_the_database_as_often_for_one_claim_as_for_thirty(reader):
    short, long = article("Short", claims=[CLAIM], sources=[]), article("Long", claims=[CLAIM] * 30, at=NOON - HOUR)
    assert queries(reader, short.get_absolute_url()) == queries(reader, long.get_absolute_url()) <= MOST_QUERIES
