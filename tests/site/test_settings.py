"""Every setting comes from the environment; a bad value stops the start and says which one and why."""

import runpy

import pytest
from django.conf import settings as current
from django.core.exceptions import ImproperlyConfigured

pytestmark = pytest.mark.pure
SECRET = "a-secret-key-of-more-than-thirty-two-characters"


@pytest.fixture
def read(monkeypatch):
    """A function: the settings, as newsroom/settings.py reads them from these variables and no others (None removes one)."""

    def read(**variables):
        for name in ("DATABASE_URL", "SITE_URL"):
            monkeypatch.delenv(name, raising=False)
        for name, value in {"SECRET_KEY": SECRET, **variables}.items():
            monkeypatch.delenv(name, raising=False) if value is None else monkeypatch.setenv(name, value)
        return runpy.run_path(current.BASE_DIR / "newsroom" / "settings.py")

    return read


def test_defaults_are_safe(read):
    settings = read()
    assert settings["DEBUG"] is False
    assert settings["IS_DEMO"] is False
    assert settings["SECOND_PERSON"] == "advise"
    assert settings["SITE_URL"] == "http://127.0.0.1:8000"
    assert settings["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "127.0.0.1"]
    assert settings["DATABASES"]["default"]["ENGINE"] == "django.db.backends.sqlite3"
    assert settings["MODELTRANSLATION_ENABLE_FALLBACKS"] is False


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("SECRET_KEY", None, "not set"),
        ("SECRET_KEY", "short", "at least 32 characters"),
        ("DEBUG", "perhaps", "boolean"),
        ("IS_DEMO", "perhaps", "boolean"),
        ("SITE_URL", "newsroom.example", "a scheme and a host"),
        ("SITE_URL", "ftp://newsroom.example", "a scheme and a host"),
        ("SITE_URL", "https://newsroom.example/press", "without a path"),
        ("DATABASE_URL", "", "Not a valid database URL"),
        ("DATABASE_URL", "newsroom.sqlite3", "Not a valid database URL"),
        ("DATABASE_URL", "mysql://newsroom@db.example/newsroom", "sqlite or postgres"),
        ("TIME_ZONE", "Mars/Olympus_Mons", "an IANA time zone"),
        ("TIME_ZONE", "../../etc/passwd", "an IANA time zone"),
        ("TIME_ZONE", "", "an IANA time zone"),
        ("SECOND_PERSON", "sometimes", "advise, require or off"),
        ("EMAIL_URL", "pigeon://coop", "smtp"),
        ("NOTIFY_LANGUAGE", "de", "en or fr"),
        ("NOTIFY_WEBHOOKS", "https://hooks.example/a,pigeon", "http(s) addresses"),
        ("LOG_LEVEL", "LOUD", "WARNING"),
    ],
)
def test_bad_value_is_named(read, name, value, reason):
    with pytest.raises(ImproperlyConfigured) as error:
        read(**{name: value})
    assert name in str(error.value)
    assert reason in str(error.value)


def test_bad_size_of_the_connection_pool_is_named(read):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_POOL"):
        read(DATABASE_URL="postgres://newsroom@/newsroom", DATABASE_POOL="many")


def test_https_turns_on_what_only_https_can_keep(read):
    settings = read(SITE_URL="https://newsroom.example")
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SECURE_HSTS_SECONDS"] > 0
    assert settings["ALLOWED_HOSTS"][0] == "newsroom.example"
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://newsroom.example"]


def test_http_promises_nothing_about_https(read):
    settings = read(SITE_URL="http://127.0.0.1:8001")
    assert not settings["SECURE_SSL_REDIRECT"]
    assert settings["SECURE_HSTS_SECONDS"] == 0


def test_a_proxy_is_believed_only_when_it_is_there(read):
    assert "SECURE_PROXY_SSL_HEADER" not in read()
    assert read(BEHIND_PROXY="true")["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_development_needs_no_secret(read):
    assert read(SECRET_KEY=None, DEBUG="true")["SECRET_KEY"]


def test_postgresql_is_pooled(read):
    database = read(DATABASE_URL="postgres://newsroom:secret@db.example:5433/newsroom", DATABASE_POOL="5")["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", 5433, "newsroom")
    assert database["CONN_MAX_AGE"] == 0
    assert database["OPTIONS"]["pool"]["max_size"] == 5


def test_mail_goes_where_the_environment_says(read):
    settings = read(EMAIL_URL="submission://desk:secret@mail.example:587")
    assert settings["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == ("mail.example", 587)
    assert (settings["EMAIL_HOST_USER"], settings["EMAIL_HOST_PASSWORD"]) == ("desk", "secret")
    assert settings["EMAIL_USE_TLS"] is True


def test_content_security_policy_is_strict(read):
    directives = read()["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    sources = {source for values in directives.values() for source in values}
    assert sources <= {"'none'", "'self'"}
