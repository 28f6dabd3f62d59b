"""What the record costs: `python -m bench.record` on the database of DATABASE_URL, which it fills and which must be empty.

Prints milliseconds of server time (median and 95th percentile over REPEATS reads through the whole stack), the ratio of a past
page to the live one from the same run, the number of queries of each, the plans of the two queries that matter, and how many
ledger entries a second are verified in how much memory.

Options: --documents (articles), --editions (of each), --entries (in the ledger that is verified; 0 leaves it out).
"""

import argparse
import os
import resource
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402 — Django has to be set up first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from articles.models import Article, ArticleEdition  # noqa: E402
from newsroom.publishing import guards  # noqa: E402
from newsroom.publishing.models import OPEN, Decision, Verb  # noqa: E402
from newsroom.publishing.snapshot import snapshot  # noqa: E402
from newsroom.record import chain, ledger  # noqa: E402
from newsroom.record.models import Entry  # noqa: E402

REPEATS = 60
BATCH = 5000
START = datetime(2015, 1, 1, tzinfo=UTC)


def fill(documents, editions):
    """`documents` articles with `editions` editions each, one a month, without children or tags."""
    guards.lift()
    for first in range(0, documents, BATCH // editions):
        made = Article.objects.bulk_create(Article() for _ in range(min(BATCH // editions, documents - first)))
        ArticleEdition.objects.bulk_create(
            edition for offset, document in enumerate(made) for edition in life(document, first + offset, editions)
        )  # fmt: skip
    guards.install()


def life(document, number, editions):
    moments = [START + timedelta(minutes=number, days=30 * place) for place in range(editions)] + [OPEN]
    for place in range(editions):
        texts = {f"{name}_{code}": f"{name} {number} {place}" for name in ("title", "summary", "byline") for code in ("en", "fr")}
        slugs = {f"slug_{code}": f"article-{number}" for code in ("en", "fr")}
        body = f"<p>Edition {place} of article {number}. " + "Words that fill a paragraph. " * 30 + "</p>"
        texts |= {"body_en": body, "body_fr": body, "note_en": "Note.", "note_fr": "Note."}
        period = {"live_from": moments[place], "live_until": moments[place + 1], "first_live_from": moments[0]}
        yield ArticleEdition(document=document, kind="statement", change="update" if place else "first", **period, **texts, **slugs)


def timed(client, address):
    """(median, 95th percentile, queries) of reading an address; milliseconds."""
    answer = client.get(address)
    if answer.status_code == 302:
        address = answer.headers["Location"]
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    queries = []
    with connection.execute_wrapper(lambda execute, sql, *rest: queries.append(sql) or execute(sql, *rest)):
        client.get(address)
    times = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times), sorted(times)[int(len(times) * 0.95)], len(queries)


def pages(documents, editions):
    past = f"/memento/{START + timedelta(days=30 * (editions // 2), hours=1):%Y%m%d%H%M%S}"
    number = documents // 2
    client = Client(SERVER_NAME=urlsplit(settings.SITE_URL).hostname)
    for name, path in (("detail", f"/en/articles/article-{number}/"), ("list", "/en/articles/"), ("home", "/en/")):
        live, then = timed(client, path), timed(client, past + path)
        print(f"{name:8} live {live[0]:7.1f} ms (95 %: {live[1]:.1f}), {live[2]} queries")
        print(f"{'':8} past {then[0]:7.1f} ms (95 %: {then[1]:.1f}), {then[2]} queries   past/live {then[0] / live[0]:.2f}")


def plans(documents, editions):
    at = START + timedelta(days=30 * (editions // 2))
    detail = ArticleEdition.objects.standing(at).with_slug(f"article-{documents // 2}", ("en", "fr"))
    page = ArticleEdition.objects.live(at).order_by("-first_live_from", "-pk")[:20]
    for name, rows in (("detail", detail), ("list", page)):
        print(f"\nplan of the {name} at a past moment:\n{rows.explain()}")


def verify(entries):
    """Fill a ledger of `entries` entries from the editions' own snapshots, then verify it by the command that everybody runs."""
    guards.lift()
    models = list(ArticleEdition.objects.order_by("pk")[:200])
    data = [snapshot(edition) for edition in models]
    kind = Decision(edition=models[0]).content_type
    before = chain.GENESIS
    for first in range(1, entries + 1, BATCH):
        numbers = range(first, min(first + BATCH, entries + 1))
        Decision.objects.bulk_create(
            Decision(content_type=kind, object_id=10**9 + n, verb=Verb.IMPORT, at=START, snapshot=data[n % 200]) for n in numbers
        )
        rows = []
        for n in numbers:
            row = Entry(number=n, content_type=kind, object_id=10**9 + n, document_id=n, change="first", live_from=START, ordered_at=START)
            row.content_digest = chain.content_digest(row.salt, data[n % 200])
            row.digest = before = chain.entry_digest(before, ledger.said(row))
            rows.append(row)
        Entry.objects.bulk_create(rows)
    guards.install()
    begun = time.perf_counter()
    call_command("verify_record", "--sealed")
    seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"verified {entries:,} entries at {entries / seconds:,.0f} a second; peak memory of the whole run {memory:.0f} MB")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", type=int, default=100_000)
    arguments.add_argument("--editions", type=int, default=10)
    arguments.add_argument("--entries", type=int, default=1_000_000)
    asked = arguments.parse_args()
    call_command("migrate", verbosity=0)
    if Article.objects.exists():
        sys.exit("The database is not empty: name a fresh one in DATABASE_URL.")
    fill(asked.documents, asked.editions)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{connection.vendor}: {asked.documents:,} documents with {asked.editions} editions each")
    pages(asked.documents, asked.editions)
    plans(asked.documents, asked.editions)
    if asked.entries:
        verify(asked.entries)


if __name__ == "__main__":
    main()
