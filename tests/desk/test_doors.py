"""Every address of the desk, tried by everybody: a door that is not in the list below is a door nobody thought about.

Permissions are the same on both engines.
"""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from articles.models import ArticleEdition
from faq.models import Topic
from newsroom.follow.models import Message
from newsroom.library.models import Picture
from newsroom.publishing.drafts import edition_types, save_draft
from newsroom.publishing.models import Account, Decision, Verb
from newsroom.publishing.review import share
from newsroom.site.models import BannerEdition
from tests.conftest import person
from tests.desk.conftest import signed_in
from tests.desk.desk import address_of, told, words_of
from tests.factories import NOON, a_tag, content, draft, live
from timeline.models import EventEdition

pytestmark = pytest.mark.pure

SECRET = "Zanzibar"
NOBODY = set()
WRITING, STAFF = {"writer", "editor"}, {"writer", "translator", "editor", "administrator"}
LOG, VOCABULARY = {"writer", "editor", "administrator"}, {"writer", "editor"}
EVERYBODY = {*STAFF, "commenter"}

PLACES = {"index": EVERYBODY, "password_change": EVERYBODY, "password_change_done": EVERYBODY, "jsi18n": EVERYBODY, "hold": {"editor"}}
PLACES |= {"notices": EVERYBODY, "releases": STAFF, "calendar": STAFF, "ahead": STAFF, "first_steps": WRITING}
EDITIONS = {
    **dict.fromkeys(("change", "preview", "frame", "comment", "compare"), EVERYBODY),  # a commenter's for what is shared alone
    **dict.fromkeys(("changelist", "history", "revision", "ahead"), STAFF),
    **dict.fromkeys(("add", "delete", "correct", "duplicate", "upkeep", "restore", "unsaved_new"), WRITING),
    **dict.fromkeys(("submit", "conflict", "begin", "unsaved"), {*WRITING, "translator"}),
    **dict.fromkeys(
        ("publish", "schedule", "cancel", "reschedule", "withdraw", "clear", "check", "review", "links", "revoke", "share", "unshare"),
        {"editor"},
    ),
    "clear_legal": NOBODY,  # legal's alone
}
OTHERS = {
    "publishing_tag": {"changelist": VOCABULARY, "change": VOCABULARY, "add": {"editor"}, "delete": {"editor"}},
    "faq_topic": {"changelist": VOCABULARY, "change": VOCABULARY, "add": {"editor"}, "delete": {"editor"}},
    "library_picture": {
        **dict.fromkeys(("changelist", "change", "card", "choices"), {*VOCABULARY, "translator"}),
        **dict.fromkeys(("add", "replace", "upload"), VOCABULARY),
        "delete": {"editor"},
    },
    "publishing_decision": {"changelist": LOG, "change": LOG, "add": NOBODY, "delete": NOBODY},
    "follow_message": {"changelist": {"editor", "administrator"}, "change": {"editor", "administrator"}, "add": NOBODY, "delete": NOBODY},
    "auth_user": dict.fromkeys(("changelist", "change", "add", "delete", "password_change"), {"administrator"}),
    "auth_group": {"changelist": {"administrator"}, "change": {"administrator"}, "add": NOBODY, "delete": NOBODY},
}
POSTED = {"unsaved", "unsaved_new", "comment", "begin", "correct", "clear", "check", "clear_legal", "unshare", "duplicate"}
ELSEWHERE = {"release", "release_publish", "login", "logout", "autocomplete", "app_list", None}
"""Open to all, or tried below."""


def names(patterns=None):
    """The name of every address of the desk."""
    for pattern in admin.site.urls[0] if patterns is None else patterns:
        yield from names(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern.name]


def doors():
    """{name: (kind, what is done there, who may)}"""
    found = {name: ("", name, who) for name, who in PLACES.items()}
    for model in edition_types():
        kind, document = f"{model._meta.app_label}_{model._meta.model_name}", model.document.field.related_model._meta
        found |= {f"{kind}_{what}": (model, what, who) for what, who in EDITIONS.items()}
        if admin.site.is_registered(document.model):
            found[f"{document.app_label}_{document.model_name}_change"] = (model, "document", EVERYBODY)
    for kind, whats in OTHERS.items():
        found |= {f"{kind}_{what}": (kind, what, who) for what, who in whats.items()}
        found[f"{kind}_history"] = (kind, "history", whats["change"])
    return found


def test_every_door_has_somebody_who_may_open_it():
    missing = {name for name in names() if name not in doors()} - ELSEWHERE
    assert missing == set(), "say in this file who may open them"


# --- Who ----------------------------------------------------------------------------------------------------------------
@pytest.fixture(params=["commenter", "writer", "translator", "editor", "administrator"])
def somebody(request, db):
    one = person(request.param, f"{request.param.title()}s")
    Account.objects.create(person=one, language="fr" if request.param == "translator" else "")
    return one


@pytest.fixture
def newsroom(clock, db):
    """{kind: the id of one thing of each kind}; of each content type a draft."""
    decision = Decision.objects.create(edition=live(ArticleEdition, picture=None), verb=Verb.CLEAR, by_name="somebody")
    rest = {
        "publishing_tag": a_tag("free"), "faq_topic": Topic.objects.create(slug="free", name_en="Free"),
        "library_picture": Picture.objects.create(title="Free", file="pictures/free.png", width=1, height=1),
        "publishing_decision": decision, "follow_message": Message.objects.create(kind="hub", due_at=NOON, next_try_at=NOON),
        "auth_user": person("another", "Writers"), "auth_group": Group.objects.get(name="Writers"),
    }  # fmt: skip
    return {**rest, **{model: draft(model) for model in edition_types()}}


def opened(client, name, kind, what, newsroom):
    """The answer at one door."""
    one = newsroom.get(kind)
    is_of_one = kind != "" and what not in ("changelist", "add", "upload", "choices", "unsaved_new")
    args = [one.document_id if what == "document" else one.pk] if is_of_one else []
    args += [1] if what in ("revision", "conflict", "restore") else []
    return (client.post if what in POSTED else client.get)(reverse(f"admin:{name}", args=args))


def test_everybody_opens_their_own_doors_and_no_other(somebody, newsroom):
    for model in edition_types():
        share(newsroom[model], None, somebody, NOON.date())
    client, wrong = signed_in(somebody).client, []
    for name, (kind, what, who) in doors().items():
        is_open = somebody.username in who
        if is_open and kind in set(edition_types()) - {BannerEdition}:
            continue  # that a page comes up is tried on the type with least in it, and all over this folder; that none does, on all
        status = opened(client, name, kind, what, newsroom).status_code
        if (status != 403) != is_open:
            wrong.append((name, status))
    assert wrong == []


def test_the_public_opens_none(reader, newsroom):
    for name, (kind, what, _who) in doors().items():
        answer = opened(reader, name, kind, what, newsroom)
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/admin/login/"), name
    assert reader.get("/admin/autocomplete/").status_code == 302


def test_actions_on_many_are_nobodys_but_those_offered(somebody, newsroom):
    desk = signed_in(somebody)
    given_up = newsroom["follow_message"]
    given_up.finish(Message.Outcome.GIVEN_UP)
    for model in edition_types():
        chosen = {"action": "delete_selected", "_selected_action": newsroom[model].pk}
        desk.post(address_of(model, "changelist"), chosen)
        assert model.objects.filter(pk=newsroom[model].pk).exists()
    desk.post(address_of(Message, "changelist"), {"action": "send_again", "_selected_action": given_up.pk})
    given_up.refresh_from_db()
    assert (given_up.outcome == Message.Outcome.WAITING) == (somebody.username in OTHERS["follow_message"]["change"])


# --- What is shared -----------------------------------------------------------------------------------------------------
@pytest.fixture
def shared(clock, db, editor):
    """A commenter with an event shared with them that names what is not: a measure, a person, and a statement not public yet."""
    commenter = person("commenter", "Commenters")
    secret = {model: draft(model, word=SECRET) for model in edition_types()}
    naming = content(EventEdition)
    documents = {edition.document._meta.model_name: edition.document_id for edition in secret.values()}
    naming["statement"] = documents["article"]
    naming["effects"] = [{**row, "measure": documents["measure"]} for row in naming["effects"]]
    naming["actors"] = [{**row, "actor": documents["actor"]} for row in naming["actors"]]
    event = draft(EventEdition, **{**naming, "change": "first"})
    share(event, editor, commenter, NOON.date() + timedelta(days=3))
    return signed_in(commenter), event, secret


def test_a_commenter_reads_what_is_shared_and_learns_of_nothing_else(shared):
    desk, event, secret = shared
    own = {**secret, EventEdition: event}
    assert str(event) in desk.get("/admin/").text
    assert "Example summary in English" in desk.open(event).text
    for name, (kind, what, _who) in doors().items():
        if kind == "" or kind in own:
            for edition in {secret.get(kind), own.get(kind)} - {None}:
                assert SECRET not in opened(desk.client, name, kind, what, {kind: edition}).text, name
    for edition in secret.values():
        for what in ("change", "preview", "comment"):
            asked = desk.client.post if what == "comment" else desk.client.get
            assert asked(address_of(edition, what)).status_code == 403
    for model, field in (("effect", "measure"), ("eventactor", "actor"), ("eventedition", "statement")):
        chooser = f"/admin/autocomplete/?app_label=timeline&model_name={model}&field_name={field}&term={SECRET}"
        assert desk.get(chooser).status_code == 403


def test_a_commenter_says_something_and_changes_nothing(shared, editor):
    desk, event, _secret = shared
    page = desk.post(address_of(event, "comment"), {"text": "Strike the second line."})
    assert "Strike the second line." in page.text
    assert 'name="_continue"' not in page.text
    assert "Strike the second line." in signed_in(editor).open(event).text
    before = event.title_en
    desk.post(address_of(event, "change"), {"title_en": "Mine"})
    event.refresh_from_db()
    assert event.title_en == before


def test_a_commenter_compares_what_was_saved_since_it_is_shared(shared, editor, clock):
    desk, event, _secret = shared
    assert "There is nothing to compare yet" in desk.get(address_of(event, "compare")).text
    clock.shift(timedelta(minutes=1))
    for words in ("Second", "Third"):
        event.summary_en = f"{words} summary"
        event.save()
        save_draft(event, editor)
    page = desk.get(address_of(event, "compare"), a=f"r{event.pk}.1", b=f"r{event.pk}.3")
    assert "[added: Third summary]" in words_of(page)
    assert SECRET not in page.text
    late = person("late", "Commenters")
    share(event, editor, late, NOON.date())
    assert told(signed_in(late).get(address_of(event, "compare"), a=f"r{event.pk}.2", b=f"r{event.pk}.3")) == [
        "Please choose two to compare."
    ]


def test_what_is_shared_ends_with_its_day(shared, clock):
    desk, event, _secret = shared
    clock.shift(timedelta(days=4))
    desk.client.login(username="commenter", password="commenter")
    assert desk.open(event).status_code == 403
    assert str(event) not in desk.get("/admin/").text


# --- Accounts -----------------------------------------------------------------------------------------------------------
def test_an_account_ends_with_its_day_even_in_the_middle_of_a_visit(clock, reader, db):
    lawyer = person("lawyer", "Commenters")
    Account.objects.create(person=lawyer, expires_on=NOON.date())
    entry = {"username": "lawyer", "password": "lawyer"}
    reader.post("/admin/login/", entry)
    assert reader.get("/admin/").status_code == 200
    clock.shift(timedelta(days=1))
    assert reader.get("/admin/").status_code == 302
    assert "correct username and password" in reader.post("/admin/login/", entry).text
