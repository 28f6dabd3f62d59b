"""What was public before: the numbered editions of a document, as they stood at a moment."""

from dataclasses import dataclass
from functools import cache

from django.db.models import OuterRef, Subquery
from django.http import Http404

from .addresses import Gone, resolve
from .models import Change, Edition
from .prepared import Prepared

CHANGES_OF_SUBSTANCE = (Change.UPDATE, Change.CORRECTION)


@dataclass(frozen=True)
class Entry:
    """One edition in its document's history: `number` is its rank by `live_from`, from 1; `ended_by` the entry after it, or None."""

    number: int
    edition: Edition
    address: str
    is_readable: bool
    ended_by: "Entry | None" = None
    comparison: str = ""  # the address that compares it with the one before, where both can be read


def entries(standing, at):
    """The history of the document whose edition stands at `at`, oldest first. What a retraction took away is not readable."""
    past = _past(type(standing)).ask(at=at, document=standing.document_id)
    root, later, is_readable = standing.get_absolute_url() + "history/", None, True
    for number in range(len(past), 0, -1):
        edition = past[number - 1]
        is_readable = is_readable and edition.change != Change.RETRACTION
        has_before = is_readable and number > 1 and past[number - 2].change != Change.RETRACTION
        comparison = f"{root}{number - 1}..{number}/" if has_before else ""
        past[number - 1] = later = Entry(number, edition, f"{root}{number}/", is_readable, later, comparison)
    return past


@cache
def _past(model):
    return Prepared(model, lambda editions, at, document: editions.history(at).filter(document=document))


def retraction_of(entry, known):
    """The retraction that took an entry of this history away."""
    return next(one.edition for one in known[entry.number - 1 :] if one.edition.change == Change.RETRACTION)


def list_context(model, slug, at):
    """What `history_list.html` needs. Raises as `resolve` does."""
    standing = resolve(model.objects, slug, at)
    return {"subject": standing, "entries": entries(standing, at)[::-1]}


def edition_context(model, slug, number, at):
    """What `history_edition.html` needs besides `body`, the template that shows one edition.

    Raises as `resolve` does, Http404 for a number that is none, and Gone for an edition that a retraction took away.
    """
    standing = resolve(model.objects, slug, at)
    known = entries(standing, at)
    if not 1 <= number <= len(known):
        raise Http404
    entry = known[number - 1]
    if not entry.is_readable:
        raise Gone(retraction_of(entry, known))
    return {"subject": standing, "entry": entry, "edition": entry.edition, "entries": known}


def last_change(known):
    """The last entry that changed what the page says, or None: translations and minor changes do not count."""
    return next((entry for entry in reversed(known) if entry.edition.change in CHANGES_OF_SUBSTANCE), None)


def with_last_change(editions, at):
    """The editions, each with `changed_at` and `changed_as` of its document's last change of substance (None where there was none)."""
    changes = editions.model.objects.history(at).filter(document=OuterRef("document"), change__in=CHANGES_OF_SUBSTANCE)
    changes = changes.order_by("-live_from")
    return editions.annotate(changed_at=Subquery(changes.values("live_from")[:1]), changed_as=Subquery(changes.values("change")[:1]))
