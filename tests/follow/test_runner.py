"""`manage.py run_outbox`, as a process of its own: it sends, and it stops when it is told to."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings as current
from django.db import connection
from django.utils import timezone

from articles.models import ArticleEdition
from newsroom.follow.models import Message
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 180  # seconds; a busy machine is no failure


def address_of_database():
    to = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{to['NAME']}"
    return f"postgres://{to['USER']}:{to['PASSWORD']}@/{to['NAME']}?host={quote(to['HOST'] or to['OPTIONS'].get('host', ''), safe='')}"


@pytest.fixture
def environment(hub):
    own = {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "DATABASE_URL": address_of_database(), "HUB_URL": hub.url}
    return {**os.environ, **own}


@pytest.fixture
def command():
    return [sys.executable, "manage.py", "run_outbox"]


@pytest.fixture
def message(hub):
    """A ping for an article that has been live for an hour, due since."""
    hour_ago = timezone.now().replace(microsecond=0) - timedelta(hours=1)
    factories.live(ArticleEdition, at=hour_ago, is_short=True)
    return Message.objects.get()


def wait_for(condition):
    """Until it holds; asked twenty times a second, since another process makes it true."""
    for _ in range(PATIENCE * 20):
        if condition():
            return True
        threading.Event().wait(0.05)
    return False


def sent(message):
    message.refresh_from_db()
    return message.outcome == "sent"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_runner_sends_and_stops_when_told(hub, message, environment, command, number):
    runner = subprocess.Popen(command, cwd=current.BASE_DIR, env=environment, stderr=subprocess.PIPE)
    try:
        assert wait_for(lambda: sent(message))
        assert len(hub.pings) == 1
        runner.send_signal(number)
        _output, errors = runner.communicate(timeout=PATIENCE)
        assert (runner.returncode, errors) == (0, b"")
    finally:
        runner.kill()
        runner.communicate()


def test_runner_goes_with_its_parent(message, environment, command):
    begin = 'runner = subprocess.Popen([*sys.argv[1:], "--beside", str(os.getpid())])'
    script = f"import os, subprocess, sys; {begin}; print(runner.pid, flush=True); sys.stdin.read()"
    parent = subprocess.Popen(
        [sys.executable, "-c", script, *command], cwd=current.BASE_DIR, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        runner = int(parent.stdout.readline())
        assert wait_for(lambda: sent(message))
        assert is_running(runner)
    finally:
        parent.communicate()
    assert wait_for(lambda: not is_running(runner))


def test_runner_that_is_killed_starts_again(hub, message, environment):
    keeper = subprocess.Popen(
        [sys.executable, "newsroom/follow/keeper.py", str(os.getpid())], cwd=current.BASE_DIR, env=environment, stderr=subprocess.PIPE
    )
    try:
        assert wait_for(lambda: sent(message))
        first = runner_of(keeper)
        os.kill(first, signal.SIGKILL)
        message.send_again()
        assert wait_for(lambda: sent(message))
        second = runner_of(keeper)
        assert first != second
        keeper.terminate()
        _output, errors = keeper.communicate(timeout=PATIENCE)
        assert (keeper.returncode, errors.decode()) == (0, "The outbox’s runner has ended (-9); it starts again in 1 s.\n")
        assert not is_running(second)
    finally:
        keeper.kill()
        keeper.communicate()


def runner_of(keeper):
    with open(f"/proc/{keeper.pid}/task/{keeper.pid}/children") as children:
        return int(children.read().split()[0])


def is_running(pid):
    try:
        with open(f"/proc/{pid}/stat") as status:
            return status.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
