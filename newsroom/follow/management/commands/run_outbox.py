import logging
import os
import signal
import threading
import time
from datetime import timedelta

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connection
from django.utils import timezone

from newsroom.follow import outbox
from newsroom.follow.outbox import next_due, run_due
from newsroom.library import abandoned
from newsroom.publishing import unsaved

POLL = 1.0
"""Seconds after which a new message is noticed. What is already known is sent at its very moment."""
AFTER_TROUBLE = 5.0
TIDY_EVERY = 3600.0

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Tells hubs, and whoever else follows, what has become public, until it is stopped (Ctrl-C or SIGTERM). Any number may run."

    requires_system_checks = []  # what started it has checked already

    def add_arguments(self, parser):
        parser.add_argument("--beside", type=int, metavar="PID", help="stop as soon as this process, the parent, is gone")

    def handle(self, beside=None, **options):
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *received: stop.set())
        tidy_at = 0.0
        while not stop.is_set() and (beside is None or os.getppid() == beside):
            is_time = time.monotonic() >= tidy_at
            tidy_at = time.monotonic() + TIDY_EVERY if is_time else tidy_at
            stop.wait(one_pass(stop.is_set, is_time))


def one_pass(is_stopping, is_tidying=False):
    """Send what is due, and tidy where it is time to. Returns how many seconds there are until somebody has to look again."""
    try:
        close_old_connections()
        run_due(is_stopping)
        if is_tidying:
            tidy()
        due = next_due()
    except Exception:  # a runner that ended would tell nobody anything
        logger.exception("The outbox cannot be dealt with; trying again")
        connection.close()
        return AFTER_TROUBLE
    return min(POLL, max(0.01, (due - timezone.now()) / timedelta(seconds=1))) if due else POLL


def tidy():
    """Remove what nobody needs any more."""
    outbox.purge()
    unsaved.purge()
    abandoned.purge()
