"""What the desk costs: `python -m bench.desk` on the database of DATABASE_URL, which it fills and which must be empty.

Prints milliseconds of server time (median and 95th percentile over REPEATS reads through the whole stack) and the number of queries
of the first page and of the list of articles: as it opens, a late page, by every status, and searched. Then each median as a
multiple of that of the list as it opens, because machines are shared.

Options: --documents (articles), --editions (of each), --filled (the articles are there from an earlier run).
"""

import argparse
import sys
from datetime import timedelta
from itertools import islice
from statistics import median
from urllib.parse import urlsplit

from bench.record import fill, queries_of, timed  # isort: skip — it sets Django up, before any model

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
    usual = median(timed(client, LIST, repeats=REPEATS)[0])
    for name, address in PAGES.items():
        queries = queries_of(client, address)
        (times,) = timed(client, address, repeats=REPEATS)
        multiple = f"{median(times) / usual:4.1f} of the list"
        print(f"{name:24} {median(times):7.1f} ms (95 %: {times[int(REPEATS * 0.95)]:.1f}), {multiple}, {queries} queries", flush=True)


if __name__ == "__main__":
    main()
