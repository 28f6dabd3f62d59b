"""A clock that stands still, and a WebSub hub of flesh and blood."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
import time_machine

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from tests.factories import NOON
from tests.follow.subscriber import FORMATS
from timeline.models import EventEdition

TYPES = [ArticleEdition, QuestionEdition, EventEdition]


@pytest.fixture
def clock():
    """Noon, standing still; `clock.move_to(moment)` and `clock.shift(delta)` are the only time that passes."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture(params=TYPES, ids=lambda model: model._meta.label)
def edition_type(request):
    return request.param


@pytest.fixture(params=FORMATS)
def format(request):
    return request.param


class Hub(ThreadingHTTPServer):
    """Notes each ping's fields in `pings`, after `delay` seconds, and answers with `status`."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.pings, self.status, self.delay, self.lock = [], 204, 0, threading.Lock()

    def heard(self, count):
        """How many pings have come, once there are `count`: whoever sent one may have given up before it was read."""
        for _ in range(6000):
            if len(self.pings) >= count:
                break
            threading.Event().wait(0.01)
        return len(self.pings)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/publish"


class Answer(BaseHTTPRequestHandler):
    def do_POST(self):
        fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        with self.server.lock:
            self.server.pings.append(fields)
        threading.Event().wait(self.server.delay)
        try:
            self.send_response(self.server.status)
            if self.server.status == 302:
                self.send_header("Location", "/elsewhere")
            self.end_headers()
        except OSError:
            pass  # whoever asked has gone in the meantime

    do_GET = do_POST

    def log_message(self, *args):
        pass


@pytest.fixture
def hub(settings):
    """A hub on this machine that the newsroom is told to ping."""
    server = Hub()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.HUB_URL = server.url
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
