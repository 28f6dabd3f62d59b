"""What the record costs: `python -m bench.record` on the database of DATABASE_URL, which it fills and which must be empty.

Prints milliseconds of server time (median and 95th percentile over REPEATS reads through the whole stack), the ratio of a past
page to the live one from the same run, the number of queries of each, the plans of the two queries that matter, and how many
ledger entries a second are verified in how much memory. Beside them stands how fast the processor was at that hour.

Options: --documents (articles), --editions (of each), --entries (in the ledger that is verified; 0 leaves it out), --filled (the
articles are there from an earlier run).
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
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402 — Django has to be set up first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from articles.models import Article, ArticleEdition  # noqa: E402
from newsroom.publishing import guards  # noqa: E402
from newsroom.publishing.drafts import note_translations  # noqa: E402
from newsroom.publishing.models import Decision, Tag, Verb  # noqa: E402
from newsroom.publishing.snapshot import snapshot  # noqa: E402
from newsroom.publishing.words import words_of  # noqa: E402
from newsroom.record import chain, ledger  # noqa: E402
from newsroom.record.models import Entry  # noqa: E402

REPEATS = 60
TAGS = 50
BATCH = 5000
DIFFERENT = [f"word{number * 7919 % 1000:03}" for number in range(300)]
"""As many different words as a statement has; the search of the desk reads them."""
START = datetime(2015, 1, 1, tzinfo=UTC)


def fill(documents, editions):
    """`documents` articles with `editions` editions each, one a month: one made by Django and copied by the database."""
    guards.lift()
    one = ArticleEdition.objects.create(document=Article.objects.create(), kind="statement", **texts_of_one())
    note_translations(one, snapshot(one))
    one.words = f"{words_of(one)} {' '.join(DIFFERENT)}"
    one.save()
    with connection.cursor() as cursor:
        cursor.execute(
            numbers("INSERT INTO articles_article (id, created_at) SELECT n + 1000, '2015-01-01 00:00:00Z' FROM numbers", documents)
        )
        kept = [field.column for field in ArticleEdition._meta.concrete_fields if field.column not in ("id", *COPIED)]
        columns = ", ".join(f'"{column}"' for column in [*COPIED, *kept])
        values = ", ".join([*COPIED.values(), *(f'one."{column}"' for column in kept)])
        for place in range(editions):
            last = place == editions - 1
            moments = {"place": place, "days": 30 * place, "until": "'9000-01-01 00:00:00Z'" if last else moment("n", 30 * (place + 1))}
            chosen = values.format(
                **moments, live=moment("n", 30 * place), first=moment("n", 0), change="first" if place == 0 else "update"
            )
            copies = f"SELECT {chosen} FROM numbers, articles_articleedition AS one WHERE one.id = {one.pk}"
            cursor.execute(numbers(f"INSERT INTO articles_articleedition ({columns}) {copies}", documents))
    ArticleEdition.objects.filter(pk=one.pk).delete()
    carry_tags()
    guards.install()


def carry_tags():
    """Every edition carries two of TAGS tags."""
    tags = [Tag.objects.create(slug=f"tag-{number}", name_en=f"Tag {number}", name_fr=f"Tag {number}").pk for number in range(TAGS)]
    table = ArticleEdition.tags.through._meta.db_table
    with connection.cursor() as cursor:
        for carried in (f"{tags[0]} + id % {TAGS}", f"{tags[0]} + (id + 1 + id % 7) % {TAGS}"):
            cursor.execute(f"INSERT INTO {table} (tag_id, content_object_id) SELECT {carried}, id FROM articles_articleedition")


# Columns that differ from the copied edition, as SQL over `n`, the article's number.
COPIED = {
    "document_id": "n + 1000",
    "slug_en": "'article-' || n",
    "slug_fr": "'article-' || n",
    "title_en": "'Article ' || n || ', edition {place}'",
    "words": "'article-' || n || ' ' || one.words",
    "live_from": "{live}",
    "live_until": "{until}",
    "first_live_from": "{first}",
    "change": "'{change}'",
}


def moment(minutes, days):
    if connection.vendor == "postgresql":
        return f"TIMESTAMPTZ '2015-01-01 00:00:00Z' + {minutes} * INTERVAL '1 minute' + INTERVAL '{days} days'"
    return f"datetime('2015-01-01 00:00:00', {minutes} || ' minutes', '{days} days')"


def numbers(sql, count):
    """The statement with a table `numbers` of n = 0 … count - 1."""
    table = f"WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count - 1}) "
    return table + sql if connection.vendor == "postgresql" else sql.replace("SELECT", table + "SELECT", 1)


def texts_of_one():
    body = "<p>" + "Words that fill a paragraph of a statement. " * 12 + "</p>"
    texts = {f"{name}_{code}": f"{name} in {code}" for name in ("title", "summary", "byline", "note") for code in ("en", "fr")}
    return {**texts, "body_en": body, "body_fr": body}


def settled(client, address):
    """The address, or the last change that it redirects to."""
    answer = client.get(address)
    address = answer.headers["Location"] if answer.status_code == 302 else address
    assert client.get(address).status_code == 200, address
    return address


def queries_of(client, address):
    queries = []
    with connection.execute_wrapper(lambda execute, sql, *rest: queries.append(sql) or execute(sql, *rest)):
        client.get(address)
    return len(queries)


def timed(client, *addresses, repeats=REPEATS):
    """For each address the milliseconds of so many reads, sorted. The addresses take turns, so that a busy moment is everybody's."""
    times = [[] for _address in addresses]
    for _ in range(repeats):
        for address, own in zip(addresses, times, strict=True):
            begun = time.perf_counter()
            client.get(address)
            own.append((time.perf_counter() - begun) * 1000)
    return [sorted(own) for own in times]


def turns():
    """How many million turns of a small loop this processor makes a second: on shared machines it is another number from hour to hour."""
    begun, total = time.process_time(), 0
    for number in range(3_000_000):
        total += number * number
    return 3 / (time.process_time() - begun)


def pages(documents, editions):
    past = f"/memento/{START + timedelta(days=30 * (editions // 2), hours=1):%Y%m%d%H%M%S}"
    client = Client(SERVER_NAME=urlsplit(settings.SITE_URL).hostname)
    paths = {"detail": f"/en/articles/article-{documents // 2}/", "list": "/en/articles/", "tag": "/en/articles/?tag=tag-7", "home": "/en/"}
    for name, path in paths.items():
        addresses = path, settled(client, past + path)
        live, then = timed(client, *addresses)
        for words, address, own in zip(("live", "past"), addresses, (live, then), strict=True):
            in_all = f"{statistics.median(own):7.1f} ms (95 %: {own[int(len(own) * 0.95)]:.1f}), {queries_of(client, address)} queries"
            print(f"{name:8} {words} {in_all}")
        print(f"{'':8} past/live {statistics.median(then) / statistics.median(live):.2f}")


def plans(documents, editions):
    at = START + timedelta(days=30 * (editions // 2))
    detail = ArticleEdition.objects.standing(at).with_slug(f"article-{documents // 2}", ("en", "fr"))
    page = ArticleEdition.objects.live(at).order_by("-first_live_from", "-pk")[:20]
    for name, rows in (("detail", detail), ("list", page)):
        print(f"\nplan of the {name} at a past moment:\n{rows.explain()}")


def verify(entries):
    """Fill a ledger of `entries` entries with an edition's own snapshot, then verify it by the command that everybody runs."""
    guards.lift()
    edition = ArticleEdition.objects.first()
    data, salt = snapshot(edition), "00" * 16
    kind = ContentType.objects.get_for_model(edition)
    sealed = chain.content_digest(salt, data)
    Decision.objects.create(content_type=kind, object_id=10**9, verb=Verb.IMPORT, at=START, snapshot=data)
    with connection.cursor() as cursor:
        columns = "content_type_id, verb, at, by_name, reason, is_alone, snapshot, digest"
        copied = f"SELECT object_id + 1 + n, {columns} FROM numbers, publishing_decision WHERE object_id = {10**9}"
        cursor.execute(numbers(f"INSERT INTO publishing_decision (object_id, {columns}) {copied}", entries))
    before = chain.GENESIS
    for first in range(1, entries + 1, BATCH):
        rows = []
        for number in range(first, min(first + BATCH, entries + 1)):
            row = Entry(number=number, content_type=kind, object_id=10**9 + number, document_id=number, change="first", live_from=START)
            row.ordered_at, row.salt, row.content_digest = START, salt, sealed
            row.digest = before = chain.entry_digest(before, ledger.said(row))
            rows.append(row)
        Entry.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
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
    arguments.add_argument("--filled", action="store_true")
    asked = arguments.parse_args()
    call_command("migrate", verbosity=0)
    if Article.objects.exists() and not asked.filled:
        sys.exit("The database is not empty: name a fresh one in DATABASE_URL, or say --filled where an earlier run has filled it.")
    if not asked.filled:
        fill(asked.documents, asked.editions)
    with connection.cursor() as cursor:
        # As the database does by itself within minutes; a table just filled is read several times as slowly.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    print(f"{connection.vendor}: {asked.documents:,} documents with {asked.editions} editions each; {turns():.1f} million turns a second")
    pages(asked.documents, asked.editions)
    print(f"{turns():.1f} million turns a second")
    plans(asked.documents, asked.editions)
    if asked.entries:
        verify(asked.entries)


if __name__ == "__main__":
    main()
