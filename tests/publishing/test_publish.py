"""What publish(), cancel(), reschedule(), hold() and withdraw() refuse, and what they leave alone.

All of it is decided before the content type matters, so the smallest type stands for all.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from newsroom.publishing.drafts import draft_from, draft_in
from newsroom.publishing.models import OPEN, Change, Decision, Lane, Status, Verb
from newsroom.publishing.publish import HOLD, KEEP, LEAD, cancel, hold, publish, reschedule, withdraw
from newsroom.publishing.snapshot import snapshot
from newsroom.site.models import BannerEdition
from tests import factories
from tests.factories import NOON, NOTES, SOON, scheduled, shown

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
pytestmark = pytest.mark.usefixtures("clock", "db")


@pytest.fixture
def live(editor):
    """An edition that went live at noon."""
    return factories.live(BannerEdition, editor)


@pytest.fixture
def later(live, editor):
    """Two editions scheduled for one and two o'clock."""
    return [scheduled(factories.next_draft(live, word=f"At {hours}"), editor, NOON + hours * HOUR) for hours in (1, 2)]


def test_two_editions_never_begin_at_the_same_second(live, editor):
    scheduled(factories.next_draft(live), editor, NOON + HOUR)
    with pytest.raises(ValidationError, match="this very second"):
        publish(factories.next_draft(live), editor, NOON + HOUR)


def test_cancelled_first_edition_leaves_nothing_public(editor):
    edition = scheduled(factories.draft(BannerEdition), editor, NOON + HOUR)
    cancel(edition, editor)
    assert not BannerEdition.objects.history(OPEN).exists()


def test_cancelled_content_makes_way_for_a_draft_already_there(live, editor):
    edition = scheduled(factories.next_draft(live), editor, NOON + HOUR)
    other = factories.next_draft(live, word="Other")
    assert cancel(edition, editor) is None
    assert draft_in(live.document, Lane.WORKING) == other


def test_cancelled_content_can_be_published_again(live, editor):
    draft = cancel(scheduled(factories.next_draft(live), editor, NOON + HOUR), editor)
    publish(draft, editor, NOON + HOUR)
    assert shown(live, NOON + HOUR) == draft


def test_cancelling_a_first_edition_holds_what_was_to_follow_it(editor):
    first = scheduled(factories.draft(BannerEdition), editor, NOON + HOUR)
    update = scheduled(factories.next_draft(first), editor, NOON + 2 * HOUR)
    cancel(first, editor)
    assert not BannerEdition.objects.history(OPEN).exists()
    assert Decision.about(update).first().verb == Verb.HOLD


def test_cancelling_twice_is_refused(live, editor):
    edition = scheduled(factories.next_draft(live), editor, NOON + HOUR)
    cancel(edition, editor)
    with pytest.raises(ValidationError, match="no longer waiting"):
        cancel(edition, editor)


def test_draft_is_not_cancelled(editor):
    with pytest.raises(ValidationError, match="no longer waiting"):
        cancel(factories.draft(BannerEdition), editor)


def test_what_is_live_or_about_to_be_is_not_cancelled(live, editor, clock):
    edition = scheduled(factories.next_draft(live), editor, NOON + HOUR)
    clock.move_to(NOON + HOUR - LEAD + SECOND / 2)
    for late in (edition, live):
        with pytest.raises(ValidationError, match="no longer waiting"):
            cancel(late, editor)
    assert shown(live, NOON + HOUR) == edition


def test_edition_is_rescheduled_to_an_earlier_moment_too(live, editor):
    edition = scheduled(factories.next_draft(live), editor, NOON + 2 * HOUR)
    copy = reschedule(edition, editor, NOON + HOUR).edition
    assert [shown(live, NOON + HOUR - SECOND), shown(live, NOON + HOUR), shown(live, NOON + 2 * HOUR)] == [live, copy, copy]


def test_rescheduling_leaves_a_draft_alone(live, editor):
    edition = scheduled(factories.next_draft(live), editor, NOON + HOUR)
    draft = factories.next_draft(live, word="Other")
    reschedule(edition, editor, NOON + 2 * HOUR)
    assert list(type(live).objects.working()) == [draft]


def test_rescheduled_first_edition_says_when_it_really_was_first(editor):
    first = scheduled(factories.draft(BannerEdition), editor, NOON + HOUR)
    scheduled(factories.next_draft(first), editor, NOON + 3 * HOUR)
    copy = reschedule(first, editor, NOON + 2 * HOUR).edition
    assert set(BannerEdition.objects.history(OPEN).values_list("first_live_from", flat=True)) == {copy.live_from}


def test_rescheduling_into_the_past_changes_nothing(live, editor):
    edition = scheduled(factories.next_draft(live), editor, NOON + HOUR)
    with pytest.raises(ValidationError, match="has passed"):
        reschedule(edition, editor, NOON - HOUR)
    assert shown(live, NOON + HOUR) == edition


def test_urgent_edition_asks_for_each_later_one(live, later, editor):
    one, two = later
    urgent = factories.next_draft(live, word="Urgent")
    publish(urgent, editor, later={one.pk: HOLD, two.pk: KEEP})
    assert [shown(live, NOON + seconds) for seconds in (SOON, HOUR, 2 * HOUR)] == [urgent, urgent, two]


def test_urgent_first_edition_holds_the_one_that_was_to_be_first_and_all_behind_it(editor):
    planned = scheduled(factories.draft(BannerEdition), editor, NOON + HOUR)
    update = scheduled(factories.next_draft(planned), editor, NOON + 2 * HOUR)
    urgent = draft_from(planned, editor, change=Change.FIRST)
    publish(urgent, editor, later={planned.pk: KEEP, update.pk: KEEP})
    assert list(BannerEdition.objects.history(OPEN)) == [urgent]


def test_correction_goes_live_beside_a_scheduled_edition(live, editor):
    planned = scheduled(factories.next_draft(live), editor, NOON + HOUR)
    correction = factories.next_draft(live, word="Corrected", lane=Lane.CORRECTION, change=Change.CORRECTION)
    publish(correction, editor, later={planned.pk: KEEP})
    assert [shown(live, NOON + SOON), shown(live, NOON + HOUR)] == [correction, planned]


def test_hold_takes_back_one(live, later, editor):
    one, two = later
    assert hold([one], editor) == 1
    assert [shown(live, NOON + hours * HOUR) for hours in (1, 2)] == [live, two]


def test_hold_of_a_first_edition_takes_what_follows_with_it(editor):
    first = scheduled(factories.draft(BannerEdition), editor, NOON + HOUR)
    scheduled(factories.next_draft(first), editor, NOON + 2 * HOUR)
    assert hold([first], editor) == 2
    assert not BannerEdition.objects.history(OPEN).exists()


def test_hold_is_not_stopped_by_an_edition_about_to_go_live(live, later, editor, clock):
    one, two = later
    clock.move_to(NOON + HOUR - LEAD / 2)
    assert hold(later, editor) == 1
    assert [shown(live, NOON + hours * HOUR) for hours in (1, 2)] == [one, one]


def test_withdrawing_holds_what_is_scheduled(live, later, editor):
    withdraw(live, editor, Change.WITHDRAWAL, NOTES)
    assert [shown(live, NOON + hours * HOUR) for hours in (1, 2, 1000)] == [None] * 3


def test_withdrawing_needs_a_public_reason(live, editor):
    with pytest.raises(ValidationError, match="public note is empty"):
        withdraw(live, editor, Change.WITHDRAWAL, {})
    assert shown(live, NOON + DAY) == live
    assert not type(live).objects.working().exists()


def test_only_what_is_live_is_withdrawn(editor):
    edition = scheduled(factories.draft(BannerEdition), editor, NOON + HOUR)
    with pytest.raises(ValidationError, match="Only what is live"):
        withdraw(edition, editor, Change.WITHDRAWAL, NOTES)


def test_withdrawal_leaves_a_draft_alone(live, editor):
    draft = factories.next_draft(live)
    withdraw(live, editor, Change.WITHDRAWAL, NOTES)
    assert list(type(live).objects.working()) == [draft]


def test_withdrawn_edition_stays_in_the_history(live, editor):
    tombstone = withdraw(live, editor, Change.WITHDRAWAL, NOTES).edition
    assert list(BannerEdition.objects.history(NOON + SOON)) == [live, tombstone]
    assert shown(live, NOON) == live


def test_editions_that_were_public_stay_in_the_history(live, editor):
    following = scheduled(factories.next_draft(live), editor, NOON + HOUR)
    assert list(type(live).objects.history(NOON + HOUR - SECOND)) == [live]
    assert list(type(live).objects.history(NOON + HOUR)) == [live, following]


def test_status_follows_from_the_period_alone(live, editor):
    draft = factories.next_draft(live)
    assert draft.status(NOON) == Status.DRAFT
    scheduled(draft, editor, NOON + HOUR)
    live.refresh_from_db()
    assert [draft.status(NOON), draft.status(NOON + HOUR)] == [Status.SCHEDULED, Status.LIVE]
    assert [live.status(NOON), live.status(NOON + HOUR)] == [Status.LIVE, Status.SUPERSEDED]
    cancel(draft, editor)
    assert draft.status(NOON + HOUR) == Status.CANCELLED


def test_cancelling_one_of_several_lets_the_one_before_it_run_on(live, editor):
    one = scheduled(factories.next_draft(live), editor, NOON + HOUR)
    two = scheduled(factories.next_draft(live), editor, NOON + 2 * HOUR)
    three = scheduled(factories.next_draft(live), editor, NOON + 3 * HOUR)
    cancel(two, editor)
    assert [shown(live, NOON + hours * HOUR) for hours in (0, 1, 2, 3)] == [live, one, one, three]


def test_held_content_is_a_draft_again(live, editor):
    edition = scheduled(factories.next_draft(live, word="Planned"), editor, NOON + HOUR)
    publish(factories.next_draft(live, word="Urgent"), editor)
    assert snapshot(draft_in(live.document, Lane.WORKING)) == snapshot(edition)
