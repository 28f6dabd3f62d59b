"""A journalist's journeys through the timeline in a real browser, by the keyboard alone."""

import re

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import expect

from tests.factories import NOON
from tests.timeline.content import effect, event, measure

# SQLite alone: what a browser does with a page does not depend on the engine that the page's rows come from.
pytestmark = pytest.mark.pure


@pytest.fixture(autouse=True)
def clock(live_server):
    """It stands still while the newsroom is served."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def demonstration(clock, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    call_command("load_demo", verbosity=0)


@pytest.fixture
def page(clock, page):
    """A page whose console says nothing: no script error, no policy violation."""
    said = []
    page.on("console", lambda one: said.append(one.text) if one.type in ("error", "warning") and "status of 400" not in one.text else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert said == []


def tab_to(page, element):
    """Press Tab until an element has the focus."""
    for _press in range(150):
        if element.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {element}")


def answered(page, way):
    """Do something that asks the server, and wait until its answer stands."""
    with page.expect_response(lambda response: "/timeline/" in response.url):
        way()
    expect(page.locator("#results[aria-busy]")).to_have_count(0)


def test_the_deadline_that_was_moved_in_autumn_2020_is_found_by_the_keyboard_alone(demonstration, page):
    page.goto("/en/timeline/")
    page.evaluate("window.isSamePage = true")
    tab_to(page, page.get_by_label("From", exact=True))
    page.keyboard.type("2020-09")
    page.keyboard.press("Tab")
    page.keyboard.type("2020-12")
    answered(page, lambda: page.keyboard.press("Enter"))
    assert page.url.endswith("/en/timeline/?from=2020-09&to=2020-12")
    assert "September 2020 to December 2020" in page.title().replace("\xa0", " ")
    expect(page.locator("#announced")).to_have_text("7 events")

    kind = page.get_by_label("Kind")
    tab_to(page, kind)
    answered(page, lambda: page.keyboard.type("Dead"))  # the list goes to “Deadline”, and the results follow
    expect(page).to_have_url(re.compile("kind=deadline"))
    expect(page.get_by_role("link", name="remove this filter")).to_have_count(2)
    assert kind.evaluate("one => one === document.activeElement")
    results = page.locator("#results")
    expect(results).to_contain_text("Moves deadline to 4 December 2020 (reported), formerly 27 November 2020 (reported)", ignore_case=True)
    assert Axe().run(page).violations_count == 0, Axe().run(page).generate_report()

    chip = page.get_by_role("link", name="Deadline – remove this filter")
    tab_to(page, chip)
    answered(page, lambda: page.keyboard.press("Enter"))
    assert page.url.endswith("?from=2020-09&to=2020-12")
    assert page.evaluate("document.activeElement.id") == "found"
    answered(page, lambda: page.evaluate("history.back()"))  # headless browsers have no key for it
    assert "kind=deadline" in page.url
    expect(kind).to_have_value("deadline")
    assert page.evaluate("window.isSamePage")

    tab_to(page, results.get_by_role("heading", level=3).first.get_by_role("link"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/timeline/*/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    between = page.get_by_text("Everything between this event and another one")
    tab_to(page, between)
    page.keyboard.press("Enter")
    order = page.get_by_role("link", name="6 August 2020")
    tab_to(page, order)
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/timeline/?from=2020-08-06&to=*")


def test_a_date_that_cannot_be_read_is_told_where_it_was_typed(page):
    event("Order", "2020-08-06")
    page.goto("/fr/timeline/")
    page.get_by_label("De", exact=True).fill("septembre")
    answered(page, lambda: page.keyboard.press("Enter"))
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("De", exact=True)).to_have_value("septembre")


def test_the_slider_moves_through_the_days_in_place(page):
    event("Order", "2020-08-06", effect(measure("Ban"), "sets_deadline", "2020-11-12"))
    page.goto("/en/timeline/in-force/?on=2020-09-29")
    slider = page.get_by_role("slider")
    tab_to(page, slider)
    for _press in range(2):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", level=1)).to_have_text("In force on 1 October 2020")
    expect(page.get_by_label("Ask about another day")).to_have_value("2020-10-01")
    expect(page).to_have_url(re.compile("[?]on=2020-10-01$"))
    expect(slider).to_be_focused()
    expect(slider).to_have_attribute("aria-valuetext", "1 October 2020")
    assert Axe().run(page).violations_count == 0, Axe().run(page).generate_report()
