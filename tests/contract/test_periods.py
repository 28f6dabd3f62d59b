"""The periods of a document never overlap; a cancelled edition's is empty and overlaps nothing. The database says so."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, models, transaction

from newsroom.publishing.models import OPEN
from tests import factories
from tests.factories import NOON

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("clock", "db")


@pytest.fixture
def first(edition_type):
    """An edition whose period is [noon, two o'clock)."""
    edition = factories.live(edition_type, is_short=True)
    set_period(edition, NOON, NOON + 2 * HOUR)
    return edition


@pytest.fixture
def second(first):
    """A draft of the same document."""
    return factories.next_draft(first)


def set_period(edition, live_from, live_until):
    """What only publish.py may do, done behind its back."""
    moments = {"live_until": live_until} if edition.live_from else {"live_from": live_from, "live_until": live_until}
    with transaction.atomic():
        models.QuerySet(type(edition)).filter(pk=edition.pk).update(**moments)
    edition.refresh_from_db()


def test_period_over_another_is_refused(first, second):
    same, head, tail, into, out_of, around = (0, 2), (0, 1), (1, 2), (-1, 1), (1, 3), (-1, 3)
    for begin, end in (same, head, tail, into, out_of, around):
        with pytest.raises(IntegrityError):
            set_period(second, NOON + begin * HOUR, NOON + end * HOUR)


def test_period_over_another_is_refused_on_insert_too(first, second):
    second.pk, second.live_from = None, NOON + HOUR
    with pytest.raises(IntegrityError):
        second.save(force_insert=True)


def test_period_stretched_over_the_next_is_refused(first, second):
    set_period(second, NOON + 2 * HOUR, OPEN)
    with pytest.raises(IntegrityError):
        set_period(first, NOON, NOON + 3 * HOUR)


def test_periods_may_touch(first, second):
    set_period(second, NOON + 2 * HOUR, OPEN)
    assert list(type(first).objects.standing(NOON + 2 * HOUR)) == [second]


def test_empty_period_overlaps_nothing(first, second):
    set_period(second, NOON + HOUR, NOON + HOUR)
    assert second.is_cancelled
    assert list(type(first).objects.standing(NOON + HOUR)) == [first]


def test_period_over_a_cancelled_edition_is_free(first, second):
    set_period(first, NOON, NOON)
    set_period(second, NOON - HOUR, NOON + HOUR)
    assert list(type(first).objects.standing(NOON)) == [second]


def test_period_that_ends_before_it_begins_is_refused(second):
    with pytest.raises(IntegrityError):
        set_period(second, NOON + 4 * HOUR, NOON + 3 * HOUR)


def test_period_of_another_document_is_no_matter(first, edition_type):
    other = factories.live(edition_type, is_short=True, at=NOON + HOUR)
    assert list(edition_type.objects.standing(NOON + HOUR).order_by("pk")) == [first, other]
