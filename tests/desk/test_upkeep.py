"""Who answers for a page, when it is read again, and what the public is told of that.

Which pages are due is asked of both engines; a button and its words are of one.
"""

from datetime import timedelta

import pytest

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.models import Check
from tests.desk.desk import address_of, told
from tests.desk.test_today import panels
from tests.factories import NOON, draft, live, next_draft, scheduled
from timeline.models import EventEdition, MeasureEdition

CHECKED = "Last checked <time"
IN_API = {ArticleEdition: "articles", QuestionEdition: "questions", EventEdition: "events", MeasureEdition: "measures"}


@pytest.mark.parametrize("edition_type", IN_API)
def test_a_check_is_public_from_its_own_second_on_and_in_no_past(clock, reader, editors_desk, edition_type):
    edition = live(edition_type)
    address = edition.get_absolute_url()
    editors_desk.step("check", edition)
    at = Check.objects.get().at
    assert at > NOON
    assert CHECKED not in reader.get(address).text
    clock.move_to(at)
    assert CHECKED in reader.get(address).text
    assert reader.get(f"/api/v1/{IN_API[edition_type]}/{edition.slug_en}").json()["item"]["checked_at"] == f"{at:%Y-%m-%dT%H:%M:%SZ}"
    clock.shift(timedelta(days=3))
    before, then = (f"{at + timedelta(seconds=shift):%Y%m%d%H%M%S}" for shift in (-1, 0))
    assert CHECKED not in reader.get(f"/memento/{before}{address}").text
    assert CHECKED in reader.get(f"/memento/{then}{address}").text
    scheduled(next_draft(edition), None, at + timedelta(days=4))
    clock.shift(timedelta(days=2))
    assert CHECKED not in reader.get(address, follow=True).text  # another text, which nobody has checked yet


@pytest.mark.pure
def test_only_what_is_live_is_checked(clock, editors_desk):
    assert told(editors_desk.step("check", draft(ArticleEdition))) == ["Only what is live can be checked."]
    assert not Check.objects.exists()


def test_a_page_is_due_when_its_days_have_passed_and_again_after_the_check(clock, editor, editors_desk):
    edition = live(QuestionEdition)
    page = editors_desk.post(address_of(edition, "upkeep"), {"owner": editor.pk, "review_every": "30"})
    assert "Owner: Editor" in page.text
    assert "due" not in panels(editors_desk)
    clock.shift(timedelta(days=30))
    editors_desk.client.force_login(editor)
    assert panels(editors_desk)["due"] == ["Example"]
    editors_desk.step("check", edition)
    clock.shift(timedelta(seconds=5))
    assert "due" not in panels(editors_desk)
    clock.shift(timedelta(days=30))
    editors_desk.client.force_login(editor)
    assert editors_desk.list(QuestionEdition, status="due").context["cl"].result_count == 1
