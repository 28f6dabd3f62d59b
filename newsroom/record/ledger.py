"""The ledger: every edition that has been public, chained by hashes in the order in which it became so.

Sealed lazily by whoever first needs the head. It proves that what it lists is unaltered since it was sealed, not that it is true.
"""

from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from newsroom.publishing.commit import ADVISORY_LOCK
from newsroom.publishing.drafts import edition_types
from newsroom.publishing.models import Change, Decision, Verb

from .chain import GENESIS, content_digest, entry_digest
from .models import Entry, Erasure, new_salt

MADE_PUBLIC = (Verb.PUBLISH, Verb.SCHEDULE, Verb.WITHDRAW, Verb.IMPORT)
BATCH = 500
READ = ("number", "content_type_id", "object_id", "document_id", "change", "live_from", "salt", "content_digest", "digest")


def head(now):
    """The last entry once everything public by `now` is sealed, or None where nothing has ever been public."""
    seal(now)
    return Entry.objects.last()


@transaction.atomic
def seal(now):
    """Append every edition that became public by `now` and is not sealed yet, in order. Returns how many those were.

    It holds the lock under which editions are published, so that none is on its way into a place already passed.
    """
    if not _unsealed(now, Entry.objects.last()):
        return 0
    if connection.vendor == "postgresql":
        connection.cursor().execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
    last = Entry.objects.last()
    entries = _unsealed(now, last)
    number, before = (last.number, last.digest) if last else (0, GENESIS)
    for batch in batched(entries, BATCH):
        sealed = sealed_texts(batch)
        for entry in batch:
            number += 1
            entry.number, entry.salt = number, new_salt()
            entry.content_digest = content_digest(entry.salt, sealed[entry.content_type_id, entry.object_id])
            entry.digest = before = entry_digest(before, said(entry))
        Entry.objects.bulk_create(batch)
    return len(entries)


def _unsealed(now, last):
    """Entries without number and hashes for what is not sealed yet, in the ledger's order: by the later of decided and live, then by id."""
    found = []
    for model in edition_types():
        type_ = ContentType.objects.get_for_model(model)
        made = Decision.objects.filter(content_type=type_, verb__in=MADE_PUBLIC)
        editions = model.objects.history(now)
        if last is not None:
            imported = made.filter(verb=Verb.IMPORT, at__gte=last.ordered_at).values("object_id")
            editions = editions.filter(Q(live_from__gte=last.ordered_at) | Q(pk__in=imported))
            sealed = Entry.objects.filter(content_type=type_, ordered_at__gte=last.ordered_at)
            editions = editions.exclude(pk__in=sealed.values("object_id"))
        decided = dict(made.filter(object_id__in=editions.order_by().values("pk")).values_list("object_id", "at"))
        for pk, document, change, live_from in editions.values_list("pk", "document", "change", "live_from"):
            if pk in decided:
                entry = Entry(content_type=type_, object_id=pk, document_id=document, change=change, live_from=live_from)
                entry.ordered_at = max(live_from, decided[pk])
                found.append(entry)
    return sorted(found, key=lambda entry: (entry.ordered_at, entry.content_type_id, entry.object_id))


def said(entry):
    """What an entry says, as JSON values (`live_from` in RFC 3339, UTC)."""
    return {
        "number": entry.number,
        "type": ".".join(ContentType.objects.get_for_id(entry.content_type_id).natural_key()),
        "document": entry.document_id,
        "edition": entry.object_id,
        "change": entry.change,
        "live_from": f"{entry.live_from.replace(tzinfo=None).isoformat()}Z",
        "content_digest": entry.content_digest,
    }


# --- Reading it ---------------------------------------------------------------------------------------------------------
def told(entries, is_public):
    """The entries as dicts for `chain.verified`, each with its salt and snapshot, in constant memory.

    `is_public` leaves out the salt and snapshot of what was retracted; what was erased is there by its hash alone either way.
    """
    hidden, gone = retracted() if is_public else {}, erased()
    rows = entries.values_list(*READ, named=True)  # a million entries are read without making a million models
    for batch in batched(rows.iterator(chunk_size=BATCH), BATCH):
        snapshots = sealed_texts(batch)
        for entry in batch:
            key = (entry.content_type_id, entry.object_id)
            row = {**said(entry), "digest": entry.digest}
            until = hidden.get((entry.content_type_id, entry.document_id))
            if key not in gone and not (until and entry.live_from <= until):
                row |= {"salt": entry.salt, "snapshot": snapshots[key]}
            yield row


def sealed_texts(entries):
    """{(type id, edition id): the snapshot taken when it was decided}, of a batch of entries."""
    found = {}
    for type_id in {entry.content_type_id for entry in entries}:
        ids = [entry.object_id for entry in entries if entry.content_type_id == type_id]
        made = Decision.objects.filter(content_type=type_id, object_id__in=ids, verb__in=MADE_PUBLIC).order_by("pk")
        found |= {(type_id, pk): snapshot for pk, snapshot in made.values_list("object_id", "snapshot")}
    return found


def erased():
    """{(type id, edition id)} of everything that passages were erased from."""
    return set(Erasure.objects.values_list("content_type", "object_id"))


def retracted():
    """{(type id, document id): the moment of its latest public retraction}."""
    found = {}
    for model in edition_types():
        type_id = ContentType.objects.get_for_model(model).pk
        for document, moment in model.objects.history(timezone.now()).filter(change=Change.RETRACTION).values_list("document", "live_from"):
            found[type_id, document] = moment
    return found


def batched(rows, size):
    """Lists of `size` rows (itertools.batched, which Python 3.11 does not have)."""
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch
