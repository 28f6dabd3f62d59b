"""What "in force" costs over a measure with many effects: `python -m bench.in_force` on the empty database of DATABASE_URL.

Prints milliseconds of processor time (the least and the median of REPEATS) of the pure part and of the pages, and their ratio to a
measure with ten effects. Option: --effects.
"""

import argparse
import os
import statistics
import sys
import time
from datetime import date, timedelta
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402 — Django has to be set up first
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from newsroom.publishing import guards  # noqa: E402
from timeline import in_force  # noqa: E402
from timeline.in_force import DeadlineMeans, Verb  # noqa: E402
from timeline.models import Effect, Event, EventEdition, Measure, MeasureEdition  # noqa: E402

REPEATS = 15
FIRST = date(2015, 1, 1)
VERBS = [Verb.STARTS, Verb.EXTENDS, Verb.SUSPENDS, Verb.RESUMES, Verb.AMENDS, Verb.EXTENDS, Verb.SUSPENDS, Verb.RESUMES]


def facts(number, count):
    """The number-th of `count` effects over ten years: (verb, day, deadline, part)."""
    day = FIRST + timedelta(days=number * 3650 // count)
    verb = VERBS[number % len(VERBS)]
    return verb, day, day + timedelta(days=30 + number % 7) if verb == Verb.EXTENDS else None, ["", "", "a part"][number % 3]


def pure(count):
    """What the pure part takes for one measure: {what: seconds}."""
    effects = [
        in_force.Effect("measure", number, verb, (day, day), (day, day), id=number, deadline=deadline, scope=part)
        for number in range(count)
        for verb, day, deadline, part in [facts(number, count)]
    ]
    of = {"deadline_means": DeadlineMeans.COMPLY_BY}
    through = date(2026, 1, 1)
    return {
        "state_on": timed(lambda: in_force.state_on(effects, through, checked_through=through, **of)),
        "bars": timed(lambda: in_force.bars(effects, checked_through=through, **of)),
        "moves": timed(lambda: in_force.moves(in_force.deadlines(effects, **of))),
    }


def fill(name, count):
    """A measure with `count` effects, each of an event of its own."""
    always = {"live_from": "2015-01-01T00:00:00Z", "first_live_from": "2015-01-01T00:00:00Z", "change": "first", "original_language": "en"}
    measure = Measure.objects.create()
    texts = {"name_en": name, "slug_en": name, "checked_through": "2026-01-01"}
    MeasureEdition.objects.create(document=measure, **always, **texts)
    events = Event.objects.bulk_create([Event() for _ in range(count)])
    editions, effects = [], []
    for number, event in enumerate(events):
        verb, day, deadline, part = facts(number, count)
        words = {"title_en": f"Event {number} of {name}", "slug_en": f"{name}-{number}"}
        edition = EventEdition(document=event, date=day.isoformat(), first_day=day, last_day=day, **words, **always)
        editions.append(edition)
        effects.append(Effect(edition=edition, measure=measure, verb=verb, deadline=deadline, scope_en=part, position=1))
    EventEdition.objects.bulk_create(editions, batch_size=500)
    Effect.objects.bulk_create(effects, batch_size=500)


def pages(name):
    client = Client(SERVER_NAME=urlsplit(settings.SITE_URL).hostname)
    addresses = {"in force": "/en/timeline/in-force/?on=2024-06-01", "measure": f"/en/timeline/measures/{name}/", "home": "/en/"}
    return {page: timed(lambda address=address: read(client, address)) for page, address in addresses.items()}


def read(client, address):
    assert client.get(address).status_code == 200, address


def timed(work):
    """(least, median) milliseconds of processor time; the median tells how busy the machine was."""
    work()
    times = []
    for _ in range(REPEATS):
        begun = time.process_time()
        work()
        times.append((time.process_time() - begun) * 1000)
    return min(times), statistics.median(times)


def compare(small, large):
    for name, (least, median) in large.items():
        print(f"{name:9} {least:7.1f} ms (median {median:.1f}), {least / small[name][0]:.1f} times that of 10 effects")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--effects", type=int, default=10_000)
    count = arguments.parse_args().effects
    call_command("migrate", verbosity=0)
    if Event.objects.exists():
        sys.exit("The database is not empty: name a fresh one in DATABASE_URL.")
    print(f"{connection.vendor}: a measure with {count:,} effects")
    compare(pure(10), pure(count))
    guards.lift()
    fill("small", 10)
    small = pages("small")
    fill("large", count)
    guards.install()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    compare(small, pages("large"))


if __name__ == "__main__":
    main()
