"""The site as it will stand at a moment to come, with drafts in their places: its address at the desk, and what is undone."""

import re
from contextlib import contextmanager
from datetime import UTC

from django.db import transaction
from django.db.models import F

from .addresses import PUBLIC_PATH
from .commit import fresh, in_order
from .drafts import edition_types
from .identity import STAMP
from .models import Lane, Release
from .publish import take_place

WHAT = re.compile(r"(release|[a-z]+\.[a-z]+)\.([0-9]{1,15})")
PATH = re.compile(rf"/admin/ahead/([0-9]{{14}})(?:/([a-z]+\.[a-z.]*[0-9]{{1,15}}))?({PUBLIC_PATH.pattern})")


def prefix(moment, what=None):
    """What comes before the public path. `what` is put in its place there: an edition, a release, or nothing besides what is scheduled."""
    address = f"/admin/ahead/{moment.astimezone(UTC):{STAMP}}"
    return f"{address}/{name_of(what)}" if what else address


def name_of(what):
    return f"{'release' if isinstance(what, Release) else what._meta.label_lower}.{what.pk}"


def named(name):
    """What `name_of` was given: an edition, a release, or None where there is no such thing (any more)."""
    match = WHAT.fullmatch(name)
    if match is None:
        return None
    kind, pk = match.groups()
    if kind == "release":
        return Release.objects.filter(pk=pk).first()
    model = next((model for model in edition_types() if model._meta.label_lower == kind), None)
    if model is None:
        return None
    return model.objects.exclude(lane=Lane.PRACTICE).select_related("document").filter(pk=pk).first()


@contextmanager
def in_place(editions, moment):
    """In here the drafts among the editions are live from `moment` on. Whatever happens in here is undone, and nobody else ever sees it.

    What would go live at that very second gives way.
    """
    with transaction.atomic(durable=True):
        try:
            for edition in in_order(editions):
                document = fresh(edition)
                if edition.is_draft:
                    document.editions.filter(live_from=moment).update(live_until=F("live_from"))
                    take_place(edition, document, moment)
            yield
        finally:
            transaction.set_rollback(True)
