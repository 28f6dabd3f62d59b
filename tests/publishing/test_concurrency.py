"""Two people at once: one clean winner each or a clear refusal, never an overlap, a deadlock or an error of the database.

Real threads with a connection each, on the real clock, on both engines (SQLite in a file, as in production).
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from newsroom.publishing.drafts import delete_draft, draft_from, now, save_draft
from newsroom.publishing.models import OPEN, Change, Decision, Lane, Revision, Slug, Verb
from newsroom.publishing.publish import cancel, hold, publish, reschedule, withdraw
from newsroom.publishing.snapshot import snapshot
from newsroom.site.models import BannerEdition
from tests import factories
from tests.factories import NOTES, scheduled

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db(transaction=True)


def together(*actions):
    """Run the actions at the same moment, each in a thread of its own. Returns those that were done and those that were refused.

    Anything but a ValidationError is raised.
    """
    gate = Barrier(len(actions))

    def run(action):
        try:
            gate.wait(timeout=120)
            return action()
        except ValidationError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as threads:
        outcomes = list(threads.map(run, actions, timeout=240))
    refused = [outcome for outcome in outcomes if isinstance(outcome, ValidationError)]
    return [outcome for outcome in outcomes if outcome not in refused], refused


def again(edition):
    """The edition as another process reads it."""
    return type(edition).objects.get(pk=edition.pk)


def assert_one_follows_another(document):
    history = list(document.editions.history(OPEN))
    assert [edition.live_until for edition in history] == [*(edition.live_from for edition in history[1:]), OPEN]


@pytest.fixture
def live(db):
    return factories.live(BannerEdition, at=now() - HOUR)


@pytest.fixture
def draft(live):
    return factories.next_draft(live)


# --- Publishing ---------------------------------------------------------------------------------------------------------
def test_one_draft_published_twice_at_once_is_published_once(draft, editor):
    done, refused = together(lambda: publish(again(draft), editor), lambda: publish(again(draft), editor))
    assert (len(done), len(refused)) == (1, 1)
    assert Decision.about(draft).count() == 1
    assert_one_follows_another(draft.document)


def test_draft_and_correction_published_at_once_follow_each_other_or_one_is_refused(live, draft, editor):
    correction = factories.next_draft(live, lane=Lane.CORRECTION, change=Change.CORRECTION)
    done, refused = together(lambda: publish(again(draft), editor), lambda: publish(again(correction), editor))
    assert len(done) + len(refused) == 2
    assert {decision.effective_at for decision in done} == set(live.document.editions.history(OPEN).values_list("live_from", flat=True)[1:])
    assert_one_follows_another(live.document)


def test_two_drafts_scheduled_for_one_second_leave_one(live, draft, editor):
    correction = factories.next_draft(live, lane=Lane.CORRECTION, change=Change.CORRECTION)
    moment = now() + HOUR
    done, refused = together(lambda: publish(again(draft), editor, moment), lambda: publish(again(correction), editor, moment))
    assert [refusal.code for refusal in refused] == ["taken"]
    assert live.document.editions.scheduled(now()).get() == done[0].edition


def test_many_documents_published_at_once_are_all_published(editor):
    drafts = [factories.draft(BannerEdition) for _ in range(6)]
    done, refused = together(*[lambda draft=draft: publish(again(draft), editor) for draft in drafts])
    assert (len(done), refused) == (6, [])


def test_withdrawal_and_publication_at_once_leave_one_edition_standing(live, draft, editor):
    together(lambda: withdraw(again(live), editor, Change.WITHDRAWAL, NOTES), lambda: publish(again(draft), editor))
    assert_one_follows_another(live.document)


# --- Taking back --------------------------------------------------------------------------------------------------------
def test_edition_cancelled_and_rescheduled_at_once_is_one_of_the_two(draft, editor):
    edition = scheduled(draft, editor, now() + HOUR)
    done, refused = together(lambda: cancel(again(edition), editor), lambda: reschedule(again(edition), editor, now() + 2 * HOUR))
    assert (len(done), [refusal.code for refusal in refused]) == (1, ["live"])
    assert_one_follows_another(draft.document)


def test_everything_held_twice_at_once_while_others_publish(editor):
    waiting = [scheduled(factories.draft(BannerEdition), editor, now() + HOUR) for _ in range(4)]
    urgent = [draft_from(edition, editor, change=Change.FIRST) for edition in waiting[:2]]
    together(
        lambda: hold([again(edition) for edition in waiting], editor),
        lambda: hold([again(edition) for edition in reversed(waiting)], editor),
        *[lambda draft=draft: publish(again(draft), editor) for draft in urgent],
    )
    assert Decision.objects.filter(verb=Verb.HOLD).count() == 4
    assert {edition.document for edition in BannerEdition.objects.history(OPEN)} == {draft.document for draft in urgent}


# --- Drafts -------------------------------------------------------------------------------------------------------------
def test_two_drafts_begun_at_once_are_one(live, writer, editor):
    done, refused = together(lambda: draft_from(again(live), writer), lambda: draft_from(again(live), editor))
    assert [refusal.code for refusal in refused] == ["draft_exists"]
    assert live.document.editions.working().get() == done[0]


def test_saves_at_once_are_revisions_one_after_the_other(draft, writer, editor):
    def save(person, words):
        mine = again(draft)
        mine.message_en = words
        save_draft(mine, person)

    together(*[partial(save, person, words) for person, words in ((writer, "One"), (editor, "Two"), (writer, "Three"))])
    assert [revision.number for revision in Revision.about(draft)] == [1, 2, 3, 4]


def test_save_and_publication_at_once_publish_what_was_saved_last(draft, writer, editor):
    def save():
        mine = again(draft)
        mine.message_en = "Changed at the last moment"
        return save_draft(mine, writer)

    done, refused = together(save, lambda: publish(again(draft), editor))
    assert [refusal.code for refusal in refused] in ([], ["not_a_draft"])
    assert snapshot(again(draft)) == Revision.about(draft).last().data == Decision.about(draft).get().snapshot


def test_draft_deleted_and_published_at_once_is_one_of_the_two(draft, editor):
    deleted, published = again(draft), again(draft)  # read before either begins: whoever comes second may find nothing to read
    done, refused = together(lambda: delete_draft(deleted, editor), lambda: publish(published, editor))
    assert (len(done), len(refused)) == (1, 1)
    assert_one_follows_another(draft.document)


def test_address_taken_by_two_documents_at_once_belongs_to_one(writer):
    def take(draft, english, french):
        draft.slug_en, draft.slug_fr = english, french
        return save_draft(draft, writer)

    one, two = factories.draft(BannerEdition), factories.draft(BannerEdition)
    done, refused = together(lambda: take(again(one), "this", "that"), lambda: take(again(two), "that", "this"))
    assert (len(done), len(refused)) == (1, 1)
    assert set(Slug.objects.filter(slug__in=["this", "that"]).values_list("document_id", flat=True)) == {done[0].edition.document_id}
