"""Whatever staff do, the page at a past moment is what a reader got at that moment; only what was retracted since says so instead."""

import re
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from articles.models import ArticleEdition
from newsroom.publishing.drafts import draft_in, now
from newsroom.publishing.models import Change, Lane
from newsroom.publishing.publish import KEEP, cancel, hold, publish, withdraw
from tests import factories
from tests.conftest import examples
from tests.factories import NOON, NOTES

LISTS = ("/en/", "/fr/articles/", "/en/tags/law/", "/en/timeline/")
# What differs by design: addresses are inside the moment, the bar says which one it is, and the form asks for another one.
FRAME = re.compile(
    r'<aside class="memento-bar".*?</aside>|<form class="as-of".*?</form>|/memento/[0-9]{14}(?=/)|<link rel="[^"]*"[^>]*>', re.DOTALL
)

step = st.tuples(
    st.sampled_from(["publish", "schedule", "keep", "correct", "cancel", "hold", "withdraw", "retract", "again", "wait"]),
    st.integers(0, 1),  # which document
    st.integers(1, 30),  # how many hours pass, or lie ahead
)


class Newsroom:
    """Two articles, and staff who do one thing after another. What cannot be done at that moment is refused, as at the desk."""

    def __init__(self, editor, clock):
        self.editor, self.clock, self.count = editor, clock, 0
        self.documents = [factories.document_of(ArticleEdition) for _ in range(2)]

    def do(self, action, which, hours):
        self.clock.shift(timedelta(hours=hours if action == "wait" else 1))
        document = self.documents[which]
        with suppress(ValidationError):
            getattr(self, f"_{action}")(document, now() + timedelta(hours=hours))

    def _draft(self, document, lane=Lane.WORKING):
        self.count += 1
        word, waiting = f"Text {self.count}", draft_in(document, lane)
        public = document.editions.history(now()).last()
        if waiting is None and public is None:
            return factories.draft(ArticleEdition, self.editor, word, document)
        change = Change.CORRECTION if lane == Lane.CORRECTION else Change.UPDATE
        return waiting or factories.next_draft(public, self.editor, word, lane, change)

    def _publish(self, document, _later):
        publish(self._draft(document), self.editor)

    def _schedule(self, document, later):
        publish(self._draft(document), self.editor, later)

    def _keep(self, document, _later):
        publish(self._draft(document), self.editor, later={one.pk: KEEP for one in document.editions.scheduled(now())})

    def _correct(self, document, _later):
        if document.editions.live(now()).exists():
            publish(self._draft(document, Lane.CORRECTION), self.editor)

    def _cancel(self, document, _later):
        for waiting in document.editions.scheduled(now())[:1]:
            cancel(waiting, self.editor)

    def _hold(self, document, _later):
        hold(list(document.editions.scheduled(now())), self.editor)

    def _withdraw(self, document, _later):
        for live in document.editions.live(now()):
            withdraw(live, self.editor, Change.WITHDRAWAL, NOTES)

    def _retract(self, document, _later):
        for live in document.editions.live(now()):
            withdraw(live, self.editor, Change.RETRACTION, NOTES)

    _again = _publish

    def _wait(self, _document, _later):
        """Time passes."""

    def addresses(self):
        """Every address that has ever been public, and the lists."""
        editions = [edition for document in self.documents for edition in document.editions.history(now())]
        return [*LISTS, *{f"/en/articles/{edition.slug_en}/" for edition in editions}]

    def retracted_words(self):
        """Titles that no page of any moment may show any more."""
        words = set()
        for document in self.documents:
            editions = list(document.editions.history(now()))
            last = max((place for place, one in enumerate(editions) if one.change == Change.RETRACTION), default=0)
            words |= {title for one in editions[:last] for title in (one.title_en, one.title_fr)}
        return words


def read(address):
    """(status, text without the frame) of what a reader gets, after the redirects inside a moment."""
    answer = Client().get(address, follow=True)
    return answer.status_code, FRAME.sub("", answer.content.decode())


def with_hours(actions):
    """Steps on the first article, each with two hours."""
    return [(action, 0, 2) for action in actions.split()]


@contextmanager
def undone():
    """Each example begins with the same empty newsroom."""
    with transaction.atomic(), time_machine.travel(NOON, tick=False) as clock:
        connection.atomic_blocks[-1]._from_testcase = True  # so that publish() may still demand a transaction of its own
        yield clock
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(
    max_examples=examples(1),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(step, min_size=3, max_size=6))
@example(steps=with_hours("publish schedule keep wait correct withdraw again"))
@example(steps=with_hours("publish schedule hold wait retract again"))
def test_page_of_the_past_is_what_a_reader_got(editor, steps):
    with undone() as clock:
        newsroom = Newsroom(editor, clock)
        got = []
        for action in steps:
            newsroom.do(*action)
            clock.shift(10)
            got += [(now(), address, *read(address)) for address in newsroom.addresses()]
        taken_away = newsroom.retracted_words()
        for moment, address, status, page in got:
            then_status, then = read(f"/memento/{moment:%Y%m%d%H%M%S}{address}")
            assert not any(word in then for word in taken_away), (moment, address)
            if not any(word in page for word in taken_away) and 410 not in (status, then_status):
                assert (then_status, then) == (status, page) or _nothing_was_public(then_status, status), (moment, address)


def _nothing_was_public(then_status, status):
    """Before the first change there is no memento at all, where the live page was an empty list."""
    return then_status == 404 and status in (200, 404)
