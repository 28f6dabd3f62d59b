"""What cannot be answered: 404, 400 with the rest of the form kept, and 500 without a database."""

import pytest
from django.db import connection

from articles.models import ArticleEdition
from newsroom.site.views import server_error
from tests.factories import live

pytestmark = pytest.mark.django_db

STRANGE_PATHS = ["/nothing/", "/de/", "/en/articles/no%00thing/", "/en/articles/%ED%A0%80/", "/en/tags/%F0%9F%98%80/", "/media/%00"]
BAD_PAGES = ["0", "-1", "1_0", "1.0", "+1", "\u0661", "one", "9999999", "1\x00", "1\u202e", "1" * 300]


def test_unknown_address_is_not_found_in_its_language(reader):
    response = reader.get("/fr/nothing/")
    assert response.status_code == 404
    assert '<html lang="fr">' in response.text
    assert 'href="/fr/articles/"' in response.text


@pytest.mark.parametrize("path", STRANGE_PATHS)
def test_address_outside_everything_is_not_found_and_asks_no_header(reader, path):
    answers = {reader.get(path, headers={"Accept-Language": language}).content for language in ("fr", "en")}
    assert len(answers) == 1
    assert reader.get(path).status_code == 404


@pytest.mark.parametrize("value", BAD_PAGES)
def test_bad_page_number_is_named(reader, value):
    response = reader.get("/en/articles/", {"page": value, "kind": "post"})
    assert response.status_code == 400
    assert "<code>page</code>" in response.text
    assert '<input type="hidden" name="kind" value="post">' in response.text
    assert 'href="/en/articles/?kind=post"' in response.text


def test_bad_value_is_shown_and_escaped(reader):
    response = reader.get("/en/articles/", {"kind": "<script>alert(1)</script>"})
    assert response.status_code == 400
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in response.text
    assert "<script>alert" not in response.text


def test_parameter_given_twice_is_named(reader):
    assert reader.get("/en/articles/?kind=post&kind=policy").status_code == 400


def test_page_past_the_end_is_not_found(reader):
    assert reader.get("/en/articles/?page=2").status_code == 404


def test_lone_surrogate_is_named(reader):
    assert "<code>page</code>" in reader.get("/en/articles/?page=1%ED%A0%80").text


def test_400_page_is_there_in_both_languages(reader):
    live(ArticleEdition)
    assert 'href="/en/articles/?kind=post&amp;page=0"' in reader.get("/fr/articles/?kind=post&page=0").text


def test_500_page_needs_no_database(rf, monkeypatch):
    def fail(*args, **kwargs):
        raise AssertionError("the database was asked")

    monkeypatch.setattr(connection, "cursor", fail)
    response = server_error(rf.get("/en/"))
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()


def test_failing_page_answers_with_the_500_page(reader, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("articles.views.page_of", fail)
    reader.raise_request_exception = False
    response = reader.get("/fr/articles/")
    assert response.status_code == 500
    assert '<html lang="fr">' in response.text


def test_host_that_is_not_ours_is_refused_plainly(reader, settings):
    settings.ALLOWED_HOSTS = ["newsroom.example"]
    response = reader.get("/en/articles", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.text
