"""What taking the timeline away costs: `python -m bench.export` on the database of DATABASE_URL, which it fills and which must be empty.

Prints, for each format, the rows a second of processor and of wall time, the bytes, the milliseconds until the first bytes, and by how
much the memory of a process of its own grew from a quarter of the rows to all of them.

Options: --events (each with two sources, an effect, a person and a tag), --formats.
"""

import argparse
import os
import subprocess
import sys
import time
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402 — Django has to be set up first
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from bench.record import numbers  # noqa: E402
from newsroom.publishing import guards  # noqa: E402
from newsroom.publishing.models import Tag  # noqa: E402
from timeline.models import Actor, ActorEdition, Event, EventEdition, Measure, MeasureEdition  # noqa: E402

LIVE = {"live_from": "2021-01-01T00:00Z", "first_live_from": "2021-01-01T00:00Z", "lane": "passing"}
FIRST = 1000
DAY = {"sqlite": "date('1990-01-01', (n % 12000) || ' days')", "postgresql": "DATE '1990-01-01' + (n % 12000)"}


# --- Content ------------------------------------------------------------------------------------------------------------
def fill(events):
    """`events` live events over thirty years: one is made by Django and copied by the database, children and all."""
    guards.lift()
    one = an_event()
    day = DAY[connection.vendor]
    number = {"id": f"n + {FIRST}"}
    own = {**number, "document_id": f"n + {FIRST}", "slug_en": "'event-' || n", "slug_fr": "'evenement-' || n"}
    own |= {"title_en": "'An event of the record, number ' || n", "date": f"CAST({day} AS text)", "first_day": day, "last_day": day}
    copy(Event, number, one.document_id, events)
    copy(EventEdition, own, one.pk, events)
    for rows in (one.effects, one.actors, one.sources):
        for place, child in enumerate(rows.all()):
            mine = {"id": f"n * 4 + {place + FIRST}", "edition_id": f"n + {FIRST}"}
            mine |= {"address": f"'https://example.org/{place}/' || n"} if rows is one.sources else {"scope_en": "'part ' || n"}
            copy(type(child), mine, child.pk, events)
    item = one.tags.through.objects.get(content_object=one)
    copy(type(item), {"id": f"n + {FIRST}", "content_object_id": f"n + {FIRST}"}, item.pk, events)
    guards.install()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def an_event():
    measure = MeasureEdition.objects.create(
        document=Measure.objects.create(), slug_en="ban", slug_fr="interdiction", name_en="Prohibition of transactions",
        name_fr="Interdiction des transactions", checked_through="2022-06-17", **LIVE,
    )  # fmt: skip
    actor = ActorEdition.objects.create(
        document=Actor.objects.create(), slug_en="court", slug_fr="tribunal", name_en="The court", name_fr="Le tribunal", **LIVE
    )
    summary = "The court stays one part of the order until it has heard both sides, and says why. " * 2
    one = EventEdition.objects.create(
        document=Event.objects.create(), slug_en="one", slug_fr="un", title_en="One", title_fr="Un", date="1989-01-01",
        summary_en=summary, summary_fr=summary, body_en=f"<p>{summary * 6}</p>", body_fr=f"<p>{summary * 6}</p>", **LIVE,
    )  # fmt: skip
    one.effects.create(measure=measure.document, verb="suspends", scope_en="app stores", scope_fr="magasins d’applications")
    one.actors.create(actor=actor.document)
    for kind, publisher in (("court", "District Court"), ("press", "A Daily")):
        one.sources.create(
            kind=kind, publisher=publisher, published="2020-08-14", address=f"https://example.org/{kind}/document-of-the-day"
        )
    one.tags.add(Tag.objects.create(slug="law", name_en="Law", name_fr="Droit"))
    return one


def copy(model, changed, pk, count):
    """`count` copies of a row, with SQL over `n` for the columns that differ."""
    columns = [field.column for field in model._meta.concrete_fields]
    values = ", ".join(changed.get(column, f'one."{column}"') for column in columns)
    table, names = model._meta.db_table, ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(numbers(f"INSERT INTO {table} ({names}) SELECT {values} FROM numbers, {table} AS one WHERE one.id = {pk}", count))


# --- Reading ------------------------------------------------------------------------------------------------------------
def read(form, query=""):
    """Take everything away once, as a server would, and keep nothing. Gives (rows, bytes, ms to the first bytes, CPU and wall seconds)."""
    client = Client(SERVER_NAME=urlsplit(settings.SITE_URL).hostname)
    begun, worked = time.perf_counter(), time.process_time()
    response = client.get(f"/en/timeline/export.{form}{query}")
    assert response.status_code == 200, response.status_code
    first, size, rows = None, 0, 0
    for part in response.streaming_content:
        first = first or time.perf_counter() - begun
        size += len(part)
        rows += part.count({"csv": b"\r\n", "json": b'"published_at":', "ics": b"BEGIN:VEVENT"}[form])
    return rows, size, first * 1000, time.process_time() - worked, time.perf_counter() - begun


def grown(form, query=""):
    """The most memory, in MiB, that a fresh process needed to take everything away."""
    program = f"from bench import export as e; e.read({form!r}, {query!r}); import resource as r; "
    program += "print(r.getrusage(r.RUSAGE_SELF).ru_maxrss // 1024)"
    return int(subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout)


def measure(formats):
    for form in formats:
        read(form, "?to=1991")  # imports, plans, catalogues
        rows, size, first, cpu, wall = read(form)
        part, whole = grown(form, "?to=1998"), grown(form)
        print(f"{form:5} {rows} rows, {size / 2**20:.1f} MiB, first bytes after {first:.0f} ms")
        print(f"{'':5} {rows / wall:,.0f} rows a second of wall time, {rows / cpu:,.0f} of this process's processor time")
        print(f"{'':5} memory {part} MiB for a quarter of the rows, {whole} MiB for all: {whole - part:+d} MiB")


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--events", type=int, default=100_000)
    options.add_argument("--formats", default="csv,json,ics")
    chosen = options.parse_args()
    call_command("migrate", verbosity=0)
    if not EventEdition.objects.exists():
        fill(chosen.events)
    print(f"{connection.vendor}, {EventEdition.objects.count():,} events")
    measure(chosen.formats.split(","))


if __name__ == "__main__":
    main()
