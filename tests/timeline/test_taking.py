"""A journalist takes the moved deadline away: as a file, and into a page of another site."""

import csv
import http.server
import json
import threading
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from playwright.sync_api import expect

from tests.factories import NOON
from tests.timeline.content import effect, event, measure

# SQLite alone: what a browser does with a page does not depend on the engine that the page's rows come from.
pytestmark = pytest.mark.pure


class Article(http.server.BaseHTTPRequestHandler):
    """One page of another site; `html` is what is in it."""

    html = ""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>An article</title>{self.html}".encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def elsewhere():
    """A function: the address of a page of another origin with this HTML in it."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Article)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def page_with(html):
        Article.html = html
        return f"http://127.0.0.1:{server.server_port}/"

    yield page_with
    server.shutdown()
    server.server_close()


@pytest.fixture
def said(page):
    """What the browser's console says: nothing may be refused but what is not to be framed."""
    lines = []
    page.on("console", lambda one: lines.append(one.text) if one.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: lines.append(str(error)))
    return lines


@pytest.fixture
def moved(live_server):
    with time_machine.travel(NOON - timedelta(hours=1), tick=False):
        sale = measure("Sale")
        event("Ordered", "2020-08-14", effect(sale, "orders", deadline="2020-11-12"))
        return event("Moved", "2020-11-13", effect(sale, "extends", deadline="2020-11-27"), kind="court")


def test_the_moved_deadline_is_downloaded_and_embedded_elsewhere(page, live_server, elsewhere, said, moved, tmp_path):
    page.goto("/en/timeline/?kind=court")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    download.value.save_as(tmp_path / "timeline.csv")
    with open(tmp_path / "timeline.csv", encoding="utf-8", newline="") as file:
        [line] = csv.DictReader(file)
    assert line["effects"] == "Sale name in English: moves deadline to 27\xa0November\xa02020"

    page.get_by_role("link", name="Moved title in English", exact=True).click()
    block = page.locator('script[type="application/ld+json"]').text_content()  # said to machines, and nothing the policy refuses
    assert json.loads(block)["mentions"][0]["previousStartDate"] == "2020-11-12"
    page.go_back()
    page.get_by_role("link", name="embed").click()
    code = page.locator("pre.code").inner_text().replace(settings.SITE_URL, live_server.url)
    page.goto(elsewhere(f"<h1>An article</h1>{code}"))
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Moved title in English")).to_be_visible()
    expect(frame.get_by_text("moves deadline to 27\xa0November\xa02020", exact=False)).to_be_visible()
    expect(page.locator("iframe")).not_to_have_attribute("height", "480")  # as high as what is in it
    inside = page.frames[1]
    assert inside.evaluate("document.documentElement.scrollHeight <= innerHeight")
    page.emulate_media(color_scheme="dark")
    assert inside.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(23, 21, 18)"
    assert page.context.cookies() == []
    assert said == []

    page.goto(elsewhere(f'<iframe src="{live_server.url}/en/timeline/"></iframe>'))
    expect(page.frame_locator("iframe").get_by_role("heading", name="Timeline")).to_have_count(0)
    assert any("frame" in one.lower() for one in said)


def test_the_frame_speaks_as_wordpress_listens(page, live_server, elsewhere, said, moved):
    """WordPress sandboxes the frames of sites it does not know, gives each a secret, and says when it is ready (wp-embed.js)."""
    page.goto(elsewhere(f'<iframe sandbox="allow-scripts" src="{live_server.url}/en/timeline/embed/?kind=court#?secret=abc123"></iframe>'))
    page.evaluate("window.heard = []; addEventListener('message', (event) => heard.push(event.data))")
    page.evaluate("frames[0].postMessage({message: 'ready', secret: 'abc123'}, '*')")
    page.wait_for_function("heard.some((one) => one.message === 'height' && one.secret === 'abc123' && one.value > 100)")
    page.frame_locator("iframe").get_by_role("link", name="Moved title in English").click()
    page.wait_for_function("heard.some((one) => one.message === 'link')")
    assert page.evaluate("heard.find((one) => one.message === 'link').value").endswith("/en/timeline/moved-title-in-english/")
    assert said == []  # not even of a window that the sandbox refuses
