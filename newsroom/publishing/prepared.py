"""Questions that are written once and asked often: to write one takes Django longer than the database takes to answer it."""

from contextlib import contextmanager, nullcontext
from copy import copy
from functools import cache
from types import SimpleNamespace

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, models

FIELDS = {str: models.CharField(), int: models.BigIntegerField(), tuple: models.BigIntegerField()}
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
    """A value that is not known while the question is written: its name, and its place where there are several, else None."""

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def bound(self, values, connection):
        name, number = self.value
        value = values[name] if number is None else values[name][number]
        return self.output_field.get_db_prep_value(value, connection)


class Prepared:
    """A question about rows of `model`: `write(objects, **values)` gives its queryset, and is called with an Asked in place of each value.

    A value that is None is None to `write` too: it may ask something else then. Of a tuple of numbers it gets a list, for `__in` (of a
    foreign key `__pk__in`). A translated field is named with its language, and `values_list` comes after `rewrite(False)`.
    `is_planned_once` has PostgreSQL keep its plan too.
    """

    def __init__(self, model, write, is_planned_once=True):
        self.model, self.write, self.written = model, write, {}
        self.planned = planned_once if is_planned_once else nullcontext

    def ask(self, **values):
        """The rows, a list, as its queryset gives them. Values are aware datetimes, numbers, tuples of numbers, texts or None."""
        connection = connections[DEFAULT_DB_ALIAS]
        values = {name: filled(value) if isinstance(value, tuple) else value for name, value in values.items()}
        varying = ((name, value and len(value)) for name, value in values.items() if value is None or isinstance(value, tuple))
        shape = connection.vendor, *varying
        if shape not in self.written:
            self.written[shape] = self._compiled(values)
        rows, compiler, sql, parameters = self.written[shape]
        bound = [one.bound(values, connection) if isinstance(one, Asked) else one for one in parameters]
        asking = copy(compiler)
        asking.connection, asking.as_sql = connection, lambda: (sql, bound)
        query = SimpleNamespace(get_compiler=lambda using: asking)
        with self.planned(connection):
            return list(rows(SimpleNamespace(db=DEFAULT_DB_ALIAS, query=query, _known_related_objects={})))

    def first(self, **values):
        """The first row, or None."""
        return next(iter(self.ask(**values)), None)

    def _compiled(self, values):
        queryset = self.write(self.model.objects.all(), **{name: _asked(name, value) for name, value in values.items()})
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        return queryset._iterable_class, compiler, *compiler.as_sql()


def filled(numbers):
    """As many as the next power of two, the last one again and again: so that a question about some is written for a few lengths."""
    wanted = 1 << (len(numbers) - 1).bit_length()
    return numbers + numbers[-1:] * (wanted - len(numbers))


def _asked(name, value):
    field = FIELDS.get(type(value), MOMENT)
    if isinstance(value, tuple):
        return [Asked((name, number), field) for number in range(len(value))]
    return value if value is None else Asked((name, None), field)


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
