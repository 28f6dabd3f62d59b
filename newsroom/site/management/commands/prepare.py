import hashlib
import socket
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = (
        "Makes everything ready to serve, and does only what is left to do: database, static files and, in a demonstration, "
        "its content and staff. One process, because four would start Django four times."
    )

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, help="stop at once when something else serves on this port of 127.0.0.1")

    def handle(self, port=None, **options):
        if port is not None:
            refuse_taken(port)
        (settings.BASE_DIR / "var").mkdir(exist_ok=True)
        call_command("migrate", verbosity=0)
        if not settings.DEBUG:  # a developer's server finds them where they lie
            self.collect_static()
        if settings.IS_DEMO:
            call_command("load_demo", stdout=self.stdout)
            call_command("demo_staff", stdout=self.stdout)

    def collect_static(self):
        """Compressing takes about ten seconds: do it only when a file has changed since the last time."""
        collected = Path(settings.STATIC_ROOT) / ".collected"
        fingerprint = fingerprint_of_static_files()
        if collected.exists() and collected.read_text() == fingerprint:
            return
        self.stdout.write("Compressing the static files (some seconds, only when they have changed) …")
        self.stdout.flush()
        call_command("collectstatic", interactive=False, verbosity=0)
        collected.write_text(fingerprint)


def refuse_taken(port):
    """Raises CommandError unless 127.0.0.1:`port` is free to serve on."""
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    except OverflowError:
        raise CommandError(f"PORT: {port} is no port. Choose one from 1024 to 65535, such as: make run PORT=8001") from None
    except OSError as error:
        raise CommandError(
            f"Cannot serve on port {port} of 127.0.0.1 ({error.strerror}). Choose another one, such as: make run PORT={port + 1}"
        ) from error


def fingerprint_of_static_files():
    """A digest of every static file's path, size and time, and of the place they are collected in."""
    files = sorted((path, storage.path(path)) for finder in get_finders() for path, storage in finder.list([]))
    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for path, place in files:
        status = Path(place).stat()
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
