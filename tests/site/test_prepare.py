"""`manage.py prepare`, which `make run` begins with."""

import os
import socket
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def script(tmp_path, settings):
    """The only static file there is."""
    script = tmp_path / "sources" / "site.js"
    script.parent.mkdir()
    script.write_text("one")
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATICFILES_DIRS = [script.parent]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    return script


def prepare(**options):
    said = StringIO()
    call_command("prepare", stdout=said, **options)
    return said.getvalue()


def test_static_files_are_collected_only_when_one_has_changed(db, script, settings):
    assert "static files" in prepare()
    assert prepare() == ""
    script.write_text("another")
    os.utime(script, (time.time() + 60,) * 2)  # collectstatic compares whole seconds
    assert "static files" in prepare()
    assert (settings.STATIC_ROOT / "site.js").read_text() == "another"


def test_a_newsroom_that_is_no_demonstration_gets_no_demo_content_and_no_demo_staff(db, script, django_user_model):
    assert "Demonstration" not in prepare()
    assert not django_user_model.objects.exists()


def test_a_port_in_use_is_named_before_anything_is_done():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"port {port} .* make run PORT={port + 1}"):
            prepare(port=port)


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_number_that_is_no_port_is_refused(port):
    with pytest.raises(CommandError, match=f"PORT: {port}"):
        prepare(port=port)
