"""One canonical form of the content serves revisions, copies, comparisons, digests and imports: nothing is lost in it."""

import json

import pytest
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils import translation

from newsroom.publishing import languages
from newsroom.publishing.drafts import save_draft
from newsroom.publishing.models import Edition
from newsroom.publishing.snapshot import canonical, digest, snapshot, write
from tests import factories

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def draft(edition_type):
    return factories.draft(edition_type)


@pytest.fixture
def empty(edition_type):
    """An edition not saved yet, to write into."""
    return edition_type(document=factories.document_of(edition_type))


def as_json(data):
    return json.loads(canonical(data))


def test_snapshot_says_everything_that_was_written(edition_type):
    content = factories.content(edition_type)
    draft = edition_type(document=factories.document_of(edition_type))
    write(draft, content)
    said = snapshot(draft)
    for language in languages.LANGUAGES:
        assert said.pop(language) == {"slug": "", "note": "", **content.pop(language)}
    assert said == {"translations": {}, **as_json(content)}


def test_snapshot_written_elsewhere_is_the_same_snapshot(draft, empty):
    write(empty, snapshot(draft))
    assert snapshot(empty) == snapshot(draft)


def test_snapshot_written_over_other_content_replaces_it(draft, edition_type):
    other = factories.draft(edition_type, word="Other")
    write(other, snapshot(draft))
    assert snapshot(type(other).objects.get(pk=other.pk)) == snapshot(draft)


def test_snapshot_is_not_changed_by_what_it_was_written_into(draft):
    kept, before = snapshot(draft), snapshot(draft)
    write(draft, kept)
    setattr(draft, f"{draft.TITLE}_en", "Changed")
    save_draft(draft, None)
    assert kept == before


def test_snapshot_is_the_same_in_every_language(draft):
    with translation.override("fr"):
        in_french = snapshot(type(draft).objects.get(pk=draft.pk))
    assert in_french == snapshot(draft)


def test_snapshot_leaves_out_base_columns_and_bookkeeping(draft, edition_type):
    bookkeeping = {"id", "document", "lane", "live_from", "live_until", "first_live_from", "recorded_at"}
    texts = set(languages.translated_fields(edition_type))
    assert set(snapshot(draft)).isdisjoint(bookkeeping | texts)
    for name in edition_type.CHILDREN:
        child = edition_type._meta.get_field(name).related_model
        for row in snapshot(draft)[name]:
            assert set(row).isdisjoint({"id", "edition", "position", *languages.translated_fields(child)})


def test_every_column_is_content_or_bookkeeping(draft, edition_type):
    """A new column of a content type is in the snapshot without a word; a new one of Edition has to be thought about."""
    own = {field.name for field in edition_type._meta.local_concrete_fields if not hasattr(Edition, field.attname)}
    said = set(snapshot(draft)) | {name for code in languages.LANGUAGES for name in snapshot(draft)[code]}
    texts = {f"{name}_{code}" for name in languages.translated_fields(edition_type) for code in languages.LANGUAGES}
    assert own - texts - set(edition_type.DERIVED) - {"id", "document"} <= said


def test_children_keep_their_order(edition_type, empty):
    content = factories.content(edition_type)
    for name in edition_type.CHILDREN:
        content[name].reverse()
    write(empty, content)
    for name in edition_type.CHILDREN:
        assert [child.position for child in getattr(empty, name).all()] == [1, 2]
        assert snapshot(empty)[name] == as_json(snapshot(empty)[name])
        rows = [{key: value for key, value in row.items() if key not in languages.LANGUAGES} for row in snapshot(empty)[name]]
        assert rows == [{key: value for key, value in row.items() if key not in languages.LANGUAGES} for row in as_json(content[name])]


def test_digest_is_that_of_the_content_alone(draft, empty):
    write(empty, snapshot(draft))
    assert digest(snapshot(empty)) == digest(snapshot(draft))


def test_digest_changes_with_every_text_and_every_child(draft):
    before = {digest(snapshot(draft))}
    for language in languages.LANGUAGES:
        for name in languages.translated_fields(type(draft)):
            data = snapshot(draft)
            data[language][name] += " and more"
            before.add(digest(data))
    for name in draft.CHILDREN:
        before.add(digest({**snapshot(draft), name: []}))
    assert len(before) == 1 + len(languages.LANGUAGES) * len(languages.translated_fields(type(draft))) + len(draft.CHILDREN)


# --- What does not fit --------------------------------------------------------------------------------------------------
def test_content_in_one_language_alone_is_enough(edition_type, empty):
    content = factories.content(edition_type, is_short=True)
    del content["fr"]
    write(empty, content)
    save_draft(empty, None)
    assert not empty.has_text("fr")
    assert not any(snapshot(empty)["fr"].values())


def test_write_refuses_what_is_no_content(edition_type, empty):
    content = factories.content(edition_type, is_short=True)
    for name in ("live_from", "live_until", "id", "document", "lane", "slug", "author", "colour"):
        with pytest.raises(FieldDoesNotExist, match=name):
            write(empty, {**content, name: "2020-01-01T00:00:00Z"})


def test_write_refuses_a_text_that_the_type_does_not_have(edition_type, empty):
    content = factories.content(edition_type, is_short=True)
    content["fr"]["titel"] = "Titre"
    with pytest.raises(FieldDoesNotExist, match="titel"):
        write(empty, content)


def test_write_refuses_a_language_that_the_newsroom_does_not_have(edition_type, empty):
    with pytest.raises(FieldDoesNotExist, match="de"):
        write(empty, {**factories.content(edition_type, is_short=True), "de": {}})


def test_write_refuses_children_that_the_type_does_not_have(edition_type, empty):
    with pytest.raises(FieldDoesNotExist, match="footnotes"):
        write(empty, {**factories.content(edition_type), "footnotes": []})


def test_write_refuses_a_tag_that_does_not_exist_and_changes_nothing(tagged_type):
    draft = factories.draft(tagged_type)
    before = snapshot(draft)
    with pytest.raises(ValidationError, match="no tag “nowhere”"):
        write(draft, {**factories.content(tagged_type, word="Other"), "tags": ["law", "nowhere"]})
    assert snapshot(tagged_type.objects.get(pk=draft.pk)) == before
