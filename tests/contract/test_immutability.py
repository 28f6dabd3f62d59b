"""Law 2: a published edition is immutable, and it is the database that says so, whoever asks."""

from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, models, transaction

from newsroom.library.models import Picture
from newsroom.library.richtext import texts_of
from newsroom.publishing import languages
from newsroom.publishing.drafts import delete_draft
from newsroom.publishing.publish import cancel, publish
from tests import factories
from tests.factories import NOON

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("clock", "db")


def belongings(edition_type):
    """Everything with a key to an edition belongs to it: children, and the tables between editions and tags. (model, the key's name)"""
    found = [(relation.related_model, relation.field.name) for relation in edition_type._meta.related_objects]
    assert found or not edition_type.CHILDREN
    return found


@contextmanager
def refused():
    with pytest.raises(IntegrityError, match="immutable"), transaction.atomic():
        yield


def rows(model, **lookups):
    """The model's rows by Django's own queryset: no language and no rule of ours stands in between."""
    return models.QuerySet(model).filter(**lookups)


def columns(model, but=()):
    return [field for field in model._meta.concrete_fields if field.name not in ("id", *but)]


def different(value):
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, dict):
        return {**value, "xx": {}}
    if isinstance(value, time):
        return time(value.hour, 59)
    if isinstance(value, date):  # a datetime is one too
        return value + timedelta(days=1)
    return value + (1 if isinstance(value, int) else "x")


def changed(field, row):
    """An update of one column to something else."""
    value = getattr(row, field.attname)
    if isinstance(field, models.ForeignKey) and value is not None:
        return {field.attname: value + 1000}
    empty = {models.DateTimeField: datetime(2020, 1, 1, tzinfo=NOON.tzinfo), models.ForeignKey: 1, models.DateField: date(2020, 1, 1)}
    fallback = next((new for kind, new in empty.items() if isinstance(field, kind)), "x")
    return {field.attname: fallback if value is None else different(value)}


def with_pictures(edition_type):
    """Texts that show a picture, where this type's can, so that there is a row of every kind."""
    data = factories.content(edition_type, is_short=True)
    for field in texts_of(edition_type):
        picture = Picture.objects.create(title="Shown", file="pictures/shown.png", width=16, height=9)
        data[field.language][field.translated_field.name] += f'<figure data-picture="{picture.pk}"></figure>'
    return {code: data[code] for code in languages.LANGUAGES}


def draft_with_other_tags(edition_type):
    """So that no rule about a tag given twice answers before the guard does."""
    tags = {"tags": [factories.a_tag("other").slug]} if hasattr(edition_type, "tags") else {}
    return factories.draft(edition_type, **with_pictures(edition_type), **tags)


# --- The edition --------------------------------------------------------------------------------------------------------
def test_published_edition_keeps_every_column(edition_type):
    edition = factories.live(edition_type)
    edition.refresh_from_db()
    for field in columns(edition_type, but=["live_until"]):
        with refused():
            rows(edition_type, pk=edition.pk).update(**changed(field, edition))
    with refused(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {edition_type._meta.db_table} SET slug_en = 'other' WHERE id = %s", [edition.pk])
    setattr(edition, f"{edition.TITLE}_fr", "Autre titre")
    with refused():
        edition.save()


def test_published_edition_is_not_made_a_draft_again_and_not_deleted(edition_type):
    edition = factories.live(edition_type, is_short=True)
    with refused():
        edition_type.objects.filter(pk=edition.pk).update(live_from=None)
    with refused():
        edition.delete()
    with refused(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {edition_type._meta.db_table} WHERE id = %s", [edition.pk])


def test_published_edition_may_end(edition_type):
    edition = factories.live(edition_type, is_short=True)
    edition_type.objects.filter(pk=edition.pk).update(live_until=NOON + HOUR)
    edition.refresh_from_db()
    assert edition.live_until == NOON + HOUR


def test_scheduled_edition_is_frozen_before_anybody_reads_it_and_cancelled_it_stays_as_it_was(edition_type, editor):
    edition = factories.draft(edition_type, is_short=True)
    publish(edition, editor, NOON + HOUR)
    with refused():
        edition_type.objects.filter(pk=edition.pk).update(slug_en="other")
    cancel(edition, editor)
    with refused():
        edition_type.objects.filter(pk=edition.pk).update(slug_en="other")
    with refused():
        rows(edition_type, pk=edition.pk).delete()


def test_draft_changes_and_goes(edition_type, editor):
    edition = factories.draft(edition_type)
    edition_type.objects.filter(pk=edition.pk).update(slug_en="other")
    delete_draft(edition, editor)
    assert not edition_type.objects.filter(pk=edition.pk).exists()


# --- What belongs to it -------------------------------------------------------------------------------------------------
def test_children_of_a_published_edition_keep_every_column_and_are_not_removed(edition_type):
    edition = factories.live(edition_type, **with_pictures(edition_type))
    for model, key in belongings(edition_type):
        row = rows(model, **{key: edition}).first()
        for field in columns(model):
            with refused():
                rows(model, pk=row.pk).update(**changed(field, row))
        with refused():
            rows(model, **{key: edition}).delete()


def test_published_edition_gets_no_children_new_or_of_a_draft_whose_own_change_and_go(edition_type):
    edition, other = factories.live(edition_type, **with_pictures(edition_type)), draft_with_other_tags(edition_type)
    for model, key in belongings(edition_type):
        with refused():
            rows(model, **{key: other}).update(**{key: edition})
        row = rows(model, **{key: other}).first()
        row.pk = None
        setattr(row, key, edition)
        with refused():
            row.save(force_insert=True)
        rows(model, **{key: other}).delete()
        assert not rows(model, **{key: other}).exists()


def test_tags_of_a_published_edition_stay(tagged_type):
    edition = factories.live(tagged_type)
    with refused():
        edition.tags.add(factories.a_tag("new"))
    with refused():
        edition.tags.clear()


def test_tag_of_a_published_edition_is_renamed_and_never_removed(tagged_type):
    tag = factories.live(tagged_type).tags.first()
    type(tag).objects.filter(pk=tag.pk).update(name_en="Another name")
    with pytest.raises(models.ProtectedError):
        tag.delete()
