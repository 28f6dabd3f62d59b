"""The database refuses what law 2 forbids, whoever asks: triggers generated from the models, on both engines.

`pre_migrate` lifts the guards and `post_migrate` installs them again, because a table that SQLite remakes silently loses its
triggers. No guard reads the database's clock. What each one says:

* a published edition changes in nothing but `live_until`, and is never deleted;
* its children and tags are neither added, changed nor removed;
* the periods of a document's editions never overlap;
* decisions, revisions and whatever else says APPEND_ONLY are append-only.

SQLite's REPLACE and PostgreSQL's TRUNCATE remove rows without a word to a row's DELETE trigger, so they are refused by guards of
their own.
"""

from django.apps import apps
from django.db import connections
from django.db.models import UniqueConstraint

from .models import Edition

MESSAGE = "immutable: "
PERIOD = "live_until"


def models_guarded():
    """(edition models, [(child model, its column that names the edition, edition table)], append-only models)."""
    editions = [model for model in apps.get_models() if issubclass(model, Edition)]
    children = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.name in ("edition", "content_object") and field.related_model in editions:
                children.append((model, field.column, field.related_model._meta.db_table))
    return editions, children, [model for model in apps.get_models() if getattr(model, "APPEND_ONLY", False)]


def install(using="default", **kwargs):
    lift(using)
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    statements = {"postgresql": _postgresql, "sqlite": _sqlite}[connection.vendor]
    with connection.cursor() as cursor:
        for sql in statements(cursor, tables):
            cursor.execute(sql)


def lift(using="default", **kwargs):
    """Remove every guard: before a migration, and before a test empties the tables."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            connection.check_constraints()  # no table is changed while a row's checks are still to come
            cursor.execute(
                "SELECT tgname, tgrelid::regclass::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                "WHERE tgname LIKE 'guard\\_%' AND pg_table_is_visible(pg_class.oid)"
            )
            for name, table in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}" ON {table}')
            cursor.execute(
                "SELECT conname, conrelid::regclass::text FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid "
                "WHERE conname LIKE 'guard\\_%' AND pg_table_is_visible(pg_class.oid)"
            )
            for name, table in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard\\_%' ESCAPE '\\'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')


# --- PostgreSQL ---------------------------------------------------------------------------------------------------------
POSTGRESQL_FUNCTIONS = (
    # AFTER triggers, because a BEFORE trigger sees stored generated columns as null.
    f"""
    CREATE OR REPLACE FUNCTION guard_edition() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.live_from IS NULL THEN RETURN NULL; END IF;
        IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - '{PERIOD}' = to_jsonb(OLD) - '{PERIOD}' THEN RETURN NULL; END IF;
        RAISE EXCEPTION '{MESSAGE}% % has been published', TG_TABLE_NAME, OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    # Arguments: the column that names the edition, the edition's table.
    f"""
    CREATE OR REPLACE FUNCTION guard_child() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE frozen boolean;
    BEGIN
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE live_from IS NOT NULL AND id IN ($1, $2))', TG_ARGV[1])
            INTO frozen USING (to_jsonb(OLD) ->> TG_ARGV[0])::bigint, (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
        IF frozen THEN
            RAISE EXCEPTION '{MESSAGE}% belongs to a published edition', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    END $$
    """,
    f"""
    CREATE OR REPLACE FUNCTION guard_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{MESSAGE}% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    f"""
    CREATE OR REPLACE FUNCTION guard_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{MESSAGE}% is never emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
)


def _postgresql(cursor, tables):
    editions, children, append_only = models_guarded()
    yield from POSTGRESQL_FUNCTIONS
    for table in _tables(editions, tables):
        yield f'CREATE TRIGGER guard_frozen AFTER UPDATE OR DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION guard_edition()'
        yield (
            f'ALTER TABLE "{table}" ADD CONSTRAINT guard_{table}_overlap EXCLUDE USING gist '
            "(int8range(document_id, document_id, '[]') WITH &&, tstzrange(live_from, live_until) WITH &&) WHERE (live_from IS NOT NULL)"
        )
    for model, column, parent in children:
        table = model._meta.db_table
        if table in tables:
            yield (
                f'CREATE TRIGGER guard_frozen AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
                f"FOR EACH ROW EXECUTE FUNCTION guard_child('{column}', '{parent}')"
            )
    for table in _tables(append_only, tables):
        yield f'CREATE TRIGGER guard_append_only AFTER UPDATE OR DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION guard_append_only()'
    for table in _tables([*editions, *(model for model, column, parent in children), *append_only], tables):
        yield f'CREATE TRIGGER guard_truncate BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION guard_truncate()'


# --- SQLite -------------------------------------------------------------------------------------------------------------
def _sqlite(cursor, tables):
    editions, children, append_only = models_guarded()
    for table in _tables(editions, tables):
        cursor.execute(f'PRAGMA table_xinfo("{table}")')
        columns = [row[1] for row in cursor.fetchall() if row[1] != PERIOD]
        differs = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
        replaces = f'EXISTS (SELECT 1 FROM "{table}" WHERE id = NEW.id AND live_from IS NOT NULL)'
        yield _refuse(table, "insert", "INSERT", replaces)
        yield _refuse(table, "update", "UPDATE", f"OLD.id IS NOT NEW.id OR OLD.live_from IS NOT NULL AND ({differs})")
        yield _refuse(table, "delete", "DELETE", "OLD.live_from IS NOT NULL")
        for event in ("INSERT", "UPDATE"):
            yield _refuse(table, f"overlap_{event.lower()}", event, _overlap(table), "overlap")
    for model, column, parent in children:
        table = model._meta.db_table
        if table in tables:
            old, new = f'OLD."{column}"', f'NEW."{column}"'
            replaced = f'(SELECT "{column}" FROM "{table}" WHERE id = NEW.id)'
            for event, ids in (("INSERT", [new, replaced]), ("UPDATE", [old, new, replaced]), ("DELETE", [old])):
                frozen = f'EXISTS (SELECT 1 FROM "{parent}" WHERE live_from IS NOT NULL AND id IN ({", ".join(ids)}))'
                yield _refuse(table, event.lower(), event, frozen)
    for model in append_only:
        table = model._meta.db_table
        if table in tables:
            yield _refuse(table, "insert", "INSERT", " OR ".join(_replaces(table, columns) for columns in _unique(model)))
            for event in ("UPDATE", "DELETE"):
                yield _refuse(table, event.lower(), event, "1")


def _unique(model):
    """The columns of each rule by which a row is the only one of its kind."""
    rules = [constraint.fields for constraint in model._meta.constraints if isinstance(constraint, UniqueConstraint)]
    return [[model._meta.get_field(name).column for name in names] for names in ([model._meta.pk.name], *rules)]


def _replaces(table, columns):
    same = " AND ".join(f'"{column}" = NEW."{column}"' for column in columns)
    return f'EXISTS (SELECT 1 FROM "{table}" WHERE {same})'


def _overlap(table):
    # An empty period, a cancelled edition's, overlaps nothing.
    return (
        "NEW.live_from IS NOT NULL AND NEW.live_from < NEW.live_until AND EXISTS ("
        f'SELECT 1 FROM "{table}" AS other WHERE other.document_id = NEW.document_id AND other.id IS NOT NEW.id '
        "AND other.live_from < other.live_until AND other.live_from < NEW.live_until AND NEW.live_from < other.live_until)"
    )


def _refuse(table, name, event, condition, problem="published"):
    return (
        f'CREATE TRIGGER "guard_{table}_{name}" BEFORE {event} ON "{table}" FOR EACH ROW WHEN {condition} '
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}{table} {problem}'); END"
    )


def _tables(models, existing):
    return [model._meta.db_table for model in models if model._meta.db_table in existing]
