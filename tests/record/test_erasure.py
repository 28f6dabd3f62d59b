"""The one door through immutability: two people, a reason, and the hash stays."""

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from articles.models import ArticleEdition
from newsroom.publishing.drafts import edition_types, now
from newsroom.publishing.models import Decision, Revision
from newsroom.publishing.publish import publish
from newsroom.record import chain, ledger
from newsroom.record.erasure import erase
from newsroom.record.models import Entry
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db
WORD = "Defamed"
REASONS = {"en": "A court ordered it.", "fr": "Un tribunal l’a ordonné."}


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def second(db):
    return factories.an_editor("second")


each_type = pytest.mark.parametrize("edition", edition_types(), ids=lambda model: model._meta.label, indirect=True)


@pytest.fixture
def edition(request, editor, clock):
    """A live edition with the word in every text (an article's, unless a test asks for each type), changed since; a minute later."""
    first = factories.live(getattr(request, "param", ArticleEdition), editor, WORD)
    publish(factories.next_draft(first, editor, "Later"), editor)
    clock.shift(60)
    ledger.seal(now())
    return first


@each_type
def test_passage_leaves_editions_children_revisions_and_snapshots(edition, editor, second):
    erase(edition.document, [WORD], REASONS, editor, second)
    for row in edition.document.editions.all():
        held = [row, *(child for name in row.CHILDREN for child in getattr(row, name).all())]
        texts = [str(value) for one in held for name, value in vars(one).items() if not name.startswith("slug")]
        assert not any(WORD in text for text in texts)
        assert not any(WORD in str(decision.snapshot) for decision in Decision.about(row))
        assert not any(WORD in str(revision.data) for revision in Revision.about(row))


def test_chain_still_holds_and_shows_the_erased_text_by_its_hash_alone(edition, editor, second):
    before = list(Entry.objects.values_list("digest", flat=True))
    erase(edition.document, [WORD], REASONS, editor, second)
    rows = list(ledger.told(Entry.objects.all(), is_public=True))
    assert [row["digest"] for row in rows] == before
    assert not any(problem for _entry, problem in chain.verified(rows))
    assert "snapshot" not in rows[0]
    call_command("verify_record")


def test_public_page_says_that_something_was_removed(editor, second, reader, clock):
    edition = factories.live(ArticleEdition, editor, WORD)
    clock.shift(60)
    erase(edition.document, [f"{WORD} summary"], REASONS, editor, second)
    assert "[removed on" in reader.get(edition.get_absolute_url()).content.decode()


@pytest.mark.parametrize("who", ["same person", "a writer"])
def test_two_different_publishers_are_needed(edition, editor, writer, who):
    with pytest.raises(ValidationError):
        erase(edition.document, [WORD], REASONS, editor, editor if who == "same person" else writer)
    assert WORD in str(Decision.about(edition).last().snapshot)


def test_passage_that_stands_nowhere_is_refused_and_the_guards_stand(edition, editor, second):
    with pytest.raises(ValidationError):
        erase(edition.document, ["never written"], REASONS, editor, second)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(edition).objects.filter(pk=edition.pk).update(change="minor")


def test_guards_stand_again_afterwards(edition, editor, second):
    erase(edition.document, [WORD], REASONS, editor, second)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(edition).objects.filter(pk=edition.pk).update(change="minor")


def test_command_asks_both_for_their_passwords(edition, editor, second, monkeypatch):
    asked = []
    monkeypatch.setattr("newsroom.record.management.commands.erase.getpass", lambda prompt: asked.append(prompt) or "wrong")
    label = type(edition).document.field.related_model._meta.label_lower
    people, reasons = ["--by", "editor", "--second", "second"], ["--reason-en", "x", "--reason-fr", "y"]
    with pytest.raises(CommandError, match="did not sign"):
        call_command("erase", label, str(edition.document_id), "--passage", WORD, *people, *reasons)
    assert asked == ["Password of editor: "]
