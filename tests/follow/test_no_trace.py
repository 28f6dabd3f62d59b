"""What is not public leaves no trace in any feed or export: not a byte, a count, or another ETag. Of every type, in both languages."""

from datetime import timedelta

import pytest

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.models import Change, Lane
from newsroom.publishing.publish import publish
from tests import factories
from tests.factories import NOON
from timeline.models import EventEdition

pytestmark = pytest.mark.usefixtures("clock", "db")
HOUR = timedelta(hours=1)
SECTIONS = ("", "articles/", "timeline/", "corrections/")
PATHS = [f"/{code}/{section}feed.{end}" for code in ("en", "fr") for section in SECTIONS for end in ("atom", "rss", "json")]
PATHS += ["/en/timeline/feed.atom?tag=law", "/fr/timeline/feed.json?kind=order"]
PATHS += ["/fr/timeline/embed/", *(f"/en/timeline/export.{end}" for end in ("csv", "json", "ics"))]


@pytest.fixture
def public(editor):
    """One live document of each type that feeds hold, one of them corrected, so that no feed is empty."""
    editions = [factories.live(model, editor, at=NOON - 2 * HOUR) for model in (ArticleEdition, QuestionEdition, EventEdition)]
    for edition in editions:
        correction = factories.next_draft(edition, editor, "Corrected", lane=Lane.CORRECTION, change=Change.CORRECTION)
        publish(correction, editor, NOON + HOUR)
    return editions


def feeds(reader):
    answers = [reader.get(path) for path in PATHS]
    assert {answer.status_code for answer in answers} == {200}
    return [(answer.getvalue(), answer.headers["ETag"], answer.headers["Link"]) for answer in answers]


def test_it_appears_at_its_second(reader, editor, clock, public):
    for edition in public:
        factories.scheduled(factories.next_draft(edition, editor, "Appears"), editor, NOON + 3 * HOUR)
    clock.move_to(NOON + 3 * HOUR - timedelta(seconds=1))
    before = feeds(reader)
    assert "Appears" not in str(before)
    clock.move_to(NOON + 3 * HOUR)
    after = feeds(reader)
    changed = [path for path, one, two in zip(PATHS, before, after, strict=True) if one != two]
    assert changed == [path for path in PATHS if "corrections" not in path]
