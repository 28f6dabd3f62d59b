"""An urgent edition before a scheduled one: nothing old comes back unnoticed."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from articles.models import ArticleEdition
from newsroom.publishing.drafts import draft_in, last_number, save_draft
from newsroom.publishing.merge import chosen, merge
from newsroom.publishing.models import Lane, Revision
from newsroom.publishing.publish import HOLD, MERGE, publish
from newsroom.publishing.snapshot import snapshot, write
from tests import factories
from tests.factories import NOON, SOON, next_draft

HOUR = timedelta(hours=1)


def told(title, note="", **facts):
    return {"en": {"title": title, "note": note}, "fr": {"title": "", "note": ""}, "change": "update", "tags": [], **facts}


def test_merge_takes_what_one_side_changed_and_names_what_both_did():
    base, own, other = told("A", tags=["law"]), told("B", "ours", tags=["law"]), told("C", "theirs", tags=["court"])
    merged, both = merge(base, own, other)
    assert merged == told("B", "ours", tags=["court"])
    assert both == ["en.title"]
    assert chosen(merged, other, both)["en"]["title"] == "C"


def test_merge_of_the_same_change_is_no_conflict():
    assert merge(told("A"), told("B"), told("B")) == (told("B"), [])


@pytest.fixture
def scene(clock, db, editor):
    """A live article, an edition of it scheduled in an hour as another kind, and an urgent draft without its claims; both retitle it."""
    live = factories.live(ArticleEdition)
    later = next_draft(live, word="Later")
    write(later, {**snapshot(later), "kind": "policy"})
    save_draft(later, None)
    publish(later, editor, NOON + HOUR)
    urgent = next_draft(live, word="Urgent", lane=Lane.CORRECTION)
    write(urgent, {**snapshot(urgent), "claims": [], "tags": ["law"]})
    save_draft(urgent, editor)
    return later, urgent


def test_merged_it_is_a_draft_with_both_changes_and_what_both_changed_is_asked(scene, editor):
    later, urgent = scene
    publish(urgent, editor, later={later.pk: MERGE})
    later.refresh_from_db()
    assert later.is_cancelled
    draft = draft_in(later.document, Lane.WORKING)
    said, refused = snapshot(draft), Revision.about(draft).get(is_refused=True)
    assert (said["kind"], said["claims"], said["tags"]) == ("policy", [], ["law"])
    assert (said["en"]["title"], refused.data["en"]["title"]) == (later.title_en, urgent.title_en)
    assert refused.number > last_number(draft)
    assert said["en"]["note"] == later.note_en
    assert publish(draft, editor, NOON + HOUR).is_alone  # whoever merged wrote it


def test_only_one_is_merged_and_a_draft_is_in_nobodys_way(scene, editor):
    later, urgent = scene
    another = next_draft(later, word="Another")
    publish(another, editor, NOON + 2 * HOUR)
    with pytest.raises(ValidationError, match="Only one edition can be merged"):
        publish(urgent, editor, later={later.pk: MERGE, another.pk: MERGE})
    urgent.refresh_from_db()
    assert urgent.is_draft
    publish(urgent, editor, later={later.pk: HOLD, another.pk: MERGE})
    assert draft_in(urgent.document, Lane.WORKING).title_en == another.title_en


def test_nothing_said_of_it_it_is_held(scene, editor, clock):
    later, urgent = scene
    publish(urgent, editor)
    clock.move_to(NOON + HOUR + SOON)
    assert factories.shown(urgent, NOON + HOUR + SOON) == urgent
