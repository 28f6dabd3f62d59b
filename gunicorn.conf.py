"""How gunicorn serves the newsroom: started beside this file, it reads it by itself. The environment or `.env` may say otherwise."""

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path

from environs import Env

env = Env()
env.read_env(Path(__file__).with_name(".env"), recurse=False)

wsgi_app = "newsroom.wsgi"
bind = env.str("BIND", f"127.0.0.1:{env.int('PORT', 8000)}")
worker_class = "gthread"
workers = env.int("WEB_CONCURRENCY", 2)
threads = env.int("WEB_THREADS", 4)
timeout = 30
graceful_timeout = 10
# Django is imported once, before the workers part; so a thread of our own must begin in a worker, not at import.
preload_app = True
# A worker that writes its heartbeat to a slow disk can be killed for being idle.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
# No access log: it would record who reads what. The proxy in front can keep one where the law allows it.
accesslog = None
loglevel = "warning"
# The control socket lies at one path for the whole user, so that two servers would fight for it.
control_socket_disable = True
# What tells hubs and other followers runs beside the server and ends with it; false where something else runs it.
runs_outbox = env.bool("RUN_OUTBOX", True)
outbox = None


def when_ready(server):
    global outbox
    if runs_outbox:
        # Started again whenever it ends: a server whose hooks all run once cannot see to that itself.
        command = [sys.executable, str(Path(__file__).parent / "newsroom" / "follow" / "keeper.py"), str(os.getpid())]
        # In a session of its own Ctrl-C does not reach it: on_exit ends it, however far it has come.
        outbox = subprocess.Popen(command, start_new_session=True)
    address = env.str("SITE_URL", f"http://{bind}")
    print(f"The newsroom is served on {address}/ and its desk on {address}/admin/. Ctrl-C stops it.", flush=True)


def post_worker_init(worker):
    """Read what a process keeps of the timeline (decision 12) before its first reader comes: beside the heartbeat, as it may take long."""
    threading.Thread(target=read_timeline, daemon=True).start()


def read_timeline():
    from django.db import DatabaseError, connections  # Django is there in a worker alone

    from timeline import catalogue

    with contextlib.suppress(DatabaseError):  # whoever reads a page will hear of it
        catalogue.prepare()
    connections.close_all()


def on_exit(server):
    if outbox:
        outbox.terminate()
        outbox.wait()
