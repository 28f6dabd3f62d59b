"""A day at the desk in a real browser: what issue after issue of it must keep possible. Time is moved, never waited for."""

from datetime import timedelta

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import ArticleEdition
from newsroom.publishing.models import Autosave, Decision
from newsroom.publishing.publish import publish as publish_at
from tests.desk.desk import address_of
from tests.factories import draft, live, next_draft
from timeline.models import EventEdition

# SQLite alone: what a browser does with a page does not depend on the engine that the page's rows come from.
pytestmark = pytest.mark.pure

PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def clock(live_server):
    """The server's clock stands still at the present moment, because a browser judges cookies by its own; `shift` moves it."""
    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False) as traveller:
        yield traveller


@pytest.fixture
def sign_in(clock, new_context):
    """`sign_in("editor")` gives that person's page. At the end no console may have said anything: no script error, no policy violation."""
    said = []

    def hear(one):
        # That a page is told of the end of its session is what it asks for.
        if one.type in ("error", "warning") and not (one.location["url"].endswith("/unsaved/") and "status of 40" in one.text):
            said.append(f"{one.location['url']}: {one.text}")

    def open_desk(name, **options):
        page = new_context(**options).new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
        page.goto("/admin/")
        enter(page, name)
        expect(page.get_by_role("heading", name="Today at the desk")).to_be_visible()
        return page

    yield open_desk
    assert said == []


def enter(page, name):
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(name)
    page.get_by_role("button", name="Log in").click()


def write(page, english, french=None):
    """A new article with a title and a text in one or two languages, not saved yet."""
    page.goto("/admin/articles/articleedition/add/")
    for language, title in (("English", english), ("French", french)):
        if title:
            page.get_by_role("tab", name=language).click()
            page.get_by_label(f"Title ({language})").fill(title)
            page.get_by_role("textbox", name=f"Text ({language})").click()
            page.keyboard.type(f"{title}: the text.")


def look(page, seconds):
    """Let the page's own clock go on, and wait for what it then asks the newsroom."""
    with page.expect_response("**/unsaved/"):
        page.clock.run_for(seconds * 1000)


def published(page, title):
    """Is it on the public list of articles?"""
    page.goto("/en/articles/")
    return page.get_by_role("link", name=title).count() > 0


# --- The journeys -------------------------------------------------------------------------------------------------------
def test_a_writer_drafts_in_two_languages_and_an_editor_returns_approves_and_publishes(sign_in, clock, writer, editor):
    mine, theirs = sign_in("writer"), sign_in("editor")
    write(mine, "Our answer", "Notre réponse")
    expect(mine.get_by_role("button", name="Publish now…")).to_have_count(0)
    mine.get_by_role("button", name="Send for review…").click()
    mine.get_by_label("A word to whoever reads it").fill("Is the tone right?")
    mine.get_by_role("button", name="Send for review").click()
    expect(mine.get_by_text("Sent for review.")).to_be_visible()
    edition = ArticleEdition.objects.get()
    assert mine.request.get(address_of(edition, "publish")).status == 403

    theirs.goto("/admin/")
    theirs.get_by_role("link", name="Our answer").click()
    theirs.get_by_role("link", name="Review…", exact=True).click()
    expect(theirs.get_by_text("Is the tone right?")).to_be_visible()
    theirs.get_by_text("Return it with a comment…").click()
    theirs.get_by_label("What has to change").fill("Softer, please.")
    with theirs.expect_navigation():
        theirs.get_by_role("button", name="Return").click()

    mine.goto("/admin/")
    mine.get_by_role("link", name="Our answer").click()
    expect(mine.get_by_text("Softer, please.").first).to_be_visible()
    mine.get_by_label("Title (English)").fill("Our softer answer")
    mine.get_by_role("button", name="Send for review…").click()
    mine.get_by_role("button", name="Send for review").click()
    expect(mine.get_by_text("Sent for review.")).to_be_visible()

    theirs.goto(address_of(edition, "review"))
    theirs.get_by_role("link", name="Preview (FR)").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Notre réponse")
    theirs.get_by_role("link", name="English").first.click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Our softer answer")
    theirs.goto(address_of(edition, "review"))
    theirs.get_by_role("button", name="Approve, as it stands").click()
    theirs.get_by_role("button", name="Publish now, as approved").click()
    expect(theirs.get_by_text("It takes effect on")).to_be_visible()
    assert not published(theirs, "Our softer answer")
    clock.shift(timedelta(seconds=3))
    assert published(theirs, "Our softer answer")
    assert not Decision.objects.get(verb="publish").is_alone


def test_a_scheduled_text_appears_by_itself_and_a_cancelled_one_never(sign_in, clock, editor):
    page = sign_in("editor")
    for title in ("The second", "The third"):
        write(page, title)
        page.get_by_role("button", name="Schedule for…").click()
        page.get_by_label("Goes live on").fill(f"{timezone.localtime() + timedelta(minutes=2):%Y-%m-%dT%H:%M:%S}")
        page.get_by_role("button", name="Schedule").click()
        expect(page.get_by_text("It takes effect on")).to_be_visible()
        clock.shift(timedelta(seconds=1))  # no two documents need the same second
    page.get_by_role("link", name="Cancel…").click()
    page.get_by_role("button", name="Cancel the publication").click()
    expect(page.get_by_text("Its text is a draft again.")).to_be_visible()

    clock.shift(timedelta(seconds=117))
    assert not published(page, "The second")
    clock.shift(timedelta(seconds=2))
    assert published(page, "The second")
    clock.shift(timedelta(days=2))
    assert not published(sign_in("editor"), "The third")


def test_going_live_loads_the_page_again_but_not_under_somebody_who_writes(sign_in, clock, editor):
    edition = draft(ArticleEdition)
    publish_at(edition, editor, timezone.now().replace(microsecond=0) + timedelta(seconds=30))
    page = sign_in("editor")
    page.clock.install()
    page.goto(address_of(edition, "change"))
    page.get_by_label("Your comment").fill("Half a")
    page.clock.fast_forward(40_000)
    expect(page.get_by_text("This text is live now.")).to_be_visible()
    expect(page.get_by_label("Your comment")).to_have_value("Half a")
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(address_of(edition, "change"))
    clock.shift(timedelta(seconds=40))
    with page.expect_navigation():
        page.clock.fast_forward(40_000)
    expect(page.locator(".edition-state .status-live")).to_be_visible()


PASTE = """async () => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [400, 300];
  canvas.getContext("2d").fillRect(0, 0, 200, 300);
  const drawn = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([drawn], "courthouse.png", { type: "image/png" }));
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def test_a_picture_is_pasted_described_and_read_by_the_public(sign_in, clock, editor):
    page = sign_in("editor")
    write(page, "A picture of the court")
    page.get_by_label("Title (English)").focus()
    page.evaluate(PASTE)
    expect(page.get_by_text("Taken into the library.")).to_be_visible()
    expect(page.locator(".picture-card .whole")).to_have_js_property("naturalWidth", 360)
    page.get_by_label("What the picture shows (English)").fill("The courthouse")
    page.get_by_role("textbox", name="Text (English)").click()
    page.evaluate(PASTE)
    page.get_by_role("dialog").get_by_label("What the picture shows").fill("Inside the text")
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Publish now…").click()
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("It takes effect on")).to_be_visible()
    clock.shift(timedelta(seconds=3))
    assert published(page, "A picture of the court")
    page.get_by_role("link", name="A picture of the court").click()
    shown = page.get_by_role("img", name="The courthouse")
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("one => [one.currentSrc.endsWith('.avif'), one.naturalWidth > 0]") == [True, True]
    expect(page.locator(".prose").get_by_role("img", name="Inside the text")).to_have_attribute("width", "400")


def test_a_live_text_is_corrected(sign_in, clock, editor):
    edition = live(ArticleEdition, word="Forty-five days:", picture=None)
    page = sign_in("editor")
    page.goto(address_of(edition, "change"))
    page.get_by_role("button", name="Correct").click()
    page.get_by_label("Title (English)").fill("Ninety days")
    page.get_by_label("Public note (English)").fill("We wrote 45 days; the order says 90.")
    page.get_by_role("button", name="Publish now…").click()
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("It takes effect on")).to_be_visible()
    clock.shift(timedelta(seconds=3))
    assert published(page, "Ninety days")
    page.goto(edition.get_absolute_url())
    expect(page.get_by_text("We wrote 45 days; the order says 90.").first).to_be_visible()


def test_one_draft_in_two_windows_loses_nothing(sign_in, writer, editor):
    edition = draft(ArticleEdition, picture=None)
    pages = [sign_in("writer"), sign_in("editor")]
    for page in pages:
        page.clock.install()
        page.goto(address_of(edition, "change"))
        look(page, 5)
    expect(pages[1].get_by_text("Writer is editing this now.")).to_be_visible()
    look(pages[0], 15)
    expect(pages[0].get_by_text("Editor is editing this now.")).to_be_visible()
    for page, words in zip(pages, ("Written first", "Written second"), strict=True):
        page.get_by_label("Title (English)").fill(words)
    early, late = pages
    early.get_by_role("button", name="Save", exact=True).click()
    expect(early.get_by_text("Saved. It is a draft: the public cannot see it.")).to_be_visible()
    late.get_by_role("button", name="Save", exact=True).click()
    expect(late.get_by_role("heading", name="Somebody saved this draft before you")).to_be_visible()
    expect(late.get_by_text("Written first").first).to_be_visible()
    late.get_by_role("group", name="Title (English)").get_by_role("radio", name="Mine").check()
    late.get_by_role("button", name="Save this choice").click()
    expect(late.get_by_label("Title (English)")).to_have_value("Written second")


def test_an_urgent_text_from_a_phone(sign_in, clock, editor):
    page = sign_in("editor", **PHONE)
    page.get_by_role("link", name="Add").first.tap()
    page.get_by_label("Title (English)").fill("The service is down")
    publish = page.get_by_role("button", name="Publish now…")
    expect(publish).to_be_in_viewport()  # without scrolling
    assert publish.bounding_box()["height"] >= 44
    publish.tap()
    page.get_by_role("button", name="Publish now").tap()
    expect(page.get_by_text("It takes effect on")).to_be_visible()
    clock.shift(timedelta(seconds=3))
    assert published(page, "The service is down")

    edition = ArticleEdition.objects.get()
    later = next_draft(edition, word="The planned answer")
    publish_at(later, None, edition.live_from + timedelta(hours=1))
    page.goto(address_of(edition, "change"))
    page.get_by_role("button", name="New edition").tap()
    page.get_by_label("Title (English)").fill("The service is back")
    page.get_by_label("Public note (English)").fill("It came back at noon.")
    page.get_by_role("radio", name="Update").check()
    page.get_by_role("button", name="Publish now…").tap()
    expect(page.get_by_role("radio", name="hold it")).to_be_checked()
    page.get_by_role("button", name="Publish now").tap()
    expect(page.get_by_text("It takes effect on")).to_be_visible()
    clock.shift(timedelta(hours=2))
    page = sign_in("editor", **PHONE)
    assert published(page, "The service is back")
    page.goto(address_of(ArticleEdition.objects.get(title_en="The service is back"), "change"))
    page.get_by_role("link", name="Withdraw…").tap()
    page.get_by_label("Public reason (English)").fill("It was down again.")
    page.get_by_role("button", name="Withdraw").tap()
    expect(page.get_by_text("It takes effect on")).to_be_visible()


def test_words_that_are_not_saved_are_not_left_by_a_slip(sign_in, writer):
    page = sign_in("writer")
    write(page, "Half a sentence")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/admin/")
    assert asked == ["beforeunload"]


def test_half_a_sentence_is_kept_and_brought_back(sign_in, writer):
    page = sign_in("writer")
    page.on("dialog", lambda dialog: dialog.accept())  # that the words are not saved
    page.clock.install()
    write(page, "Half a sentence")
    look(page, 5)
    expect(page.get_by_text("not saved yet")).to_be_visible()
    page.goto("/admin/articles/articleedition/add/")
    expect(page.get_by_label("Title (English)")).to_have_value("")
    page.get_by_role("link", name="Bring it back").click()
    expect(page.get_by_label("Title (English)")).to_have_value("Half a sentence")
    expect(page.get_by_role("textbox", name="Text (English)")).to_have_text("Half a sentence: the text.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved. It is a draft: the public cannot see it.")).to_be_visible()
    assert ArticleEdition.objects.get().body_en == "<p>Half a sentence: the text.</p>"
    assert not Autosave.objects.exists()


def test_a_session_that_ends_while_one_writes(sign_in, writer):
    edition = draft(ArticleEdition, picture=None)
    page = sign_in("writer")
    page.clock.install()
    page.goto(address_of(edition, "change"))
    page.get_by_label("Title (English)").fill("Still here")
    Session.objects.all().delete()
    look(page, 5)
    with page.context.expect_page() as opened:
        page.get_by_role("alert").get_by_role("link", name="Sign in").click()
    enter(opened.value, "writer")
    expect(opened.value.get_by_role("heading", name="Today at the desk")).to_be_visible()
    look(page, 5)
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(page.get_by_text("not saved yet")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved. It is a draft: the public cannot see it.")).to_be_visible()
    assert ArticleEdition.objects.get().title_en == "Still here"


def test_a_session_that_ends_while_one_writes_without_script(sign_in, writer):
    edition = draft(ArticleEdition, picture=None)
    page = sign_in("writer", java_script_enabled=False)
    page.goto(address_of(edition, "change"))
    page.get_by_label("Title (English)").fill("Still here")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Nothing of what you wrote is lost")).to_be_visible()
    enter(page, "writer")
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_label("Title (English)")).to_have_value("Still here")
    expect(page.get_by_text("Saved. It is a draft: the public cannot see it.")).to_be_visible()


# --- Every page ---------------------------------------------------------------------------------------------------------
def serious(page, **options):
    """What axe finds on a page and calls serious or critical: [(rule, where)]."""
    # Its preload asks for style sheets at wrong addresses.
    found = Axe().run(page, options={"preload": False, **options}).response["violations"]
    return [(one["id"], node["target"]) for one in found if one["impact"] in ("serious", "critical") for node in one["nodes"]]


def too_wide(page):
    return ["wider than the window"] if page.evaluate("document.documentElement.scrollWidth > innerWidth") else []


@pytest.fixture
def addresses(writer, editor):
    """Some page of every kind, with something on it."""
    edition = live(ArticleEdition, editor, picture=None)
    later = next_draft(edition, writer, word="Later")
    pages = ["/admin/", "/admin/hold/", "/admin/password_change/", "/admin/publishing/decision/", "/admin/library/picture/add/"]
    pages += [address_of(edition, name) for name in ("change", "history", "withdraw")]
    pages += [address_of(later, name) for name in ("change", "compare", "publish", "schedule", "delete", "submit", "review", "share")]
    pages += [address_of(later, "revision", 1), address_of(later, "restore", 1)]
    # One form serves every type; an event has the most kinds of children in it.
    return pages + [address_of(ArticleEdition, "changelist"), address_of(EventEdition, "add")]


def test_no_page_breaks_the_policy_or_shuts_anybody_out(sign_in, addresses):
    page = sign_in("editor")
    page.emulate_media(reduced_motion="reduce")  # buttons take their colour at once
    problems = {}
    for address in addresses:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme="light")
        assert page.goto(address).status == 200
        problems[address] = too_wide(page) + serious(page)
        page.set_viewport_size({"width": 360, "height": 640})
        page.emulate_media(color_scheme="dark")
        problems[address] += too_wide(page)
        if address in addresses[:1] + addresses[-2:]:  # first page, list and form: all that has a colour is on one of them
            problems[address] += serious(page, runOnly=["color-contrast"])  # all else is the same page
    assert {address: found for address, found in problems.items() if found} == {}


def test_the_conflict_page_shuts_nobody_out(sign_in, writer, editor):
    edition = draft(ArticleEdition, picture=None)
    pages = [sign_in("writer"), sign_in("editor")]
    for page in pages:
        page.goto(address_of(edition, "change"))
    for page, words in zip(pages, ("Saved. It is a draft: the public cannot see it.", "Somebody saved this draft before you"), strict=True):
        page.get_by_label("Title (English)").fill(f"By {page.context}")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text(words).first).to_be_visible()
    expect(pages[1].get_by_role("heading", name="Somebody saved this draft before you")).to_be_visible()
    assert serious(pages[1]) == []


def test_a_release_of_three_goes_public_at_one_second(sign_in, clock, editor):
    page = sign_in("editor")
    page.goto("/admin/releases/")
    page.get_by_label("Name of the release").fill("Opening day")
    page.get_by_role("button", name="New release").click()
    for title in ("The statement", "The answer", "The plan"):
        draft(ArticleEdition, word=title)
        page.reload()
        page.get_by_label("Draft").select_option(label=f"Article · {title} title in English")
        page.get_by_role("button", name="Add to the release").click()
        expect(page.get_by_role("link", name=title)).to_be_visible()
    # Without its own reading of the style sheets, which asks for their imports beside the page.
    assert Axe().run(page, options={"preload": False}).response["violations"] == []
    page.get_by_label("Goes live on").fill(f"{timezone.localtime() + timedelta(minutes=2):%Y-%m-%dT%H:%M:%S}")
    page.get_by_role("button", name="Schedule all for this moment").click()
    expect(page.get_by_text("All of it goes public on")).to_be_visible()
    clock.shift(timedelta(minutes=1, seconds=59))
    assert [published(page, title) for title in ("The statement", "The answer", "The plan")] == [False] * 3
    clock.shift(timedelta(seconds=1))
    assert [published(page, title) for title in ("The statement", "The answer", "The plan")] == [True] * 3


def test_the_first_page_can_be_read_by_everybody(sign_in, clock, editor):
    publish_at(draft(ArticleEdition, editor, word="Later"), editor, timezone.now().replace(microsecond=0) + timedelta(days=2))
    draft(EventEdition, editor, word="Draft")
    for options in (PHONE, {"color_scheme": "dark"}):
        page = sign_in("editor", **options)
        page.goto("/admin/")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert Axe().run(page).response["violations"] == []
