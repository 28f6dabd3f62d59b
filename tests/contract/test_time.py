"""Law 3: time publishes, no worker does. The clock stands at noon; only the tests move it.

Every type on one engine; on the other the one with most in it, for no type has code of its own here, and tables keep their rules
in test_immutability and test_periods.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from newsroom.publishing.drafts import edition_types, now
from newsroom.publishing.models import OPEN, Change, Lane, Status, Verb
from newsroom.publishing.publish import KEEP, LEAD, cancel, hold, publish, reschedule, withdraw
from newsroom.publishing.snapshot import snapshot
from tests import factories
from tests.factories import NOON, NOTES, SOON, scheduled, shown

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
pytestmark = pytest.mark.usefixtures("clock", "db")


@pytest.fixture(params=factories.richest_on_both(edition_types()), ids=lambda model: model._meta.label)
def edition_type(request):
    return request.param


@pytest.fixture
def live(edition_type):
    """An edition that went live at noon."""
    return factories.live(edition_type, is_short=True)


# --- Scheduling -------------------------------------------------------------------------------------------------------
def test_draft_is_never_public(edition_type):
    draft = factories.draft(edition_type, is_short=True)
    assert [shown(draft, NOON + days * DAY) for days in (-1, 0, 1, 1000)] == [None] * 4


def test_scheduled_edition_appears_at_its_second_by_itself(edition_type, editor, clock):
    edition = scheduled(factories.draft(edition_type, is_short=True), editor, NOON + HOUR)
    clock.move_to(NOON + HOUR - SECOND)
    assert shown(edition, now()) is None
    clock.move_to(NOON + HOUR)
    assert shown(edition, now()) == edition


def test_several_scheduled_editions_follow_each_other(live, editor):
    one = scheduled(factories.next_draft(live), editor, NOON + HOUR)
    two = scheduled(factories.next_draft(live), editor, NOON + 3 * HOUR)
    between = factories.next_draft(live)
    publish(between, editor, NOON + 2 * HOUR, later={two.pk: KEEP})
    hours = [shown(live, NOON + hours * HOUR - seconds * SECOND) for hours in (1, 2, 3) for seconds in (1, 0)]
    assert hours == [live, one, one, between, between, two]
    assert shown(live, OPEN - SECOND) == two


def test_published_edition_is_live_within_seconds_and_not_at_once(edition_type, editor):
    edition = factories.draft(edition_type, is_short=True)
    decision = publish(edition, editor)
    assert NOON + LEAD <= edition.live_from <= NOON + SOON
    assert edition.live_from.microsecond == 0
    assert shown(edition, NOON) is None
    assert shown(edition, NOON + SOON) == edition
    assert (decision.edition, decision.verb, decision.effective_at) == (edition, Verb.PUBLISH, edition.live_from)


def test_new_edition_ends_the_one_before_it_at_the_same_second(live, editor):
    following = scheduled(factories.next_draft(live), editor, NOON + HOUR)
    live.refresh_from_db()
    assert live.live_until == following.live_from
    assert following.first_live_from == live.live_from


# --- Taking back ------------------------------------------------------------------------------------------------------
def test_cancelled_edition_never_shows(live, editor):
    edition = scheduled(factories.next_draft(live), editor, NOON + HOUR)
    cancel(edition, editor)
    moments = [NOON, NOON + HOUR - SECOND, NOON + HOUR, NOON + HOUR + SECOND, NOON + DAY, OPEN - SECOND]
    assert {shown(live, moment) for moment in moments} == {live}
    assert list(type(live).objects.history(OPEN)) == [live]


def test_cancelled_content_is_a_draft_again(live, editor):
    edition = scheduled(factories.next_draft(live), editor, NOON + HOUR)
    draft = cancel(edition, editor)
    assert draft.is_draft
    assert snapshot(draft) == snapshot(edition)


# --- Another moment -----------------------------------------------------------------------------------------------------
def test_rescheduled_edition_appears_at_its_new_second_alone(live, editor):
    edition = scheduled(factories.next_draft(live), editor, NOON + HOUR)
    copy = reschedule(edition, editor, NOON + 2 * HOUR).edition
    assert [shown(live, NOON + HOUR), shown(live, NOON + 2 * HOUR - SECOND), shown(live, NOON + 2 * HOUR)] == [live, live, copy]
    assert snapshot(copy) == snapshot(edition)
    assert list(type(live).objects.history(OPEN)) == [live, copy]


# --- Something urgent in between --------------------------------------------------------------------------------------
@pytest.fixture
def later(live, editor):
    """Two editions scheduled for one and two o'clock."""
    return [scheduled(factories.next_draft(live, word=f"At {hours}"), editor, NOON + hours * HOUR) for hours in (1, 2)]


def test_urgent_edition_holds_later_ones_by_default(live, later, editor):
    urgent = factories.next_draft(live, word="Urgent")
    publish(urgent, editor)
    assert [shown(live, NOON + seconds) for seconds in (SOON, HOUR, DAY)] == [urgent] * 3
    assert [edition.status(NOON) for edition in type(live).objects.filter(pk__in=[one.pk for one in later])] == [Status.CANCELLED] * 2


def test_urgent_edition_leaves_later_ones_that_are_kept(live, later, editor):
    one, two = later
    urgent = factories.next_draft(live, word="Urgent")
    publish(urgent, editor, later={one.pk: KEEP, two.pk: KEEP})
    assert [shown(live, NOON + seconds) for seconds in (SOON, HOUR, 2 * HOUR)] == [urgent, one, two]


def test_correction_goes_live_beside_a_working_draft(live, editor):
    draft = factories.next_draft(live, word="Unfinished")
    correction = factories.next_draft(live, word="Corrected", lane=Lane.CORRECTION, change=Change.CORRECTION)
    publish(correction, editor)
    assert shown(live, NOON + SOON) == correction
    assert list(type(live).objects.working()) == [draft]


# --- Holding ----------------------------------------------------------------------------------------------------------
def test_hold_takes_back_everything_scheduled_and_nothing_else(live, later, edition_type, editor):
    other = scheduled(factories.draft(edition_type, is_short=True), editor, NOON + HOUR)
    draft = factories.next_draft(live)
    assert hold([other, *later, live, draft], editor) == 3
    assert [shown(live, NOON + days * DAY) for days in (0, 1, 1000)] == [live] * 3
    assert not edition_type.objects.history(OPEN).filter(document=other.document).exists()


# --- Withdrawing ------------------------------------------------------------------------------------------------------
@pytest.fixture
def tombstone(live, editor, clock):
    """What stands in the place of an edition withdrawn at noon, seconds later."""
    edition = withdraw(live, editor, Change.WITHDRAWAL, NOTES).edition
    clock.move_to(NOON + SOON)
    return edition


@pytest.mark.parametrize("change", [Change.WITHDRAWAL, Change.RETRACTION])
def test_withdrawn_document_is_live_no_more(live, editor, clock, change):
    tombstone = withdraw(live, editor, change, NOTES).edition
    clock.move_to(NOON + SOON)
    assert shown(tombstone, now()) is None
    assert tombstone.status(now()) == Status.WITHDRAWN


def test_withdrawn_document_stands_with_its_reason(tombstone, edition_type):
    assert list(edition_type.objects.standing(now())) == [tombstone]
    assert tombstone.note_fr == NOTES["fr"]


def test_withdrawn_document_comes_back_by_a_new_edition(tombstone, live, editor):
    again = factories.next_draft(live, word="Again")
    publish(again, editor, NOON + HOUR)
    assert [shown(live, NOON + HOUR - SECOND), shown(live, NOON + HOUR)] == [None, again]
    assert again.first_live_from == live.live_from


def test_withdrawn_document_can_be_retracted_too_and_once(tombstone, live, editor, clock):
    with pytest.raises(ValidationError):
        withdraw(tombstone, editor, Change.WITHDRAWAL, NOTES)
    retraction = withdraw(tombstone, editor, Change.RETRACTION, NOTES).edition
    clock.shift(60)
    assert list(type(live).objects.standing(now())) == [retraction]
    assert shown(live, NOON) is None
    with pytest.raises(ValidationError):
        withdraw(retraction, editor, Change.RETRACTION, NOTES)


def test_retraction_keeps_no_more_of_the_text_than_its_title(edition_type, editor, clock):
    whole = factories.live(edition_type, editor, "Said")
    clock.shift(60)
    withdraw(whole, editor, Change.RETRACTION, NOTES)
    retraction = whole.document.editions.get(change=Change.RETRACTION)
    texts = {name: words for name, words in snapshot(retraction)["en"].items() if words}
    assert set(texts) <= {edition_type.TITLE, "slug", "note"}
    assert not any(snapshot(retraction)[name] for name in edition_type.CHILDREN)
