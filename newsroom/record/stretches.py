"""The ledger, verified by several processes at once: each takes a stretch of it, from the hash before the stretch."""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack

import django
from django.db import connection

STRETCH = 10_000


def verified(last: int) -> Iterator[tuple[int, str, str]]:
    """(number reached, its hash, what is wrong or "") of each stretch up to the entry `last`, in order, in constant memory."""
    firsts = range(1, last + 1, STRETCH)
    with ExitStack() as stack:
        apply = map
        if len(firsts) > 1:
            # Spawned, since a connection must not be shared with a fork; the name, since a test's database has another.
            kind, name = multiprocessing.get_context("spawn"), connection.settings_dict["NAME"]
            pool = ProcessPoolExecutor(os.cpu_count(), kind, initializer=_begin, initargs=(name,))
            stack.callback(pool.shutdown, cancel_futures=True)
            apply = pool.map
        yield from apply(_stretch, firsts, [min(first + STRETCH - 1, last) for first in firsts])


def _begin(database):
    django.setup()
    connection.settings_dict["NAME"] = database


def _stretch(first, last):
    from . import chain, ledger  # a spawned process can import models only now
    from .models import Entry

    before = Entry.objects.filter(number=first - 1).values_list("digest", flat=True).first() or chain.GENESIS
    entries = Entry.objects.filter(number__gte=first, number__lte=last).order_by("number")
    reached = first - 1
    for row, problem in chain.verified(ledger.told(entries, is_public=False), before, first):
        if problem:
            return reached, before, problem
        reached, before = row["number"], row["digest"]
    return reached, before, "" if reached == last else chain.missing(reached + 1)
