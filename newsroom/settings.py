"""Settings, all of them from the environment (or a `.env` file beside manage.py). docs/settings.md lists every one."""

from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from django_prose_editor.config import html_tags
from environs import Env, EnvError
from js_asset import static_lazy

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)


def setting(read, name, default=..., check=None, expected=""):
    """One value from the environment; a bad one stops the start and says which and why."""
    try:
        value = read(name) if default is ... else read(name, default)
        if check and not check(value):
            raise ValueError(f"expected {expected}")
    except (EnvError, ValueError) as error:
        raise ImproperlyConfigured(f"Setting {name}: {error}") from error
    return value


def is_zone(name):
    try:
        return bool(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def is_origin(address):
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.path or parts.query or parts.fragment)


def is_web_address(address):
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


# --- Where and how it runs ----------------------------------------------------------------------------------------------
DEBUG = setting(env.bool, "DEBUG", False)
SECRET_KEY = setting(
    env.str, "SECRET_KEY", "insecure-development-key" if DEBUG else ..., lambda key: DEBUG or len(key) >= 32, "at least 32 characters"
)
SITE_URL = setting(
    env.str, "SITE_URL", "http://127.0.0.1:8000", is_origin, "a scheme and a host, such as https://newsroom.example, without a path"
)
ALLOWED_HOSTS = setting(env.list, "ALLOWED_HOSTS", [urlsplit(SITE_URL).hostname, "localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
IS_HTTPS = SITE_URL.startswith("https://")

ENGINES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")
DATABASES = {
    "default": setting(
        env.dj_db_url,
        "DATABASE_URL",
        f"sqlite:///{BASE_DIR / 'var' / 'newsroom.sqlite3'}",
        lambda database: database["ENGINE"] in ENGINES,
        "an address that begins with sqlite or postgres",
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock when a transaction begins, so a reader never has to turn into a writer and fail.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        transaction_mode="IMMEDIATE", init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;", timeout=20
    )
else:
    DATABASES["default"].update(CONN_MAX_AGE=0)
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        pool={"min_size": 1, "max_size": setting(env.int, "DATABASE_POOL", 8)},
        options="-c jit=off",  # to compile a page's small queries takes longer than to run them
        server_side_binding=True,  # what is planned once needs its values apart: publishing/prepared.py
    )

# Whether PostgreSQL plans what every page asks once a connection, and not each time (publishing/prepared.py). A pooler that hands out
# connections by the transaction may not know what was prepared (PgBouncer before 1.22).
DATABASE_PREPARE = setting(env.bool, "DATABASE_PREPARE", True)

# --- What the newsroom is -----------------------------------------------------------------------------------------------
NEWSROOM_NAME = setting(env.str, "NEWSROOM_NAME", "Newsroom")
PRESS_EMAIL = setting(env.str, "PRESS_EMAIL", "")
# A demonstration says so on every page and asks search engines to stay away.
IS_DEMO = setting(env.bool, "IS_DEMO", False)
# advise: publishing one's own work is marked until another editor clears it. require: somebody else must publish it. off: neither.
# require also takes an approval, and lets an emergency pass with a reason.
SECOND_PERSON = setting(env.str, "SECOND_PERSON", "advise", lambda value: value in ("advise", "require", "off"), "advise, require or off")
# Documents (article, question, event, measure, actor, banner) that legal always has to clear, or all.
LEGAL_CLEARANCE = setting(env.list, "LEGAL_CLEARANCE", [])

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, as it patches it
    "newsroom.publishing.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "taggit",
    "js_asset",
    "django_prose_editor",
    "newsroom.publishing",
    "newsroom.library",
    "articles",
    "faq",
    "timeline",
    "newsroom.record",
    "newsroom.follow",
    "newsroom.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "newsroom.record.memento.memento",
    "newsroom.site.middleware.language",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "newsroom.site.ahead.ahead",
    "newsroom.site.middleware.Answers",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.site.context.newsroom",
            ],
        },
    }
]

DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy("desk/richtext.js")],
        "extensions": {
            "Picture": html_tags(["figure", "figcaption"], {"figure": ["data-picture", "data-alt", "data-credit", "data-decorative"]})
        },
    }
]

# --- Languages and time -------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["newsroom.formats"]
TIME_ZONE = setting(env.str, "TIME_ZONE", "UTC", is_zone, "an IANA time zone such as America/New_York")
# A missing text is shown in the original language with a notice, by `edition.text`, and never filled in silently.
MODELTRANSLATION_ENABLE_FALLBACKS = False

# --- Files --------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = setting(env.path, "STATIC_ROOT", BASE_DIR / "var" / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = setting(env.path, "MEDIA_ROOT", BASE_DIR / "var" / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Staff and mail -----------------------------------------------------------------------------------------------------
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
AUTHENTICATION_BACKENDS = ["newsroom.publishing.desk.accounts.StaffBackend"]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 4
EMAIL_BACKENDS = ("smtp", "console", "file", "memory", "dummy")
EMAIL = setting(
    env.dj_email_url,
    "EMAIL_URL",
    "console:",
    lambda mail: (mail.get("EMAIL_BACKEND") or "").split(".")[-2:-1] in [[backend] for backend in [*EMAIL_BACKENDS, "filebased", "locmem"]],
    "an address such as smtp://user:password@host:587/?tls=True or console:",
)
for name, value in EMAIL.items():
    globals()[name] = value
EMAIL_TIMEOUT = EMAIL.get("EMAIL_TIMEOUT") or 10  # seconds; what else waits in the outbox waits as long
DEFAULT_FROM_EMAIL = setting(env.str, "DEFAULT_FROM_EMAIL", f"newsroom@{urlsplit(SITE_URL).hostname}")

# --- Followers ----------------------------------------------------------------------------------------------------------
HUB_URL = setting(env.str, "HUB_URL", "", lambda url: not url or is_web_address(url), "the http(s) address of a WebSub hub, or nothing")

# --- Notices to staff ---------------------------------------------------------------------------------------------------
NOTIFY_BY_MAIL = setting(env.bool, "NOTIFY_BY_MAIL", bool(env.str("EMAIL_URL", "")))
NOTIFY_WEBHOOKS = setting(
    env.list,
    "NOTIFY_WEBHOOKS",
    [],
    lambda urls: all(is_web_address(url.removeprefix("slack+")) for url in urls),
    "http(s) addresses, those of Slack with slack+ before them",
)
# A title may be under embargo, and a mail is read on many a locked screen.
NOTIFY_TITLES = setting(env.bool, "NOTIFY_TITLES", False)
NOTIFY_LANGUAGE = setting(env.str, "NOTIFY_LANGUAGE", LANGUAGE_CODE, lambda code: code in dict(LANGUAGES), "en or fr")

# --- Security -----------------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, without the proxy
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "newsroom.publishing.desk.kept.csrf_failure"
X_FRAME_OPTIONS = "DENY"
# The proxy in front says how the reader came; without a proxy leave it off, or anyone could claim https.
if setting(env.bool, "BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOG_LEVEL = setting(env.str, "LOG_LEVEL", "INFO", lambda level: level in LEVELS, ", ".join(LEVELS))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
