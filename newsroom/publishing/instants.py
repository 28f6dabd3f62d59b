"""When the public site changed. An instant is a moment at which an edition went live; cancelled ones never were."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from django.db import connection

from .drafts import edition_types
from .models import Edition
from .prepared import planned_once


@dataclass(frozen=True)
class Instants:
    """Instants (aware, UTC) around a moment, None where there is none: of one document, or of everything.

    `site_at` is the site's last change at or before the moment, whatever the document. `entered_at` is when the latest of
    what the moment shows was entered from sources, None where nothing was.
    """

    first: datetime | None
    previous: datetime | None
    following: datetime | None
    last: datetime | None
    site_at: datetime | None
    entered_at: datetime | None


# Spoken to the database directly: thirty sub-selects take Django longer to write than the database to answer.
# A cancelled edition's period is empty, so it was never public.
PUBLIC = "FROM {table} WHERE live_from < live_until AND live_from <= %(now)s"
SELECTS = {
    "first": "SELECT live_from {public} ORDER BY live_from LIMIT 1",
    "previous": "SELECT live_from {public} AND live_from < %(at)s ORDER BY live_from DESC LIMIT 1",
    "following": "SELECT live_from {public} AND live_from > %(at)s ORDER BY live_from LIMIT 1",
    "last": "SELECT live_from {public} ORDER BY live_from DESC LIMIT 1",
    "site_at": "SELECT live_from {public} AND live_from <= %(at)s ORDER BY live_from DESC LIMIT 1",
    "entered_at": "SELECT recorded_at {public} AND live_from <= %(at)s AND live_until > %(at)s AND recorded_at > %(at)s "
    "ORDER BY recorded_at DESC LIMIT 1",
}
OTHERWISE: set[tuple[str, str]] = set()
"""The (table, column) of moments at which the site changed without an edition; whoever has the table adds it."""
CHOSEN = {"first": min, "previous": max, "following": min, "last": max, "site_at": max, "entered_at": max}


def around(at: datetime, now: datetime, one: Edition | None = None) -> Instants:
    """The instants around `at`, in one query: of the document that `one` is an edition of, or of everything.

    None after `now` is ever looked at: what is scheduled leaves no trace.
    """
    everything = tuple(model._meta.db_table for model in edition_types())
    own = (one._meta.db_table,) if one else everything
    names, sql = _sql(own, everything, one is not None)
    moments = {"at": connection.ops.adapt_datetimefield_value(at), "now": connection.ops.adapt_datetimefield_value(now)}
    with planned_once(connection), connection.cursor() as cursor:
        cursor.execute(sql, {**moments, "document": one.document_id if one else None})
        found = [(name, _moment(value)) for name, value in zip(names, cursor.fetchone(), strict=True) if value is not None]
    return Instants(**{name: choose((value for key, value in found if key == name), default=None) for name, choose in CHOSEN.items()})


@cache
def _sql(own, everything, is_one):
    names, selects = [], []
    for name, select in SELECTS.items():
        for table in everything if name == "site_at" else own:
            public = PUBLIC.format(table=connection.ops.quote_name(table))
            public += " AND document_id = %(document)s" if is_one and name != "site_at" else ""
            names.append(name)
            selects.append(f"({select.format(public=public)})")
    for table, column in sorted(OTHERWISE):
        names.append("site_at")
        selects.append(f"(SELECT {column} FROM {connection.ops.quote_name(table)} WHERE {column} <= %(at)s ORDER BY {column} DESC LIMIT 1)")
    return names, f"SELECT {', '.join(selects)}"


def _moment(value):
    """A moment as the engine returns it to plain SQL: SQLite's are in UTC without saying so."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def listed(now: datetime, one: Edition | None = None, after: datetime | None = None, most: int = 1000) -> list[datetime]:
    """The instants later than `after` and up to `now`, oldest first, at most `most`: of the document of the edition `one`, or of all."""
    sources = [type(one).objects.filter(document=one.document_id)] if one else [model.objects for model in edition_types()]
    instants = [editions.history(now).order_by().values_list("live_from", flat=True) for editions in sources]
    if after:
        instants = [moments.filter(live_from__gt=after) for moments in instants]
    every = instants[0].union(*instants[1:]) if len(instants) > 1 else instants[0].distinct()
    return list(every.order_by("live_from")[:most])
