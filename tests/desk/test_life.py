"""The steps of an edition's life at the desk, and who may take them.

On one engine: what a step does is done by publishing, which is tried on both.
"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from articles.models import ArticleEdition
from newsroom.publishing.drafts import authors, draft_in, edition_types
from newsroom.publishing.models import Change, Decision, Lane, Revision, Status, Verb
from newsroom.publishing.publish import publish
from newsroom.site.models import BannerEdition
from tests.conftest import person
from tests.desk.conftest import signed_in
from tests.desk.desk import address_of, told
from tests.factories import NOON, an_editor, draft, live, next_draft, richest_on_both
from timeline.models import ActorEdition

HAVE_A_PAGE = [model for model in edition_types() if model not in (ActorEdition, BannerEdition)]
pytestmark = [pytest.mark.django_db, pytest.mark.pure]

TOMORROW = "2026-06-02T09:00"
STEPS = ("publish", "schedule", "cancel", "reschedule", "withdraw", "clear")
PAGES = ("change", "history", "preview", "delete", *STEPS)


def status(edition, at):
    return type(edition).objects.get(pk=edition.pk).status(at)


@pytest.fixture
def edition_type():
    """The barest: a step asks nothing of what is in a text. An article goes through it in a browser."""
    return BannerEdition


# --- The editor's day ---------------------------------------------------------------------------------------------------
def test_published_now_it_is_live_three_seconds_later(clock, editors_desk, editor, edition_type):
    edition = draft(edition_type, editor)
    response = editors_desk.step("publish", edition)
    assert any("It takes effect on" in message for message in told(response))
    assert any("You published your own text" in message for message in told(response))
    assert status(edition, NOON) == Status.SCHEDULED
    assert status(edition, NOON + timedelta(seconds=3)) == Status.LIVE


def test_a_page_about_to_go_live_knows_when(clock, editors_desk):
    edition = draft(ArticleEdition)
    answer = editors_desk.step("publish", edition)
    assert 'id="goes-live" role="alert" data-seconds="4"' in answer.text
    clock.shift(timedelta(seconds=4))
    assert "goes-live" not in editors_desk.get(address_of(edition, "change")).text


def test_scheduled_it_is_live_then_and_not_before(clock, editors_desk, reader, edition_type):
    edition = draft(edition_type)
    editors_desk.step("schedule", edition, at=TOMORROW)
    edition.refresh_from_db()
    assert status(edition, edition.live_from - timedelta(seconds=1)) == Status.SCHEDULED
    assert status(edition, edition.live_from) == Status.LIVE


def test_cancelled_it_never_is_and_its_text_is_a_draft_again(clock, editors_desk, edition_type):
    edition = draft(edition_type)
    editors_desk.step("schedule", edition, at=TOMORROW)
    editors_desk.step("cancel", edition)
    assert status(edition, NOON + timedelta(days=9)) == Status.CANCELLED
    assert draft_in(edition.document, Lane.WORKING).title_in("en") == edition.title_in("en")


def test_rescheduled_it_goes_live_at_the_other_moment(clock, editors_desk, edition_type):
    edition = draft(edition_type)
    editors_desk.step("schedule", edition, at=TOMORROW)
    editors_desk.step("reschedule", edition, at="2026-06-03T09:00")
    other = edition_type.objects.scheduled(NOON).get()
    assert (other.live_from.day, other.title_in("en")) == (3, edition.title_in("en"))


def test_withdrawn_it_says_why(clock, editors_desk, edition_type):
    edition = live(edition_type)
    editors_desk.step("withdraw", edition, change=Change.RETRACTION, note_en="It named a private person.")
    clock.shift(5)
    assert edition_type.objects.standing(NOON + timedelta(seconds=5)).get().note_en == "It named a private person."


def test_withdrawn_it_can_only_be_retracted(clock, editors_desk, edition_type):
    editors_desk.step("withdraw", live(edition_type), change=Change.WITHDRAWAL, note_en="It was out of date.")
    clock.shift(5)
    withdrawn = edition_type.objects.get(change=Change.WITHDRAWAL)
    assert address_of(withdrawn, "withdraw") in editors_desk.open(withdrawn).text
    page = editors_desk.get(address_of(withdrawn, "withdraw")).text
    assert 'value="retraction"' in page
    assert 'value="withdrawal"' not in page
    assert 'value="Retract"' in page
    editors_desk.step("withdraw", withdrawn, change=Change.RETRACTION, note_en="It named a private person.")
    clock.shift(5)
    retracted = edition_type.objects.get(change=Change.RETRACTION)
    assert status(retracted, NOON + timedelta(seconds=10)) == Status.WITHDRAWN
    assert address_of(retracted, "withdraw") not in editors_desk.open(retracted).text


def test_a_reason_is_asked_for_and_may_not_hide_anything(clock, editors_desk):
    edition = live(ArticleEdition)
    assert "This field is required" in editors_desk.step("withdraw", edition, change=Change.WITHDRAWAL).text
    assert "U+202E" in editors_desk.step("withdraw", edition, change=Change.WITHDRAWAL, note_en="\u202e").text
    assert status(edition, NOON + timedelta(minutes=1)) == Status.LIVE


def test_a_live_text_opens_to_read_with_what_can_be_done(clock, editors_desk, edition_type):
    response = editors_desk.open(live(edition_type))
    for button in ("Correct", "New edition", "Withdraw…"):
        assert button in response.text
    assert "A comma-separated list" not in response.text or "frozen" in response.text
    assert 'name="_continue"' not in response.text


def test_another_editor_clears_what_was_published_alone(clock, editors_desk, editor):
    edition = draft(ArticleEdition, editor)
    publish(edition, editor, NOON + timedelta(seconds=5))
    clock.shift(10)
    assert "not yet cleared" in editors_desk.open(edition).text
    assert "Clear: I have read it too" not in editors_desk.open(edition).text
    other = signed_in(an_editor("elena"))
    assert "Clear: I have read it too" in other.open(edition).text
    other.step("clear", edition)
    assert "not yet cleared" not in editors_desk.open(edition).text
    assert "not yet cleared" not in editors_desk.get("/admin/").text


def test_a_withdrawal_of_ones_own_is_called_one(clock, editors_desk):
    page = editors_desk.step("withdraw", live(ArticleEdition), change="withdrawal", note_en="Because.")
    assert "You withdrew this on your own. It is listed until another editor clears it." in told(page)
    assert "withdrawn alone by Editor, not yet cleared" in page.text
    clock.shift(10)
    assert "withdrawn by Editor" in editors_desk.get("/admin/").text


def test_nobody_publishes_what_they_have_not_read(clock, editors_desk, writers_desk):
    edition = draft(ArticleEdition)
    seen = editors_desk.get(address_of(edition, "publish")).context["seen"]
    writers_desk.save(edition, title_en="Changed meanwhile")
    response = editors_desk.post(address_of(edition, "publish"), {"seen": seen})
    assert "Somebody has saved this draft since you opened it" in response.text
    assert status(edition, NOON + timedelta(days=1)) == Status.DRAFT


def test_what_is_scheduled_after_it_is_asked_about(clock, editors_desk):
    edition = live(ArticleEdition)
    later = next_draft(edition, word="Later")
    publish(later, None, NOON + timedelta(days=1))
    urgent = next_draft(edition, word="Urgent")
    page = editors_desk.get(address_of(urgent, "publish"))
    assert "scheduled for" in page.text
    editors_desk.step("publish", urgent, **{f"later_{later.pk}": "keep"})
    assert status(later, NOON + timedelta(days=1)) == Status.LIVE


def test_what_is_merged_is_read_field_by_field_and_scheduled_again(clock, editors_desk):
    edition = live(ArticleEdition)
    later = next_draft(edition, word="Later")
    publish(later, None, NOON + timedelta(days=1))
    urgent = next_draft(edition, word="Urgent")
    page = editors_desk.step("publish", urgent, **{f"later_{later.pk}": "merge"})
    assert "Both editions changed the same" in page.text
    clock.shift(10)
    draft = ArticleEdition.objects.working().get()
    answer = editors_desk.post(page.request["PATH_INFO"] + "?merge=1", {"based_on": page.context["based_on"], "en.title": "mine"})
    assert answer.context["original"] == draft
    draft.refresh_from_db()
    assert (draft.title_en, draft.title_fr) == (urgent.title_en, later.title_fr)
    assert editors_desk.get(address_of(draft, "schedule")).context["overtaken"] is None
    editors_desk.step("schedule", draft, at=TOMORROW)
    assert status(draft, NOON + timedelta(days=1)) == Status.LIVE


def test_hold_everything_holds_everything(clock, editors_desk, editor):
    editions = [draft(ArticleEdition), draft(ActorEdition)]
    for edition in editions:
        publish(edition, editor, NOON + timedelta(days=1))
    assert "U+202E" in editors_desk.post("/admin/hold/", {"reason": "\u202e"}).text
    response = editors_desk.post("/admin/hold/", {"reason": "A hearing was announced."})
    assert "2 scheduled texts are held." in told(response)
    assert [status(edition, NOON + timedelta(days=2)) for edition in editions] == [Status.CANCELLED] * 2
    assert {row.reason for row in Decision.objects.filter(verb=Verb.HOLD)} == {"A hearing was announced."}
    assert "Nothing is scheduled." in editors_desk.get("/admin/hold/").text


# --- Times --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("at", ["", "soon", "2026-06-02", "2026-13-02T09:00", "9999-12-31T23:59", "0001-01-01T00:00", "٢026-06-02T09:00"])
def test_a_moment_that_cannot_be_read_is_asked_for_again(clock, editors_desk, at):
    edition = draft(ArticleEdition)
    assert editors_desk.step("schedule", edition, at=at).status_code == 200
    assert status(edition, NOON) == Status.DRAFT


def test_a_moment_that_has_passed_is_refused_and_stays_in_the_field(clock, editors_desk):
    edition = draft(ArticleEdition)
    response = editors_desk.step("schedule", edition, at="2026-05-01T09:00")
    assert "This moment has passed" in response.text
    assert 'value="2026-05-01T09:00"' in response.text


def test_a_time_that_clocks_skip_is_refused_with_the_reason(clock, settings, editors_desk):
    settings.TIME_ZONE = "America/New_York"
    edition = draft(ArticleEdition)
    response = editors_desk.step("schedule", edition, at="2027-03-14T02:30")
    assert "Clocks in America/New_York skip this time" in response.text
    assert 'value="2027-03-14T02:30"' in response.text
    assert status(edition, NOON) == Status.DRAFT


@pytest.mark.parametrize(("which", "hour"), [("0", 5), ("1", 6)])
def test_a_time_that_clocks_show_twice_is_asked_about(clock, settings, editors_desk, which, hour):
    settings.TIME_ZONE = "America/New_York"
    edition = draft(ArticleEdition)
    asked = editors_desk.step("schedule", edition, at="2026-11-01T01:30")
    assert "show this time twice" in asked.text
    assert 'value="2026-11-01T01:30"' in asked.text
    assert asked.text.count('type="radio" name="which"') == 2
    editors_desk.step("schedule", edition, at="2026-11-01T01:30", which=which)
    edition.refresh_from_db()
    assert (edition.live_from.hour, edition.live_from.minute) == (hour, 30)


# --- Preview ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_preview_is_the_public_page_and_leads_back(clock, writers_desk, every_type, language):
    edition = draft(every_type)
    response = writers_desk.get(address_of(edition, "preview"), language=language)
    if every_type not in HAVE_A_PAGE:
        assert response.status_code == 404  # shown on other pages alone
        return
    assert f'<html lang="{language}"' in response.text
    assert edition.title_in(language) in response.text
    assert "Back to the draft" in response.text
    assert "no-store" in response.headers["Cache-Control"]
    assert "noindex" in response.headers["X-Robots-Tag"]


@pytest.mark.parametrize("every_type", richest_on_both(HAVE_A_PAGE))
def test_whatever_its_status_an_edition_can_be_looked_at(clock, editors_desk, every_type):
    edition = live(every_type)
    scheduled = next_draft(edition)
    publish(scheduled, None, NOON + timedelta(days=1))
    editors_desk.step("withdraw", edition, change=Change.WITHDRAWAL, note_en="Because.")
    for one in every_type.objects.all():
        assert editors_desk.get(address_of(one, "preview")).status_code == 200


# --- Who may ------------------------------------------------------------------------------------------------------------
def test_a_writer_is_refused_what_is_an_editors(clock, writers_desk, edition_type):
    waiting, public = draft(edition_type), live(edition_type)
    for address in [address_of(edition, step) for edition in (waiting, public) for step in STEPS]:
        assert writers_desk.get(address).status_code == 403
        assert writers_desk.post(address, {"at": TOMORROW, "seen": "1"}).status_code == 403
    assert not Decision.objects.exclude(effective_at=NOON).exists()


def test_a_writer_cannot_hold_everything_nor_is_offered_publishing(clock, writers_desk):
    assert writers_desk.post("/admin/hold/").status_code == 403
    page = writers_desk.open(draft(ArticleEdition)).text
    assert 'name="_publish"' not in page
    assert 'name="_schedule"' not in page


def test_the_publish_button_does_not_help_a_writer_who_sends_it_anyway(clock, writers_desk):
    edition = draft(ArticleEdition)
    assert writers_desk.save(edition, button="_publish").status_code == 403
    assert status(edition, NOON + timedelta(days=1)) == Status.DRAFT


def test_the_public_is_shown_the_door(clock, reader, edition_type):
    edition = live(edition_type)
    for name in (*PAGES, "begin", "correct"):
        response = reader.get(address_of(edition, name))
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/admin/login/")


def person_with(*codenames):
    user = User.objects.create_user("visitor", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user)
    return client


def test_staff_without_a_permission_see_nothing_of_a_type(clock, every_type):
    edition, visitor = live(every_type), person_with()
    refused = Revision.about(edition).get()
    numbered = [address_of(edition, name, refused.number) for name in ("revision", "conflict")]
    chooser = f"/admin/autocomplete/?app_label=timeline&model_name=effect&field_name=measure&term={edition.pk}"
    for address in [*(address_of(edition, page) for page in PAGES), *numbered, address_of(every_type, "changelist"), chooser]:
        assert visitor.get(address).status_code == 403
    for step in ("begin", "correct"):
        assert visitor.post(address_of(edition, step)).status_code == 403


def test_who_may_only_look_reads_a_draft_and_changes_nothing(clock, edition_type):
    edition = draft(edition_type)
    visitor = person_with(f"view_{edition_type._meta.model_name}")
    page = visitor.get(address_of(edition, "change"))
    assert edition.title_in("en") in page.content.decode()
    assert b'name="_continue"' not in page.content
    assert visitor.post(address_of(edition, "change"), {}).status_code == 403
    assert visitor.post(address_of(edition, "delete"), {"post": "yes"}).status_code == 403
    for step in ("begin", "correct", *STEPS):
        assert visitor.post(address_of(edition, step), {"at": TOMORROW}).status_code == 403


def test_a_number_of_another_type_is_not_found(clock, editors_desk):
    edition = draft(ArticleEdition)
    edition.pk += 1000
    for page in ("preview", "publish", "cancel"):
        assert editors_desk.get(address_of(edition, page)).status_code == 404


def test_publishing_through_the_form_makes_nobody_an_author_who_changed_nothing(edition_type, writer, editors_desk):
    edition = draft(edition_type, writer)
    editors_desk.save(edition, button="_publish")
    assert authors(edition) == {writer.pk}


# --- Review -------------------------------------------------------------------------------------------------------------
def test_returned_with_a_comment_sent_again_approved_and_published_in_one_press(clock, writers_desk, editors_desk, writer):
    edition = draft(ArticleEdition, writer)
    writers_desk.step("submit", edition, comment="Is the day right?")
    assert "Is the day right?" in editors_desk.get(address_of(edition, "review")).text
    assert "Waiting for your review" in editors_desk.get("/admin/").text
    seen = editors_desk.get(address_of(edition, "review")).context["seen"]
    assert "This field is required" in editors_desk.post(address_of(edition, "review"), {"return": "1", "seen": seen}).text
    editors_desk.post(address_of(edition, "review"), {"return": "1", "seen": seen, "reason": "It was Tuesday."})
    assert "It was Tuesday." in writers_desk.open(edition).text
    assert "Returned to you" in writers_desk.get("/admin/").text
    writers_desk.save(edition, title_en="On Tuesday")
    writers_desk.step("submit", edition)
    editors_desk.step("review", edition)
    page = editors_desk.open(edition)
    assert "Publish now, as approved" in page.text
    assert "Approved: stands ready" in editors_desk.get("/admin/").text
    assert editors_desk.list(ArticleEdition, status="approved").context["cl"].result_count == 1
    editors_desk.post(address_of(edition, "publish"), {"seen": page.context["last_saved"]})
    assert status(edition, NOON + timedelta(seconds=3)) == Status.LIVE
    assert not Decision.objects.get(verb=Verb.PUBLISH).is_alone


def test_an_approval_that_fell_says_so(clock, writers_desk, editors_desk, writer):
    edition = draft(ArticleEdition, writer)
    editors_desk.step("review", edition)
    writers_desk.save(edition, title_en="Changed after all")
    page = writers_desk.open(edition).text
    assert "changed since Editor approved it" in page
    assert "Send for review…" in page


def test_an_emergency_is_published_alone_with_its_reason(clock, settings, editors_desk, editor):
    settings.SECOND_PERSON = "require"
    edition = draft(ArticleEdition, editor)
    assert "another editor has to publish it" in editors_desk.get(address_of(edition, "schedule")).text
    assert "This field is required" in editors_desk.step("publish", edition).text
    editors_desk.step("publish", edition, emergency="The court sits at one.")
    assert (Decision.objects.get().reason, Decision.objects.get().is_alone) == ("The court sits at one.", True)


def test_legal_clears_from_the_page_of_what_is_shared(clock, editors_desk, writers_desk, writer):
    lawyer = person("lawyer", "Commenters")
    lawyer.groups.add(Group.objects.get(name="Legal"))
    edition = draft(ArticleEdition, writer)
    writers_desk.step("submit", edition, for_legal="on")
    assert "Legal has not cleared" in editors_desk.get(address_of(edition, "publish")).text
    editors_desk.step("share", edition, person=lawyer.pk, until="2026-06-03")
    desk = signed_in(lawyer)
    page = desk.open(edition)
    assert "Clear for legal, as it stands" in page.text
    desk.post(address_of(edition, "clear_legal"), {"seen": page.context["last_saved"]})
    assert "cleared for legal by Lawyer" in editors_desk.open(edition).text
    editors_desk.post(address_of(edition, "unshare"), {"person": lawyer.pk})
    assert desk.open(edition).status_code == 403
