"""The picture's geometry: everything in its place, whatever the days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.stories import DECADE, Story, aug, day
from tests.timeline.test_readings import records
from timeline.in_force import Bar, State, bars, deadlines, state_on
from timeline.picture.density import HEIGHT, draw_columns
from timeline.picture.drawing import NARROW, WIDE, Content, Group, draw
from timeline.picture.events import Dated, draw_events
from timeline.picture.lettering import shortened, width, wrapped
from timeline.picture.measures import SEVERAL, DeadlineDay, MeasureLife, draw_measure
from timeline.picture.scale import Scale
from timeline.zoom import earlier, later, levels

pytestmark = pytest.mark.pure

DAYS = st.dates(date(1000, 1, 1), date(9999, 12, 31))
SPANS = st.tuples(DAYS, DAYS).map(sorted)
SCALES = SPANS.map(lambda span: Scale(*span, 190, 960))
AUGUST = Scale(aug(1), aug(31), 0, 310)
WORDS = {state: str(state) for state in [*State, SEVERAL]}


def dated(first, last, written=None, title="Something happened to somebody", when="6 August"):
    return Dated(first, last, *(written or (first, last)), "confirmed", when, title, title, "", "/")


def life(effects, means="comply_by", checked_through=DECADE, told=()):
    spans = bars(effects, deadline_means=means, checked_through=checked_through)
    return MeasureLife("A measure", "", "/", spans, list(told), checked_through, WORDS)


# --- The axis -----------------------------------------------------------------------------------------------------------
@given(SCALES, DAYS)
def test_a_day_lies_between_its_neighbours(scale, on):
    assert scale.left <= scale.start(on) <= scale.end(on) <= scale.right
    if scale.first_day <= on < scale.last_day:
        assert scale.end(on) == scale.start(on + timedelta(1))


@given(SCALES, st.integers(1, 40))
def test_periods_cover_the_axis_without_gaps_and_are_no_more_than_asked_for(scale, most):
    found = scale.periods(most)
    assert len(found) <= max(most, 1)
    assert found[0].first_day <= scale.first_day
    assert found[-1].last_day >= scale.last_day
    assert all(one.last_day + timedelta(1) == other.first_day for one, other in zip(found, found[1:], strict=False))


@given(SPANS)
def test_windows_lie_side_by_side_and_levels_hold_their_day(span):
    first, last = span
    before, after = earlier((first, last)), later((first, last))
    assert before is None or before.period.last_day + timedelta(1) == first
    assert after is None or after.period.first_day == last + timedelta(1)
    assert all(one.period.first_day <= first <= one.period.last_day for one in levels(first, (first, last)))


# --- Events -------------------------------------------------------------------------------------------------------------
@st.composite
def events(draw):
    first, last = sorted((draw(DAYS), draw(DAYS)))
    days = st.dates(first, last)
    return dated(first, last, sorted((draw(days), draw(days))), title=draw(st.text("abc ", min_size=1, max_size=90)))


@given(SCALES, st.lists(events(), max_size=12), st.booleans())
def test_every_event_is_inside_its_span_and_nothing_overlaps(scale, happened, is_narrow):
    scale = Scale(scale.first_day, scale.last_day, 6, 354) if is_narrow else scale
    marks, _height = draw_events(happened, scale)
    assert [mark.event for mark in marks] == [one for one in happened if scale.shows(one.first_day, one.last_day)]
    taken = {}
    for mark in marks:
        start, end = scale.cut(mark.event.first_day, mark.event.last_day)
        assert scale.left <= mark.left <= mark.right <= scale.right
        if mark.is_shown and end - start > 10:
            assert start - 5 <= mark.left <= mark.right <= end + 5
        assert scale.left - 1 <= min(mark.words.left, mark.words.below_left or scale.left)
        row = (min(mark.left, mark.doubt_left, mark.words.left), max(mark.right, mark.doubt_right, mark.words.right))
        assert all(row[1] <= other[0] or other[1] <= row[0] for other in taken.get(mark.row, []))
        taken.setdefault(mark.row, []).append(row)


def test_a_day_is_a_dot_a_month_a_bar_and_a_doubt_dotted():
    marks, _height = draw_events([dated(aug(6), aug(6)), dated(aug(1), aug(31)), dated(aug(16), aug(18), (aug(17), aug(17)))], AUGUST)
    of_day, of_month, doubtful = marks
    assert (of_day.event.is_day, of_day.middle, of_day.doubt) == (True, 55, "")
    assert (of_month.event.is_day, of_month.left, of_month.right) == (False, 0, 310)
    assert (doubtful.doubt_left, doubtful.middle, doubtful.doubt_right) == (150, 165, 180)
    assert doubtful.doubt.startswith("M150")


def test_an_event_that_runs_on_beyond_the_window_says_so():
    [mark], _height = draw_events([dated(day("2020-07-01"), date.max)], AUGUST)
    assert (mark.runs_on_before, mark.runs_on_after, mark.left, mark.right) == (True, True, 0, 310)


# --- Measures -----------------------------------------------------------------------------------------------------------
@given(records(most=6, loose=2), st.sampled_from(["takes_effect", "comply_by"]))
def test_bars_say_of_every_day_what_in_force_says(effects, means):
    drawing = draw_measure(life(effects, means, aug(18)), Scale(aug(1), aug(25), 0, 250), 100, is_beside=True)
    for number in range(1, 26):
        middle = 10 * number - 5
        drawn = [one.state for one in drawing.segments if one.left <= middle < one.right]
        state = state_on(effects, aug(number), deadline_means=means, checked_through=aug(18)).state
        assert drawn == ([] if state == State.NOT_YET_ORDERED and not drawn else [state])


def test_a_moved_deadline_hangs_above_the_one_it_was_moved_to_and_is_joined_to_it():
    told = [
        DeadlineDay(aug(5), "5 August", "5 August 2020", True),
        DeadlineDay(aug(20), "20 August", "20 August 2020", True, 0),
        DeadlineDay(aug(30), "30 August", "30 August 2020", False, 1),
    ]
    drawing = draw_measure(life([], told=told), AUGUST, 100, is_beside=True)
    first, second, last = drawing.deadlines
    assert (first.x, second.x, last.x) == (45, 195, 295)
    assert first.y < second.y < last.y
    assert (first.join, second.join[:7], last.join[:8]) == ("", f"M45.0 {first.y + 5}"[:7], f"M195.0 {second.y + 5}"[:8])
    assert last.anchor == "end"


def test_states_too_short_to_be_seen_are_drawn_as_several():
    story = Story()
    for number in range(200):
        story.tell(str(aug(1) + timedelta(number)), "suspends" if number % 2 else "resumes")
    scale = Scale(day("2015-01-01"), day("2029-12-31"), 0, 300)
    [several, lasting] = draw_measure(life(story.effects), scale, 100, is_beside=True).segments
    assert (several.state, several.first_day, lasting.state) == (SEVERAL, aug(2), State.SUSPENDED)


def test_every_deadline_that_was_told_is_told_with_the_one_it_moved():
    story = Story()
    story.tell("2020-08-01", "starts", deadline=aug(10))
    story.tell("2020-08-05", "extends", deadline=aug(20))
    story.tell("2020-08-06", "ends")
    story.tell("2020-08-10", "starts", deadline=aug(30))
    found = deadlines(story.effects, deadline_means=story.means)
    assert [(one.deadline.day, one.before and one.before.day) for one in found] == [(aug(10), None), (aug(20), aug(10)), (aug(30), None)]


# --- Many ---------------------------------------------------------------------------------------------------------------
@given(SCALES, st.integers(1, 24))
def test_columns_are_as_high_as_their_numbers(scale, most):
    columns = draw_columns(scale, lambda first, last: first.toordinal() % 5, most)
    assert len(columns) <= most
    for one, other in zip(columns, columns[1:], strict=False):
        assert one.right <= other.left
        assert (one.height <= other.height) == (one.count <= other.count)
    assert all(0 < one.height <= HEIGHT for one in columns)


# --- Words and the whole ------------------------------------------------------------------------------------------------
@given(st.text("abc i.,W ", max_size=80), st.integers(40, 300))
def test_words_are_cut_to_their_room(text, room):
    assert width(shortened(text, room)) <= room
    assert all(width(line) <= room for line in wrapped(text, room))
    assert "".join(wrapped(text, room)).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("shape", [WIDE, NARROW])
def test_a_drawing_holds_everything_under_each_other(shape):
    story = Story()
    story.tell("2020-08-06", "starts", deadline=aug(20))
    content = Content(
        first_day=aug(1), last_day=aug(31), title="August 2020", lines=["3 events"], events=[dated(aug(n), aug(n)) for n in (6, 7, 8)],
        total=3, count=None, groups=[Group("Public acts", "A note", [life(story.effects)])],
        legend={"confirmed": "confirmed"}, foot=["Source", "https://example.org/" + "a" * 200], name=lambda period, is_full: "x",
    )  # fmt: skip
    drawing = draw(content, shape)
    heights = [drawing.title[0].y, drawing.lines[0].y, drawing.axis_y, drawing.events_y, drawing.sections[0][0].y, drawing.measures[0][1]]
    heights += [drawing.plot_end, drawing.legend[0][1].y, drawing.foot[0].y, drawing.foot[-1].y, drawing.height]
    assert heights == sorted(heights)
    assert [mark for mark, _line in [(one.state, line) for one, line in drawing.legend]] == ["confirmed", "in_force", "deadline_passed"]
    assert all(line.x + width(line.text, 12) <= shape.width for line in drawing.foot)
    assert Bar(State.IN_FORCE, aug(6), aug(20)) in content.groups[0].measures[0].bars
