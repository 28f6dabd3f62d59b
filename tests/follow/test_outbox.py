"""The outbox: nothing is lost, nothing is told early, nobody waits. The hub is a real one; only the clock is ours."""

import threading
from datetime import timedelta
from itertools import pairwise

import pytest
from django.contrib.auth.models import User
from django.db import connections, transaction

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.follow import hub as hubs
from newsroom.follow import outbox
from newsroom.follow import post as posting
from newsroom.follow.models import Message
from newsroom.follow.outbox import FIRST_PAUSE, KEPT, LEASE, PATIENCE, claim, next_due, purge, queue, run_due
from newsroom.publishing.models import Change
from newsroom.publishing.publish import cancel, hold, publish, reschedule, withdraw
from newsroom.record.erasure import erase
from tests import factories
from tests.factories import NOON, NOTES, SOON
from timeline.models import EventEdition, MeasureEdition

pytestmark = pytest.mark.usefixtures("clock", "db")
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def due(hub, editor, clock):
    """An article that has just gone live, with its ping waiting."""
    edition = factories.draft(ArticleEdition, is_short=True)
    publish(edition, editor)
    clock.move_to(NOON + SOON)
    return edition


def outcome():
    return Message.objects.get().outcome


# --- When ---------------------------------------------------------------------------------------------------------------
def test_publishing_tells_nobody_anything(hub, editor):
    edition = factories.draft(ArticleEdition, is_short=True)
    publish(edition, editor)
    message = Message.objects.get()
    assert (message.kind, message.about, message.due_at, hub.pings) == ("hub", edition, edition.live_from, [])


def test_ping_is_sent_once_it_is_live(hub, due):
    assert run_due() == 1
    assert len(hub.pings) == 1
    assert (outcome(), next_due()) == ("sent", None)
    assert run_due() == 0
    assert len(hub.pings) == 1


def test_scheduled_edition_is_announced_at_its_second_and_not_before(hub, editor, clock):
    publish(factories.draft(ArticleEdition, is_short=True), editor, NOON + HOUR)
    assert next_due() == NOON + HOUR
    clock.move_to(NOON + HOUR - SECOND)
    assert (run_due(), hub.pings) == (0, [])
    clock.move_to(NOON + HOUR)
    assert (run_due(), len(hub.pings)) == (1, 1)


@pytest.mark.parametrize("take_back", [cancel, lambda edition, by: hold([edition], by)], ids=["cancelled", "held"])
def test_edition_taken_back_is_never_announced(hub, editor, clock, take_back):
    edition = factories.scheduled(factories.draft(ArticleEdition, is_short=True), editor, NOON + HOUR)
    take_back(edition, editor)
    clock.move_to(NOON + DAY)
    assert (run_due(), hub.pings, outcome()) == (1, [], "dropped")


def test_rescheduled_edition_is_announced_at_its_new_moment_alone(hub, editor, clock):
    edition = factories.scheduled(factories.draft(ArticleEdition, is_short=True), editor, NOON + HOUR)
    reschedule(edition, editor, NOON + 2 * HOUR)
    clock.move_to(NOON + HOUR)
    assert (run_due(), hub.pings) == (1, [])
    clock.move_to(NOON + 2 * HOUR)
    assert (run_due(), len(hub.pings)) == (1, 1)


def test_nothing_is_queued_without_a_hub(settings, editor):
    assert settings.HUB_URL == ""
    publish(factories.draft(ArticleEdition, is_short=True), editor)
    assert not Message.objects.exists()


def test_ping_is_dropped_where_the_newsroom_has_given_up_its_hub(due, hub, settings):
    settings.HUB_URL = ""
    assert (run_due(), hub.pings, outcome()) == (1, [], "dropped")


def test_message_stands_and_falls_with_its_transaction(hub):
    with transaction.atomic():
        queue("hub", NOON)
        transaction.set_rollback(True)
    assert not Message.objects.exists()


# --- What ---------------------------------------------------------------------------------------------------------------
SECTIONS = {ArticleEdition: ["", "articles/"], QuestionEdition: [""], EventEdition: ["", "timeline/"], MeasureEdition: []}


@pytest.mark.parametrize("edition_type", SECTIONS, ids=lambda model: model._meta.label)
def test_ping_names_every_feed_concerned(hub, editor, clock, edition_type):
    publish(factories.draft(edition_type, is_short=True), editor)
    clock.move_to(NOON + SOON)
    run_due()
    feeds = [f"{code}/{path}feed" for code in ("en", "fr") for path in SECTIONS[edition_type]]
    topics = {f"http://newsroom.example/{feed}.{end}" for feed in feeds for end in ("atom", "rss", "json")}
    assert [(ping["hub.mode"], set(ping["hub.url"])) for ping in hub.pings] == ([(["publish"], topics)] if topics else [])


def test_every_topic_is_the_address_a_feed_gives_itself(reader, hub, due):
    for topic in hubs.topics(Message.objects.get().data["feeds"]):
        answer = reader.get(topic.removeprefix("http://newsroom.example"))
        assert f'<{topic}>; rel="self"' in answer.headers["Link"]


def test_withdrawal_is_announced(hub, due, editor, clock):
    run_due()
    withdraw(due, editor, Change.WITHDRAWAL, NOTES)
    clock.shift(HOUR)
    assert (run_due(), hub.heard(2)) == (1, 2)
    assert "http://newsroom.example/fr/corrections/feed.rss" in hub.pings[1]["hub.url"]
    assert "http://newsroom.example/fr/corrections/feed.rss" not in hub.pings[0]["hub.url"]


@pytest.mark.django_db(transaction=True)
def test_erasure_is_announced(hub, due, editor, clock):
    run_due()
    reasons = {"en": "A court asked for it.", "fr": "Un tribunal l’a demandé."}
    erase(due.document, ["Example"], reasons, editor, factories.an_editor("second"))
    clock.shift(HOUR)
    assert (run_due(), hub.heard(2)) == (1, 2)
    assert "http://newsroom.example/en/corrections/feed.atom" in hub.pings[1]["hub.url"]


# --- Trouble ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("status", [500, 404, 302])
def test_hub_that_refuses_is_asked_again(hub, due, clock, status):
    hub.status = status
    run_due()
    assert (outcome(), run_due(), len(hub.pings)) == ("waiting", 0, 1)
    assert str(status) in Message.objects.get().problem
    hub.status = 202
    clock.shift(FIRST_PAUSE)
    assert (run_due(), outcome(), len(hub.pings)) == (1, "sent", 2)


def test_hub_that_is_down_loses_nothing(hub, due, settings, clock):
    address, settings.HUB_URL = hub.url, "http://127.0.0.1:1/"
    run_due()
    assert outcome() == "waiting"
    settings.HUB_URL = address
    clock.shift(FIRST_PAUSE)
    assert (run_due(), outcome(), len(hub.pings)) == (1, "sent", 1)


def test_hub_that_is_slow_delays_nobody(hub, due, editor, clock, monkeypatch):
    monkeypatch.setattr(posting, "TIMEOUT", 0.1)
    hub.delay = 2
    publish(factories.draft(ArticleEdition, word="Next", is_short=True), editor)
    run_due()
    assert (outcome_of(due), "timed out" in Message.objects.get(object_id=due.pk).problem) == ("waiting", True)
    hub.delay = 0
    monkeypatch.setattr(posting, "TIMEOUT", 60)
    clock.shift(FIRST_PAUSE)
    assert (run_due(), outcome_of(due)) == (2, "sent")


def test_hub_that_is_silent_makes_others_wait_for_one_time_out_alone(hub, due, clock, monkeypatch):
    monkeypatch.setattr(posting, "TIMEOUT", 0.1)
    hub.delay, told = 2, []
    monkeypatch.setitem(outbox.SENDERS, "letter", lambda message: told.append(hub.heard(1)) or True)
    for _ in range(3):
        queue("hub", NOON, due, feeds=["everything"])
    queue("letter", NOON + SECOND)
    assert (run_due(), told) == (2, [1])
    assert (run_due(), hub.heard(2)) == (1, 2)


def test_what_is_done_with_is_forgotten_in_the_end(due, clock):
    message = Message.objects.get()
    message.finish(Message.Outcome.SENT)
    waits = queue("hub", NOON, due)
    clock.shift(KEPT)
    assert purge() == 0
    clock.shift(SECOND)
    assert (purge(), list(Message.objects.all())) == (1, [waits])


def outcome_of(edition):
    return Message.objects.get(object_id=edition.pk).outcome


def test_pauses_double_and_in_the_end_it_is_given_up_for_all_to_see(hub, due, clock, caplog):
    hub.status = 500
    pauses = []
    while outcome() == "waiting":
        run_due()
        pauses.append(Message.objects.get().next_try_at - NOON)
        clock.move_to(max(next_due() or NOON, NOON))
    steps = [after - before for before, after in pairwise(pauses)]
    assert steps[:3] == [2 * FIRST_PAUSE, 4 * FIRST_PAUSE, 8 * FIRST_PAUSE]
    assert max(steps) == outbox.LONGEST_PAUSE
    assert PATIENCE < pauses[-2] < PATIENCE + DAY
    assert (outcome(), run_due()) == ("given_up", 0)
    assert "Given up after" in caplog.text


def test_given_up_is_sent_again_when_somebody_asks(hub, due, clock):
    message = Message.objects.get()
    message.finish(Message.Outcome.GIVEN_UP, "the hub answered 500")
    message.send_again()
    assert (run_due(), outcome(), len(hub.pings)) == (1, "sent", 1)


# --- Runners ------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_two_runners_send_one_ping(hub, editor, clock):
    for word in ("One", "Two", "Three"):
        publish(factories.draft(ArticleEdition, word=word, is_short=True), editor)
    clock.move_to(NOON + SOON)
    hub.delay, counts = 0.05, []

    def runner():
        counts.append(run_due())
        connections.close_all()

    runners = [threading.Thread(target=runner) for _ in range(4)]
    for one in runners:
        one.start()
    for one in runners:
        one.join()
    assert (sum(counts), len(hub.pings)) == (3, 3)


def test_message_of_a_runner_that_died_is_told_by_another(hub, due, clock):
    claim()
    assert (run_due(), hub.pings) == (0, [])
    clock.shift(LEASE)
    assert (run_due(), len(hub.pings)) == (1, 1)


def test_death_between_telling_and_noting_it_tells_twice_rather_than_never(hub, due, clock):
    hubs.ping(claim())
    clock.shift(LEASE)
    run_due()
    assert (outcome(), len(hub.pings)) == ("sent", 2)


def test_runner_stops_between_two_messages(hub, due, editor, clock):
    publish(factories.draft(ArticleEdition, word="Next", is_short=True), editor)
    clock.shift(HOUR)
    assert run_due(lambda: len(hub.pings) == 1) == 1


def test_other_messages_travel_by_the_same_queue(monkeypatch):
    told = []
    monkeypatch.setitem(outbox.SENDERS, "letter", lambda message: told.append(message.data) or True)
    queue("letter", NOON, to="reader@example.org", words=["Bonjour"])
    queue("pigeon", NOON)
    assert (run_due(), told) == (2, [{"to": "reader@example.org", "words": ["Bonjour"]}])
    assert sorted(Message.objects.values_list("kind", "outcome")) == [("letter", "sent"), ("pigeon", "waiting")]


# --- The desk -------------------------------------------------------------------------------------------------------------
def test_desk_shows_what_was_given_up_and_sends_it_again(client, due):
    Message.objects.get().finish(Message.Outcome.GIVEN_UP, "the hub answered 500")
    client.force_login(User.objects.create_superuser("root"))
    page = client.get("/admin/follow/message/")
    assert "the hub answered 500" in page.text
    assert "Example title in English" in page.text
    client.post("/admin/follow/message/", {"action": "send_again", "_selected_action": [Message.objects.get().pk]})
    assert (run_due(), outcome()) == (1, "sent")
