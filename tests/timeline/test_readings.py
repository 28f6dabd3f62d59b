"""Days known in part, and every record against a slow reader that looks at one choice of the days after the other."""

from datetime import date, time, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import examples
from tests.timeline.stories import COMPLY_BY, DECADE, TAKES_EFFECT, Story, aug, day
from timeline.in_force import Bar, Deadline, DeadlineMeans, Effect, State, Verb, bars, deadlines, moves, state_on

pytestmark = pytest.mark.pure


def test_while_a_day_is_not_known_the_state_is_uncertain():
    story = Story()
    start = story.tell("2020-08-16..2020-08-18", "starts")
    assert story.states("2020-08-15", "2020-08-16", "2020-08-17", "2020-08-18") == [
        State.NOT_YET_ORDERED, State.UNCERTAIN, State.UNCERTAIN, State.IN_FORCE,
    ]  # fmt: skip
    standing = story.on("2020-08-17")
    assert (standing.possible, standing.since) == ({State.NOT_YET_ORDERED, State.IN_FORCE}, start)
    assert story.on("2020-08-18").possible == {State.IN_FORCE}
    assert story.bars()[0] == Bar(State.UNCERTAIN, aug(16), aug(17))


def test_a_day_that_makes_no_difference_is_no_doubt():
    story = Story()
    story.tell("2020-08-01", "starts")
    story.tell("2020-08-01..2020-08-31", "amends")
    story.tell("2020-08-01..2020-08-31", "resumes")
    assert story.states("2020-08-15") == [State.IN_FORCE]


def test_beside_an_uncertain_state_stands_what_had_surely_happened():
    story = Story()
    story.tell("2020-08-01", "starts", deadline=aug(10))
    story.tell("2020-08-08..2020-08-20", "extends", deadline=day("2020-09-30"))
    standing = story.on("2020-08-15")
    assert standing.possible == {State.IN_FORCE, State.DEADLINE_PASSED}
    assert (standing.deadline, standing.former_deadlines) == (aug(10), ())


def test_an_order_of_days_that_is_not_known_stays_uncertain():
    story = Story()
    story.tell("2020-08-01", "starts")
    story.tell("2020-08-01..2020-08-31", "suspends")
    story.tell("2020-08-15", "resumes")
    assert story.on("2020-09-30").possible == {State.SUSPENDED, State.IN_FORCE}
    story.tell("2020-10-01", "suspends")
    assert story.on("2020-10-01").possible == {State.SUSPENDED}


def test_a_start_put_off_on_a_day_not_known_may_have_come():
    story = Story()
    story.tell("2020-08-01", "starts", "2020-08-10")
    story.tell("2020-08-05..2020-08-12", "starts", "2020-08-20")
    assert story.on("2020-08-09").possible == {State.ORDERED}
    assert story.on("2020-08-15").possible == {State.ORDERED, State.IN_FORCE}
    assert story.on("2020-08-20").possible == {State.IN_FORCE}


def test_a_part_resumed_before_or_after_it_was_suspended_again():
    story = Story()
    story.tell("2020-08-01", "suspends")
    story.tell("2020-08-05..2020-08-15", "resumes", scope="a")
    story.tell("2020-08-10", "suspends", scope="a")
    assert story.on("2020-08-20").possible == {State.SUSPENDED, State.SUSPENDED_IN_PART}


def test_a_start_foretold_for_a_day_not_known_is_ordered_or_in_force():
    story = Story(TAKES_EFFECT)
    story.tell("2020-08-01", "starts", "2020-09-01..2020-09-30")
    assert story.states("2020-08-31", "2020-09-15", "2020-09-30") == [State.ORDERED, State.UNCERTAIN, State.IN_FORCE]
    assert story.on("2020-09-15").possible == {State.ORDERED, State.IN_FORCE}
    assert story.on("2020-08-31").deadline is None


def test_an_effect_without_an_end_of_its_days_may_always_come():
    story = Story()
    story.tell("2020-08-01", "starts")
    story.effects.append(Effect("measure", 9, Verb.ENDS, (aug(14), date.max), (aug(14), date.max), id=9))
    assert story.states("2020-08-13", "2029-12-31") == [State.IN_FORCE, State.UNCERTAIN]


def test_too_many_doubts_claim_nothing_until_the_measure_ends():
    story = Story()
    story.tell("2020-08-01", "starts")
    for scope in "abcdefgh":
        story.tell("2020-08-02..2020-08-31", "suspends", scope=scope)
    assert story.on("2020-08-10").possible == set(State) - {State.NOT_KNOWN, State.UNCERTAIN}
    assert story.on("2020-09-10").state == State.UNCERTAIN
    story.tell("2020-10-01", "ends")
    assert story.states("2020-09-30", "2020-10-01") == [State.UNCERTAIN, State.ENDED]


# --- A slow reader ------------------------------------------------------------------------------------------------------
def slow_state(happened, today, means):
    """The state from everything that happened, [(told or acted, effect)] in order, by looking back: no step is kept from the day before."""
    closed, life = None, []
    for what, effect in happened:
        is_whole = not effect.scope
        if what == "acted" and is_whole and effect.verb in ("ends", "annuls"):
            closed, life = effect.verb, []
        elif not closed or (what == "told" and is_whole and effect.verb in ("orders", "starts")):
            closed, life = None, [*life, (what, effect)]
    if closed:
        return State.ENDED if closed == "ends" else State.ANNULLED
    whole, held, freed = False, set(), set()
    for verb, scope in [(effect.verb, effect.scope) for what, effect in life if what == "acted"]:
        if verb in ("suspends", "resumes") and not scope:
            whole, held, freed = verb == "suspends", set(), set()
        elif verb == "suspends":
            held, freed = held | ({scope} if not whole else set()), freed - {scope}
        elif verb == "resumes":
            held, freed = held - {scope}, freed | ({scope} if whole else set())
        elif verb in ("ends", "annuls"):
            held, freed = held - {scope}, freed - {scope}
    if whole or held:
        return State.SUSPENDED_IN_PART if freed or held else State.SUSPENDED
    told = [effect for what, effect in life if what == "told" and not effect.scope]
    deadlines = [effect.deadline for effect in told if effect.deadline]
    if means == COMPLY_BY and deadlines and deadlines[-1] < today:
        return State.DEADLINE_PASSED
    if (has_taken_effect if means == TAKES_EFFECT else has_begun)(life, told, today):
        return State.IN_FORCE
    return State.ORDERED if any(what == "told" for what, _effect in life) else State.NOT_YET_ORDERED


def has_taken_effect(life, told, today):
    last = next((effect for effect in reversed(told) if effect.deadline or effect.verb == "starts"), None)
    if last and last.deadline:
        return last.deadline <= today
    return last is not None and ("acted", last) in life


def has_begun(life, told, today):
    for number, (what, effect) in enumerate(life):
        starts = [one for kind, one in life[:number] if kind == "told" and one.verb == "starts" and not one.scope]
        if what == "acted" and effect.verb == "starts" and starts and starts[-1] is effect:
            return True
    return False


TELLING = ("orders", "starts", "sets_deadline", "extends")


def slow_days(effect):
    """Every choice of days for one effect: [(day told, day it acts)]. It is told on the first day it may act at the latest."""
    told, acts = ([first + timedelta(n) for n in range((last - first).days + 1)] for first, last in (effect.announced, effect.effective))
    if acts[0] <= told[0]:
        return [(one, one) for one in acts]
    return list(product(sorted({min(one, acts[0]) for one in told}), acts))


def slow_possible(effects, today, means):
    possible = set()
    for days in product(*(slow_days(effect) for effect in effects)):
        happened = []
        for effect, (told, acts) in zip(effects, days, strict=True):
            place = (effect.announced[0], effect.time or time.min, effect.position, effect.id)
            if effect.verb in TELLING:
                happened.append((told, *place, 0, "told", effect))
            if effect.verb not in TELLING or effect.verb == "starts":
                happened.append((acts, *place, 1, "acted", effect))
        happened = sorted(one for one in happened if one[0] <= today)
        possible.add(slow_state([one[-2:] for one in happened], today, means))
    return possible


WINDOW = [aug(number) for number in range(1, 19)]


@st.composite
def records(draw, most=6, loose=0):
    """Effects of days in August 2020, the first `loose` of them on days known in part."""
    effects = []
    for number in range(draw(st.integers(0, most))):
        widths = st.integers(0, 3 if number < loose else 0).map(timedelta)
        first = aug(draw(st.integers(1, 14)))
        announced = (first, first + draw(widths))
        later = draw(st.integers(-3, 6) | st.just(0))
        acts = first + timedelta(later)
        effects.append(
            Effect(
                measure="measure",
                event=number,
                verb=draw(st.sampled_from(Verb)),
                announced=announced,
                effective=(acts, acts + draw(widths)) if later else announced,
                time=draw(st.none() | st.sampled_from([time(9), time(17)])),
                position=draw(st.integers(0, 1)),
                id=number,
                deadline=draw(st.none() | st.integers(-1, 16).map(aug)),
                scope=draw(st.sampled_from(["", "", "", "a", "b"])),
            )
        )
    return effects


def each_day(effects, means):
    return {one: state_on(effects, one, deadline_means=means, checked_through=DECADE) for one in WINDOW}


@given(records(), st.sampled_from(DeadlineMeans))
@settings(max_examples=examples(60))
def test_known_days_are_read_as_a_slow_reader_does(effects, means):
    for one, standing in each_day(effects, means).items():
        assert standing.possible == slow_possible(effects, one, means) == {standing.state}


@given(records(most=4, loose=2), st.sampled_from(DeadlineMeans))
@settings(max_examples=examples(40))
def test_days_known_in_part_are_read_in_every_way(effects, means):
    for one, standing in each_day(effects, means).items():
        assert standing.possible == slow_possible(effects, one, means)
        assert (standing.state == State.UNCERTAIN) == (len(standing.possible) > 1)
        assert standing.state in {State.UNCERTAIN} | standing.possible


@given(records(most=5, loose=1), st.sampled_from(DeadlineMeans), st.data())
def test_the_order_they_come_in_makes_no_difference(effects, means, data):
    shuffled = data.draw(st.permutations(effects))
    assert each_day(effects, means) == each_day(shuffled, means)


@given(records(most=8, loose=3), st.sampled_from(DeadlineMeans), st.sampled_from(WINDOW))
def test_bars_say_of_every_day_what_state_on_says(effects, means, checked_through):
    said = {}
    for state, first, last in (spans := bars(effects, deadline_means=means, checked_through=checked_through)):
        assert first <= last <= checked_through
        said |= {first + timedelta(n): state for n in range((last - first).days + 1)}
    assert all(a.state != b.state and a.last_day + timedelta(1) == b.first_day for a, b in pairwise(spans))
    for one in WINDOW:
        known = state_on(effects, one, deadline_means=means, checked_through=checked_through)
        assert known.state == said.get(one, State.NOT_YET_ORDERED if one <= checked_through else State.NOT_KNOWN)


@given(records(most=6), st.sampled_from(DeadlineMeans))
def test_what_an_effect_moved_is_the_deadline_of_the_day_before(effects, means):
    """Of records that no effect was added to from a later day, and days of one effect."""
    effects = [one._replace(effective=max(one.effective, one.announced)) for one in effects]
    effects = list({one.announced: one for one in effects if one.effective == one.announced}.values())
    found = moves(deadlines(effects, deadline_means=means))
    for effect in effects:
        before, after = (
            state_on(effects, on, deadline_means=means, checked_through=DECADE)
            for on in (effect.announced[0] - timedelta(1), effect.announced[0])
        )
        has_moved = before.deadline and after.deadline_effect == effect and after.deadline != before.deadline
        assert found.get(effect.id) == (Deadline(before.deadline, before.deadline_effect) if has_moved else None)


@given(records(most=6, loose=2), st.sampled_from(DeadlineMeans))
def test_the_explanation_belongs_to_the_state(effects, means):
    for one, standing in each_day(effects, means).items():
        assert (standing.since is None) == (standing.state == State.NOT_YET_ORDERED)
        assert (standing.deadline is None) == (standing.deadline_effect is None)
        if standing.state == State.DEADLINE_PASSED:
            assert standing.deadline < one
        if standing.state == State.SUSPENDED_IN_PART:
            assert standing.suspended_parts or standing.resumed_parts
