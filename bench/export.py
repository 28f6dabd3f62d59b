"""What taking the timeline away costs: `python -m bench.export csv` (or json, ics), on a database that `bench.timeline` has filled.

Reads everything once, as a server would, and keeps nothing. Prints lines a second of the clock and of this process's processor time,
the milliseconds to the first bytes, and the most memory that this process has needed by the time each MARK was out.
"""

import resource
import sys
import time
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client

import bench.events  # noqa: F401 — it sets Django up

TELLS = {"csv": b"\r\n", "json": b'"published_at":', "ics": b"BEGIN:VEVENT"}
MARKS = (1_000, 10_000, 50_000, 100_000, 500_000)


def read(form, query=""):
    """(lines, bytes, milliseconds to the first bytes, seconds of processor time and by the clock, [(lines, MiB)])"""
    client = Client(SERVER_NAME=urlsplit(settings.SITE_URL).hostname)
    begun, worked = time.perf_counter(), time.process_time()
    response = client.get(f"/en/timeline/export.{form}{query}")
    assert response.status_code == 200, response.status_code
    first, size, lines, memory = None, 0, 0, []
    for part in response.streaming_content:
        first = first or time.perf_counter() - begun
        size += len(part)
        lines += part.count(TELLS[form])
        if len(memory) < len(MARKS) and lines >= MARKS[len(memory)]:
            memory.append((lines, most_memory()))
    memory.append((lines, most_memory()))
    return lines, size, first * 1000, time.process_time() - worked, time.perf_counter() - begun, memory


def most_memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(form):
    read(form, "?to=1991")  # imports, plans, catalogues
    lines, size, first, cpu, wall, memory = read(form)
    print(f"{form:5} {lines:,} lines, {size / 2**20:.1f} MiB, first bytes after {first:.0f} ms")
    print(f"{'':5} {lines / wall:,.0f} lines a second by the clock, {lines / cpu:,.0f} of this process's processor time")
    print(f"{'':5} memory: {', '.join(f'{mib} MiB after {number:,}' for number, mib in memory)}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
