"""Drafts: a deep copy of what is live, one a lane, every save kept, and deleted only while they never went live (law 6).

Every type on one engine; on the other the one with most in it, for no type has code of its own here, and tables keep their rules
in test_immutability and test_periods.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from newsroom.publishing.drafts import check_slug, delete_draft, draft_from, edition_types, last_number, save_draft
from newsroom.publishing.models import Decision, Lane, Revision, Slug, Verb
from newsroom.publishing.publish import cancel, publish
from newsroom.publishing.snapshot import snapshot
from tests import factories
from tests.factories import NOON

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("clock", "db")


@pytest.fixture(params=factories.richest_on_both(edition_types()), ids=lambda model: model._meta.label)
def edition_type(request):
    return request.param


@pytest.fixture
def live(edition_type):
    return factories.live(edition_type)


# --- Copies -------------------------------------------------------------------------------------------------------------
def test_new_draft_says_what_the_live_edition_says(live, writer):
    assert snapshot(draft_from(live, writer)) == snapshot(live) | {"change": "update"}


def test_new_draft_has_children_of_its_own(live, writer):
    draft = draft_from(live, writer)
    for name in live.CHILDREN:
        getattr(draft, name).all().delete()
        assert getattr(live, name).count() == 2


def test_document_has_one_draft_a_lane(live, writer):
    for lane in (Lane.WORKING, Lane.CORRECTION):
        draft_from(live, writer, lane=lane)
        with pytest.raises(ValidationError, match="There is a draft already"):
            draft_from(live, writer, lane=lane)


def test_database_refuses_a_second_draft_in_a_lane(edition_type):
    draft = factories.draft(edition_type, is_short=True)
    draft.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.save(force_insert=True)


# --- Revisions ----------------------------------------------------------------------------------------------------------
def test_every_save_is_a_numbered_revision(edition_type, writer, editor):
    draft = factories.draft(edition_type, writer)
    first = snapshot(draft)
    setattr(draft, f"{draft.TITLE}_fr", "Autrement dit")
    save_draft(draft, editor)
    kept = [(revision.number, revision.by, revision.data) for revision in Revision.about(draft)]
    assert kept == [(1, writer, first), (2, editor, snapshot(draft))]
    assert last_number(draft) == 2


def test_save_after_publication_is_refused_and_changes_nothing(edition_type, writer, editor):
    mine = factories.draft(edition_type, writer)
    publish(edition_type.objects.get(pk=mine.pk), editor)
    setattr(mine, f"{mine.TITLE}_en", "Too late")
    with pytest.raises(ValidationError, match="no draft any more"):
        save_draft(mine, writer)
    assert snapshot(edition_type.objects.get(pk=mine.pk)) == Revision.about(mine).get().data


# --- Deleting -----------------------------------------------------------------------------------------------------------
def test_deleted_draft_leaves_its_words_with_the_decision(edition_type, writer):
    draft = factories.draft(edition_type, writer)
    said, pk = snapshot(draft), draft.pk
    delete_draft(draft, writer)
    decision = Decision.objects.get(verb=Verb.DELETE)
    assert (decision.object_id, decision.by, decision.snapshot) == (pk, writer, said)
    assert [revision.data for revision in Revision.objects.all()] == [said]


def test_document_goes_with_its_last_draft_and_frees_its_addresses(edition_type, writer):
    draft = factories.draft(edition_type, writer)
    slug, documents = draft.slug_en, type(draft.document).objects
    delete_draft(draft, writer)
    assert not documents.filter(pk=draft.document_id).exists()
    assert not Slug.objects.exists()
    check_slug(factories.draft(edition_type), slug)


def test_only_drafts_are_deleted(edition_type, editor):
    live, waiting, cancelled = factories.live(edition_type), *(factories.draft(edition_type, is_short=True) for _ in range(2))
    for edition in (waiting, cancelled):
        publish(edition, editor, NOON + HOUR)
    cancel(cancelled, editor)
    for edition in (live, waiting, cancelled):
        with pytest.raises(ValidationError, match="no draft any more"):
            delete_draft(edition, editor)
        assert edition_type.objects.filter(pk=edition.pk).exists()
