"""An approval holds for exactly what was read: any edit of any type ends it, and so it does with a clearance by legal.

Every type on one engine; on the other the one with most in it, for no type has code of its own here, and tables keep their rules
in test_immutability and test_periods.
"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission

from newsroom.publishing import languages
from newsroom.publishing.drafts import draft_in, edition_types, save_draft
from newsroom.publishing.models import Lane
from newsroom.publishing.publish import hold, publish
from newsroom.publishing.review import approve, clear_legal, submit
from newsroom.publishing.snapshot import facts, snapshot, write
from newsroom.publishing.stages import Stage, approval, legal_clearance, stage_of
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.usefixtures("clock", "db")


@pytest.fixture(params=factories.richest_on_both(edition_types()), ids=lambda model: model._meta.label)
def edition_type(request):
    return request.param


@pytest.fixture
def approved(edition_type, writer, editor):
    """A draft by the writer that the editor has approved, and cleared for legal."""
    editor.user_permissions.add(Permission.objects.get(codename="clear_legal"))
    edition = factories.draft(edition_type, writer)
    submit(edition, writer, for_legal=True)
    clear_legal(edition, editor)
    approve(edition, editor)
    return edition


def edits(data):
    """Snapshots that differ from `data` in one thing each: a text, a fact, a child, the tags."""
    for code in languages.LANGUAGES:
        for name, words in data[code].items():
            yield {**data, code: {**data[code], name: f"{words}x"}}
    for name, value in data.items():
        if isinstance(value, list):
            yield {**data, name: value[1:]}
            yield {**data, name: value[:1]}
    if data.get("sources"):
        first, *more = data["sources"]
        yield {**data, "sources": [{**first, "publisher": "Another"}, *more]}
    yield {**data, "original_language": "fr"}


def test_approval_falls_with_any_edit(approved, writer):
    data = snapshot(approved)
    assert approval(approved).by_name == "Editor"
    assert legal_clearance(approved)
    for edited in edits(data):
        write(approved, edited)
        assert (approval(approved), legal_clearance(approved)) == (None, None)
        write(approved, data)
        assert approval(approved)  # nothing was saved, so nothing was changed
    write(approved, edited)
    save_draft(approved, writer)
    assert (stage_of(approved), approval(approved), legal_clearance(approved)) == ("", None, None)
    write(approved, data)
    save_draft(approved, writer)
    assert stage_of(approved) == ""  # undone is not unread


def test_every_fact_counts(approved):
    for field in facts(type(approved)):
        before = getattr(approved, field.attname)
        setattr(approved, field.attname, {} if field.name == "translations" else f"{before}x")
        assert approval(approved) is None, field.name
        setattr(approved, field.attname, before)
    assert approval(approved)


def test_a_save_that_changes_nothing_leaves_the_approval(approved, editor):
    save_draft(approved, editor)
    assert stage_of(approved) == Stage.APPROVED
    assert not publish(approved, editor).is_alone


def test_what_is_held_unchanged_stays_approved_and_cleared(approved, editor):
    publish(approved, editor, NOON + timedelta(hours=1))
    hold([approved], editor)
    draft = draft_in(approved.document, Lane.WORKING)
    assert stage_of(draft) == Stage.APPROVED
    assert approval(draft)
    assert legal_clearance(draft)
