"""The importer's door: what was public elsewhere is entered at its real moment, marked, and never over what was public here."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from newsroom.publishing.models import Verb
from newsroom.publishing.publish import cancel, publish, record
from newsroom.site.models import BannerEdition
from tests import factories
from tests.factories import NOON, shown

DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("clock", "db")


@pytest.fixture
def recorded():
    """An edition that was public elsewhere ten days ago."""
    draft = factories.draft(BannerEdition)
    record(draft, NOON - 10 * DAY, NOON)
    return draft


def test_recorded_edition_was_live_then_and_says_when_it_was_entered(recorded):
    assert [shown(recorded, NOON - days * DAY) for days in (11, 10, 0)] == [None, recorded, recorded]
    assert recorded.recorded_at == NOON


def test_recorded_editions_follow_each_other(recorded):
    following = factories.next_draft(recorded)
    decision = record(following, NOON - 5 * DAY, NOON)
    assert [shown(recorded, NOON - days * DAY) for days in (6, 5)] == [recorded, following]
    assert following.first_live_from == recorded.live_from
    assert (decision.verb, decision.by) == (Verb.IMPORT, None)


def test_only_what_could_be_published_is_recorded(recorded):
    with pytest.raises(ValidationError, match="has been public before"):
        record(factories.next_draft(recorded, change="first"), NOON - 5 * DAY, NOON)


def test_recorded_document_goes_on_here(recorded, editor):
    following = factories.next_draft(recorded)
    publish(following, editor)
    assert following.recorded_at is None


def test_nothing_is_recorded_before_what_is_there(recorded):
    with pytest.raises(ValidationError, match="oldest first"):
        record(factories.next_draft(recorded), NOON - 20 * DAY, NOON)


def test_nothing_is_recorded_over_what_was_public_here():
    live = factories.live(BannerEdition, at=NOON - 3 * DAY)
    with pytest.raises(ValidationError, match="before a page is public here"):
        record(factories.next_draft(live), NOON - DAY, NOON)
    assert shown(live, NOON) == live


def test_cancelled_edition_is_no_obstacle_to_recording(editor):
    draft = factories.draft(BannerEdition)
    publish(draft, editor, NOON + DAY)
    draft = cancel(draft, editor)
    record(draft, NOON - DAY, NOON)
    assert shown(draft, NOON) == draft


@pytest.mark.parametrize("moment", [NOON + DAY, NOON - DAY + timedelta(milliseconds=1)], ids=["to come", "half a second"])
def test_only_whole_seconds_of_the_past_are_recorded(moment):
    with pytest.raises(ValidationError, match="whole seconds of the past"):
        record(factories.draft(BannerEdition), moment, NOON)
