"""What the timeline costs: `python -m bench.timeline` on the database of DATABASE_URL, which it fills if it has no event.

Each section of SECTIONS prints its own figures; `--only` runs some of them. Milliseconds are of server time, through the whole
stack unless a line says otherwise; “here” is the part that this process computed, which a busy machine does not stretch as it does
the rest. Every request is another one, so nothing is ever asked twice.

Options: --events (how many to fill with), --requests (of each kind), --only (sections, with commas), --seed.
"""

import argparse
import gc
import os
import random
import resource
import statistics
import time
from datetime import date, timedelta
from urllib.parse import urlencode, urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402 — Django has to be set up first
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import Http404  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench import in_force  # noqa: E402
from bench.record import numbers  # noqa: E402
from newsroom.publishing import guards  # noqa: E402
from newsroom.publishing.models import Decision, Tag, Verb  # noqa: E402
from timeline import catalogue  # noqa: E402
from timeline.deeds import deeds_of  # noqa: E402
from timeline.filter import Filter  # noqa: E402
from timeline.models import Actor, ActorEdition, Event, EventEdition, Measure, MeasureEdition  # noqa: E402

FIRST_DAY, DAYS = date(1990, 1, 1), 13_000
MEASURES, ACTORS, TAGS = 50, 200, 100
FIRST_ID = 1000
PAGE = "/en/timeline/"


# --- Content ------------------------------------------------------------------------------------------------------------
def fill(events):
    """`events` events, of which every tenth has a former edition; three in five act on a measure, each names somebody and has two tags."""
    guards.lift()
    since = timezone.now().replace(microsecond=0) - timedelta(days=3650)
    period = {"live_from": since, "first_live_from": since}
    for model, edition, count, more in (
        (Measure, MeasureEdition, MEASURES, {"checked_through": date(2026, 1, 1)}),
        (Actor, ActorEdition, ACTORS, {}),
    ):
        for number in range(count):
            name = f"{model._meta.model_name}-{number}"
            texts = {f"{field}_{code}": name for field in ("name", "slug") for code in ("en", "fr")}
            edition.objects.create(document=model.objects.create(pk=number + 1), **period, **texts, **more)
    for number in range(TAGS):
        Tag.objects.create(pk=number + 1, slug=f"tag-{number}", name=f"tag-{number}", name_en=f"Tag {number}")
    texts = {f"{field}_{code}": f"{field} in {code} " * 5 for field in ("title", "summary", "body") for code in ("en", "fr")}
    one = EventEdition.objects.create(document=Event.objects.create(), date="2020", **period, **texts)
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
        for sql in CHILDREN:
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


def columns_of(change):
    """Columns that differ from the copied edition, as SQL over `n`, the event's number."""
    own = {"document_id": f"n + {FIRST_ID}", "title_en": "'Event ' || n", "change": f"'{change}'", "kind": kind()}
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


# --- Requests -----------------------------------------------------------------------------------------------------------
def queries(count, chance):
    """Query strings: any window with at most one filter, and any page that it has."""
    for _number in range(count):
        start = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        end = start + timedelta(days=chance.choice([0, 30, 365, 3650, DAYS]))
        window = chance.choice([{}, {"from": start}, {"to": end}, {"from": f"{start:%Y}", "to": f"{end:%Y}"}, {"from": start, "to": end}])
        name = chance.choice(["", "kind", "measure", "actor", "tag", "order"])
        values = {"": "", "kind": chance.choice(EventEdition.Kind.values), "order": "desc"}
        values |= {one: f"{one}-{chance.randrange(of)}" for one, of in (("measure", MEASURES), ("actor", ACTORS), ("tag", TAGS))}
        yield {**window, **({name: values[name]} if name else {})}


def asked(query):
    request = RequestFactory().get(PAGE, query)
    request.at = timezone.now().replace(microsecond=0)
    return Filter(request)


def any_page(query, chance):
    """The query with one of its pages: a numbered one, one by key, or the last."""
    pages = max(1, -(-asked(query).matches.count // 30))
    if pages <= 100 or chance.random() < 0.3:
        return {**query, "page": chance.randint(1, min(pages, 100))}
    event = chance.randrange(EVENTS)
    return {**query, **chance.choice([{"page": "last"}, {"before": f"event-{event}-update"}, {"after": f"event-{event}-update"}])}


def took(action):
    """(milliseconds, those of this process's own processor time, what came back)"""
    begun, busy = time.perf_counter(), time.process_time()
    outcome = action()
    return (time.perf_counter() - begun) * 1000, (time.process_time() - busy) * 1000, outcome


def said(name, times):
    """Print a line about [(milliseconds, of them busy)]."""
    waited, busy = (sorted(column) for column in zip(*times, strict=True))
    line = f"{name:42} median {statistics.median(waited):6.1f} ms   95 %: {ninety_five(waited):6.1f} ms   most {waited[-1]:6.1f} ms"
    print(f"{line}   of it here: median {statistics.median(busy):5.1f}, 95 %: {ninety_five(busy):5.1f}   {len(times)} requests", flush=True)


def ninety_five(sorted_times):
    return sorted_times[min(len(sorted_times) - 1, int(len(sorted_times) * 0.95))]


# --- Sections -----------------------------------------------------------------------------------------------------------
def start(arguments, chance):
    """What a process pays once: the index of everything, and what it holds."""
    catalogue.forget()
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    milliseconds, _busy, kept = took(catalogue.current)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"index of {kept.main.size:,} editions: {milliseconds / 1000:.1f} s, peak {grown:.0f} MB more, "
          f"{kept.main.size / milliseconds * 1000:,.0f} editions a second")  # fmt: skip


def change(arguments, chance):
    """What the first answer after a decision pays."""
    number = Decision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    times = []
    for _step in range(5):
        edition = EventEdition.objects.live(timezone.now()).get(document=FIRST_ID + chance.randrange(EVENTS))
        Decision.objects.create(edition=edition, verb=Verb.PUBLISH)
        times.append(took(catalogue.current)[:2])
    said("index after a decision", times)
    catalogue.forget()
    assert catalogue.current().number == number + 5


def pages(arguments, chance):
    """The whole page, counts included; then the list alone: its events found, loaded and told, without a count beside any choice."""
    client = Client(SERVER_NAME=urlsplit(settings.SITE_URL).hostname)
    client.get(PAGE)
    whole, alone, past = [], [], []
    back = f"/memento/{timezone.now() - timedelta(days=800):%Y%m%d%H%M%S}"
    settled = urlsplit(client.get(back + PAGE).headers.get("Location", back + PAGE)).path
    for query in queries(arguments.requests, chance):
        address = any_page(query, chance)
        *times, response = took(lambda address=address: client.get(PAGE + "?" + urlencode(address)))
        assert response.status_code in (200, 404), address  # a page by key may begin after the last event of the filter
        whole.append(times)
        alone.append(took(lambda address=address: listed(address))[:2])
        past.append(took(lambda query=query: client.get(settled + "?" + urlencode(query)))[:2])
    said("page with every count", whole)
    said("the same at a memento, its first page", past)
    said("list alone (found, loaded, told)", alone)


def listed(query):
    """As the view does it."""
    one = asked(query)
    try:
        page = one.page()
    except Http404:  # a page by key may begin after the last event of the filter
        return
    if page:
        deeds_of(page.events, one.at, one.choices.measures, one.catalogue.dated(page.events))


def pictures(arguments, chance):
    """The picture alone, as a file, of any window with at most one filter."""
    client = Client(SERVER_NAME=urlsplit(settings.SITE_URL).hostname)
    drawn = [took(lambda query=query: client.get(f"{PAGE}export.svg?{urlencode(query)}")) for query in queries(arguments.requests, chance)]
    assert all(response.status_code == 200 for *_times, response in drawn)
    said("picture (export.svg)", [times for *times, _response in drawn])
    sizes = sorted(len(response.content) for *_times, response in drawn)
    print(f"{'':42} at most {sizes[-1] / 1000:.0f} kB")


def measures(arguments, chance):
    """The pure part of “in force”; `bench.in_force` fills a database of its own and has the pages too."""
    in_force.compare(in_force.pure(10), in_force.pure(10_000))


def plans(arguments, chance):
    """How the database finds what it is asked for: the events of a page, the last decision, and what its events did."""
    at = timezone.now().replace(microsecond=0)
    page = asked({}).page()
    print("\nplan of a page's events:\n" + EventEdition.objects.live(at).filter(pk__in=[one.pk for one in page]).explain())
    decisions = Decision.objects.filter(verb__in=catalogue.CHANGES_THE_RECORD).order_by("-pk").values_list("pk", flat=True)
    print("\nplan of the last decision:\n" + decisions[:1].explain())
    with CaptureQueriesContext(connection) as told:
        deeds_of(page.events, at, [], catalogue.current().dated(page.events))
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {told.captured_queries[-1]['sql']}")
        print("\nplan of what those events did:", *(row[-1] for row in cursor.fetchall()), sep="\n")


SECTIONS = {"start": start, "change": change, "pages": pages, "pictures": pictures, "measures": measures, "plans": plans}
EVENTS = 0


def main():
    global EVENTS
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--events", type=int, default=100_000)
    arguments.add_argument("--requests", type=int, default=200)
    arguments.add_argument("--only", default=",".join(SECTIONS))
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    call_command("migrate", verbosity=0)
    if not Event.objects.exists():
        seconds = took(lambda: fill(given.events))[0] / 1000
        print(f"filled in {seconds:.0f} s")
    EVENTS = Event.objects.filter(pk__gte=FIRST_ID).count()
    print(f"{connection.vendor}: {EVENTS:,} events, {EventEdition.objects.count():,} editions")
    for name in given.only.split(","):
        SECTIONS[name](given, random.Random(given.seed))


if __name__ == "__main__":
    main()
