"""The one door through immutability: two people, a reason, and the hash stays.

What the database loses and keeps is tried on both engines, what pages and prompts say of it on one.
"""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from articles.models import ArticleEdition
from newsroom.publishing import guards
from newsroom.publishing.drafts import delete_draft, edition_types, now
from newsroom.publishing.models import Comment, Decision, Revision, Slug
from newsroom.publishing.publish import publish
from newsroom.publishing.review import comment
from newsroom.publishing.snapshot import snapshot
from newsroom.record import chain, ledger
from newsroom.record.erasure import Scrub, erase
from newsroom.record.models import Entry, Erasure
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db
WORD = "Defamed"
WEB_ADDRESSES = ("address", "archived_address", "source_address")
WEB_ADDRESS = "https://example.org/defamed-"  # what the factories give a source: no words of ours
USABLE = (
    "change",
    "published",
    "language",
    "zone",
    "date",
    "said_on",
    "kind",
    "verb",
    "certainty",
    "effective",
    "original_language",
    "address",
)
REASONS = {"en": "A court ordered it.", "fr": "Un tribunal l’a ordonné."}


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def second(db):
    return factories.an_editor("second")


each_type = pytest.mark.parametrize(
    "edition", factories.richest_on_both(edition_types()), ids=lambda model: model._meta.label, indirect=True
)


@pytest.fixture
def edition(request, editor, clock):
    """A live edition with the word in every text (an article's, unless a test asks for each type), changed since; a minute later."""
    first = factories.live(getattr(request, "param", ArticleEdition), editor, WORD)
    publish(factories.next_draft(first, editor, "Later"), editor)
    clock.shift(60)
    ledger.seal(now())
    return first


@each_type
def test_passage_leaves_editions_children_revisions_snapshots_and_addresses(edition, editor, second):
    erase(edition.document, [WORD], REASONS, editor, second)
    for row in edition.document.editions.all():
        held = [row, *(child for name in row.CHILDREN for child in getattr(row, name).all())]
        texts = [str(value) for one in held for name, value in vars(one).items() if name not in WEB_ADDRESSES]
        assert not any(WORD.lower() in text.lower() for text in texts)
        kept = [*(decision.snapshot for decision in Decision.about(row)), *(revision.data for revision in Revision.about(row))]
        assert not any(WORD in str(data) or f"{WORD.lower()}-" in str(data).replace(WEB_ADDRESS, "") for data in kept)


def test_what_staff_said_of_it_is_scrubbed_too(edition, editor, second):
    comment(edition, editor, f"Is {WORD} the right word?")
    erase(edition.document, [WORD], REASONS, editor, second)
    assert Comment.objects.get().text.startswith("Is [removed on ")


@each_type
def test_addresses_that_spell_a_passage_give_way_to_a_neutral_one(edition, editor, second, reader):
    type_, name = ContentType.objects.get_for_model(edition), edition._meta.model_name.removesuffix("edition")
    erase(edition.document, [WORD], REASONS, editor, second)
    neutral = f"{name}-{edition.document_id}"
    for row in edition.document.editions.all():
        assert {row.slug_en, row.slug_fr} == {neutral}
    assert list(Slug.objects.filter(type=type_, document_id=edition.document_id).values_list("slug", flat=True)) == [neutral]


@each_type
def test_dates_choices_and_web_addresses_stay_usable(edition, editor, second):
    before = snapshot(edition)
    erase(edition.document, [WORD, "2020", "en", "first", "https", "a", "/"], REASONS, editor, second)
    after = snapshot(type(edition).objects.get(pk=edition.pk))
    for old, new in [(before, after), *(pair for name in edition.CHILDREN for pair in zip(before[name], after[name], strict=True))]:
        assert [(name, new[name]) for name in USABLE if name in old] == [(name, old[name]) for name in USABLE if name in old]
    assert after.get("tags") == before.get("tags")


@each_type
@pytest.mark.pure
def test_pages_answer_after_an_erasure(edition, editor, second, reader, clock):
    erase(edition.document, [WORD, "a"], REASONS, editor, second)
    clock.shift(60)
    for path in ("/en/", "/fr/", "/en/timeline/", "/en/articles/", "/en/faq/", "/en/corrections/"):
        assert reader.get(path).status_code == 200


@each_type
def test_what_deleted_drafts_left_is_scrubbed_too(edition, editor, second):
    later = factories.next_draft(edition, editor, "Libel")
    delete_draft(later, editor)
    assert erase(edition.document, ["Libel"], REASONS, editor, second) == 1
    assert "Libel" not in str([decision.snapshot for decision in Decision.about(later)])
    assert "Libel" not in str([revision.data for revision in Revision.about(later)])
    assert not Erasure.objects.exists()


def test_what_drafts_left_that_were_deleted_before_their_document_was_noted_is_scrubbed_too(edition, editor, second):
    other = factories.live(ArticleEdition, editor, "Other", is_short=True)
    later, foreign = factories.next_draft(edition, editor, "Libel"), factories.next_draft(other, editor, "Libel")
    for draft in (later, foreign):
        delete_draft(draft, editor)
    guards.lift()
    for kind in (Decision, Revision):
        kind.objects.filter(object_id__in=[later.pk, foreign.pk]).update(document_id=None)
    guards.install()
    assert erase(edition.document, ["Libel"], REASONS, editor, second) == 1
    assert "Libel" not in str([*Decision.about(later).values_list("snapshot"), *Revision.about(later).values_list("data")])
    assert "Libel" in str(list(Revision.about(foreign).values_list("data")))


def test_passage_that_an_address_cuts_off_leaves_it(editor, second, clock):
    edition = factories.live(ArticleEdition, editor, " ".join(["word"] * 18), is_short=True)
    assert edition.slug_en.endswith("-word-title-in-e")
    clock.shift(60)
    erase(edition.document, ["in English"], REASONS, editor, second)
    edition = edition.document.editions.get()
    assert (edition.slug_en, edition.slug_fr[-11:]) == (f"article-{edition.document_id}", "-title-en-f")


@pytest.mark.pure  # strings alone
@pytest.mark.parametrize(
    ("slug", "is_spelled"),
    [
        ("a" * 91 + "-xavier-d", True),
        ("a" * 90 + "-xavier-d-2", True),
        ("a" * 94 + "-xavi", True),
        ("a" * 95 + "-xav", False),
        ("a" * 70 + "-xavier-d", False),
        ("a" * 20 + "-xavier-doe-" + "a" * 20, True),
        ("a" * 95 + "bxavi", False),
    ],
)
def test_address_tells_of_a_passage_where_its_end_can_be_read(slug, is_spelled):
    assert Scrub(["Xavier Doe"], "").is_spelled_in(slug) == is_spelled


@pytest.mark.pure
def test_corrections_page_of_the_day_tells_of_the_erasure(edition, editor, second, reader, clock):
    clock.shift(3600)
    erase(edition.document, [WORD], REASONS, editor, second)
    moment = now()
    clock.shift(60)
    answer = reader.get(f"/memento/{now():%Y%m%d%H%M%S}/en/corrections/")
    assert answer.headers["Location"] == f"/memento/{moment:%Y%m%d%H%M%S}/en/corrections/"
    assert REASONS["en"] in reader.get(answer.headers["Location"]).content.decode()


def test_only_what_was_public_is_told_as_erased_and_sealed_before(editor, second, clock):
    edition = factories.live(ArticleEdition, editor, WORD)
    clock.shift(60.5)
    publish(factories.next_draft(edition, editor, WORD), editor, NOON + timedelta(days=9))
    erase(edition.document, [WORD], REASONS, editor, second)
    assert [(row.object_id, row.at.microsecond) for row in Erasure.objects.all()] == [(edition.pk, 0)]
    clock.shift(timedelta(days=10))
    rows = list(ledger.told(Entry.objects.filter(number__lte=ledger.head(now()).number), is_public=True))
    assert ["snapshot" in row for row in rows] == [False, True]
    assert not any(problem for _entry, problem in chain.verified(rows))


def test_chain_still_holds_and_shows_the_erased_text_by_its_hash_alone(edition, editor, second):
    before = list(Entry.objects.values_list("digest", flat=True))
    erase(edition.document, [WORD], REASONS, editor, second)
    rows = list(ledger.told(Entry.objects.all(), is_public=True))
    assert [row["digest"] for row in rows] == before
    assert not any(problem for _entry, problem in chain.verified(rows))
    assert "snapshot" not in rows[0]
    call_command("verify_record")


@pytest.mark.pure
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


@pytest.mark.pure
def test_command_asks_both_for_their_passwords(edition, editor, second, monkeypatch):
    asked = []
    monkeypatch.setattr("newsroom.record.management.commands.erase.getpass", lambda prompt: asked.append(prompt) or "wrong")
    label = type(edition).document.field.related_model._meta.label_lower
    people, reasons = ["--by", "editor", "--second", "second"], ["--reason-en", "x", "--reason-fr", "y"]
    with pytest.raises(CommandError, match="did not sign"):
        call_command("erase", label, str(edition.document_id), "--passage", WORD, *people, *reasons)
    assert asked == ["Password of editor: "]
