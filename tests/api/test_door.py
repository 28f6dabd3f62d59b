"""What holds at every address of the API: methods, other sites, conditions, and problems in words."""

import pytest

from articles.models import ArticleEdition
from newsroom.api import answers
from newsroom.publishing.models import Tag
from tests import factories
from tests.factories import SOON

API = "/api/v1"
BAD = [
    *(
        ("articles", name, value)
        for name, value in (("kind", "nothing"), ("tag", "nothing"), ("limit", "0"), ("limit", "101"), ("limit", "٣"))
    ),
    *(("articles", "lang", value) for value in ("de", "EN", "\x00")),
    *(
        ("events", "at", value)
        for value in (
            "2020-11-12",
            "2020-11-12T17:00:00",
            "2020-11-12T17:00:00 01:00",
            "2020-02-30T00:00:00Z",
            "9999-12-31T23:59:59-23:59",
            "20201399000000",
        )
    ),
    *(
        ("events", name, value)
        for name, value in (
            ("from", "2020-13"),
            ("to", "soon"),
            ("order", "up"),
            ("measure", "x"),
            ("cursor", "x"),
            ("q", "a b c d e f g h i"),
        )
    ),
    *(("in-force", "on", value) for value in ("2020-10", "tomorrow")),
    ("questions", "topic", "x"),
    ("tags", "cursor", "x"),
]
pytestmark = pytest.mark.usefixtures("clock", "db")


@pytest.mark.parametrize(("path", "name", "value"), BAD)
def test_bad_parameter_is_a_problem_that_names_it(reader, path, name, value):
    response = reader.get(f"{API}/{path}", {name: value})
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["parameter"] == name
    assert response.json()["detail"]
    assert response["Access-Control-Allow-Origin"] == "*"


def test_problem_is_in_the_language_asked_for(reader):
    problem = reader.get(f"{API}/events?from=2020-13&lang=fr").json()
    assert problem["title"] == "Une valeur est illisible"
    assert problem["type"] == "http://newsroom.example/api/v1/docs#bad-parameter"


def test_parameter_given_twice_is_a_problem_and_one_not_known_is_ignored(reader):
    assert reader.get(f"{API}/events?lang=en&lang=fr").json()["parameter"] == "lang"
    assert reader.get(f"{API}/events?utm_source=x&lang=").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["nothing", "articles/never-was", "articles/é", "events/a/b", "in-force/never-was", "%00", "a%0Ab", "openapi.json/x"],
)
def test_address_where_nothing_stands_is_a_problem(reader, path):
    response = reader.get(f"{API}/{path}")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_a_slash_too_many_leads_to_the_address_without_it(reader):
    response = reader.get(f"{API}/events/?from=2020")
    assert (response.status_code, response["Location"]) == (301, f"{API}/events?from=2020")


@pytest.mark.parametrize("path", ["", "events", "events/x", "openapi.json", "nothing"])
def test_nothing_can_be_written(reader, path):
    for method in ("post", "put", "patch", "delete", "trace"):
        response = getattr(reader, method)(f"{API}/{path}")
        assert (response.status_code, response["Allow"], response.json()["status"]) == (405, "GET, HEAD, OPTIONS", 405)


def test_scripts_of_other_sites_may_read(reader):
    response = reader.options(f"{API}/events", headers={"Origin": "https://other.example", "Access-Control-Request-Method": "GET"})
    assert (response.status_code, response["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    for answer in (response, reader.get(f"{API}/events"), reader.get(f"{API}/openapi.json"), reader.get(f"{API}/events/")):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Access-Control-Expose-Headers"] == "ETag, Link"
        assert "Access-Control-Allow-Credentials" not in answer


def test_condition_is_answered_by_the_etag_alone(reader, editor, clock):
    factories.live(ArticleEdition, editor)
    clock.shift(SOON)
    first = reader.get(f"{API}/articles")
    assert (first["Last-Modified"], first["Cache-Control"]) == ("Mon, 01 Jun 2026 12:00:00 GMT", "public, no-cache")
    same = reader.get(f"{API}/articles", headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, same["Access-Control-Allow-Origin"], same.content) == (304, "*", b"")
    Tag.objects.filter(slug="law").update(name_en="Renamed")
    assert reader.get(f"{API}/articles", headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 200
    assert reader.get(f"{API}/articles", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_head_says_what_get_says(reader):
    got, head = reader.get(f"{API}/events"), reader.head(f"{API}/events")
    assert (head.status_code, head.headers) == (200, got.headers)
    assert head.content == b""
    assert reader.head(f"{API}/events", headers={"If-None-Match": got["ETag"]}).status_code == 304


def test_mistake_of_ours_is_a_problem_too(reader, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("a secret")

    monkeypatch.setattr(answers, "listed", fail)
    reader.raise_request_exception = False
    response = reader.get(f"{API}/articles?lang=fr")
    assert (response.status_code, response["Content-Type"], response["Cache-Control"]) == (500, "application/problem+json", "no-store")
    assert "secret" not in response.text


# --- For people ---------------------------------------------------------------------------------------------------------
def test_documentation_needs_no_script_and_leads_to_every_address(reader):
    assert reader.get(f"{API}/docs")["Location"] == "/en/api/"
    response = reader.get("/fr/api/")
    assert response.status_code == 200
    assert "<script" not in response.text
    for path in reader.get(f"{API}/openapi.json").json()["paths"]:
        assert f'<code lang="en">{path}</code>' in response.text
    for name in ("bad-parameter", "not-found", "retracted", "error", "Event", "InForce"):
        assert f'id="{name}"' in response.text
