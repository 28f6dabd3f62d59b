"""What the desk costs: `python -m bench.desk` on the database of DATABASE_URL, which it fills and which must be empty.

Prints milliseconds of server time (median and least of REPEATS reads through the whole stack), what this process computed of it (the
median; on PostgreSQL the database's own time is not in it, on SQLite it is) and the number of queries
of the first page and of the list of articles: as it opens, a late page, by every status, and searched. Then each median as a
multiple of that of the list as it opens, because machines are shared.

Options: --documents (articles), --editions (of each), --filled (the articles are there from an earlier run), --only (pages named so)
"""

import argparse
import sys
import time
from datetime import timedelta
from itertools import islice
from statistics import median
from urllib.parse import urlsplit

from bench.record import fill, queries_of  # isort: skip — it sets Django up, before any model

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.models import Article, ArticleEdition
from newsroom.publishing.drafts import draft_from, save_draft
from newsroom.publishing.publish import publish, withdraw

REPEATS = 20
DRAFTS, SCHEDULED, BEHIND, WITHDRAWN = 200, 40, 60, 50
LIST = "/admin/articles/articleedition/"
STATUSES = ("draft", "scheduled", "live", "withdrawn", "cancelled", "in_review", "not-cleared")
STATUSES += ("mine", "changed", "behind", "due", "undescribed")
PAGES = {
    "first page of the desk": "/admin/",
    "list": LIST,
    "list, page 20": f"{LIST}?p=20",
    "list, page 1000": f"{LIST}?p=1000",
    **{f"list, {status}": f"{LIST}?status={status}" for status in STATUSES},
    "search, found often": f"{LIST}?q=paragraph+statement",
    "search, found once": f"{LIST}?q=article-777",
    "search, found nowhere": f"{LIST}?q=zanzibar",
}


def work(editor):
    """Drafts, scheduled and withdrawn editions and texts behind, of some of the articles, through the doors that staff use."""
    live = iter(ArticleEdition.objects.live(timezone.now()).order_by("pk")[: DRAFTS + SCHEDULED + BEHIND + WITHDRAWN])
    for edition in islice(live, DRAFTS):
        draft_from(edition, editor)
    for number, edition in enumerate(islice(live, SCHEDULED)):
        publish(changed(edition, editor), editor, timezone.now().replace(microsecond=0) + timedelta(days=1, seconds=number))
    for edition in islice(live, BEHIND):
        publish(changed(edition, editor), editor)
    for edition in live:
        withdraw(edition, editor, "withdrawal", {"en": "Withdrawn."})


def changed(edition, editor):
    """A draft of the edition with another title in the original language alone."""
    draft = draft_from(edition, editor)
    draft.title_en, draft.note_en = f"{draft.title_en}, changed", "Changed."
    save_draft(draft, editor)
    return draft


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", type=int, default=100_000)
    arguments.add_argument("--editions", type=int, default=1)
    arguments.add_argument("--filled", action="store_true")
    arguments.add_argument("--only", default="")
    asked = arguments.parse_args()
    call_command("migrate", verbosity=0)
    if Article.objects.exists() and not asked.filled:
        sys.exit("The database is not empty: name a fresh one in DATABASE_URL, or say --filled where an earlier run has filled it.")
    editor, is_new = User.objects.get_or_create(username="editor", is_staff=True)
    if is_new:
        editor.groups.add(Group.objects.get(name="Editors"))
    if not asked.filled:
        fill(asked.documents, asked.editions)
        work(editor)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client(SERVER_NAME=urlsplit(settings.SITE_URL).hostname)
    client.force_login(editor)
    print(f"{connection.vendor}: {asked.documents:,} documents with {asked.editions} editions each")
    usual = median(taken for taken, _computed in read(client, LIST))
    for name, address in PAGES.items():
        if asked.only not in name:
            continue
        queries = queries_of(client, address)
        taken, computed = zip(*read(client, address), strict=True)
        figures = f"{median(taken):7.1f} ms (least {min(taken):.1f}, computed {median(computed):.1f})"
        print(f"{name:24} {figures}, {median(taken) / usual:4.1f} of the list, {queries} queries", flush=True)


def read(client, address):
    """[(milliseconds by the clock, of this process)] of REPEATS reads."""
    times = []
    for _ in range(REPEATS):
        begun, worked = time.perf_counter(), time.process_time()
        client.get(address)
        times.append(((time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000))
    return times


if __name__ == "__main__":
    main()
