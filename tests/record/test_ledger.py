"""The ledger proves that what was public is unaltered, in order, and shows nothing that is not public."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import ArticleEdition
from newsroom.publishing import guards
from newsroom.publishing.drafts import edition_types, now
from newsroom.publishing.models import Decision
from newsroom.publishing.publish import cancel, publish, withdraw
from newsroom.record import chain, ledger
from newsroom.record.models import Entry
from tests import factories
from tests.factories import NOON, NOTES

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def published(editor, clock):
    """One edition of every type, live since noon; it is a minute past."""
    editions = [factories.live(model, editor, model.__name__) for model in edition_types()]
    clock.shift(60)
    return editions


def downloaded(reader):
    return b"".join(reader.get("/record/entries.json").streaming_content).decode()


def test_everything_public_is_sealed_once_and_in_order(published, clock):
    assert ledger.seal(now()) == len(published)
    assert ledger.seal(now()) == 0
    entries = list(Entry.objects.all())
    assert [entry.number for entry in entries] == list(range(1, len(published) + 1))
    assert {entry.object_id for entry in entries if entry.content_type.model == "articleedition"} == {published[0].pk}


def test_chain_goes_on_from_its_head(published, editor, clock):
    head = ledger.head(now())
    publish(factories.next_draft(published[0], editor), editor)
    clock.shift(60)
    assert ledger.seal(now()) == 1
    rows = list(ledger.told(Entry.objects.all(), is_public=True))
    assert rows[len(published) - 1]["digest"] == head.digest
    assert not any(problem for _entry, problem in chain.verified(rows))


def test_scheduled_edition_is_sealed_when_it_goes_live_and_a_cancelled_one_never(published, editor, clock):
    ledger.seal(now())
    waiting = factories.scheduled(factories.next_draft(published[0], editor, "Waiting"), editor, now() + DAY)
    dropped = factories.scheduled(factories.next_draft(published[1], editor, "Dropped"), editor, now() + DAY)
    cancel(dropped, editor)
    assert ledger.seal(now()) == 0
    clock.shift(2 * DAY)
    assert ledger.seal(now()) == 1
    assert Entry.objects.last().object_id == waiting.pk


def test_download_shows_nothing_that_is_not_live(published, editor, reader):
    before = downloaded(reader)
    factories.scheduled(factories.next_draft(published[0], editor, "Embargoed"), editor, now() + DAY)
    factories.draft(ArticleEdition, editor, "Secret")
    assert downloaded(reader) == before


def test_downloaded_copy_is_verified_offline_with_the_downloaded_program(published, reader, tmp_path):
    program, copy = tmp_path / "verify.py", tmp_path / "entries.json"
    program.write_bytes(reader.get("/record/verify.py").content)
    copy.write_text(downloaded(reader))
    json.loads(copy.read_text())
    run = [sys.executable, "-I", str(program), str(copy)]
    assert subprocess.run(run, check=False, capture_output=True, text=True).returncode == 0
    copy.write_text(copy.read_text().replace("MeasureEdition", "Measured"))
    altered = subprocess.run(run, check=False, capture_output=True, text=True)
    assert altered.returncode == 1
    assert "is not the one that was sealed" in altered.stdout


def test_command_verifies_the_record_and_a_copy(published, reader, tmp_path, capsys):
    call_command("verify_record", "--texts")
    copy = tmp_path / "entries.json"
    copy.write_text(downloaded(reader))
    call_command("verify_record", str(copy))
    assert capsys.readouterr().out.count("all of them fit") == 2


def test_altered_text_is_found_by_its_number(published):
    ledger.seal(now())
    entry = Entry.objects.get(number=3)
    guards.lift()
    decision = Decision.objects.get(content_type=entry.content_type, object_id=entry.object_id)
    Decision.objects.filter(pk=decision.pk).update(snapshot={**decision.snapshot, "change": "minor"})
    guards.install()
    with pytest.raises(CommandError, match="entry 3"):
        call_command("verify_record")


@pytest.mark.pure  # how a long record is shared out does not depend on the engine, and processes take seconds to start
@pytest.mark.django_db(transaction=True)
def test_long_record_is_shared_out_among_processes(published, monkeypatch, capsys):
    monkeypatch.setattr("newsroom.record.stretches.STRETCH", 2)
    call_command("verify_record")
    assert f"{len(published)} entries, all of them fit" in capsys.readouterr().out
    guards.lift()
    Entry.objects.filter(number=4).delete()
    guards.install()
    with pytest.raises(CommandError, match="entry 4 is missing"):
        call_command("verify_record", "--sealed")


def test_entry_left_out_is_found(published):
    ledger.seal(now())
    rows = [row for row in ledger.told(Entry.objects.all(), is_public=False) if row["number"] != 2]
    assert next(problem for _entry, problem in chain.verified(rows) if problem) == "entry 2 is missing"


def test_edition_altered_behind_the_guards_is_found_by_its_text(published):
    ledger.seal(now())
    guards.lift()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_articleedition SET title_en = 'Altered'")
    guards.install()
    call_command("verify_record")
    with pytest.raises(CommandError, match="no longer says"):
        call_command("verify_record", "--texts")


def test_retracted_text_is_there_by_its_salted_hash_alone(published, editor, reader, clock):
    withdraw(published[0], editor, "retraction", NOTES)
    clock.shift(60)
    copy = downloaded(reader)
    assert "ArticleEdition title" not in copy
    rows = list(chain.read(copy.splitlines()))
    hidden = [row for row in rows if row["document"] == published[0].document_id and row["type"] == "articles.articleedition"]
    assert len(hidden) == 2
    assert not any("salt" in row or "snapshot" in row for row in hidden)
    assert not any(problem for _entry, problem in chain.verified(rows))


def test_page_shows_the_head_and_what_it_proves(published, reader):
    page = reader.get("/en/record/").content.decode()
    assert ledger.head(now()).digest in page
    assert "What it does not prove" in page
    assert reader.get("/record/").headers["Location"] == "/en/record/"
