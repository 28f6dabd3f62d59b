"""One tag across articles, questions and events.

What a tag finds is asked of both engines, pages of it are turned on one.
"""

from datetime import timedelta

import pytest

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.models import Change, Tag
from newsroom.publishing.publish import publish, withdraw
from tests.factories import NOON, NOTES, a_tag, draft, live
from timeline.models import EventEdition

HOUR = timedelta(hours=1)
TAGGED = (ArticleEdition, QuestionEdition, EventEdition)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON + HOUR, tick=False)]


def test_tag_lists_every_type(reader):
    for model in TAGGED:
        live(model, word=model.__name__)
    text = reader.get("/en/tags/law/").text
    assert all(f"{model.__name__} {model.TITLE} in English" in text for model in TAGGED)


@pytest.mark.parametrize("model", TAGGED)
def test_tag_that_nothing_live_carries_is_not_found(reader, model, time_machine):
    withdraw(live(model), None, Change.WITHDRAWAL, NOTES)
    draft(model)
    publish(draft(model, word="Tomorrow"), None, NOON + 24 * HOUR)
    time_machine.shift(HOUR)
    assert reader.get("/en/tags/law/").status_code == 404


def test_merged_tag_leads_to_the_one_it_was_merged_into(reader):
    last, middle, first = (a_tag(slug) for slug in ("last", "middle", "first"))
    Tag.objects.filter(pk=middle.pk).update(merged_into=last)
    Tag.objects.filter(pk=first.pk).update(merged_into=middle)
    live(ArticleEdition, tags=["first"])
    assert reader.get("/fr/tags/first/")["Location"] == "/fr/tags/last/"
    assert "Example title en français" in reader.get("/fr/tags/last/").text


def test_merged_tag_with_nothing_live_is_not_found(reader):
    a_tag("old")
    Tag.objects.filter(slug="old").update(merged_into=a_tag("new"))
    assert reader.get("/en/tags/old/").status_code == 404


@pytest.mark.pure
def test_tag_lists_twenty_of_a_type_and_leads_to_the_rest(reader):
    for number in range(21):
        live(ArticleEdition, word=f"Number {number}")
    response = reader.get("/en/tags/law/")
    assert len(response.context["articles"]) == 20
    assert 'href="/en/articles/?tag=law"' in response.text
