"""What an effect does to a measure: one rule after the other."""

from datetime import time

import pytest

from tests.timeline.stories import COMPLY_BY, TAKES_EFFECT, Story, aug, day
from timeline.in_force import Bar, State

pytestmark = pytest.mark.pure


def test_an_order_orders():
    story = Story()
    story.tell("2020-08-06", "orders")
    assert story.states("2020-08-05", "2020-08-06", "2020-08-07") == [State.NOT_YET_ORDERED, State.ORDERED, State.ORDERED]


def test_a_start_foretold_orders_until_its_day():
    story = Story()
    start = story.tell("2020-08-06", "starts", "2020-09-20")
    assert story.states("2020-08-06", "2020-09-19", "2020-09-20") == [State.ORDERED, State.ORDERED, State.IN_FORCE]
    assert story.on("2020-08-10").planned_by == start


def test_a_start_said_of_an_earlier_day_holds_from_that_day():
    story = Story()
    story.tell("2020-09-20", "starts", "2020-08-06")
    assert story.states("2020-08-05", "2020-08-06") == [State.NOT_YET_ORDERED, State.IN_FORCE]


def test_a_start_put_off_begins_on_its_new_day():
    story = Story(COMPLY_BY)
    first = story.tell("2020-08-01", "starts", "2020-08-10")
    story.tell("2020-08-05", "starts", "2020-08-20")
    assert story.states("2020-08-10", "2020-08-19", "2020-08-20") == [State.ORDERED, State.ORDERED, State.IN_FORCE]
    assert story.on("2020-08-10").former_starts == (first,)


def test_a_second_start_does_not_interrupt_the_first():
    story = Story(COMPLY_BY)
    first = story.tell("2020-08-01", "starts")
    story.tell("2020-08-05", "starts", "2020-08-20")
    assert story.states("2020-08-06", "2020-08-20") == [State.IN_FORCE, State.IN_FORCE]
    assert story.on("2020-08-20").since == first


def test_a_deadline_alone_orders():
    story = Story()
    report = story.tell("2020-08-06", "sets_deadline", deadline=aug(20))
    standing = story.on("2020-08-06")
    assert (standing.state, standing.deadline, standing.ordered_by) == (State.ORDERED, aug(20), report)


def test_a_deadline_to_comply_by_passes_on_the_day_after_it():
    story = Story(COMPLY_BY)
    story.tell("2020-08-01", "starts", deadline=aug(10))
    assert story.states("2020-08-10", "2020-08-11") == [State.IN_FORCE, State.DEADLINE_PASSED]


def test_a_deadline_extended_on_its_last_day_does_not_pass():
    story = Story(COMPLY_BY)
    story.tell("2020-08-01", "starts", deadline=aug(10))
    story.tell("2020-08-10", "extends", deadline=aug(12))
    assert story.states("2020-08-11", "2020-08-12", "2020-08-13") == [State.IN_FORCE, State.IN_FORCE, State.DEADLINE_PASSED]


def test_a_deadline_extended_too_late_had_passed_until_then():
    story = Story(COMPLY_BY)
    story.tell("2020-08-01", "starts", deadline=aug(10))
    story.tell("2020-08-15", "extends", deadline=aug(20))
    assert story.states("2020-08-14", "2020-08-15") == [State.DEADLINE_PASSED, State.IN_FORCE]


def test_a_deadline_already_over_when_it_is_told_has_passed():
    story = Story(COMPLY_BY)
    story.tell("2020-08-10", "orders", deadline=aug(5))
    assert story.states("2020-08-09", "2020-08-10") == [State.NOT_YET_ORDERED, State.DEADLINE_PASSED]


def test_the_same_deadline_told_again_is_not_moved():
    story = Story()
    story.tell("2020-08-01", "sets_deadline", deadline=aug(10), certainty="reported")
    confirmation = story.tell("2020-08-02", "sets_deadline", deadline=aug(10))
    standing = story.on("2020-08-03")
    assert (standing.deadline_effect, standing.former_deadlines) == (confirmation, ())


def test_a_day_of_effect_that_is_moved_on_the_day_itself_has_not_come():
    story = Story(TAKES_EFFECT)
    story.tell("2020-08-01", "starts", "2020-08-10")
    story.tell("2020-08-10", "extends", deadline=aug(20))
    assert story.states("2020-08-10", "2020-08-19", "2020-08-20") == [State.ORDERED, State.ORDERED, State.IN_FORCE]


def test_a_day_of_effect_moved_after_it_came_leaves_the_measure_ordered():
    story = Story(TAKES_EFFECT)
    story.tell("2020-08-01", "starts", "2020-08-10")
    story.tell("2020-08-12", "extends", deadline=aug(20))
    assert story.states("2020-08-11", "2020-08-12", "2020-08-20") == [State.IN_FORCE, State.ORDERED, State.IN_FORCE]


def test_an_order_with_a_day_of_effect_needs_no_start():
    story = Story(TAKES_EFFECT)
    order = story.tell("2020-08-01", "orders", deadline=aug(10))
    assert story.states("2020-08-09", "2020-08-10") == [State.ORDERED, State.IN_FORCE]
    assert story.on("2020-08-10").since == order


def test_a_start_at_once_takes_the_place_of_a_day_to_come():
    story = Story(TAKES_EFFECT)
    order = story.tell("2020-08-01", "orders", deadline=aug(10))
    story.tell("2020-08-05", "starts")
    standing = story.on("2020-08-05")
    assert (standing.state, standing.deadline, standing.former_deadlines) == (State.IN_FORCE, None, ((aug(10), order),))


def test_a_suspension_in_part_lasts_until_that_part_resumes():
    story = Story()
    start = story.tell("2020-08-01", "starts")
    first = story.tell("2020-08-02", "suspends", scope="a")
    second = story.tell("2020-08-03", "suspends", scope="b")
    story.tell("2020-08-04", "resumes", scope="a")
    last = story.tell("2020-08-05", "resumes", scope="b")
    assert story.states("2020-08-02", "2020-08-03", "2020-08-04", "2020-08-05") == [State.SUSPENDED_IN_PART] * 3 + [State.IN_FORCE]
    assert story.on("2020-08-03").suspended_parts == (first, second)
    assert story.on("2020-08-04").suspended_parts == (second,)
    assert (story.on("2020-08-01").since, story.on("2020-08-05").since) == (start, last)


def test_a_resumption_of_the_whole_lifts_every_suspension():
    story = Story()
    story.tell("2020-08-01", "starts")
    story.tell("2020-08-02", "suspends", scope="a")
    story.tell("2020-08-03", "suspends")
    story.tell("2020-08-04", "resumes")
    assert story.states("2020-08-02", "2020-08-03", "2020-08-04") == [State.SUSPENDED_IN_PART, State.SUSPENDED, State.IN_FORCE]


def test_a_part_that_resumes_leaves_the_rest_suspended():
    story = Story()
    story.tell("2020-08-01", "starts")
    story.tell("2020-08-02", "suspends")
    part = story.tell("2020-08-03", "resumes", scope="a")
    standing = story.on("2020-08-03")
    assert (standing.state, standing.resumed_parts, standing.since) == (State.SUSPENDED_IN_PART, (part,), part)
    story.tell("2020-08-04", "ends", scope="a")
    assert story.states("2020-08-04") == [State.SUSPENDED]


def test_a_part_may_be_suspended_again_with_the_rest():
    story = Story()
    story.tell("2020-08-01", "suspends")
    story.tell("2020-08-02", "resumes", scope="a")
    story.tell("2020-08-03", "suspends", scope="a")
    assert story.states("2020-08-02", "2020-08-03") == [State.SUSPENDED_IN_PART, State.SUSPENDED]


def test_a_start_after_a_resumption_is_what_is_behind_it():
    story = Story(TAKES_EFFECT)
    start = story.tell("2020-08-01", "starts", "2020-08-10")
    story.tell("2020-08-02", "suspends")
    story.tell("2020-08-05", "resumes")
    assert story.on("2020-08-10").since == start


def test_a_measure_suspended_before_its_day_is_in_force_once_it_resumes():
    story = Story(TAKES_EFFECT)
    story.tell("2020-08-01", "starts", "2020-08-10")
    story.tell("2020-08-05", "suspends")
    resumption = story.tell("2020-08-20", "resumes")
    assert story.states("2020-08-05", "2020-08-10", "2020-08-20") == [State.SUSPENDED, State.SUSPENDED, State.IN_FORCE]
    assert story.on("2020-08-20").since == resumption


def test_a_deadline_that_passes_during_a_suspension_shows_after_it():
    story = Story(COMPLY_BY)
    story.tell("2020-08-01", "starts", deadline=aug(10))
    story.tell("2020-08-05", "suspends")
    story.tell("2020-08-20", "resumes")
    assert story.states("2020-08-11", "2020-08-20") == [State.SUSPENDED, State.DEADLINE_PASSED]


def test_an_amendment_changes_no_state_and_is_kept():
    story = Story()
    story.tell("2020-08-01", "starts")
    amendment = story.tell("2020-08-02", "amends")
    assert story.on("2020-08-02").state == State.IN_FORCE
    assert (story.on("2020-08-01").amendments, story.on("2020-08-02").amendments) == ((), (amendment,))


@pytest.mark.parametrize(("verb", "state"), [("ends", State.ENDED), ("annuls", State.ANNULLED)])
def test_an_end_of_the_whole_ends_and_an_end_of_a_part_does_not(verb, state):
    story = Story()
    story.tell("2020-08-01", "starts")
    part = story.tell("2020-08-02", verb, scope="a")
    assert (story.on("2020-08-02").state, story.on("2020-08-02").parts) == (State.IN_FORCE, (part,))
    story.tell("2020-08-03", verb)
    story.tell("2020-08-04", "suspends")
    story.tell("2020-08-05", "extends", deadline=aug(20))
    assert story.states("2020-08-03", "2020-08-04", "2020-08-05", "2020-08-21") == [state] * 4


def test_a_measure_that_ended_before_its_day_never_starts():
    story = Story()
    story.tell("2020-08-01", "starts", "2020-08-10")
    story.tell("2020-08-05", "ends")
    assert story.states("2020-08-10") == [State.ENDED]


def test_a_start_after_the_end_begins_anew():
    story = Story(COMPLY_BY)
    story.tell("2020-08-01", "starts", deadline=aug(3))
    story.tell("2020-08-05", "ends")
    again = story.tell("2020-08-10", "starts", "2020-08-20")
    assert story.states("2020-08-09", "2020-08-10", "2020-08-20") == [State.ENDED, State.ORDERED, State.IN_FORCE]
    assert (story.on("2020-08-20").ordered_by, story.on("2020-08-20").deadline) == (again, None)


def test_a_part_that_starts_orders_the_measure_and_does_not_start_it():
    story = Story()
    part = story.tell("2020-08-01", "starts", scope="a")
    assert (story.on("2020-08-01").state, story.on("2020-08-01").parts) == (State.ORDERED, (part,))


def test_after_the_last_day_checked_nothing_is_known():
    story = Story(checked_through=day("2020-08-10"))
    story.tell("2020-08-01", "ends")
    assert story.states("2020-08-10", "2020-08-11") == [State.ENDED, State.NOT_KNOWN]
    assert story.bars() == [Bar(State.ENDED, aug(1), aug(10))]


def test_without_effects_nothing_is_ordered():
    assert Story().states("2020-08-01") == [State.NOT_YET_ORDERED]
    assert Story().bars() == []


def test_on_one_day_what_was_announced_before_comes_first():
    story = Story()
    story.tell("2020-08-10", "ends", id=1)
    story.tell("2020-08-01", "starts", "2020-08-10", id=2)
    assert story.states("2020-08-10") == [State.ENDED]


@pytest.mark.parametrize(
    ("of_suspension", "of_resumption", "state"),
    [
        ({"time": time(9)}, {"time": time(17)}, State.IN_FORCE),
        ({"time": time(17)}, {"time": time(9)}, State.SUSPENDED),
        ({"time": time(0, 1)}, {"time": None}, State.SUSPENDED),
        ({"position": 1}, {"position": 2}, State.IN_FORCE),
        ({"position": 2}, {"position": 1}, State.SUSPENDED),
        ({"time": time(9), "position": 2}, {"time": time(17), "position": 1}, State.IN_FORCE),
        ({"id": 8}, {"id": 9}, State.IN_FORCE),
        ({"id": 9}, {"id": 8}, State.SUSPENDED),
    ],
)
def test_events_of_one_day_follow_time_then_position_then_id(of_suspension, of_resumption, state):
    story = Story()
    story.tell("2020-08-01", "starts", id=1)
    story.tell("2020-08-10", "suspends", **of_suspension)
    story.tell("2020-08-10", "resumes", **of_resumption)
    assert story.states("2020-08-10") == [state]
