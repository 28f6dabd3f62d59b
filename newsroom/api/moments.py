"""The moment that an answer is of: now, or the one that `at` names."""

import re
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from newsroom.publishing.instants import around
from newsroom.publishing.parameters import BadParameter, read
from newsroom.record.memento import STAMP, read_stamp

INSTANT = r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})"
PATTERN = rf"^([1-9][0-9]{{13}}|{INSTANT})$"


class NoMoment(Exception):
    """Nothing can be read of the moment asked for: the message says why."""


def travel(request):
    """Set on the request: `at`, the moment to read at; `asked_at`, the one asked for, or None; `changed_at`, when the site
    last changed by then, or None; and `following`, the address of what comes next, None for now.

    Raises BadParameter where `at` cannot be read, and NoMoment for the future and for what was before the first change.
    """
    typed = read(request, "at")
    request.asked_at, request.following = read_moment(typed) if typed else None, None
    if request.asked_at and request.asked_at > request.now:
        raise NoMoment(_("It lies in the future, of which nothing is known here."))
    request.at = request.asked_at or request.now
    request.changed_at = around(request.at, request.now).site_at
    if request.asked_at and request.changed_at is None:
        raise NoMoment(_("Nothing had been published here by then."))


def read_moment(text):
    """The moment (UTC, whole seconds) of `2020-11-12T17:00:00Z`, also with an offset, or of a memento's 14 digits. Raises BadParameter."""
    moment = None
    if re.fullmatch(PATTERN, text, re.ASCII):
        try:
            moment = read_stamp(text) if text.isdigit() else datetime.fromisoformat(text).astimezone(UTC).replace(microsecond=0)
        except (ValueError, OverflowError):
            moment = None
    if moment is None:
        message = _("Write a moment with its offset, such as 2020-11-12T17:00:00Z; in an address, + is written %2B.")
        raise BadParameter("at", text, message)
    return moment


def stamp(moment):
    """The moment as `at` takes it, in its short form."""
    return f"{moment.astimezone(UTC):{STAMP}}"
