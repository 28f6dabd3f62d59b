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
KEPT = timedelta(days=90)
"""How long what was sent, dropped or given up can be looked up at the desk."""

SENDERS: dict[str, Callable[[Message], bool]] = {}
"""Who tells each kind of message. A sender asks first whether there still is something to tell: it returns True once it has
told it, False where there is nothing to tell any more, and raises anything at all where it has to be tried again."""

logger = logging.getLogger(__name__)


def queue(kind: str, due_at: datetime, about=None, **data) -> Message:
    """Remember to tell this from `due_at` on, in the transaction of the caller. `about` is an edition; `data` is kept as JSON."""
    return Message.objects.create(kind=kind, about=about, data=data, due_at=due_at, next_try_at=due_at)


def waiting(besides=()):
    """The messages not yet done with, but those of the kinds named."""
    return Message.objects.filter(outcome=Message.Outcome.WAITING).exclude(kind__in=besides)


def next_due(besides=()) -> datetime | None:
    """When the next message is to be tried; None where none waits. It may be past."""
    return waiting(besides).aggregate(Min("next_try_at"))["next_try_at__min"]


def run_due(is_stopping: Callable[[], bool] = lambda: False) -> int:
    """Deal with what is due, one after the other. Returns how many messages that were.

    A kind that fails is left for the next pass, so that whoever is silent makes others wait for one time-out and no more.
    """
    count, failed = 0, set()
    while not is_stopping() and is_due(next_due(failed)) and (message := claim(failed)):
        if not deliver(message):
            failed.add(message.kind)
        count += 1
    return count


def purge() -> int:
    """Forget what has been done with for longer than KEPT. Returns how many messages that were."""
    return Message.objects.exclude(outcome=Message.Outcome.WAITING).filter(done_at__lt=timezone.now() - KEPT).delete()[0]


def is_due(moment):
    return moment is not None and moment <= timezone.now()


@transaction.atomic
def claim(besides=()):
    """Take the message that has waited longest, for LEASE, of any kind but those named; None where others have all that are due.

    PostgreSQL skips the rows that others hold; SQLite lets one writer in at a time.
    """
    due = waiting(besides).filter(next_try_at__lte=timezone.now()).order_by("next_try_at", "pk")
    message = due.select_for_update(skip_locked=True).first()
    if message:
        message.tries += 1
        message.next_try_at = timezone.now() + LEASE
        message.save(update_fields=["tries", "next_try_at"])
    return message


def deliver(message) -> bool:
    """Tell it, or note when to try again. False where it has failed."""
    try:
        is_told = SENDERS[message.kind](message)
    except Exception as problem:  # whatever went wrong, the message is not lost
        postpone(message, f"{type(problem).__name__}: {problem}")
        return False
    message.finish(Message.Outcome.SENT if is_told else Message.Outcome.DROPPED)
    return True


def postpone(message, problem):
    """Try again after a pause that doubles each time; give up, for everybody to see, after PATIENCE."""
    if timezone.now() - message.due_at > PATIENCE:
        logger.error("Given up after %s tries: message %s (%s): %s", message.tries, message.pk, message.kind, problem)
        return message.finish(Message.Outcome.GIVEN_UP, problem)
    pause = min(FIRST_PAUSE * 2 ** min(message.tries - 1, 20), LONGEST_PAUSE)
    logger.warning("Message %s (%s) is tried again in %s: %s", message.pk, message.kind, pause, problem)
    message.next_try_at, message.problem = timezone.now() + pause, problem
    message.save(update_fields=["next_try_at", "problem"])
