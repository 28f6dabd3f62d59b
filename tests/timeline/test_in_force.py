"""What held on a day: the days of the real story."""

import pytest

from tests.timeline.stories import COMPLY_BY, TAKES_EFFECT, Story, day
from timeline.in_force import Bar, State, checked, deadlines, moves

pytestmark = pytest.mark.pure


@pytest.fixture
def prohibition():
    story = Story(TAKES_EFFECT, checked_through=day("2022-06-17"))
    story.order = story.tell("2020-08-06", "starts", "2020-09-20")
    story.tell("2020-09-18", "amends", scope="hosting")
    story.tell("2020-09-18", "starts", "2020-11-12", scope="hosting")
    story.notice = story.tell("2020-09-19", "extends", deadline=day("2020-09-27"))
    story.first_stay = story.tell("2020-09-27", "suspends", scope="app stores")
    story.second_stay = story.tell("2020-10-30", "suspends")
    story.end = story.tell("2021-06-09", "ends")
    return story


@pytest.fixture
def sale():
    story = Story(COMPLY_BY, checked_through=day("2022-06-17"))
    story.report = story.tell("2020-08-06", "sets_deadline", deadline=day("2020-09-20"), certainty="reported")
    story.order = story.tell("2020-08-14", "starts")
    story.moved = story.tell("2020-08-14", "extends", position=1, deadline=day("2020-11-12"))
    story.tell("2020-11-12", "extends", deadline=day("2020-11-27"), certainty="reported")
    story.last = story.tell("2020-11-25", "extends", deadline=day("2020-12-04"), certainty="reported")
    return story


@pytest.mark.parametrize(
    ("on", "of_prohibition", "of_sale"),
    [
        ("2020-08-05", State.NOT_YET_ORDERED, State.NOT_YET_ORDERED),
        ("2020-08-06", State.ORDERED, State.ORDERED),
        ("2020-08-14", State.ORDERED, State.IN_FORCE),
        ("2020-09-10", State.ORDERED, State.IN_FORCE),
        ("2020-09-20", State.ORDERED, State.IN_FORCE),
        ("2020-09-27", State.SUSPENDED_IN_PART, State.IN_FORCE),
        ("2020-10-01", State.SUSPENDED_IN_PART, State.IN_FORCE),
        ("2020-10-30", State.SUSPENDED, State.IN_FORCE),
        ("2020-11-13", State.SUSPENDED, State.IN_FORCE),
        ("2020-12-04", State.SUSPENDED, State.IN_FORCE),
        ("2020-12-10", State.SUSPENDED, State.DEADLINE_PASSED),
        ("2021-07-01", State.ENDED, State.DEADLINE_PASSED),
        ("2022-06-17", State.ENDED, State.DEADLINE_PASSED),
        ("2022-06-18", State.NOT_KNOWN, State.NOT_KNOWN),
        ("2026-01-01", State.NOT_KNOWN, State.NOT_KNOWN),
    ],
)
def test_the_real_story(prohibition, sale, on, of_prohibition, of_sale):
    assert (prohibition.on(on).state, sale.on(on).state) == (of_prohibition, of_sale)


def test_10_september_2020_the_deadlines_and_the_one_before(prohibition, sale):
    ordered, in_force = prohibition.on("2020-09-10"), sale.on("2020-09-10")
    assert (ordered.deadline, ordered.deadline_effect, ordered.former_deadlines) == (day("2020-09-20"), prohibition.order, ())
    assert (in_force.deadline, in_force.deadline_effect) == (day("2020-11-12"), sale.moved)
    assert in_force.former_deadlines == ((day("2020-09-20"), sale.report),)
    assert not in_force.former_deadlines[0].effect.confirmed
    assert (in_force.ordered_by, in_force.since) == (sale.order, sale.order)


def test_20_september_2020_the_effect_was_moved_the_day_before(prohibition):
    standing = prohibition.on("2020-09-20")
    assert (standing.deadline, standing.deadline_effect) == (day("2020-09-27"), prohibition.notice)
    assert standing.former_deadlines == ((day("2020-09-20"), prohibition.order),)
    assert standing.since == prohibition.order


def test_1_october_2020_one_part_is_suspended_and_one_still_to_come(prohibition):
    standing = prohibition.on("2020-10-01")
    assert standing.suspended_parts == (prohibition.first_stay,)
    assert standing.since == prohibition.first_stay
    assert [(effect.scope, effect.effective[0]) for effect in standing.parts] == [("hosting", day("2020-11-12"))]


def test_10_december_2020_every_deadline_that_was_moved(sale):
    standing = sale.on("2020-12-10")
    assert (standing.deadline, standing.since) == (day("2020-12-04"), sale.last)
    assert [f"{deadline.day:%m-%d}" for deadline in standing.former_deadlines] == ["09-20", "11-12", "11-27"]


def test_1_july_2021_the_order_of_june_is_behind_the_end(prohibition):
    standing = prohibition.on("2021-07-01")
    assert (standing.since, standing.ordered_by, standing.deadline) == (prohibition.end, prohibition.order, None)


def test_known_on_10_august_2020_about_1_october(prohibition, sale):
    standing = prohibition.until("2020-08-10").on("2020-10-01")
    assert (standing.state, standing.since, standing.deadline) == (State.IN_FORCE, prohibition.order, day("2020-09-20"))
    standing = sale.until("2020-08-10").on("2020-10-01")
    assert (standing.state, standing.deadline, standing.former_deadlines) == (State.DEADLINE_PASSED, day("2020-09-20"), ())


def test_each_effect_that_moved_a_deadline_knows_the_one_before(sale):
    found = moves(deadlines(sale.effects, deadline_means=sale.means))
    assert {effect: f"{before.day:%m-%d}" for effect, before in found.items()} == {2: "09-20", 3: "11-12", 4: "11-27"}


def test_nothing_has_been_checked_on_a_day_that_has_not_come():
    assert checked(day("2022-06-17"), known_on=day("2020-08-10")) == day("2020-08-10")
    assert checked(day("2022-06-17"), known_on=day("2026-01-01")) == day("2022-06-17")


def test_the_life_of_the_prohibition(prohibition):
    assert prohibition.bars() == [
        Bar(State.ORDERED, day("2020-08-06"), day("2020-09-26")),
        Bar(State.SUSPENDED_IN_PART, day("2020-09-27"), day("2020-10-29")),
        Bar(State.SUSPENDED, day("2020-10-30"), day("2021-06-08")),
        Bar(State.ENDED, day("2021-06-09"), day("2022-06-17")),
    ]
