"""The first page of the desk: who is shown what, and no more of it than one can read.

What is found is asked of both engines, how it is laid out of one.
"""

from datetime import timedelta

import pytest

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.drafts import save_draft
from newsroom.publishing.publish import cancel, publish
from newsroom.publishing.review import approve, give_back, submit
from tests.desk.conftest import signed_in
from tests.factories import NOON, an_editor, draft, live, next_draft
from timeline.models import EventEdition


def panels(desk):
    """{panel: [first words of the titles]}"""
    shown = desk.get("/admin/").context["panels"]
    return {one.panel.value: [str(row.edition).split(" title")[0].split(" question")[0] for row in one.rows] for one in shown}


def test_everybody_is_shown_what_waits_for_them(clock, writer, editor, writers_desk, editors_desk):
    submitted, own = draft(ArticleEdition, writer, word="Sent"), draft(EventEdition, editor, word="Own")
    submit(submitted, writer)
    submit(own, editor)
    back, ready = draft(QuestionEdition, writer, word="Back"), draft(ArticleEdition, writer, word="Ready")
    give_back_after(back, writer, editor)
    approve(ready, editor)
    publish(draft(ArticleEdition, word="Later"), None, NOON + timedelta(days=2))
    publish(draft(EventEdition, word="Sooner"), None, NOON + timedelta(days=1))
    public = live(ArticleEdition, word="Public")
    next_draft(public, editor, word="Unpublished")
    common = {"approved": ["Ready"], "scheduled": ["Sooner", "Later"], "changed": ["Unpublished in English"]}
    assert panels(editors_desk) == {"to-review": ["Sent"], "mine": ["Unpublished in English", "Own"], **common}
    assert panels(writers_desk) == {"returned-to-me": ["Back"], "mine": ["Sent"], **common}
    page = editors_desk.get("/admin/").text
    assert "in 1\xa0day" in page
    assert "by Writer" in page


def give_back_after(edition, writer, editor):
    submit(edition, writer)
    give_back(edition, editor, "No.")


def test_a_text_behind_its_original_and_one_published_alone_are_listed(clock, editor, editors_desk):
    following = next_draft(live(ArticleEdition), editor, word="Behind")
    following.body_en = "<p>Changed.</p>"
    following.save()
    save_draft(following, editor)
    publish(following, editor)
    clock.shift(5)
    assert panels(editors_desk) == {"behind": ["Behind in English"], "not-cleared": ["Behind in English"]}


@pytest.mark.parametrize("value", ["mine", "changed", "to-review", "for-legal", "returned-to-me", "not-cleared", "behind"])
def test_a_panel_is_a_filter_of_every_list(clock, editors_desk, edition_type, value):
    assert editors_desk.list(edition_type, status=value).status_code == 200


@pytest.mark.pure
def test_a_long_panel_is_cut_and_leads_to_the_lists(clock, editor, editors_desk):
    for number in range(10):
        draft(ArticleEdition, editor, word=f"Draft {number}", is_short=True)
    assert len(panels(editors_desk)["mine"]) == 8
    assert '<a href="/admin/articles/articleedition/?status=mine">Articles</a>' in editors_desk.get("/admin/").text
    assert len(editors_desk.list(ArticleEdition, status="mine").context["cl"].result_list) == 10


@pytest.mark.pure
def test_nothing_of_a_type_one_may_not_view_is_named(clock, db):
    """Each panel asks of the types alone that this person may view."""
    live(ArticleEdition)
    outsider = an_editor("outsider")
    outsider.groups.clear()
    response = signed_in(outsider).get("/admin/")
    assert (response.context["panels"], response.context["is_staff_here"]) == ([], False)


@pytest.mark.pure
def test_the_calendar_shows_the_month_that_is_asked_for(clock, editor, editors_desk):
    publish(draft(ArticleEdition, word="November"), None, NOON.replace(month=11, day=12))
    cancelled = draft(EventEdition, word="Cancelled")
    publish(cancelled, None, NOON.replace(month=11, day=13))
    cancel(cancelled, None)
    page = editors_desk.get("/admin/calendar/", month="2026-11").text
    assert "12:00 Article" in page
    assert "November title in English" in page
    assert "Cancelled" not in page
    for month in ("", "2026-12", "nonsense", "2026-13", "9999-99"):
        assert "November title" not in editors_desk.get("/admin/calendar/", month=month).text
