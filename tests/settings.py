"""Settings of the tests: the same on every machine. Only DATABASE_URL is taken from outside; without it the engine is SQLite."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from environs import Env

# The developer's .env has no say, and neither have the shell's settings.
Env.read_env = lambda self, *args, **kwargs: False
OWN = ["ALLOWED_HOSTS", "BEHIND_PROXY", "DATABASE_POOL", "DATABASE_PREPARE", "DEBUG", "DEFAULT_FROM_EMAIL", "EMAIL_URL", "HUB_URL"]
OWN += ["IS_DEMO", "LEGAL_CLEARANCE", "LOG_LEVEL", "MEDIA_ROOT"]
OWN += ["NOTIFY_BY_MAIL", "NOTIFY_LANGUAGE", "NOTIFY_TITLES", "NOTIFY_WEBHOOKS"]
OWN += ["NEWSROOM_NAME", "PRESS_EMAIL", "SECOND_PERSON", "SITE_URL", "STATIC_ROOT", "TIME_ZONE"]
for name in OWN:
    os.environ.pop(name, None)
os.environ["SECRET_KEY"] = "the-tests-sign-with-this-and-nothing-else-does"
# Not the host that the test client and the live server answer on, so that an address built from the Host header shows.
os.environ["SITE_URL"] = "http://newsroom.example"

from newsroom.settings import *

# One folder a process (each xdist worker is one), removed at its end.
FOLDER = Path(tempfile.mkdtemp(prefix="newsroom-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
MEDIA_ROOT = FOLDER / "media"
STATIC_ROOT = FOLDER / "static"
for folder in (MEDIA_ROOT, STATIC_ROOT):
    folder.mkdir()
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production: threads then have connections and locks of their own, which one shared in memory hides.
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # but nothing has to survive a crash
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
