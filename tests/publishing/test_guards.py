"""The guards are generated for every table they are owed to, and are there again after everything that takes them away."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from newsroom.publishing import guards
from newsroom.publishing.drafts import edition_types
from newsroom.publishing.models import Decision, Revision
from newsroom.site.models import BannerEdition
from tests import factories

SQLITE_ONLY = pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's own")
POSTGRESQL_ONLY = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")


def guarded():
    """What the database itself says: {(table, guard)}."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal UNION "
                "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'x'"
            )
        return {(table, name) for table, name in cursor.fetchall()}


def owed():
    """The tables that need guards, read from the models: editions, whatever points at one, and what is append-only."""
    belonging = [relation.related_model for edition_type in edition_types() for relation in edition_type._meta.related_objects]
    remembering = [model for model in apps.get_models() if getattr(model, "APPEND_ONLY", False)]
    return {model._meta.db_table for model in (*edition_types(), *belonging, *remembering, Decision, Revision)}


def tables(names):
    return {table for table, name in names}


@pytest.mark.django_db
def test_every_table_that_needs_guards_has_them():
    assert tables(guarded()) == owed()


@pytest.mark.django_db
def test_every_table_of_a_kind_has_the_same_guards():
    kinds = {}
    for table, name in guarded():
        kinds.setdefault(table, set()).add(name.replace(table, ""))
    editions = [kinds[model._meta.db_table] for model in edition_types()]
    assert editions == [editions[0]] * len(editions)


@pytest.mark.django_db(transaction=True)
def test_migrate_brings_the_guards_back():
    before = guarded()
    guards.lift()
    assert guarded() == set()
    call_command("migrate", verbosity=0)
    assert guarded() == before


@pytest.mark.django_db(transaction=True)
def test_migrate_twice_changes_no_guard():
    before = guarded()
    call_command("migrate", verbosity=0)
    call_command("migrate", verbosity=0)
    assert guarded() == before


@pytest.mark.django_db(transaction=True)
def test_guards_outlive_a_table_that_is_made_anew(clock):
    """SQLite alters a column by making the table again, and drops its triggers without a word."""
    edition, before = factories.live(BannerEdition), guarded()
    old = BannerEdition._meta.get_field("message_fr")
    new = old.clone()
    new.max_length = 400
    new.set_attributes_from_name("message_fr")
    new.model = BannerEdition
    guards.lift()  # as pre_migrate does
    for a, b in ((old, new), (new, old)):
        with connection.schema_editor() as editor:
            editor.alter_field(BannerEdition, a, b, strict=True)
    call_command("migrate", verbosity=0)
    assert guarded() == before
    with pytest.raises(IntegrityError, match="immutable"), transaction.atomic():
        BannerEdition.objects.filter(pk=edition.pk).update(message_fr="Autre")


@pytest.mark.django_db
def test_no_migration_is_pending():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# --- What is remembered -------------------------------------------------------------------------------------------------
@pytest.fixture(params=[Decision, Revision], ids=lambda model: model.__name__)
def remembered(request, db, clock):
    """A decision, or a revision."""
    factories.live(BannerEdition)
    return request.param.objects.first()


def test_what_is_remembered_does_not_change(remembered):
    for field in ("object_id", "at"):
        with pytest.raises(IntegrityError, match="immutable"), transaction.atomic():
            type(remembered).objects.update(**{field: models.F(field)})


def test_what_is_remembered_is_not_forgotten(remembered):
    with pytest.raises(IntegrityError, match="immutable"), transaction.atomic():
        remembered.delete()


def test_what_is_remembered_can_be_added_to(remembered):
    remembered.pk, remembered.number = None, 2
    remembered.save(force_insert=True)
    assert type(remembered).objects.count() == 2


# --- Ways around a DELETE trigger ---------------------------------------------------------------------------------------
def replace(model, row, **values):
    """INSERT OR REPLACE, which takes away whatever row is in the way."""
    fields = model._meta.concrete_fields
    columns = {field.column: "{}" if isinstance(field, models.JSONField) else getattr(row, field.attname) for field in fields} | values
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(f"INSERT OR REPLACE INTO {model._meta.db_table} ({names}) VALUES ({marks})", list(columns.values()))


@SQLITE_ONLY
@pytest.mark.django_db
def test_replace_does_not_take_the_place_of_a_published_edition(clock):
    edition = factories.live(BannerEdition)
    with pytest.raises(IntegrityError, match="immutable"):
        replace(BannerEdition, edition, live_from=None, slug_en="other")


@SQLITE_ONLY
@pytest.mark.django_db
def test_replace_does_not_take_the_place_of_a_published_child(clock):
    edition_type = next(model for model in edition_types() if model.CHILDREN)
    live, draft = factories.live(edition_type), factories.draft(edition_type)
    child = getattr(live, edition_type.CHILDREN[0]).first()
    with pytest.raises(IntegrityError, match="immutable"):
        replace(type(child), child, edition_id=draft.pk)


@SQLITE_ONLY
def test_replace_does_not_rewrite_what_is_remembered(remembered):
    for changed in ({}, {"id": 1000}) if isinstance(remembered, Revision) else ({},):
        with pytest.raises(IntegrityError, match="immutable"):
            replace(type(remembered), remembered, **changed)


@SQLITE_ONLY
@pytest.mark.django_db
def test_draft_does_not_take_the_key_of_a_published_edition(clock):
    live, draft = factories.live(BannerEdition), factories.draft(BannerEdition)
    with pytest.raises(IntegrityError, match="immutable"), connection.cursor() as cursor, transaction.atomic():
        cursor.execute("UPDATE OR REPLACE site_banneredition SET id = %s WHERE id = %s", [live.pk, draft.pk])


@POSTGRESQL_ONLY
@pytest.mark.django_db
def test_tables_are_never_emptied():
    for table in owed():
        with pytest.raises(IntegrityError, match="never emptied"), connection.cursor() as cursor, transaction.atomic():
            cursor.execute(f"TRUNCATE {table} CASCADE")
