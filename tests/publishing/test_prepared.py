"""A question that was written once answers as one that is written anew each time."""

from datetime import timedelta

import pytest

from articles.models import ArticleEdition
from newsroom.publishing.models import Change
from newsroom.publishing.prepared import Prepared
from newsroom.publishing.publish import withdraw
from newsroom.publishing.querysets import now_beyond
from tests.factories import NOON, NOTES, SOON, live

HOUR = timedelta(hours=1)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON + HOUR, tick=False)]

LIVE = Prepared(ArticleEdition, lambda editions, at, now, after: editions.live_as_known(at, now).filter(pk__gt=after).order_by("pk"))


def test_it_answers_for_other_values_and_knows_what_was_retracted_since(editor, time_machine):
    first, second, third = (live(ArticleEdition, editor, word, at=NOON + number * SOON) for number, word in enumerate("ABC"))
    withdraw(third, editor, Change.RETRACTION, NOTES)
    then = NOON + HOUR
    time_machine.shift(HOUR)
    for at in (NOON - HOUR, NOON, NOON + SOON, then, NOON + 2 * HOUR):
        for after in (0, first.pk, second.pk):
            written_anew = list(ArticleEdition.objects.live(at).filter(pk__gt=after).order_by("pk"))
            assert LIVE.ask(at=at, now=now_beyond(at), after=after) == written_anew
    assert LIVE.ask(at=then, now=now_beyond(then), after=0) == [first, second]


def test_its_rows_are_whole_and_those_of_its_columns_alone_fetch_the_rest(editor):
    edition = live(ArticleEdition, editor)
    found = LIVE.first(at=NOON + HOUR, now=None, after=0)
    assert (found.title_fr, found.live_from, found.translations, found.document) == (
        edition.title_fr,
        NOON,
        edition.translations,
        edition.document,
    )
    named = Prepared(ArticleEdition, lambda editions, at: editions.standing(at).only("title_en"))
    assert named.first(at=NOON).body_en == edition.body_en
    assert named.first(at=NOON - HOUR) is None


def test_it_answers_for_some_numbers_however_many(editor):
    pks = [live(ArticleEdition, editor, word).pk for word in "ABC"]
    some = Prepared(
        ArticleEdition, lambda editions, ids: editions.filter(pk__in=ids).order_by("pk").rewrite(False).values_list("pk", "kind")
    )
    for ids in (pks, pks[:1], pks[1:], [*pks, 0, 0], [0]):
        assert some.ask(ids=tuple(ids)) == list(
            ArticleEdition.objects.filter(pk__in=ids).order_by("pk").rewrite(False).values_list("pk", "kind")
        )
    assert len(some.written) == 4  # for one, two, four and eight
