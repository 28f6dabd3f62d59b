"""A release goes public at one second: whatever happens to one of its texts, a reader never sees half."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from newsroom.publishing.drafts import edition_types
from newsroom.publishing.models import Member, Release
from newsroom.publishing.publish import cancel, hold, move_together, publish, publish_together, reschedule, withdraw
from tests.factories import NOON, NOTES, draft, live, next_draft, shown

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture
def release(clock, transactional_db):
    """A draft of every content type, in one release; the first two follow something that is live."""
    release = Release.objects.create(title="Opening day")
    for number, model in enumerate(edition_types()):
        edition = next_draft(live(model)) if number < 2 else draft(model)
        Member.objects.create(release=release, edition=edition)
    return release


def public(release, at):
    """Of how many texts of the release the public reads this very edition at a moment."""
    return sum(shown(edition, at) == edition for edition in release.editions)


def test_all_are_public_from_the_same_second_on_and_none_before(release):
    publish_together(release.editions, None, NOON + DAY)
    count = len(edition_types())
    moments = [NOON, NOON + SECOND, NOON + DAY - SECOND, NOON + DAY, NOON + DAY + SECOND, NOON + 9 * DAY]
    assert [public(release, moment) for moment in moments] == [0, 0, 0, count, count, count]


def test_as_soon_as_possible_is_one_second_for_all(release):
    decisions = publish_together(release.editions, None)
    assert len({decision.effective_at for decision in decisions}) == 1


def test_one_refused_and_none_is_published(release):
    last = release.editions[-1]
    type(last).objects.filter(pk=last.pk).update(**{f"{last.TITLE}_en": ""})
    with pytest.raises(ValidationError, match="is empty in the original language"):
        publish_together(release.editions, None, NOON + DAY)
    assert all(edition.is_draft for edition in release.editions)


def test_what_takes_one_back_takes_all_back(release, clock):
    """Cancelled, held, overtaken by an urgent edition, or withdrawn beneath: the others wait with it, as drafts of the release."""
    for number, act in enumerate((
        lambda edition: cancel(edition, None),
        lambda edition: hold([edition], None),
        lambda edition: publish(next_draft_beside(edition), None),
        lambda edition: withdraw(shown(edition, NOON + timedelta(hours=1)), None, "withdrawal", NOTES),
    )):  # fmt: skip
        clock.shift(10)
        publish_together(release.editions, None, NOON + (number + 1) * DAY)
        act(release.editions[0])
        assert all(edition.is_draft for edition in release.editions), number
        assert public(release, NOON + 9 * DAY) == 0


def next_draft_beside(edition):
    return next_draft(shown(edition, NOON), word="Urgent")


def test_a_release_moves_as_one(release):
    publish_together(release.editions, None, NOON + 2 * DAY)
    move_together(release.editions, None, NOON + DAY)
    count = len(edition_types())
    assert [public(release, NOON + DAY - SECOND), public(release, NOON + DAY)] == [0, count]
    assert {edition.live_from for edition in release.editions} == {NOON + DAY}


def test_no_text_of_a_release_goes_out_or_moves_alone(release):
    with pytest.raises(ValidationError, match="part of the release “Opening day”"):
        publish(release.editions[0], None)
    publish_together(release.editions, None, NOON + DAY)
    with pytest.raises(ValidationError, match="part of the release"):
        reschedule(release.editions[0], None, NOON + 2 * DAY)
