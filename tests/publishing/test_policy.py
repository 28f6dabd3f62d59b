"""Writers write, editors publish; their own work too, which is then marked and listed until another editor clears it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from newsroom.publishing.drafts import draft_from, draft_in, edition_types, last_number, save_draft
from newsroom.publishing.models import Change, Decision, Lane, Verb
from newsroom.publishing.policy import clear, may_publish, not_cleared, text_gaps
from newsroom.publishing.publish import cancel, hold, publish, reschedule, withdraw
from newsroom.site.models import BannerEdition
from tests import factories
from tests.factories import NOON, NOTES, scheduled

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("clock", "db")


@pytest.fixture
def other_editor():
    return factories.an_editor("other")


@pytest.fixture
def draft(writer):
    """A draft by the writer."""
    return factories.draft(BannerEdition, writer)


@pytest.fixture
def own(editor):
    """A draft by the editor."""
    return factories.draft(BannerEdition, editor)


# --- Who ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("edition_type", edition_types(), ids=lambda model: model._meta.label)
def test_editors_publish_and_writers_do_not(writer, editor, edition_type):
    assert may_publish(editor, edition_type)
    assert not may_publish(writer, edition_type)


def test_writer_is_refused_every_step_that_changes_what_is_public(writer, editor, draft):
    live = factories.live(BannerEdition)
    waiting = scheduled(factories.next_draft(live), editor, NOON + HOUR)
    before = Decision.objects.count()
    steps = [
        lambda: publish(draft, writer),
        lambda: publish(draft, writer, NOON + HOUR),
        lambda: cancel(waiting, writer),
        lambda: hold([waiting], writer),
        lambda: reschedule(waiting, writer, NOON + 2 * HOUR),
        lambda: withdraw(live, writer, Change.WITHDRAWAL, NOTES),
    ]
    for step in steps:
        with pytest.raises(PermissionDenied):
            step()
    assert Decision.objects.count() == before
    assert BannerEdition.objects.get(pk=draft.pk).is_draft


def test_command_needs_no_person(draft):
    assert publish(draft, None).by_name == "newsroom"


def test_decision_remembers_the_name_of_the_time(draft, editor):
    decision = publish(draft, editor, reason="Agreed with legal.")
    editor.first_name = "Renamed"
    editor.save()
    decision.refresh_from_db()
    assert (decision.by, decision.by_name, decision.reason) == (editor, "Editor", "Agreed with legal.")


# --- Alone --------------------------------------------------------------------------------------------------------------
def test_work_of_others_is_not_marked(draft, editor):
    assert not publish(draft, editor).is_alone
    assert not not_cleared(BannerEdition).exists()


def test_own_work_is_marked_and_listed(own, editor):
    decision = publish(own, editor)
    assert decision.is_alone
    assert list(not_cleared(BannerEdition)) == [decision]


def test_work_on_a_draft_of_others_is_own_work(draft, editor):
    draft.message_en = "Other words"
    save_draft(draft, editor)
    assert publish(draft, editor).is_alone


def test_another_editor_clears_it(own, editor, other_editor):
    publish(own, editor)
    decision = clear(own, other_editor)
    assert (decision.verb, decision.by) == (Verb.CLEAR, other_editor)
    assert not not_cleared(BannerEdition).exists()


def test_nobody_clears_their_own_work(own, editor):
    publish(own, editor)
    with pytest.raises(ValidationError, match="neither wrote nor published"):
        clear(own, editor)


def test_nobody_clears_what_they_helped_to_write(own, editor, other_editor):
    own.message_en = "Other words"
    save_draft(own, other_editor)
    publish(own, editor)
    with pytest.raises(ValidationError, match="neither wrote nor published"):
        clear(own, other_editor)


def test_writer_does_not_clear(own, editor, writer):
    publish(own, editor)
    with pytest.raises(PermissionDenied):
        clear(own, writer)


def test_clearing_is_for_one_edition_alone(own, editor, other_editor):
    publish(own, editor, NOON + HOUR)
    clear(own, other_editor)
    following = publish(factories.next_draft(own, editor), editor, NOON + 2 * HOUR)
    assert list(not_cleared(BannerEdition)) == [following]


def test_what_was_taken_back_needs_no_clearing(own, editor):
    publish(own, editor, NOON + HOUR)
    cancel(own, editor)
    assert not not_cleared(BannerEdition).exists()


def test_rescheduled_work_stays_marked_however_often(own, editor, other_editor):
    edition = scheduled(own, editor, NOON + HOUR)
    for hours in (2, 3):
        decision = reschedule(edition, editor, NOON + hours * HOUR)
        edition = decision.edition
    assert decision.is_alone
    assert list(not_cleared(BannerEdition)) == [decision]
    clear(edition, other_editor)


def test_work_taken_back_by_another_stays_its_writers_own(own, editor, other_editor):
    publish(own, editor, NOON + HOUR)
    draft = cancel(own, other_editor)
    assert publish(draft, editor).is_alone


def test_whoever_takes_back_does_not_become_a_writer(draft, editor):
    publish(draft, editor, NOON + HOUR)
    hold([draft], editor)
    assert not publish(draft_in(draft.document, Lane.WORKING), editor).is_alone


# --- A second person ----------------------------------------------------------------------------------------------------
def test_newsroom_may_require_a_second_person(settings, own, editor, other_editor):
    settings.SECOND_PERSON = "require"
    with pytest.raises(ValidationError, match="another editor has to publish it"):
        publish(own, editor)
    assert not publish(own, other_editor).is_alone


def test_second_person_is_required_after_taking_back_too(settings, own, editor, other_editor):
    settings.SECOND_PERSON = "require"
    publish(own, other_editor, NOON + HOUR)
    hold([own], other_editor)
    with pytest.raises(ValidationError, match="another editor has to publish it"):
        publish(draft_in(own.document, Lane.WORKING), editor)


def test_newsroom_may_ask_for_no_second_person(settings, own, editor):
    settings.SECOND_PERSON = "off"
    publish(own, editor)
    assert not not_cleared(BannerEdition).exists()


# --- Ready --------------------------------------------------------------------------------------------------------------
def test_text_saved_since_it_was_read_is_not_published(draft, editor, writer):
    seen = last_number(draft)
    draft.message_en = "Other words"
    save_draft(draft, writer)
    with pytest.raises(ValidationError, match="saved this draft since"):
        publish(draft, editor, seen=seen)
    publish(draft, editor, seen=seen + 1)


def test_text_missing_in_the_original_is_named(editor):
    draft = factories.draft(BannerEdition)
    draft.message_en = ""
    save_draft(draft, None)
    with pytest.raises(ValidationError, match="“message” is empty in the original language"):
        publish(draft, editor)


def test_text_missing_in_a_translation_is_no_obstacle(editor):
    draft = factories.draft(BannerEdition, fr={})
    assert text_gaps(draft) == (["fr"], [])
    publish(draft, editor)


def test_first_publication_calls_itself_first(editor):
    with pytest.raises(ValidationError, match="must be “First publication”"):
        publish(factories.draft(BannerEdition, change="update"), editor)


def test_later_publication_does_not_call_itself_first(editor):
    draft = factories.next_draft(factories.live(BannerEdition), change=Change.FIRST)
    with pytest.raises(ValidationError, match="has been public before"):
        publish(draft, editor)


def test_change_needs_a_public_note(editor):
    draft = draft_from(factories.live(BannerEdition), None)
    with pytest.raises(ValidationError, match="public note is empty"):
        publish(draft, editor)


def test_published_edition_is_not_published_again(draft, editor):
    publish(draft, editor)
    with pytest.raises(ValidationError, match="not a draft any more"):
        publish(draft, editor, NOON + HOUR)


def test_deleted_draft_is_not_published(draft, editor):
    BannerEdition.objects.filter(pk=draft.pk).delete()
    with pytest.raises(ValidationError, match="has been deleted"):
        publish(draft, editor)
