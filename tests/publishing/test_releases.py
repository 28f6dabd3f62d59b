"""A release goes public at one second: whatever happens to one of its texts, a reader never sees half."""

from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from newsroom.publishing import together
from newsroom.publishing.drafts import edition_types, save_draft
from newsroom.publishing.models import Member, Release
from newsroom.publishing.publish import cancel, hold, move_together, publish, publish_together, reschedule, withdraw
from newsroom.site.models import BannerEdition
from tests.conftest import examples
from tests.factories import NOON, NOTES, draft, live, next_draft, shown
from timeline.models import ActorEdition

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture
def release(clock, transactional_db):
    """A draft of every content type, in one release; the first two follow something that is live."""
    release = Release.objects.create(title="Opening day")
    for number, model in enumerate(edition_types()):
        edition = next_draft(live(model, is_short=True)) if number < 2 else draft(model, is_short=True)
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


# --- In any order -------------------------------------------------------------------------------------------------------
TYPES = (BannerEdition, ActorEdition)
"""The smallest."""


STEPS = {
    "add": lambda release, which, by, loose: together.add(release, loose, by),
    "take out": lambda release, which, by, loose: together.take_out(release, list(release.members.all())[which]),
    "save": lambda release, which, by, loose: save_draft(release.editions[which], by),
    "approve": lambda release, which, by, loose: together.approve_all(release, by),
    "schedule": lambda release, which, by, loose: together.publish_all(release, by, soon(2 + which)),
    "publish": lambda release, which, by, loose: together.publish_all(release, by),
    "move": lambda release, which, by, loose: together.move_all(release, by, soon(1 + which)),
    "hold": lambda release, which, by, loose: together.hold_all(release, by),
    "hold one": lambda release, which, by, loose: hold([release.editions[which]], by),
    "cancel": lambda release, which, by, loose: cancel(release.editions[which], by),
    "publish alone": lambda release, which, by, loose: publish(release.editions[which], by),
    "reschedule alone": lambda release, which, by, loose: reschedule(release.editions[which], by, soon(3)),
}


def soon(seconds):
    return timezone.now().replace(microsecond=0) + seconds * SECOND


some_steps = st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 3), st.integers(0, 2)), min_size=3, max_size=8)


# Not shrunk: a failure says its steps, and they are few.
@settings(max_examples=examples(5), phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=st.integers(2, 4), first=st.sampled_from(["schedule", "take out"]), steps=some_steps)
def test_in_whatever_order_it_is_worked_on_a_reader_sees_all_of_it_or_nothing(editor, transactional_db, size, first, steps):
    with time_machine.travel(NOON, tick=False) as clock:
        release, loose = Release.objects.create(title="Opening day"), draft(BannerEdition, editor, is_short=True)
        for number in range(size):
            together.add(release, draft(TYPES[number % 2], editor, is_short=True), editor)
        for name, which, seconds in [(first, 3, 0), *steps]:
            with suppress(ValidationError, IndexError):
                STEPS[name](release, which, editor, loose)
            clock.shift(seconds)
            editions = set(release.editions)
            for moment in {soon(0), soon(1), *(edition.live_from for edition in editions if edition.live_from), soon(60)}:
                read = editions & {edition for model in TYPES for edition in model.objects.live(moment)}
                assert read in (set(), editions), (name, moment)
