"""What each public address costs: as many questions to the database for one of everything as for thirty.

On one engine: what is asked is asked of both.
"""

from datetime import timedelta

import pytest

from articles.models import ArticleEdition
from faq.models import QuestionEdition, Topic
from newsroom.publishing.models import Change, Lane
from newsroom.publishing.publish import publish
from tests.factories import NOON, a_tag, live, next_draft
from tests.reading import queries
from tests.timeline.content import actor, effect, event, measure

HOUR, CLAIM = timedelta(hours=1), {"said_on": "2020-08", "status": "answered", "en": {"said": "They sell data.", "who": "A senator"}}
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON + 6 * HOUR, tick=False), pytest.mark.pure]

PAGES = {
    "/en/": 8,
    "/en/articles/": 8,
    "/en/articles/?tag=law&kind=statement": 9,
    "/en/faq/": 4,
    "/en/tags/law/": 7,
    "/en/timeline/": 8,
    "/en/timeline/measures/": 5,
    "/en/timeline/in-force/?on=2020-12-31": 6,
    "/en/timeline/export.svg": 3,
    "/en/timeline/?from=2020&to=2021&kind=order&measure=shared-name-in-english&actor=actor-0-name-in-english&tag=law&q=event": 9,
    "/en/timeline/embed/?most=10": 3,
    "/sitemap-articles-1.xml": 2,
    "/en/corrections/": 11,
    "/en/corrections/feed.atom": 8,
    "/en/feed.atom": 16,
    "/en/articles/feed.rss": 6,
    "/en/timeline/feed.json": 8,
    "/en/timeline/export.csv": 4,
    "/en/timeline/export.json": 9,
    "/en/timeline/export.ics": 10,
    **{f"/api/v1/{name}?limit=100": most for name, most in (("articles", 9), ("questions", 6), ("events", 9))},
    **{f"/api/v1/{name}?limit=100": most for name, most in (("measures", 4), ("in-force", 4), ("tags", 3))},
}
"""{address: how many queries at most}. The feed of everything asks for each type."""


def one_more_of_everything(number, shared):
    """Each with a topic, a measure, somebody and a tag of its own, and a tag and a measure that all have in common."""
    more = {"tags": [a_tag("law").slug, a_tag(f"tag-{number}").slug], "at": NOON}
    article = live(ArticleEdition, word=f"Article {number}", is_short=True, claims=[CLAIM], **more)
    publish(next_draft(article, word=f"Right {number}", lane=Lane.CORRECTION, change=Change.CORRECTION), None, NOON + 7 * HOUR)
    topic = Topic.objects.create(slug=f"topic-{number}", name_en=f"Topic {number}")
    live(QuestionEdition, word=f"Question {number}", is_short=True, topic=topic.pk, **more)
    own, who = measure(f"Measure {number}", at=NOON), actor(f"Actor {number}", at=NOON)
    deeds = [effect(own, "starts", "2021-01-01"), effect(shared, "sets_deadline", "2021-02-01")]
    sources = [{"kind": "press", "publisher": "Daily"}]
    event(f"Event {number}", f"2020-{number % 12 + 1:02}-15", *deeds, actors=[{"actor": who.document_id}], sources=sources, **more)


def costs(reader):
    """{address: queries}, with what a process remembers from one request to the next already there."""
    for address in PAGES:
        queries(reader, address)
    return {address: queries(reader, address) for address in PAGES}


def test_every_page_asks_the_database_as_often_for_one_of_everything_as_for_thirty(reader, time_machine):
    shared = measure("Shared", at=NOON)
    one_more_of_everything(0, shared)
    time_machine.shift(2 * HOUR)
    for_one = costs(reader)
    assert {address: asked for address, asked in for_one.items() if asked > PAGES[address]} == {}
    time_machine.shift(-2 * HOUR)
    for number in range(1, 30):
        one_more_of_everything(number, shared)
    time_machine.shift(2 * HOUR)
    assert costs(reader) == for_one
