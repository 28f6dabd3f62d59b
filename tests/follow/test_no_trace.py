"""What is not public leaves no trace in any feed or export: not a byte, a count, or another ETag. Of every type, in both languages."""

from datetime import timedelta

import pytest

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.drafts import edition_types
from newsroom.publishing.models import Change, Lane
from newsroom.publishing.publish import cancel, hold, publish
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


def prepare(edition_type, public, editor):
    """Everything of a type that the public is not to hear of yet, or ever."""
    later = NOON + 3 * HOUR
    factories.draft(edition_type, editor, "Hidden")
    factories.scheduled(factories.draft(edition_type, editor, "Hidden"), editor, later)
    cancel(factories.scheduled(factories.draft(edition_type, editor, "Hidden"), editor, later), editor)
    hold([factories.scheduled(factories.draft(edition_type, editor, "Hidden"), editor, later)], editor)
    for edition in public:
        if isinstance(edition, edition_type):
            factories.scheduled(factories.next_draft(edition, editor, "Hidden"), editor, later)
            correction = factories.next_draft(edition, editor, "Hidden", lane=Lane.CORRECTION, change=Change.CORRECTION)
            cancel(factories.scheduled(correction, editor, NOON + 2 * HOUR), editor)


def test_what_is_not_public_leaves_no_trace_in_any_feed(reader, editor, clock, public):
    clock.move_to(NOON + HOUR)
    before = feeds(reader)
    assert b"Corrected" in before[0][0]
    for edition_type in edition_types():
        prepare(edition_type, public, editor)
    assert feeds(reader) == before
    clock.move_to(NOON + 3 * HOUR - timedelta(seconds=1))
    assert feeds(reader) == before


def test_it_appears_at_its_second(reader, editor, clock, public):
    for edition in public:
        factories.scheduled(factories.next_draft(edition, editor, "Appears"), editor, NOON + 3 * HOUR)
    clock.move_to(NOON + 3 * HOUR - timedelta(seconds=1))
    before = feeds(reader)
    clock.move_to(NOON + 3 * HOUR)
    after = feeds(reader)
    changed = [path for path, one, two in zip(PATHS, before, after, strict=True) if one != two]
    assert changed == [path for path in PATHS if "corrections" not in path]
