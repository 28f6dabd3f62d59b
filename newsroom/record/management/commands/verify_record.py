import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from newsroom.publishing.drafts import now
from newsroom.publishing.snapshot import snapshot
from newsroom.record import chain, ledger, stretches
from newsroom.record.models import Entry

STEP = 5000  # entries between two moves of the progress bar


class Command(BaseCommand):
    help = "Recomputes the ledger, here or in a downloaded entries.json, and names the first entry that does not fit."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="a downloaded entries.json; without it, this newsroom's own record")
        parser.add_argument("--sealed", action="store_true", help="verify what is sealed, without sealing first what became public since")
        parser.add_argument("--texts", action="store_true", help="also compare each sealed text with what its edition says now (slow)")

    def handle(self, *, file, sealed, texts, **options):
        if file:
            with file.open(encoding="utf-8") as lines:
                rows = chain.verified(chain.read(lines))
                return self._verify(((row["number"], row["digest"], problem) for row, problem in rows), 0)
        if not sealed:
            ledger.seal(now())
        entries = Entry.objects.order_by("number")
        last = entries.values_list("number", flat=True).last() or 0
        self._verify(stretches.verified(last), last)
        if texts:
            self._compare(entries)

    def _verify(self, steps, total):
        """`steps`: (number reached, its hash, what is wrong with it)."""
        reached, head, told = 0, chain.GENESIS, 0
        for reached, head, problem in steps:  # noqa: B007 — the last ones are told below
            if problem:
                raise CommandError(problem)
            if reached >= told + STEP:
                told = reached
                self._progress(reached, total)
        self._progress(reached, total)
        self.stdout.write(f"{reached} entries, all of them fit. Head: {head}")

    def _progress(self, count, total):
        if sys.stderr.isatty():
            share = f" {'█' * (30 * count // total):░<30} {100 * count // total} %" if total else ""
            self.stderr.write(f"\r{count:,} entries{share}", ending="")

    def _compare(self, entries):
        """Sealed texts beside what the editions say now, by the same snapshot that was sealed."""
        for entry, row in zip(entries.iterator(), ledger.told(entries, is_public=False), strict=True):
            edition = entry.content_type.get_object_for_this_type(pk=entry.object_id)
            if row.get("snapshot") not in (None, snapshot(edition)):
                raise CommandError(f"entry {entry.number}: the edition no longer says what was sealed")
        self.stdout.write("Every edition still says what was sealed.")
