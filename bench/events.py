"""A timeline of any size, filled by the database itself: one event made by Django and copied, with all that hangs on it."""

import os
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection  # noqa: E402 — Django has to be set up first
from django.db.models import BooleanField  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.record import numbers  # noqa: E402
from bench.texts import fill_sentences, texts  # noqa: E402
from newsroom.publishing import guards  # noqa: E402
from newsroom.publishing.models import Tag  # noqa: E402
from timeline.models import Actor, ActorEdition, Event, EventEdition, EventSource, Measure, MeasureEdition  # noqa: E402

FIRST_DAY, DAYS = date(1990, 1, 1), 13_000
MEASURES, ACTORS, TAGS = 50, 200, 100
FIRST_ID = 1000


def fill(events):
    """`events` events, of which every tenth has a former edition; three in five act on a measure, each names somebody and has two tags
    and two sources.
    """
    guards.lift()
    since = timezone.now().replace(microsecond=0) - timedelta(days=3650)
    period = {"live_from": since, "first_live_from": since}
    for model, edition, count, more in (
        (Measure, MeasureEdition, MEASURES, {"checked_through": date(2026, 1, 1)}),
        (Actor, ActorEdition, ACTORS, {}),
    ):
        for number in range(count):
            name = f"{model._meta.model_name}-{number}"
            called = {f"{field}_{code}": name for field in ("name", "slug") for code in ("en", "fr")}
            edition.objects.create(document=model.objects.create(pk=number + 1), **period, **called, **more)
    for number in range(TAGS):
        Tag.objects.create(pk=number + 1, slug=f"tag-{number}", name=f"tag-{number}", name_en=f"Tag {number}")
    one = EventEdition.objects.create(document=Event.objects.create(), date="2020", **period)
    fill_sentences()
    with connection.cursor() as cursor:
        documents = f"SELECT n + {FIRST_ID}, '2015-01-01 00:00:00Z' FROM numbers"
        cursor.execute(numbers(f"INSERT INTO timeline_event (id, created_at) {documents}", events))
        for change, condition in (("update", "1 = 1"), ("first", "n % 10 = 0")):
            columns = columns_of(change)
            kept = [field.column for field in EventEdition._meta.concrete_fields if field.column not in ("id", *columns)]
            names = ", ".join(f'"{name}"' for name in [*columns, *kept])
            values = ", ".join([*columns.values(), *(f'one."{name}"' for name in kept)])
            copies = f"SELECT {values} FROM numbers, timeline_eventedition AS one WHERE one.id = {one.pk} AND {condition}"
            cursor.execute(numbers(f"INSERT INTO timeline_eventedition ({names}) {copies}", events))
        cursor.execute(f"DELETE FROM timeline_eventedition WHERE id = {one.pk}")
        for sql in (*CHILDREN, sources("court", 0), sources("press", 1)):
            cursor.execute(sql.format(editions=f"(SELECT id, document_id - {FIRST_ID} AS n FROM timeline_eventedition) AS edition"))
        cursor.execute("ANALYZE")
    guards.install()


CHILDREN = (
    f"INSERT INTO timeline_effect (edition_id, measure_id, position, verb, scope, effective, deadline, counted_from, certainty) "
    f"SELECT id, n % {MEASURES} + 1, 0, CASE WHEN n % 200 = 0 THEN 'extends' ELSE 'amends' END, '', '', "
    "CASE WHEN n % 200 = 0 THEN DATE('2020-11-12') END, '', 'confirmed' FROM {editions} WHERE n % 5 < 3",
    f"INSERT INTO timeline_eventactor (edition_id, actor_id, position) SELECT id, n % {ACTORS} + 1, 0 FROM {{editions}}",
    f"INSERT INTO timeline_eventtag (content_object_id, tag_id) SELECT id, n % {TAGS} + 1 FROM {{editions}}",
    f"INSERT INTO timeline_eventtag (content_object_id, tag_id) SELECT id, (n + 1 + n / {TAGS} % 99) % {TAGS} + 1 FROM {{editions}}",
)


def sources(kind, position):
    """SQL for a source of every edition."""
    given = {
        "edition_id": "id",
        "position": position,
        "kind": f"'{kind}'",
        "publisher": f"'A {kind} of the record'",
        "published": "'2020-08-14'",
    }
    given["address"] = f"'https://example.org/{kind}/document-of-the-day/' || n"
    rest = [field for field in EventSource._meta.concrete_fields if field.column not in ("id", *given)]
    values = given | {one.column: "NULL" if one.null else "FALSE" if isinstance(one, BooleanField) else "''" for one in rest}
    return f"INSERT INTO timeline_eventsource ({', '.join(values)}) SELECT {', '.join(map(str, values.values()))} FROM {{editions}}"


def columns_of(change):
    """Columns that differ from the copied edition, as SQL over `n`, the event's number."""
    own = {"document_id": f"n + {FIRST_ID}", "change": f"'{change}'", "kind": kind(), **texts("en"), **texts("fr")}
    own |= {f"slug_{code}": f"'event-' || n || '-{change}'" for code in ("en", "fr")}
    own |= dict(zip(("date", "first_day", "last_day"), dates(), strict=True))
    until = moment(1) if change == "first" else f"{stamp()} '9000-01-01 00:00:00'"
    return {**own, "live_from": moment(0 if change == "first" else 1), "first_live_from": moment(0), "live_until": until}


def kind():
    return f"CASE {' '.join(f'WHEN n % 7 = {number} THEN {value!r}' for number, value in enumerate(EventEdition.Kind.values))} END"


def dates():
    """SQL for an event's date, first day and last day: in twenty, eleven days, four months, three spans of 90 days and two open ends."""
    begins = f"(n % {DAYS}) * 7919 % {DAYS}"
    first, month, later = day(begins), day(begins, month=True), day(begins + " + 90")
    ever, never = day("0", of="0001-01-01"), day("0", of="9999-12-31")
    by_twentieth = (
        (4, f"substr({as_text(month)}, 1, 7)", month, day(begins, month=True, end=True)),
        (7, f"{as_text(first)} || '/' || {as_text(later)}", first, later),
        (8, f"{as_text(first)} || '/..'", first, never),
        (9, f"'../' || {as_text(first)}", ever, first),
        (20, as_text(first), first, first),
    )
    for column in (1, 2, 3):
        yield f"CASE {' '.join(f'WHEN n % 20 < {row[0]} THEN {row[column]}' for row in by_twentieth)} END"


def day(number, of=FIRST_DAY, month=False, end=False):
    """SQL for the day that many days after another, or for the first day of its month, or the last."""
    if connection.vendor == "postgresql":
        found = f"(DATE '{of}' + CAST({number} AS int))"
        found = f"CAST(date_trunc('month', {found}) AS date)" if month else found
        return f"CAST({found} + INTERVAL '1 month' - INTERVAL '1 day' AS date)" if end else found
    steps = ["'start of month'"] * month + ["'+1 month'", "'-1 day'"] * end
    return f"date({', '.join([repr(str(of)), f'({number}) || {chr(39)} days{chr(39)}', *steps])})"


def as_text(sql):
    return f"to_char({sql}, 'YYYY-MM-DD')" if connection.vendor == "postgresql" else sql


def moment(years):
    """SQL for a moment within the year after 2016, or after as many later."""
    start = f"'{2016 + years}-01-01 00:00:00'"
    if connection.vendor == "postgresql":
        return f"({stamp()} {start} + (n % 500000) * INTERVAL '1 minute')"
    return f"datetime({start}, (n % 500000) || ' minutes')"


def stamp():
    return "TIMESTAMPTZ" if connection.vendor == "postgresql" else ""
