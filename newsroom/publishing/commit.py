"""How the record is changed: one at a time, a second before anybody reads it, and from the start again when that is too late."""

import functools
from datetime import timedelta

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .drafts import lock
from .models import OPEN

LEAD = timedelta(seconds=1)
"""An edition goes live at least this long after the commit that says so, so that every process hears of it in time."""
ATTEMPTS = 5
ADVISORY_LOCK = 0x6E657773  # "news"


class TooLate(Exception):
    """The commit would come after the moment it announces."""


def earliest(now):
    """The first whole second that leaves the transaction a second of its own besides LEAD."""
    return (now + 2 * LEAD).replace(microsecond=0) + timedelta(seconds=1)


def in_one_transaction(action):
    """Run `action` serialised with every other change of the record, and again from the start when it commits too late."""

    @functools.wraps(action)
    def run(*args, **kwargs):
        for attempt in range(ATTEMPTS):
            try:
                with transaction.atomic(durable=True):
                    if connection.vendor == "postgresql":  # SQLite's IMMEDIATE has the write lock already
                        connection.cursor().execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
                    return action(*args, **kwargs)
            except TooLate:
                if attempt == ATTEMPTS - 1:
                    message = _("The newsroom is too busy to do this in time. Nothing was changed; please try again.")
                    raise ValidationError(message, code="busy") from None

    return run


def in_time(moment):
    """Raises TooLate unless `moment` is still LEAD away: the last line before a commit."""
    if timezone.now() > moment - LEAD:
        raise TooLate


def in_order(editions):
    """A fixed order to lock in; a list, because a transaction that commits too late runs again."""
    return sorted(editions, key=lambda one: (one._meta.label, one.document_id, one.live_from or OPEN))


def check_ahead(moment):
    if moment.microsecond or moment - LEAD < timezone.now():
        raise ValidationError(_("This moment has passed, or is too close. Choose one at least a few seconds ahead."), code="past")


def fresh(edition):
    """Lock the edition's document, and read the edition again as it is by now. Returns the document.

    Raises ValidationError where somebody has deleted the draft in the meantime.
    """
    try:
        document = lock(edition.document)
        edition.refresh_from_db()
    except ObjectDoesNotExist:
        raise ValidationError(_("This draft has been deleted."), code="deleted") from None
    edition.document = document
    return document
