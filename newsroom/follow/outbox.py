"""The durable queue behind everything the newsroom tells others: hubs today, and whatever registers a sender.

`queue()` writes a row in the caller's transaction and does nothing else; `run_due()` is the runner's. What is told is told at
least once: a runner that dies between telling and noting it leaves the message to be told again after LEASE.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from .models import Message

LEASE = timedelta(minutes=2)
"""How long a message belongs to the runner that has taken it. Every sender is done sooner."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=6)
PATIENCE = timedelta(days=4)
"""How long after it was due a message is tried before it is given up."""

SENDERS: dict[str, Callable[[Message], bool]] = {}
"""Who tells each kind of message. A sender asks first whether there still is something to tell: it returns True once it has
told it, False where there is nothing to tell any more, and raises anything at all where it has to be tried again."""

logger = logging.getLogger(__name__)


def queue(kind: str, due_at: datetime, about=None, **data) -> Message:
    """Remember to tell this from `due_at` on, in the transaction of the caller. `about` is an edition; `data` is kept as JSON."""
    return Message.objects.create(kind=kind, about=about, data=data, due_at=due_at, next_try_at=due_at)


def waiting():
    return Message.objects.filter(outcome=Message.Outcome.WAITING)


def next_due() -> datetime | None:
    """When the next message is to be tried; None where none waits. It may be past."""
    return waiting().aggregate(Min("next_try_at"))["next_try_at__min"]


def run_due(is_stopping: Callable[[], bool] = lambda: False) -> int:
    """Deal with everything that is due, one after the other. Returns how many messages that were."""
    count = 0
    while not is_stopping() and is_due(next_due()) and (message := claim()):
        deliver(message)
        count += 1
    return count


def is_due(moment):
    return moment is not None and moment <= timezone.now()


@transaction.atomic
def claim():
    """Take the message that has waited longest, for LEASE; None where all that are due belong to other runners.

    PostgreSQL skips the rows that others hold; SQLite lets one writer in at a time.
    """
    due = waiting().filter(next_try_at__lte=timezone.now()).order_by("next_try_at", "pk")
    message = due.select_for_update(skip_locked=True).first()
    if message:
        message.tries += 1
        message.next_try_at = timezone.now() + LEASE
        message.save(update_fields=["tries", "next_try_at"])
    return message


def deliver(message):
    try:
        is_told = SENDERS[message.kind](message)
    except Exception as problem:  # whatever went wrong, the message is not lost
        postpone(message, f"{type(problem).__name__}: {problem}")
    else:
        message.finish(Message.Outcome.SENT if is_told else Message.Outcome.DROPPED)


def postpone(message, problem):
    """Try again after a pause that doubles each time; give up, for everybody to see, after PATIENCE."""
    if timezone.now() - message.due_at > PATIENCE:
        logger.error("Given up after %s tries: message %s (%s): %s", message.tries, message.pk, message.kind, problem)
        return message.finish(Message.Outcome.GIVEN_UP, problem)
    pause = min(FIRST_PAUSE * 2 ** min(message.tries - 1, 20), LONGEST_PAUSE)
    logger.warning("Message %s (%s) is tried again in %s: %s", message.pk, message.kind, pause, problem)
    message.next_try_at, message.problem = timezone.now() + pause, problem
    message.save(update_fields=["next_try_at", "problem"])
