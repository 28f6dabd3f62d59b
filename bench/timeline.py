"""What the timeline costs: `python -m bench.timeline` on the database of DATABASE_URL, which it fills if it has no event.

Each section of SECTIONS prints its own figures; `--only` runs some of them. Milliseconds are of server time, through the whole
stack unless a line says otherwise; “here” is the part that this process computed, which a busy machine does not stretch as it does
the rest. Every request is another one, so nothing is ever asked twice, and words that come again are looked for anew.

Options: --events (how many to fill with), --requests (of each kind), --only (sections, with commas), --seed.
"""

import argparse
import gc
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.http import Http404
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.events import ACTORS, DAYS, FIRST_DAY, FIRST_ID, MEASURES, TAGS, fill  # first, as it sets Django up
from bench.texts import words_of
from newsroom.publishing.models import Decision, Verb
from timeline import catalogue
from timeline.deeds import deeds_of
from timeline.filter import Filter
from timeline.models import Event, EventEdition

PAGE = "/en/timeline/"
VOCABULARY = words_of("en")


# --- Requests -----------------------------------------------------------------------------------------------------------
def queries(count, chance):
    """Query strings: any window with at most one filter, and any page that it has."""
    for _number in range(count):
        start = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        end = start + timedelta(days=chance.choice([0, 30, 365, 3650, DAYS]))
        window = chance.choice([{}, {"from": start}, {"to": end}, {"from": f"{start:%Y}", "to": f"{end:%Y}"}, {"from": start, "to": end}])
        name = chance.choice(["", "kind", "measure", "actor", "tag", "q", "order"])
        values = {"": "", "kind": chance.choice(EventEdition.Kind.values), "q": some_words(chance), "order": "desc"}
        values |= {one: f"{one}-{chance.randrange(of)}" for one, of in (("measure", MEASURES), ("actor", ACTORS), ("tag", TAGS))}
        yield {**window, **({name: values[name]} if name else {})}


def some_words(chance):
    """One to three words, of which each may be in nearly every event, in thousands, in a few or in none."""
    drawn = [VOCABULARY[int(len(VOCABULARY) ** chance.random())] for _word in range(chance.randint(1, 3))]
    return " ".join(chance.choice([*drawn * 3, "zanzibar", str(chance.randrange(EVENTS))]) for _word in drawn)


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


def took_anew(action):
    """The same, with no word's events known from an earlier request."""
    for vocabulary in catalogue.current().main.vocabularies.values():
        vocabulary.containing.cache_clear()
    return took(action)


def said(name, times):
    """Print a line about [(milliseconds, of them busy)]."""
    waited, busy = (sorted(column) for column in zip(*times, strict=True))
    line = f"{name:42} median {statistics.median(waited):6.1f} ms   95 %: {ninety_five(waited):6.1f} ms   most {waited[-1]:6.1f} ms"
    print(f"{line}   of it here: median {statistics.median(busy):5.1f}, 95 %: {ninety_five(busy):5.1f}   {len(times)} requests", flush=True)


def ninety_five(sorted_times):
    return sorted_times[min(len(sorted_times) - 1, int(len(sorted_times) * 0.95))]


# --- Sections -----------------------------------------------------------------------------------------------------------
def start(arguments, chance):
    """What a process pays once: the index of everything, then its words, and what they hold."""
    catalogue.forget()
    gc.collect()
    for name, read in (("index", catalogue.current), ("words", catalogue.prepare)):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        milliseconds, busy, _nothing = took(read)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        print(f"{name} of {catalogue.current().main.size:,} editions: {milliseconds / 1000:.1f} s, here {busy / 1000:.1f} s, "
              f"peak {grown:.0f} MB more")  # fmt: skip
    for language, held in catalogue.current().main.vocabularies.items():
        lists, sets = len(held.string) + 4 * len(held.lists) + 8 * len(held.ends), len(held.sets) * held.size / 8
        print(f"words ({language}): {len(held.sets) + len(held.ends) - 1:,} in {lists / 1e6:.0f} MB and {sets / 1e6:.0f} MB of sets")


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
    client.get(PAGE + "?q=read")  # and with it what a process reads once
    whole, alone, past = [], [], []
    back = f"/memento/{timezone.now() - timedelta(days=800):%Y%m%d%H%M%S}"
    settled = urlsplit(client.get(back + PAGE).headers.get("Location", back + PAGE)).path
    for query in queries(arguments.requests, chance):
        address = any_page(query, chance)
        *times, response = took_anew(lambda address=address: client.get(PAGE + "?" + urlencode(address)))
        assert response.status_code in (200, 404), address  # a page by key may begin after the last event of the filter
        whole.append(times)
        alone.append(took_anew(lambda address=address: listed(address))[:2])
        past.append(took_anew(lambda query=query: client.get(settled + "?" + urlencode(query)))[:2])
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


def words(arguments, chance):
    """The page of any window and some words, and without them; the words alone; parts of words that thousands of others contain."""
    client = Client(SERVER_NAME=urlsplit(settings.SITE_URL).hostname)
    client.get(PAGE + "?q=read")
    searching, without, alone = [], [], []
    for query in queries(arguments.requests, chance):
        words = {"q": some_words(chance)}
        searching.append(took_anew(lambda query={**query, **words}: client.get(PAGE + "?" + urlencode(query)))[:2])
        without.append(took_anew(lambda query=query: client.get(PAGE + "?" + urlencode(query)))[:2])
        alone.append(took_anew(lambda words=words: asked(words).matches.count)[:2])
    said("page of a search (q)", searching)
    said("the same without its words", without)
    said("its words found, nothing else", alone)
    for part in ("er", "th", "e", "1"):
        said(f"“{part}” found", [took_anew(lambda part=part: asked({"q": part}).matches.count)[:2] for _time in range(5)])


def export(arguments, chance):
    """Everything taken away in each format, each by a process of its own."""
    for form in ("csv", "json", "ics"):
        subprocess.run([sys.executable, "-m", "bench.export", form], check=True)


def in_force(arguments, chance):
    """A measure with 10,000 effects: the pure part and its pages, in a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        own = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/in_force.sqlite3"}
        subprocess.run([sys.executable, "-m", "bench.in_force"], check=True, env=own)


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


SECTIONS = {one.__name__: one for one in (start, change, pages, words, pictures, plans, export, in_force)}
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
