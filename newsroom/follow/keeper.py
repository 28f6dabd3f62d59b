"""Keeps the outbox's runner running: the server starts this small program, and this one starts the runner, again and again.

Only the standard library, so that little can go wrong with it. It ends, with its runner, as soon as the server does.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

MANAGE = Path(__file__).parents[2] / "manage.py"
FIRST_PAUSE, LONGEST_PAUSE = 1, 60
STEADY = 60
"""Seconds a runner lives before its end counts as a first one again."""


def keep(command, parent):
    """Run the command until the process `parent` is gone or somebody ends this one; pause twice as long each time it ends early."""
    stop, pause = threading.Event(), FIRST_PAUSE
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *received: stop.set())
    while not stop.is_set() and os.getppid() == parent:
        began = time.monotonic()
        runner = subprocess.Popen(command)
        watch(runner, lambda: stop.is_set() or os.getppid() != parent)
        if not stop.is_set() and os.getppid() == parent:
            pause = FIRST_PAUSE if time.monotonic() - began > STEADY else pause
            sys.stderr.write(f"The outbox’s runner has ended ({runner.returncode}); it starts again in {pause} s.\n")
            stop.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


def watch(runner, is_over):
    """Return when the runner has ended: of itself, or told to because this is over."""
    while runner.poll() is None:
        if is_over():
            runner.terminate()
            runner.wait()
        else:
            with suppress(subprocess.TimeoutExpired):  # it is time to look whether the server is still there
                runner.wait(timeout=0.5)


if __name__ == "__main__":
    keep([sys.executable, str(MANAGE), "run_outbox", "--beside", str(os.getpid())], int(sys.argv[1]))
