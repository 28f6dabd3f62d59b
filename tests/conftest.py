"""Fixtures every test can use: people, guards that let a test's tables be emptied, a browser and a mail server."""

import ctypes
import gc
import os
import shutil
import socket
import sys

import hypothesis
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.test import Client, TransactionTestCase
from playwright.sync_api import expect

from newsroom.publishing import guards
from timeline import catalogue

IS_CI = os.environ.get("CI") == "true"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None)
"""Without a window's own pages a quarter less is computed."""
CHROMIUM_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
)
NO_BROWSER = "Chromium, or a library that Playwright needs, is missing. On Debian: apt-get install chromium-headless-shell libatomic1"

# Playwright runs an event loop in the test's thread, where Django would refuse to touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

THOROUGH = int(os.environ.get("THOROUGH", 1))


def examples(count):
    """How many examples Hypothesis makes where it would make `count`: THOROUGH=20 makes twenty times as many."""
    return count * THOROUGH


# A busy machine is no failure. In CI the same examples come every time; at home there are new ones.
hypothesis.settings.register_profile("newsroom", deadline=None, derandomize=IS_CI, max_examples=examples(40))
hypothesis.settings.load_profile("newsroom")
expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items):
    """Journeys come first: while one process waits for its browser, the others keep both cores busy; at the end they would wait alone."""
    items.sort(key=lambda item: "browser" not in getattr(item, "fixturenames", ()))


def pytest_collection_finish():
    """What is loaded by now stays: to look through all of it for garbage again and again took a tenth of the suite's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


# --- The database -------------------------------------------------------------------------------------------------------
MIGRATED = {"django_migrations", "django_content_type", "auth_permission", "auth_group", "auth_group_permissions"}
"""The tables that the migrations have filled, which stay as they are."""


def delete_what_was_written(_case):
    """What a test that commits ends with. Django's own way empties every table and fills these again, which takes five times as long."""
    guards.lift()
    with transaction.atomic(), connection.cursor() as cursor:
        for table in {*connection.introspection.django_table_names(only_existing=True)} - MIGRATED:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
    guards.install()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", delete_what_was_written)
        yield


@pytest.fixture(autouse=True)
def _catalogue():
    """What a process remembers of the database is of one test's."""
    catalogue.forget()


# --- People -------------------------------------------------------------------------------------------------------------
def person(name, group):
    user = User.objects.create_user(name, f"{name}@newsroom.example", name, first_name=name.title(), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def writer(db):
    """Writes, and may not publish. The password is the name."""
    return person("writer", "Writers")


@pytest.fixture
def editor(db):
    """Publishes. The password is the name."""
    return person("editor", "Editors")


@pytest.fixture
def reader():
    """The public: a client without a session."""
    return Client()


# --- A browser ----------------------------------------------------------------------------------------------------------
def has_library(name):
    try:
        return bool(ctypes.CDLL(name))
    except OSError:
        return False


HAS_BROWSER = CHROMIUM and (sys.platform != "linux" or has_library("libatomic.so.1"))


def pytest_runtest_setup(item):
    if "browser" in getattr(item, "fixturenames", ()) and not HAS_BROWSER:
        (pytest.fail if IS_CI else pytest.skip)(NO_BROWSER)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": CHROMIUM_FLAGS.split()}


@pytest.fixture(scope="session")
def base_url(live_server):
    """`page.goto("/en/")` opens the live server, and asking for `page` starts it."""
    return live_server.url


def pytest_terminal_summary(terminalreporter):
    reports = [report for kind in ("skipped", "failed", "error") for report in terminalreporter.stats.get(kind, [])]
    names = [report.nodeid for report in reports if NO_BROWSER in str(report.longrepr)]
    if names:
        terminalreporter.section("not run", yellow=True)
        terminalreporter.line(f"Tests that need a browser: {len(names)}. {NO_BROWSER}")
        for name in names:
            terminalreporter.line(f"  {name}")


# --- A mail server ------------------------------------------------------------------------------------------------------
class Letters(Message):
    """The messages that came in, as `email.message.Message`, in order."""

    def __init__(self):
        super().__init__()
        self.received = []

    def handle_message(self, message):
        self.received.append(message)


@pytest.fixture
def smtp(settings):
    """A real mail server on this machine, which Django's mail goes to. Gives the list of messages it received."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    letters = Letters()
    server = Controller(letters, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield letters.received
    server.stop()
