"""What the public reads of questions: by topic, and one answer with the answers before it."""

from datetime import timedelta

import pytest

from faq.models import QuestionEdition, Topic
from newsroom.publishing.drafts import draft_from, save_draft
from newsroom.publishing.models import Change
from newsroom.publishing.publish import publish, withdraw
from tests.factories import NOON, NOTES, draft, live
from tests.reading import MOST_QUERIES, main_of, queries

HOUR = timedelta(hours=1)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON + HOUR, tick=False)]


def question(word="Example", **more):
    return live(QuestionEdition, word=word, **more)


def topic(slug, position=0):
    return Topic.objects.create(slug=slug, name_en=slug.title(), name_fr=f"{slug} (fr)", position=position)


def answered_anew(edition, short_answer, change=Change.UPDATE):
    """The question with another short answer, public from now on."""
    following = draft_from(edition, None, change=change)
    following.short_answer_en, following.note_en = short_answer, "The answer changed."
    save_draft(following, None)
    publish(following, None)
    return following


# --- The list -----------------------------------------------------------------------------------------------------------
def test_list_groups_questions_by_topic_in_the_topics_order(reader):
    second, first = topic("second", 2), topic("first", 1)
    for word, of in (("B", second), ("A", first)):
        question(word, topic=of.pk)
    text = main_of(reader.get("/en/faq/"))
    order = [text.index(words) for words in ('id="topic-first"', "A question in English", 'id="topic-second"', "B question in English")]
    assert order == sorted(order)


def test_list_is_filtered_by_topic(reader):
    question("Data", topic=topic("data").pk)
    question("Orders", topic=topic("orders").pk)
    response = reader.get("/en/faq/?topic=data")
    assert "Data question in English" in response.text
    assert "Orders question in English" not in response.text


def test_topic_without_a_live_question_is_not_known(reader):
    draft(QuestionEdition, topic=topic("secret").pk)
    assert reader.get("/en/faq/?topic=secret").status_code == 400


def test_list_without_a_question_says_so(reader):
    assert "No question has been answered here yet." in reader.get("/en/faq/").text


# --- One question -------------------------------------------------------------------------------------------------------
def test_question_is_the_headline_and_the_short_answer_comes_first(reader):
    text = main_of(reader.get(question().get_absolute_url()))
    parts = ("<h1>Example question in English</h1>", "short_answer in English", "answer in English</p></div>")
    order = [text.index(words) for words in parts]
    assert order == sorted(order)


def test_former_answers_are_dated_and_lead_to_their_editions(reader, time_machine):
    edition = question()
    newer = answered_anew(edition, "Not any more.")
    time_machine.shift(HOUR)
    answered_anew(newer, "Not any more.", Change.MINOR)
    time_machine.shift(HOUR)
    response = reader.get(edition.get_absolute_url())
    assert [entry.number for entry in response.context["answers"]] == [1, 2]
    assert f'href="{edition.get_absolute_url()}history/1/"' in response.text


def test_answer_that_never_changed_has_no_former_answers(reader):
    assert "As answered" not in reader.get(question().get_absolute_url()).text


def test_withdrawn_answer_stays_under_a_notice(reader, time_machine):
    edition = question()
    withdraw(edition, None, Change.WITHDRAWAL, NOTES)
    time_machine.shift(HOUR)
    assert "Withdrawn in English." in reader.get(edition.get_absolute_url()).text
    assert "Example question" not in reader.get("/en/faq/").text


def test_question_asks_the_database_as_often_for_one_answer_as_for_five(reader, time_machine):
    edition = question()
    for_one = queries(reader, edition.get_absolute_url())
    for number in range(4):
        edition = answered_anew(edition, f"Answer {number}.")
        time_machine.shift(HOUR)
    assert queries(reader, edition.get_absolute_url()) == for_one <= MOST_QUERIES
