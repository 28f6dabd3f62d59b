"""Settings of the tests: the same on every machine. Only DATABASE_URL is taken from outside; without it the engine is SQLite."""

import os
import tempfile
from pathlib import Path

from environs import Env

# The developer's .env has no say, and neither have the shell's settings.
Env.read_env = lambda self, *args, **kwargs: False
for name in (
    "ALLOWED_HOSTS BEHIND_PROXY DATABASE_POOL DEBUG DEFAULT_FROM_EMAIL EMAIL_URL IS_DEMO LOG_LEVEL MEDIA_ROOT NEWSROOM_NAME "
    "PRESS_EMAIL SECOND_PERSON SITE_URL STATIC_ROOT TIME_ZONE"
).split():
    os.environ.pop(name, None)
os.environ["SECRET_KEY"] = "the-tests-sign-with-this-and-nothing-else-does"
# Not the host that the test client and the live server answer on, so that an address built from the Host header shows.
os.environ["SITE_URL"] = "http://newsroom.example"

from newsroom.settings import *

# One folder a process (each xdist worker is one); tests/conftest.py removes it.
FOLDER = Path(tempfile.mkdtemp(prefix="newsroom-tests-"))
MEDIA_ROOT = FOLDER / "media"
STATIC_ROOT = FOLDER / "static"
for folder in (MEDIA_ROOT, STATIC_ROOT):
    folder.mkdir()
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production: threads then have connections and locks of their own, which one shared in memory hides.
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
