"""What is read of the record: only what is live, and no more certain than it was told.

What is live is asked of both engines; what follows from it is counted in memory, and tried on one.
"""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import translation

from newsroom.publishing.publish import publish, withdraw
from tests.factories import NOON, NOTES, next_draft
from tests.timeline.content import YESTERDAY, effect, event, measure, plain
from timeline.deeds import deed, deeds_of
from timeline.in_force import State
from timeline.knowledge import Knowledge
from timeline.lines import Line, lines_on
from timeline.words import since

pytestmark = pytest.mark.django_db
TOMORROW = NOON + timedelta(days=1)
AUTUMN = date(2020, 10, 1)


def all_rows(knowledge):
    return knowledge.load(one for effects in knowledge.effects.values() for one in effects).values()


def state(on, day=AUTUMN, at=NOON):
    return Line(Knowledge.of_measures(at), on, day).state


# --- Only what is live --------------------------------------------------------------------------------------------------
def test_an_event_acts_from_the_moment_it_is_live():
    ban = measure()
    event("later", "2020-08-14", effect(ban, "starts"), at=TOMORROW)
    assert state(ban) == State.NOT_YET_ORDERED
    assert state(ban, at=TOMORROW) == State.IN_FORCE


def test_a_withdrawn_event_acts_no_more(editor):
    ban = measure()
    started = event("started", "2020-08-14", effect(ban, "starts"))
    with time_machine.travel(NOON, tick=False):
        withdraw(started, editor, "withdrawal", NOTES)
    assert state(ban, at=NOON) == State.IN_FORCE
    assert state(ban, at=TOMORROW) == State.NOT_YET_ORDERED


def test_a_superseded_edition_s_effects_are_read_only_of_its_time(editor):
    ban = measure()
    first = event("first", "2020-08-14", effect(ban, "starts"))
    with time_machine.travel(NOON, tick=False):
        following = next_draft(first)
        following.effects.update(verb="orders")
        publish(following, editor, TOMORROW)
    assert state(ban, at=NOON) == State.IN_FORCE
    assert state(ban, at=TOMORROW) == State.ORDERED


def test_a_measure_under_embargo_is_in_no_line_and_no_deed():
    hidden = measure("Hidden", at=TOMORROW)
    hinting = event("hinting", "2020-08-14", effect(hidden, "starts"))
    assert lines_on(AUTUMN, Knowledge.of_measures(NOON)) == ([], [])
    assert deeds_of([hinting], NOON) == {hinting.pk: []}


@pytest.mark.pure
def test_after_the_last_day_checked_nothing_is_known():
    ban = measure(checked_through="2020-09-30")
    event("started", "2020-08-14", effect(ban, "starts"))
    line = Line(Knowledge.of_measures(NOON), ban, AUTUMN)
    assert line.state == State.NOT_KNOWN
    assert line.last_known.state == State.IN_FORCE
    assert line.last_known.day == date(2020, 9, 30)


# --- Certainty ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("of_event", "of_effect", "said"),
    [
        ("confirmed", "confirmed", "in force since 14 August 2020"),
        ("confirmed", "reported", "in force since 14 August 2020 (reported)"),
        ("reported", "confirmed", "in force since 14 August 2020 (reported)"),
        ("disputed", "confirmed", "in force since 14 August 2020 (disputed)"),
    ],
)
@pytest.mark.pure
def test_a_state_is_no_more_certain_than_its_event(of_event, of_effect, said):
    ban = measure()
    event("started", "2020-08-14", effect(ban, "starts", certainty=of_effect), certainty=of_event)
    line = Line(Knowledge.of_measures(NOON), ban, AUTUMN)
    assert plain(line.sentence) == said
    assert all(one.confirmed is (said[-1] == "0") for one in Knowledge.of_measures(NOON).effects[ban.document_id])


# --- Deadlines that moved -----------------------------------------------------------------------------------------------
@pytest.fixture
def sale():
    """A sale whose deadline was reported, set, and moved twice."""
    sale = measure("Sale")
    event("press", "2020-08-06", effect(sale, "sets_deadline", "2020-09-20", certainty="reported"), certainty="reported")
    event("order", "2020-08-14", effect(sale, "starts"), effect(sale, "sets_deadline", "2020-11-12"))
    event("moved", "2020-11-12", effect(sale, "extends", "2020-11-27"))
    event("again", "2020-11-25", effect(sale, "extends", "2020-12-04"))
    return sale


@pytest.mark.pure
def test_each_event_says_which_deadline_it_moved(sale):
    knowledge = Knowledge.of_measures(NOON)
    events = [row.edition for row in all_rows(knowledge)]
    said = {done.effect.edition.title_en.split()[0]: plain(done.words) for found in deeds_of(events, NOON).values() for done in found}
    assert said == {
        "press": "sets deadline 20 September 2020 (reported)",
        "order": "sets deadline 12 November 2020, formerly ~20 September 2020~ (reported)",
        "moved": "moves deadline to 27 November 2020, formerly ~12 November 2020~",
        "again": "moves deadline to 4 December 2020, formerly ~27 November 2020~",
    }


@pytest.mark.pure
def test_a_deadline_is_told_with_all_that_stood_before_it(sale):
    lines = {day: Line(Knowledge.of_measures(NOON), sale, day) for day in (date(2020, 8, 31), date(2020, 11, 26), date(2020, 12, 10))}
    assert plain(lines[date(2020, 8, 31)].deadline) == "deadline 12 November 2020, formerly ~20 September 2020~ (reported)"
    assert plain(lines[date(2020, 11, 26)].sentence) == "in force since 14 August 2020"
    passed = lines[date(2020, 12, 10)]
    assert passed.has_passed
    assert plain(passed.sentence) == "deadline passed on 4 December 2020"
    assert plain(passed.deadline) == "formerly ~20 September 2020~ (reported), ~12 November 2020~, ~27 November 2020~"


@pytest.mark.pure
def test_a_measure_that_ended_and_began_again_has_two_lives_of_deadlines(sale):
    event("over", "2021-01-01", effect(sale, "ends"))
    fresh = event("fresh", "2021-06-01", effect(sale, "starts"), effect(sale, "sets_deadline", "2021-09-01"))
    knowledge = Knowledge.of_measures(NOON)
    said = {one.edition.title_en.split()[0]: plain(deed(one, knowledge).words) for one in all_rows(knowledge)}
    assert said["again"] == "moves deadline to 4 December 2020, formerly ~27 November 2020~"
    assert [plain(done.words) for done in deeds_of([fresh], NOON)[fresh.pk]] == ["starts", "sets deadline 1 September 2021"]


@pytest.mark.pure
def test_two_deadlines_of_one_day_follow_each_other():
    sale = measure()
    both = event("both", "2020-08-14", effect(sale, "sets_deadline", "2020-09-01"), effect(sale, "extends", "2020-10-01"))
    said = [plain(done.words) for done in deeds_of([both], NOON)[both.pk]]
    assert said == ["sets deadline 1 September 2020", "moves deadline to 1 October 2020, formerly ~1 September 2020~"]


@pytest.mark.pure
def test_where_a_deadline_is_the_day_of_effect_the_words_say_so():
    ban = measure(deadline_means="takes_effect")
    event("order", "2020-08-06", effect(ban, "starts", effective="2020-09-20"))
    event("put off", "2020-09-19", effect(ban, "extends", "2020-09-27"))
    knowledge = Knowledge.of_measures(NOON)
    ordered, begun = (Line(knowledge, ban, day) for day in (date(2020, 9, 20), date(2020, 9, 27)))
    assert plain(ordered.sentence) == "ordered on 6 August 2020"
    assert plain(ordered.deadline) == "due to take effect on 27 September 2020, formerly ~20 September 2020~"
    assert plain(begun.sentence) == "in force since 27 September 2020"
    assert plain(begun.deadline) == "effective 27 September 2020, formerly ~20 September 2020~"


# --- Parts --------------------------------------------------------------------------------------------------------------
@pytest.mark.pure
def test_a_part_is_the_same_part_on_pages_of_every_language():
    ban = measure()
    event("order", "2020-08-06", effect(ban, "starts"))
    event("stay", "2020-09-27", effect(ban, "suspends", en={"scope": "App stores"}, fr={"scope": "Boutiques"}))
    event("lift", "2020-09-28", effect(ban, "resumes", en={"scope": "app stores "}, fr={"scope": ""}))
    for language in ("en", "fr"):
        with translation.override(language):
            assert state(ban, date(2020, 9, 27)) == State.SUSPENDED_IN_PART
            assert state(ban, date(2020, 9, 28)) == State.IN_FORCE


@pytest.mark.pure
def test_a_part_without_words_of_the_page_s_language_is_marked():
    ban = measure()
    event("order", "2020-08-06", effect(ban, "starts"))
    event("stay", "2020-09-27", effect(ban, "suspends", en={"scope": "App stores"}, fr={"scope": ""}))
    with translation.override("fr"):
        assert '<span lang="en">App stores</span>' in Line(Knowledge.of_measures(NOON), ban, AUTUMN).sentence


@pytest.mark.pure
def test_markup_in_a_part_is_text():
    ban = measure()
    stay = event("stay", "2020-09-27", effect(ban, "suspends", scope="<b>all</b>"))
    assert "&lt;b&gt;all&lt;/b&gt;" in deeds_of([stay], NOON)[stay.pk][0].words


# --- Words --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("known", "words"),
    [
        ("2020-08-14", "since 14 August 2020"),
        ("2020-08", "since August 2020"),
        ("2020", "since 2020"),
        ("2020-08-17~", "since about 17 August 2020"),
        ("2020-08~", "since about August 2020"),
        ("2020-08?", "since August 2020 (uncertain)"),
        ("2020-08-14%", "since about 14 August 2020 (uncertain)"),
        ("2020-08-14/2020-08-20", "since a day within this period: 14 to 20 August 2020"),
    ],
)
@pytest.mark.pure
def test_since_says_a_date_as_it_is_known(known, words):
    assert since(known).replace("\xa0", " ") == words


@pytest.mark.pure
def test_an_uncertain_state_names_the_possible_ones():
    ban = measure()
    event("about", "2020-10-01~", effect(ban, "starts"))
    line = Line(Knowledge.of_measures(NOON), ban, AUTUMN)
    assert line.state == State.UNCERTAIN
    assert plain(line.sentence) == "uncertain: not yet ordered or in force"


@pytest.mark.pure
def test_commitments_are_stated_and_not_in_force():
    promise = measure(nature="company_commitment")
    event("said", "2020-08-17", effect(promise, "starts"))
    line = Line(Knowledge.of_measures(NOON), promise, AUTUMN)
    assert plain(line.sentence) == "stated since 17 August 2020"


@pytest.mark.pure
def test_lines_come_in_the_order_in_which_measures_began():
    never, second, first = measure("Never"), measure("Second"), measure("First")
    event("b", "2020-08-14", effect(second, "starts"))
    event("a", "2020-08-06", effect(first, "starts"))
    acts, _ = lines_on(AUTUMN, Knowledge.of_measures(NOON))
    assert [line.measure for line in acts] == [first, second, never]


@pytest.mark.pure
def test_the_events_behind_a_line_are_those_of_its_state_and_deadlines(sale):
    line = Line(Knowledge.of_measures(NOON), sale, date(2020, 8, 31))
    assert [edition.title_en.split()[0] for edition, _ in line.behind] == ["press", "order"]


def test_yesterday_s_record_is_not_today_s(sale):
    assert Knowledge.of_measures(YESTERDAY - timedelta(seconds=1)).measures == {}
