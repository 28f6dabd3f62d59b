"""What the answers say: the texts in a language, the past, the filter, the walk, and what is gone.

On both engines the events, which have most in them; the other types, and how an answer is written, on one.
"""

import json
from datetime import timedelta

import pytest

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.models import Change, Tag
from newsroom.publishing.publish import publish, withdraw
from tests import factories
from tests.factories import NOON, NOTES, SOON
from tests.timeline.content import actor, effect, event, measure
from timeline.models import EventEdition, MeasureEdition

API, SITE = "/api/v1", "http://newsroom.example"
LISTS = {"articles": ArticleEdition, "questions": QuestionEdition, "events": EventEdition, "measures": MeasureEdition}
RICHEST_ON_BOTH = [name if name == "events" else pytest.param(name, marks=pytest.mark.pure) for name in LISTS]
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("clock", "db")


def read(reader, path, **parameters):
    """The answer to a path of the API, or to an absolute address that an answer gave."""
    response = reader.get(path.removeprefix(SITE) if path.startswith(SITE) else API + path, parameters)
    assert response.status_code == 200, response.text
    return response.json()


def titles(answer):
    return [item["title"] for item in answer["items"]]


# --- What they say ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", RICHEST_ON_BOTH)
def test_list_and_item_say_the_same_and_lead_to_each_other(reader, editor, clock, name):
    edition = factories.live(LISTS[name], editor)
    clock.shift(SOON)
    [item] = read(reader, f"/{name}")["items"]
    assert read(reader, item["api"])["item"] == item
    assert item["address"] == SITE + edition.get_absolute_url()
    for page in ("address", "permanent", "history"):
        assert reader.get(item[page].removeprefix(SITE)).status_code == 200
    assert (item["live_from"], item["change"]["code"], item["status"]) == ("2026-06-01T12:00:00Z", "first", "live")


def test_event_says_what_its_page_says(reader, clock):
    sale = measure("Sale")
    event("Report", "2020-08-10", effect(sale, "sets_deadline", "2020-09-20", certainty="reported"))
    more = effect(sale, "sets_deadline", "2020-11-12")
    event("Order", "2020-08-14~", more, time="16:00", zone="America/New_York", actors=[{"actor": actor("The court").document_id}])
    clock.shift(SOON)
    [item] = read(reader, "/events", **{"from": "2020-08-12"})["items"]
    assert item["date"] == {
        "edtf": "2020-08-14~",
        "first_day": "2020-08-13",
        "last_day": "2020-08-15",
        "words": "about 14\xa0August\xa02020",
    }
    assert (item["time"], item["zone"]) == ("16:00", "America/New_York")
    assert [one["name"] for one in item["actors"]] == ["The court name in English"]
    [done] = item["effects"]
    assert (done["measure"]["slug"], done["verb"]["code"], done["deadline"]) == (sale.slug_en, "sets_deadline", "2020-11-12")
    assert done["words"] == "sets deadline 12\xa0November\xa02020, formerly 20\xa0September\xa02020 (reported)"
    both = ["Report title in English", "Order title in English"]
    assert titles(read(reader, read(reader, done["measure"]["api"])["item"]["events"])) == both


@pytest.mark.pure
def test_addresses_in_a_text_are_absolute(reader, editor, clock):
    texts = {"title": "Links", "summary": "", "body": '<p><a href="/fr/faq/">there</a></p>', "byline": "", "picture_alt": "A door"}
    factories.live(ArticleEdition, editor, en=texts)
    clock.shift(SOON)
    [item] = read(reader, "/articles")["items"]
    assert f'<a href="{SITE}/fr/faq/">' in item["html"]
    assert item["picture"]["address"].startswith(f"{SITE}/media/pictures/")


@pytest.mark.pure
def test_language_is_a_parameter_and_no_header(reader, editor, clock):
    factories.live(ArticleEdition, editor)
    factories.live(ArticleEdition, editor, "Untranslated", fr={})
    clock.shift(SOON)
    french = reader.get(f"{API}/articles?lang=fr", headers={"Accept-Language": "en"})
    assert french["Content-Language"] == "fr"
    assert {(item["language"], item["is_translation_missing"]) for item in french.json()["items"]} == {("fr", False), ("en", True)}
    assert {item["change"]["label"] for item in french.json()["items"]} == {"Première publication"}
    assert all("lang=fr" in item["api"] and "/fr/" in item["address"] for item in french.json()["items"])
    english = reader.get(f"{API}/articles", headers={"Accept-Language": "fr", "Accept": "text/html"})
    assert english.json()["language"] == "en"
    assert "Vary" not in english.headers or "accept" not in english["Vary"].lower()


def test_in_force_says_the_state_and_what_is_behind_it(reader, clock):
    sale = measure("Sale", checked_through="2020-12-31")
    event("Report", "2020-08-10", effect(sale, "sets_deadline", "2020-09-20", certainty="reported"))
    event("Order", "2020-08-14", effect(sale, "sets_deadline", "2020-11-12"))
    clock.shift(SOON)
    answer = read(reader, "/in-force", on="2020-10-01")
    [item] = answer["items"]
    assert (answer["on"], answer["honesty"]) == ("2020-10-01", "A summary from the sources cited, incomplete; not legal advice.")
    assert (item["standing"]["state"]["code"], item["standing"]["deadline"]) == ("ordered", "2020-11-12")
    assert [(one["day"], one["certainty"]["code"]) for one in item["standing"]["former_deadlines"]] == [("2020-09-20", "reported")]
    assert [one["event"]["title"] for one in item["events"]] == ["Report title in English", "Order title in English"]
    assert read(reader, f"/in-force/{sale.slug_en}", on="2020-10-01")["item"] == item
    later = read(reader, f"/in-force/{sale.slug_en}", on="2021-01-01")["item"]
    assert (later["standing"]["state"]["code"], later["last_known"]["on"]) == ("not_known", "2020-12-31")
    assert later["last_known"]["caution"] == "Outcome not recorded; no end recorded."


@pytest.mark.pure
def test_demonstration_is_named_in_every_answer(reader, editor, clock, settings):
    assert read(reader, "/events")["notice"] is None
    settings.IS_DEMO = True
    for path in ("/", "/events", "/tags", "/in-force"):
        assert read(reader, path)["notice"].startswith("A demonstration built from press reports")


# --- The past -----------------------------------------------------------------------------------------------------------
def test_at_reads_what_was_public_then_in_any_of_its_forms(reader, editor, clock):
    first = factories.live(ArticleEdition, editor)
    factories.scheduled(factories.next_draft(first), editor, NOON + 2 * HOUR)
    clock.move_to(NOON + 3 * HOUR)
    assert titles(read(reader, "/articles")) == ["Changed in English"]
    for at in ("2026-06-01T13:00:00Z", "2026-06-01T15:00:00.5+02:00", "20260601130000"):
        answer = read(reader, "/articles", at=at)
        assert titles(answer) == ["Example title in English"]
        assert (answer["at"], answer["changed_at"]) == ("2026-06-01T13:00:00Z", "2026-06-01T12:00:00Z")
        assert titles({"items": [read(reader, answer["items"][0]["api"])["item"]]}) == titles(answer)


@pytest.mark.parametrize("at", ["2026-06-01T11:59:59Z", "2026-06-01T14:00:00Z", "20300101000000", "1000-01-01T00:00Z"])
def test_there_is_nothing_before_the_first_change_nor_in_the_future(reader, editor, clock, at):
    factories.live(ArticleEdition, editor)
    publish(factories.draft(ArticleEdition, editor), editor, NOON + 2 * HOUR)
    clock.move_to(NOON + HOUR)
    response = reader.get(f"{API}/articles", {"at": at})
    assert (response.status_code, response.json()["parameter"]) == (404, "at")


def test_memento_of_an_answer_is_the_answer_at_that_moment(reader):
    response = reader.get("/memento/20260601130000/api/v1/events?from=2020&at=20200101000000")
    assert (response.status_code, response["Location"]) == (302, "/api/v1/events?from=2020&at=20260601130000")
    assert reader.get("/memento/20269901130000/api/v1/events", follow=True).json()["parameter"] == "at"


# --- Long lists ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("parameters", [{}, {"order": "desc"}, {"from": "2020", "kind": "order"}])
def test_walk_tells_every_event_once_in_order_at_one_moment(reader, editor, clock, parameters):
    dates = ["2020-08-14", "2020-08-14/2020-08-20", "2020", "2020-08", "../2020-08-01", "2020-08-14", "2020-08-14"]
    for number, date in enumerate(dates):
        event(f"Number {number}", date, **({"time": "09:00", "zone": "UTC"} if number == 5 else {}))
    clock.shift(SOON)
    whole = [item["id"] for item in read(reader, "/events", **parameters)["items"]]
    assert len(set(whole)) == len(dates)
    answer, walked = read(reader, "/events", limit=2, **parameters), []
    event("Meanwhile", "2020-08-14", at=NOON + timedelta(minutes=1))
    clock.shift(HOUR)
    while answer["next"]:
        walked += answer["items"]
        answer = read(reader, answer["next"])
    assert [item["id"] for item in walked + answer["items"]] == whole


@pytest.mark.parametrize("name", ["articles", "questions", "measures", "tags"])
def test_walk_tells_everything_else_once(reader, editor, clock, name):
    for number in range(3):
        model = LISTS.get(name, ArticleEdition)
        factories.live(
            model,
            editor,
            f"Number {number}",
            at=NOON - number % 2 * HOUR,
            is_short=True,
            **({"tags": [factories.a_tag(f"t{number}").slug]} if name == "tags" else {}),
        )
    clock.shift(SOON)
    whole, walked = read(reader, f"/{name}")["items"], []
    response = reader.get(f"{API}/{name}?limit=1")
    assert response["Link"] == f'<{response.json()["next"]}>; rel="next"'
    answer = response.json()
    while True:
        walked += answer["items"]
        if not answer["next"]:
            break
        answer = read(reader, answer["next"])
    assert [item["slug"] for item in walked] == [item["slug"] for item in whole]
    assert len(walked) == 3


# --- What is gone, or elsewhere -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", RICHEST_ON_BOTH)
def test_withdrawn_item_is_in_no_list_and_says_so_itself(reader, editor, clock, name):
    edition = factories.live(LISTS[name], editor)
    clock.shift(SOON)
    withdraw(edition, editor, Change.WITHDRAWAL, NOTES)
    clock.shift(SOON)
    assert read(reader, f"/{name}")["items"] == []
    item = read(reader, f"/{name}/{edition.slug_en}")["item"]
    assert (item["status"], item["note"]["text"]) == ("withdrawn", "Withdrawn in English.")
    if name == "measures":
        assert reader.get(f"{API}/in-force/{edition.slug_en}").status_code == 404


@pytest.mark.parametrize("name", RICHEST_ON_BOTH)
def test_retracted_item_is_gone_at_every_moment_and_says_why(reader, editor, clock, name):
    edition = factories.live(LISTS[name], editor)
    clock.move_to(NOON + HOUR)
    withdraw(edition, editor, Change.RETRACTION, NOTES)
    clock.move_to(NOON + 2 * HOUR)
    for moment in ("", "&at=20260601123000"):
        response = reader.get(f"{API}/{name}/{edition.slug_fr}?lang=fr{moment}")
        problem = response.json()
        assert (response.status_code, response["Content-Type"]) == (410, "application/problem+json")
        assert (problem["title"], problem["detail"], problem["retracted_at"]) == (
            "Rétracté",
            "Withdrawn en français.",
            "2026-06-01T13:00:03Z",
        )
        assert read(reader, f"/{name}", at="20260601123000")["items"] == []


def test_former_name_leads_to_the_present_one_in_the_language_and_at_the_moment(reader, editor, clock):
    edition = factories.live(ArticleEdition, editor)
    clock.shift(SOON)
    response = reader.get(f"{API}/articles/{edition.slug_en}?lang=fr&at=20260601120000&utm_source=x")
    assert (response.status_code, response["Location"]) == (301, f"{API}/articles/{edition.slug_fr}?lang=fr&at=20260601120000")
    assert response["Access-Control-Allow-Origin"] == "*"


def test_tag_that_was_merged_leads_to_the_other(reader, editor, clock):
    factories.live(ArticleEdition, editor, is_short=True, tags=[factories.a_tag("old").slug])
    Tag.objects.filter(slug="old").update(merged_into=factories.a_tag("new"))
    clock.shift(SOON)
    [item] = read(reader, "/tags")["items"]
    assert (item["slug"], item["carried_by"], item["events"]) == ("new", ["articles"], None)
    assert reader.get(f"{API}/tags/old")["Location"] == f"{API}/tags/new"
    assert [tag["slug"] for tag in read(reader, item["articles"])["items"][0]["tags"]] == ["new"]
    assert reader.get(f"{API}/tags/never").status_code == 404


@pytest.mark.pure
def test_answer_is_readable_json(reader, editor, clock):
    factories.live(ArticleEdition, editor)
    clock.shift(SOON)
    response = reader.get(f"{API}/articles?lang=fr")
    assert "en français" in response.text
    assert json.loads(response.content)["items"]
