"""Law 4: `live_from` is a whole second at least LEAD after the commit; a commit that comes too late starts again, or changes nothing."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models.signals import post_save
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from newsroom.publishing.commit import ATTEMPTS, earliest
from newsroom.publishing.models import OPEN, Decision, Revision
from newsroom.publishing.publish import LEAD, cancel, hold, publish, reschedule, withdraw
from newsroom.site.models import BannerEdition
from tests import factories
from tests.factories import NOON, NOTES, scheduled, shown

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


@pytest.fixture
def live(db, clock):
    return factories.live(BannerEdition)


@contextmanager
def slow(clock, by, times):
    """A database that takes `by` to write a decision, the first `times` times."""
    written = []

    def take_long(**kwargs):
        written.append(kwargs["instance"])
        if len(written) <= times:
            clock.shift(by)

    post_save.connect(take_long, sender=Decision)
    try:
        yield written
    finally:
        post_save.disconnect(take_long, sender=Decision)


def everything():
    """All that a step could have changed."""
    return [list(model.objects.order_by("pk").values()) for model in (BannerEdition, Decision, Revision)]


@pytest.mark.pure
@given(st.datetimes(datetime(2000, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 — hypothesis wants them naive
def test_earliest_moment_is_a_whole_second_two_to_three_ahead(now):
    assert earliest(now).microsecond == 0
    assert 2 * LEAD < earliest(now) - now <= 3 * LEAD


def test_moment_is_at_least_the_lead_after_the_commit(live, editor, clock):
    clock.move_to(NOON + timedelta(microseconds=999_999))
    publish(draft := factories.next_draft(live), editor)
    assert draft.live_from - timezone.now() >= LEAD


def test_late_commit_starts_again_with_a_later_moment(live, editor, clock):
    draft = factories.next_draft(live)
    with slow(clock, 5 * SECOND, times=2) as written:
        publish(draft, editor)
    assert len(written) == 3
    assert Decision.about(draft).count() == 1
    assert draft.live_from == NOON + 13 * SECOND
    assert [shown(live, NOON + seconds * SECOND) for seconds in (12, 13)] == [live, draft]


def test_commit_that_is_always_late_gives_up_and_changes_nothing(live, editor, clock):
    draft = factories.next_draft(live)
    before = everything()
    with slow(clock, 5 * SECOND, times=1000) as written, pytest.raises(ValidationError, match="too busy"):
        publish(draft, editor)
    assert len(written) == ATTEMPTS
    assert everything() == before


def test_draft_can_be_published_after_giving_up(live, editor, clock):
    draft = factories.next_draft(live)
    with slow(clock, 5 * SECOND, times=1000), pytest.raises(ValidationError, match="too busy"):
        publish(draft, editor)
    publish(draft, editor)
    assert shown(live, draft.live_from) == draft


def test_late_commit_of_a_chosen_moment_is_refused_and_changes_nothing(live, editor, clock):
    draft = factories.next_draft(live)
    before = everything()
    with slow(clock, 20 * SECOND, times=1), pytest.raises(ValidationError, match="has passed"):
        publish(draft, editor, NOON + 10 * SECOND)
    assert everything() == before


def test_late_cancellation_is_refused_and_changes_nothing(live, editor, clock):
    edition = scheduled(factories.next_draft(live), editor, NOON + HOUR)
    before = everything()
    clock.move_to(NOON + HOUR - 10 * SECOND)
    with slow(clock, 20 * SECOND, times=1), pytest.raises(ValidationError, match="no longer waiting"):
        cancel(edition, editor)
    assert everything() == before


def test_late_rescheduling_is_refused_and_changes_nothing(live, editor, clock):
    edition = scheduled(factories.next_draft(live), editor, NOON + HOUR)
    before = everything()
    clock.move_to(NOON + HOUR - 10 * SECOND)
    with slow(clock, 20 * SECOND, times=1), pytest.raises(ValidationError, match="no longer waiting"):
        reschedule(edition, editor, NOON + 2 * HOUR)
    assert everything() == before


def test_late_withdrawal_starts_again(live, editor, clock):
    with slow(clock, 5 * SECOND, times=1):
        tombstone = withdraw(live, editor, "withdrawal", NOTES).edition
    assert list(live.document.editions.order_by("pk")) == [live, tombstone]
    assert tombstone.live_from == NOON + 8 * SECOND


def test_late_hold_starts_again_with_everything_that_can_still_be_held(live, editor, clock):
    one = scheduled(factories.next_draft(live), editor, NOON + 10 * SECOND)
    other = scheduled(factories.draft(BannerEdition), editor, NOON + HOUR)
    with slow(clock, 20 * SECOND, times=1):
        assert hold((edition for edition in (one, other)), editor) == 1
    assert [shown(one, NOON + HOUR), shown(other, NOON + HOUR)] == [one, None]


@pytest.mark.parametrize("after", [timedelta(), LEAD - timedelta(microseconds=1), -HOUR], ids=["now", "within the lead", "past"])
def test_moment_that_is_too_close_is_refused(live, editor, clock, after):
    clock.move_to(NOON + HOUR - after)
    with pytest.raises(ValidationError, match="has passed, or is too close"):
        publish(factories.next_draft(live), editor, NOON + HOUR)


def test_moment_exactly_the_lead_ahead_is_taken(live, editor, clock):
    draft = factories.next_draft(live)
    clock.move_to(NOON + HOUR - LEAD)
    publish(draft, editor, NOON + HOUR)
    assert shown(live, NOON + HOUR) == draft


def test_moment_between_two_seconds_is_refused(live, editor):
    with pytest.raises(ValidationError, match="has passed, or is too close"):
        publish(factories.next_draft(live), editor, NOON + HOUR + SECOND / 2)


def test_open_end_is_a_moment_that_python_can_add_to():
    assert OPEN + timedelta(days=365) > OPEN
