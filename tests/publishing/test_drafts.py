"""Drafts, where the type does not matter; and what is special about some: documents that others name, and rich text."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from articles.models import ArticleEdition
from newsroom.publishing.drafts import delete_draft, draft_from, save_draft
from newsroom.publishing.models import OPEN, Change, Revision
from newsroom.publishing.publish import cancel, publish
from newsroom.publishing.snapshot import snapshot
from newsroom.site.models import BannerEdition
from tests import factories
from tests.factories import NOON, scheduled
from timeline.models import ActorEdition, EventEdition, MeasureEdition

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("clock", "db")


@pytest.fixture
def live():
    return factories.live(BannerEdition)


def test_new_draft_has_no_public_note_yet(live, writer, editor):
    update = scheduled(factories.next_draft(live), editor, NOON + HOUR)
    draft = draft_from(update, writer)
    assert [draft.note_en, draft.note_fr] == ["", ""]


def test_new_draft_never_takes_over_a_moment(live, writer):
    draft = draft_from(live, writer)
    assert (draft.live_from, draft.live_until, draft.first_live_from, draft.recorded_at) == (None, OPEN, None, None)


def test_edition_taken_back_keeps_its_saves(writer, editor):
    edition = scheduled(factories.draft(BannerEdition, writer), editor, NOON + HOUR)
    draft = cancel(edition, editor)
    assert [(save.number, save.by) for save in Revision.about(draft)] == [(1, writer)]


def test_document_with_other_editions_stays(live, writer):
    delete_draft(draft_from(live, writer), writer)
    assert list(live.document.editions.all()) == [live]


def test_draft_published_a_moment_ago_is_not_deleted(editor):
    seen_as_draft = factories.draft(BannerEdition)
    publish(BannerEdition.objects.get(pk=seen_as_draft.pk), editor)
    with pytest.raises(ValidationError, match="no draft any more"):
        delete_draft(seen_as_draft, editor)


def test_first_publication_stays_first_when_it_is_taken_back(editor):
    draft = cancel(scheduled(factories.draft(BannerEdition), editor, NOON + HOUR), editor)
    assert draft.change == Change.FIRST


@pytest.mark.parametrize(
    ("named", "naming"),
    [
        (ArticleEdition, lambda pk: {"statement": pk}),
        (ActorEdition, lambda pk: {"actors": [{"actor": pk}]}),
        (MeasureEdition, lambda pk: {"effects": [{"measure": pk, "verb": "orders"}]}),
    ],
    ids=["statement", "actor", "measure"],
)
def test_document_that_others_name_keeps_its_last_draft(named, naming, writer):
    draft = factories.draft(named, is_short=True)
    event = factories.draft(EventEdition, is_short=True, **naming(draft.document_id))
    with pytest.raises(ValidationError, match="Other pages name this one"):
        delete_draft(draft, writer)
    assert named.objects.filter(pk=draft.pk).exists()
    delete_draft(event, writer)
    delete_draft(named.objects.get(pk=draft.pk), writer)
    assert not named.objects.exists()


def test_rich_text_is_sanitised_in_every_language_whoever_saves_it(writer):
    draft = factories.draft(ArticleEdition, is_short=True)
    draft.body_en = draft.body_fr = '<p onclick="x()">Words<script>alert(1)</script></p>'
    save_draft(draft, writer)
    said = snapshot(ArticleEdition.objects.get(pk=draft.pk))
    assert [said["en"]["body"], said["fr"]["body"]] == ["<p>Words</p>"] * 2


def test_sanitising_a_translation_does_not_make_it_new(writer):
    draft = factories.draft(ArticleEdition, is_short=True)
    draft.body_fr = "<p onclick='x()'>Mots</p>\n"
    save_draft(draft, writer)
    again = ArticleEdition.objects.get(pk=draft.pk)
    again.title_en, again.body_fr = "Changed", "<p>Mots</p>"
    save_draft(again, writer)
    assert again.is_behind("fr")
