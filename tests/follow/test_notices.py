"""What staff are told: who, when, and never what is under embargo. Mail goes to a real server, webhooks to a real address."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.contrib.auth.models import User

from articles.models import ArticleEdition
from newsroom.follow.models import Message
from newsroom.follow.outbox import run_due
from newsroom.publishing.drafts import draft_in
from newsroom.publishing.models import Account, Change, Lane
from newsroom.publishing.policy import clear
from newsroom.publishing.publish import cancel, publish, withdraw
from newsroom.publishing.review import approve, clear_legal, give_back, share, submit, unshare
from newsroom.publishing.upkeep import check
from tests import factories
from tests.conftest import person
from tests.desk.conftest import signed_in
from tests.factories import NOON, NOTES, SOON

pytestmark = pytest.mark.usefixtures("clock", "db")
HOUR = timedelta(hours=1)
SECRET = "Zanzibar"


@pytest.fixture
def letters(smtp, settings):
    """Mail is on. A function: whom was told what since it was last asked, [(address, subject)]."""
    settings.NOTIFY_BY_MAIL = True

    def told():
        while run_due():
            pass
        new = [(letter["To"].split("@")[0], " ".join(letter["Subject"].split()).split("] Article: ")[-1]) for letter in smtp]
        smtp.clear()
        return new

    return told


@pytest.fixture
def elena():
    return factories.an_editor("elena")


@pytest.fixture
def draft(writer):
    return factories.draft(ArticleEdition, writer, word=SECRET)


# --- Whom, of what ------------------------------------------------------------------------------------------------------
def test_a_review_is_told_to_those_whose_turn_it_is(draft, writer, editor, elena, letters):
    submit(draft, writer)
    assert letters() == [("editor", "Writer has sent a text for review."), ("elena", "Writer has sent a text for review.")]
    give_back(draft, editor, "No.")
    assert letters() == [("writer", "Editor has returned a text.")]
    submit(draft, writer)
    approve(draft, elena)
    assert letters() == [("writer", "Elena has approved a text.")]  # that it waits for review is true no more


def test_who_is_asked_for_a_second_look_is_told_once_it_is_needed(editor, elena, letters):
    own = factories.draft(ArticleEdition, editor)
    publish(own, editor, NOON + 10 * SOON)
    assert letters() == [("elena", "Editor has published a text alone. Somebody else has to clear it.")]
    clear(own, elena)
    publish(factories.draft(ArticleEdition, editor, word="Another"), editor, NOON + 20 * SOON)
    assert [name for name, _subject in letters()] == ["elena"]


def test_legal_is_told_where_legal_is_asked(draft, writer, editor, letters):
    lawyer = person("lawyer", "Legal")
    submit(draft, writer, for_legal=True)
    assert [name for name, subject in letters() if "legal" in subject] == []  # may not read it
    lawyer.groups.add(*editor.groups.all())
    give_back(draft, editor, "Once more.")
    submit(draft, writer, for_legal=True)
    assert [name for name, subject in letters() if "to legal" in subject] == ["lawyer"]
    clear_legal(draft, lawyer)


def test_an_hour_before_and_when_it_is_live_those_who_made_it_are_told(draft, writer, editor, letters, clock):
    publish(draft, editor, NOON + 3 * HOUR)
    assert letters() == []
    clock.move_to(NOON + 2 * HOUR)
    assert letters() == [(name, "A text goes live on 1 June 2026, 15:00.") for name in ("writer", "editor")]
    clock.move_to(NOON + 3 * HOUR)
    assert letters() == [(name, "A text is live since 1 June 2026, 15:00.") for name in ("writer", "editor")]


def test_what_was_cancelled_or_withdrawn_is_not_said_to_go_live(draft, editor, letters, clock):
    publish(draft, editor, NOON + 3 * HOUR)
    cancel(draft, editor)
    again = draft_in(draft.document, Lane.WORKING)
    publish(again, editor)
    clock.shift(SOON)
    withdraw(again, editor, Change.WITHDRAWAL, NOTES)
    clock.move_to(NOON + 4 * HOUR)
    assert letters() == []


def test_a_translator_is_told_of_texts_in_their_language(editor, letters, clock):
    for name, language in (("fred", "fr"), ("ed", "en")):
        Account.objects.create(person=person(name, "Translators"), language=language)
    publish(factories.draft(ArticleEdition, fr={}), editor)
    clock.shift(SOON)
    told = [one for one in letters() if "missing" in one[1]]
    assert told == [("fred", "A text is missing or out of date: French.")]


def test_whom_a_text_is_shared_with_is_told_once_without_its_title(draft, editor, letters, smtp):
    lawyer, other = person("lawyer", "Commenters"), person("other", "Commenters")
    Account.objects.create(person=other, unwanted=["shared"])
    for somebody in (lawyer, other):
        share(draft, editor, somebody, NOON.date())
    share(draft, editor, lawyer, NOON.date() + 2 * 24 * HOUR)  # for longer
    while run_due():
        pass
    assert SECRET not in smtp[0].as_string()
    assert f"/admin/articles/articleedition/{draft.pk}/change/" in smtp[0].get_payload()
    assert letters() == [("lawyer", "Editor has shared a text with you.")]
    share(draft, editor, person("late", "Commenters"), NOON.date())
    unshare(draft, editor, User.objects.get(username="late"))
    assert letters() == []


def test_whoever_owns_a_page_is_told_when_it_is_to_be_read_again(editor, elena, letters, clock):
    live = factories.live(ArticleEdition, editor)
    letters()  # that it is live, and was published alone
    for days in (10, 30, 30):
        live.document.owner, live.document.review_every = elena, days
        live.document.save()
    clock.move_to(NOON + 20 * 24 * HOUR)
    check(live, editor)
    clock.move_to(NOON + 30 * 24 * HOUR)
    assert letters() == []
    clock.move_to(NOON + 51 * 24 * HOUR)
    assert letters() == [("elena", "A page is due for review: is it still right?")]


# --- What is not said ---------------------------------------------------------------------------------------------------
def test_a_title_is_left_out_until_it_is_public(draft, writer, editor, smtp, letters, clock, settings):
    submit(draft, writer)
    publish(draft, editor, NOON + 3 * HOUR)
    settings.NOTIFY_WEBHOOKS = ["http://127.0.0.1:9/"]
    clock.move_to(NOON + 2 * HOUR)
    run_due(), run_due()
    assert smtp
    assert not [letter for letter in smtp if SECRET.lower() in str(letter).lower()]
    assert f"http://newsroom.example/admin/articles/articleedition/{draft.pk}/change/" in smtp[0].get_payload()
    smtp.clear()
    clock.move_to(NOON + 3 * HOUR)
    run_due(), run_due()
    assert SECRET in str(smtp[0])


def test_a_newsroom_may_have_titles_in_its_own_language(draft, writer, editor, smtp, letters, settings):
    settings.NOTIFY_TITLES, settings.NOTIFY_LANGUAGE = True, "fr"
    submit(draft, writer)
    run_due()
    (letter,) = smtp
    assert SECRET in letter.get_payload(decode=True).decode()
    assert "relecture" in letter.get_payload(decode=True).decode()


def test_nobody_is_told_who_does_not_want_it_or_may_not_sign_in(draft, writer, editor, elena, letters):
    desk = signed_in(editor)
    wanted = ["returned", "live"]
    desk.post("/admin/notices/", {"wanted": wanted})
    assert desk.get("/admin/notices/").context["form"].initial["wanted"] == wanted
    assert "Select a valid choice" in desk.post("/admin/notices/", {"wanted": ["weather"]}).text
    Account.objects.create(person=elena, expires_on=(NOON - 24 * HOUR).date())
    submit(draft, writer)
    assert letters() == []


def test_nothing_is_queued_while_nobody_is_to_be_told(draft, writer, settings):
    assert (settings.NOTIFY_BY_MAIL, settings.NOTIFY_WEBHOOKS) == (False, [])
    submit(draft, writer)
    assert not Message.objects.exists()


# --- When a server is silent --------------------------------------------------------------------------------------------
def test_a_mail_that_is_refused_is_tried_again_and_dropped_once_it_is_not_true_any_more(draft, writer, editor, letters, settings, clock):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    submit(draft, writer)
    assert letters() == []
    assert Message.objects.get(kind="staff mail").outcome == "waiting"
    settings.EMAIL_PORT = port
    approve(draft, editor)
    clock.shift(HOUR)
    assert letters() == [("writer", "Editor has approved a text.")]
    assert {one.outcome for one in Message.objects.filter(kind="staff mail", data__what="review")} == {"dropped"}


# --- Webhooks -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def hook():
    """A place where people meet, on this machine; `hook.heard` is what was said there."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            heard = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.heard.append((self.path, self.headers["Content-Type"], json.loads(heard)))
            self.send_response(self.server.status)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.heard, server.status = [], 200
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_webhooks_hear_it_each_in_their_way(draft, writer, hook, settings):
    settings.NOTIFY_WEBHOOKS = [f"{hook.url}/any?key=k", f"slack+{hook.url}/slack"]
    submit(draft, writer)
    run_due()
    address = f"http://newsroom.example/admin/articles/articleedition/{draft.pk}/change/"
    told = "Article: Writer has sent a text for review."
    machine = {"what": "review", "type": "article", "text": told, "address": address, "at": "2026-06-01T12:00:00+00:00"}
    assert sorted(hook.heard) == [
        ("/any?key=k", "application/json", machine),
        ("/slack", "application/json", {"text": f"{told}\n{address}"}),
    ]
    assert "key=k" not in str(list(Message.objects.values()))


def test_a_webhook_that_refuses_is_tried_again_and_one_taken_away_is_dropped(draft, writer, hook, settings, clock):
    settings.NOTIFY_WEBHOOKS = [hook.url]
    hook.status = 500
    submit(draft, writer)
    run_due()
    message = Message.objects.get(kind="webhook")
    assert (message.outcome, message.problem) == ("waiting", "Refused: the answer was 500")
    settings.NOTIFY_WEBHOOKS = []
    clock.shift(HOUR)
    run_due()
    message.refresh_from_db()
    assert message.outcome == "dropped"
