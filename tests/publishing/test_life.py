"""A document's life in any order: whatever staff do, one edition at most is live, and the past stays what it was."""

from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from newsroom.publishing.drafts import delete_draft
from newsroom.publishing.models import OPEN, Change, Lane
from newsroom.publishing.publish import HOLD, KEEP, LEAD, MERGE, cancel, hold, publish, reschedule, withdraw
from newsroom.site.models import BannerEdition
from tests import factories
from tests.conftest import examples
from tests.factories import NOON, NOTES

SECOND = timedelta(seconds=1)
# Little time, so that moments often meet; not always whole seconds, as no clock is.
ahead = st.integers(1, 30).map(lambda seconds: seconds * SECOND)
passing = st.integers(1, 80).map(lambda quarters: quarters * SECOND / 4)
lanes = st.sampled_from([Lane.WORKING, Lane.CORRECTION])


class Life(RuleBasedStateMachine):
    """One document. A step that publishing refuses with a ValidationError is a step not taken; any other error is a bug."""

    def __init__(self):
        super().__init__()
        self.clock = time_machine.travel(NOON, tick=False)
        self.traveller = self.clock.start()
        self.document = factories.document_of(BannerEdition)
        self.log = []  # (a moment, what was public then), asked at the time
        self.never = set()  # ids of what was taken back

    # --- What staff do --------------------------------------------------------------------------------------------------
    @rule(lane=lanes)
    def begin(self, lane):
        last = self.history(OPEN).last()
        if not self.editions.working().filter(lane=lane).exists():
            factories.next_draft(last, lane=lane) if last else factories.draft(BannerEdition, document=self.document, lane=lane)

    @rule(data=st.data(), after=st.none() | ahead)
    def publish(self, data, after):
        draft = self.one_of(data, self.editions.working())
        choices = {edition.pk: data.draw(st.sampled_from([KEEP, HOLD, MERGE])) for edition in self.scheduled()}
        with suppress(ValidationError):
            publish(draft, None, after and self.now() + after, later=choices) if draft else None

    @rule(data=st.data())
    def cancel(self, data):
        edition = self.one_of(data, self.document.editions)
        with suppress(ValidationError):
            cancel(edition, None) if edition else None

    @rule(data=st.data(), after=ahead)
    def reschedule(self, data, after):
        edition = self.one_of(data, self.scheduled())
        with suppress(ValidationError):
            reschedule(edition, None, self.now() + after) if edition else None

    @rule()
    def hold_everything(self):
        hold(self.document.editions.all(), None)

    @rule(change=st.sampled_from([Change.WITHDRAWAL, Change.RETRACTION]))
    def withdraw(self, change):
        edition = self.editions.live(timezone.now()).first()
        with suppress(ValidationError):
            withdraw(edition, None, change, NOTES) if edition else None

    @precondition(lambda self: self.document.editions.count() > 1)
    @rule(data=st.data())
    def delete(self, data):
        edition = self.one_of(data, self.document.editions)
        with suppress(ValidationError):
            delete_draft(edition, None)

    @rule(after=passing)
    def wait(self, after):
        self.traveller.shift(after)

    # --- What the public may rely on ------------------------------------------------------------------------------------
    @invariant()
    def first_publication_comes_first_and_each_edition_follows_another_without_a_gap(self):
        history = list(self.history(OPEN))
        begins = [edition.live_from for edition in history]
        assert [edition.live_until for edition in history] == [*begins[1:], OPEN][: len(history)]
        assert [edition.is_first for edition in history] == [number == 0 for number in range(len(history))]
        assert {edition.first_live_from for edition in history} == set(begins[:1])

    @invariant()
    def answers_are_noted(self):
        # Whatever is decided from now on shows LEAD later at the earliest, so that much of the future is settled too.
        self.log += [(moment, self.standing(moment)) for moment in (self.now(), timezone.now() + LEAD - SECOND / 1000)]
        self.never |= set(self.editions.cancelled().values_list("pk", flat=True))

    def teardown(self):
        """At the end of a life: every answer given on the way still holds, and no moment shows two editions, or one it must not."""
        try:
            for moment, found in self.log:
                assert self.standing(moment) == found
            hidden = self.never | set(self.editions.working().values_list("pk", flat=True))
            for moment in self.moments():
                assert self.editions.standing(moment).count() <= 1
                assert self.standing(moment) not in hidden
        finally:
            self.clock.stop()

    # --- Asking ---------------------------------------------------------------------------------------------------------
    @property
    def editions(self):
        return BannerEdition.objects.filter(document=self.document)

    def history(self, at):
        return self.editions.history(at)

    def scheduled(self):
        return self.editions.scheduled(timezone.now())

    def standing(self, at):
        return self.editions.standing(at).values_list("pk", flat=True).first()

    def moments(self):
        """Every moment at which something could change, and those beside it."""
        begins = self.document.editions.filter(live_from__isnull=False).values_list("live_from", "live_until")
        return {moment + seconds * SECOND for period in begins for moment in period for seconds in (-1, 0, 1)} | {OPEN - SECOND}

    @staticmethod
    def now():
        return timezone.now().replace(microsecond=0)

    @staticmethod
    def one_of(data, editions):
        found = list(editions.order_by("pk"))
        return data.draw(st.sampled_from(found)) if found else None


@pytest.mark.django_db
def test_life_of_a_document_in_any_order():
    run_state_machine_as_test(Life, settings=settings(max_examples=examples(8), stateful_step_count=20))
