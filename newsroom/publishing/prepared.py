"""Questions that are written once and asked often: to write one takes Django longer than the database takes to answer it."""

from contextlib import contextmanager
from copy import copy
from functools import cache
from types import SimpleNamespace

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.query import ModelIterable

FIELDS = {str: models.CharField(), int: models.BigIntegerField()}
MOMENT = models.DateTimeField()


@contextmanager
def planned_once(connection):
    """In here PostgreSQL keeps the plan of what is asked, as long as the connection lasts.

    Only for questions of which one plan suits all values: of any other it keeps one that may take a hundred times as long.
    """
    if connection.vendor != "postgresql" or not settings.DATABASE_PREPARE:
        yield
        return
    connection.ensure_connection()
    database = connection.connection  # psycopg's
    database.prepare_threshold = 0
    try:
        yield
    finally:
        database.prepare_threshold = None


class Asked(models.Value):
    """A value that is not known while the question is written; what it holds is the value's name."""

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def bound(self, values, connection):
        return self.output_field.get_db_prep_value(values[self.value], connection)


class Prepared:
    """A question about rows of `model`: `write(objects, **values)` gives its queryset, and is called with an Asked in place of each value.

    A value that is None is None to `write` too: it may ask something else then. A translated field is named with its language.
    """

    def __init__(self, model, write):
        self.model, self.write, self.written = model, write, {}

    def ask(self, **values):
        """The rows, a list. Values are aware datetimes, numbers, texts or None."""
        connection = connections[DEFAULT_DB_ALIAS]
        shape = connection.vendor, *(name for name, value in values.items() if value is None)
        if shape not in self.written:
            self.written[shape] = self._compiled(values)
        compiler, sql, parameters = self.written[shape]
        bound = [one.bound(values, connection) if isinstance(one, Asked) else one for one in parameters]
        asking = copy(compiler)
        asking.connection, asking.as_sql = connection, lambda: (sql, bound)
        query = SimpleNamespace(get_compiler=lambda using: asking)
        with planned_once(connection):
            return list(ModelIterable(SimpleNamespace(db=DEFAULT_DB_ALIAS, query=query, _known_related_objects={})))

    def first(self, **values):
        """The first row, or None."""
        return next(iter(self.ask(**values)), None)

    def _compiled(self, values):
        fields = {name: FIELDS.get(type(value), MOMENT) for name, value in values.items()}
        asked = {name: value if value is None else Asked(name, fields[name]) for name, value in values.items()}
        compiler = self.write(self.model.objects.all(), **asked).query.get_compiler(DEFAULT_DB_ALIAS)
        return compiler, *compiler.as_sql()


def gathered(edition, *names):
    """The edition, with its children of these names at hand: `.all()` asks for them no more. One query each."""
    at_hand = edition.__dict__.setdefault("_prefetched_objects_cache", {})
    for name in names:
        if name not in at_hand:
            at_hand[name] = _children(type(edition), name).ask(edition=edition.pk)
            for row in at_hand[name]:
                row.edition = edition
    return edition


@cache
def _children(model, name):
    return Prepared(model._meta.get_field(name).related_model, lambda rows, edition: rows.filter(edition=edition))
