"""The pages of a release: who may do what, and that nobody publishes what has changed since they read it.

On one engine: forms and buttons. What a release does is tried on both, here once and in tests/publishing.
"""

from datetime import timedelta

import pytest

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.models import Member, Release
from newsroom.publishing.publish import cancel, publish
from newsroom.publishing.review import share
from newsroom.publishing.stages import Stage, stage_of
from tests.conftest import person
from tests.desk.conftest import signed_in
from tests.desk.desk import told, words_of
from tests.factories import NOON, draft, shown


@pytest.fixture
def release(clock, writer):
    release = Release.objects.create(title="Opening day")
    for model in (ArticleEdition, QuestionEdition):
        Member.objects.create(release=release, edition=draft(model, writer))
    return release


def press(desk, release, button, **data):
    address = f"/admin/releases/{release.pk}/"
    if button == "publish":
        address += "publish/"
    return desk.post(address, {"read": desk.get(address).context["read"], button: "1", **data})


def test_a_release_is_reviewed_scheduled_and_held_as_one(release, writers_desk, editors_desk):
    press(writers_desk, release, "submit")
    assert {stage_of(edition) for edition in release.editions} == {Stage.IN_REVIEW}
    press(editors_desk, release, "approve")
    assert {stage_of(edition) for edition in release.editions} == {Stage.APPROVED}
    page = press(editors_desk, release, "schedule", at="2026-06-02T12:00")
    assert "All of it goes public on 2 June 2026, 12:00, in 1\xa0day." in page.text
    assert told(press(editors_desk, release, "take_out", take_out=release.members.first().pk)) == [
        "The release is scheduled. Hold it first."
    ]
    press(editors_desk, release, "move", at="2026-06-03T12:00")
    assert [bool(shown(edition, NOON + timedelta(days=2))) for edition in release.editions] == [True, True]
    press(editors_desk, release, "hold")
    assert all(edition.is_draft for edition in release.editions)


@pytest.mark.pure
def test_one_that_is_cancelled_stays_in_the_release_as_a_draft_with_the_others(release, editors_desk):
    press(editors_desk, release, "schedule", at="2026-06-02T12:00")
    cancel(release.editions[0], None)
    assert [edition.is_draft for edition in release.editions] == [True, True]


@pytest.mark.pure
def test_what_has_changed_since_it_was_read_is_not_published(release, editors_desk, writer):
    address = f"/admin/releases/{release.pk}/"
    read = editors_desk.get(address).context["read"]
    page = editors_desk.post(address, {"add": "1", "draft": offered(editors_desk, address, draft(QuestionEdition, writer, word="Late"))})
    assert "Late question" in page.text
    assert told(editors_desk.post(f"{address}publish/", {"read": read})) == [
        "The release has changed since you opened it. Please read it again first."
    ]
    press(editors_desk, release, "publish")
    assert not any(edition.is_draft for edition in release.editions)


def offered(desk, address, edition):
    choices = desk.get(address).context["member_form"].drafts
    return next(value for value, one in choices.items() if one == edition)


@pytest.mark.pure
def test_the_buttons_are_for_those_who_may_press_them(release, writers_desk, editor):
    assert writers_desk.post(f"/admin/releases/{release.pk}/publish/").status_code == 403
    assert all(edition.is_draft for edition in release.editions)
    lawyer = person("lawyer", "Commenters")
    share(release.editions[0], editor, lawyer, NOON.date())
    for address in ("/admin/releases/", f"/admin/releases/{release.pk}/"):
        assert signed_in(lawyer).client.get(address).status_code == 403


@pytest.mark.pure
def test_a_release_is_named_dissolved_and_found(release, writers_desk):
    page = writers_desk.post("/admin/releases/", {"title": "Another day"})
    assert "Another day" in page.text
    assert "2 documents · not scheduled" in words_of(writers_desk.get("/admin/releases/"))
    press(writers_desk, release, "delete")
    assert not Release.objects.filter(pk=release.pk).exists()
    assert ArticleEdition.objects.working().exists()


@pytest.mark.pure
def test_publishing_all_now_is_asked_about_with_what_stands_in_the_way(release, editors_desk):
    first = release.editions[0]
    page = words_of(editors_desk.get(f"/admin/releases/{release.pk}/publish/"))
    assert "First publication · /en/articles/example-title-in-english/" in page
    assert all(edition.is_draft for edition in release.editions)
    type(first).objects.filter(pk=first.pk).update(title_en="")
    assert "“title” is empty in the original language." in words_of(editors_desk.get(f"/admin/releases/{release.pk}/publish/"))


def test_a_release_is_one_entry_of_the_calendar_and_of_the_first_page(release, editors_desk):
    publish(draft(ArticleEdition, word="Alone"), None, NOON + timedelta(hours=23))
    press(editors_desk, release, "schedule", at="2026-06-02T12:00")
    month = words_of(editors_desk.get("/admin/calendar/", month="2026-06"))
    assert "11:00 Article Alone title in English 12:00 Release: Opening day, 2 documents The site then" in month
    assert "Example" not in month
    (shown,) = [one for one in editors_desk.get("/admin/").context["panels"] if one.panel.value == "scheduled"]
    assert [(str(row.edition), str(row.release), row.number) for row in shown.rows] == [
        ("Alone title in English", "None", 0), ("Example title in English", "Opening day", 2),
    ]  # fmt: skip
