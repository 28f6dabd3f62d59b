"""What is special about the drafts of some types: documents that others name, and rich text."""

import pytest
from django.core.exceptions import ValidationError

from articles.models import ArticleEdition
from newsroom.publishing.drafts import delete_draft, save_draft
from newsroom.publishing.snapshot import snapshot
from tests import factories
from timeline.models import ActorEdition, EventEdition, MeasureEdition

pytestmark = pytest.mark.django_db


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
    draft.body_fr = "<p onclick='x()'>Mots</p>"
    save_draft(draft, writer)
    again = ArticleEdition.objects.get(pk=draft.pk)
    again.title_en = "Changed"
    save_draft(again, writer)
    assert again.is_behind("fr")
