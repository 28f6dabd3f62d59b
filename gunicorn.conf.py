"""How gunicorn serves the newsroom: started beside this file, it reads it by itself. Where a value may differ, the environment says so."""

import os

wsgi_app = "newsroom.wsgi"
bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 30
graceful_timeout = 10
# Django is imported once, before the workers part; so a thread of our own must begin in a worker, not at import.
preload_app = True
# A worker that writes its heartbeat to a slow disk can be killed for being idle.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
# No access log: it would record who reads what. The proxy in front can keep one where the law allows it.
accesslog = None
loglevel = "warning"
# The control socket lies at one path for the whole user, so that two servers would fight for it.
control_socket_disable = True


def when_ready(server):
    address = os.environ.get("SITE_URL", f"http://{bind}")
    print(f"The newsroom is served on {address}/ and its desk on {address}/admin/. Ctrl-C stops it.", flush=True)
