"""Review: who sends, approves, returns and clears what; and what publishing asks of it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.checks import run_checks
from django.core.exceptions import PermissionDenied, ValidationError

from newsroom.publishing.drafts import draft_in, last_number, save_draft
from newsroom.publishing.models import Comment, Decision, Lane, Verb
from newsroom.publishing.policy import not_cleared
from newsroom.publishing.publish import hold, publish, reschedule
from newsroom.publishing.review import approve, clear_legal, comment, give_back, share, submit, unshare
from newsroom.publishing.stages import Stage, in_stage, stage_of
from newsroom.site.models import BannerEdition
from tests import factories
from tests.conftest import person
from tests.factories import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
pytestmark = pytest.mark.usefixtures("clock", "db")


@pytest.fixture
def draft(writer):
    return factories.draft(BannerEdition, writer)


@pytest.fixture
def own(editor):
    return factories.draft(BannerEdition, editor)


@pytest.fixture
def other_editor():
    return factories.an_editor("other")


@pytest.fixture
def lawyer():
    lawyer = person("lawyer", "Commenters")
    lawyer.user_permissions.add(Permission.objects.get(codename="clear_legal"))
    return lawyer


def edit(draft, by):
    draft.message_en += "!"
    save_draft(draft, by)


# --- The round ----------------------------------------------------------------------------------------------------------
def test_draft_is_sent_returned_sent_again_and_approved(draft, writer, editor):
    stages = [stage_of(draft)]
    submit(draft, writer, comment="Please look at the date.")
    stages.append(stage_of(draft))
    give_back(draft, editor, "It was Tuesday.", seen=last_number(draft))
    stages.append(stage_of(draft))
    edit(draft, writer)
    submit(draft, writer)
    approve(draft, editor, seen=last_number(draft))
    stages.append(stage_of(draft))
    assert stages == ["", Stage.IN_REVIEW, Stage.RETURNED, Stage.APPROVED]
    said = [(decision.verb, decision.by_name, decision.reason) for decision in Decision.about(draft).order_by("pk")]
    assert said[:2] == [("submit", "Writer", "Please look at the date."), ("return", "Editor", "It was Tuesday.")]
    assert list(in_stage(BannerEdition, Stage.APPROVED)) == [draft]


def test_what_is_in_review_is_not_sent_again(draft, writer):
    submit(draft, writer)
    with pytest.raises(ValidationError, match="in review already"):
        submit(draft, writer)


def test_nobody_approves_or_returns_what_they_have_not_read(draft, writer, editor):
    submit(draft, writer)
    seen = last_number(draft)
    edit(draft, writer)
    for act in (lambda: approve(draft, editor, seen=seen), lambda: give_back(draft, editor, "No.", seen=seen)):
        with pytest.raises(ValidationError, match="saved this draft since"):
            act()
    assert stage_of(draft) == Stage.IN_REVIEW


def test_nobody_approves_their_own_words_unless_the_newsroom_asks_for_no_second_person(own, editor, settings):
    with pytest.raises(ValidationError, match="another editor has to approve"):
        approve(own, editor)
    settings.SECOND_PERSON = "off"
    approve(own, editor)
    assert stage_of(own) == Stage.APPROVED


def test_writers_neither_approve_nor_return_nor_share(draft, writer, lawyer):
    submit(draft, writer)
    acts = [
        lambda: approve(draft, writer),
        lambda: give_back(draft, writer, "No."),
        lambda: share(draft, writer, lawyer, (NOON + DAY).date()),
        lambda: unshare(draft, writer, lawyer),
        lambda: clear_legal(draft, writer),
        lambda: submit(draft, lawyer),
        lambda: comment(draft, lawyer, "I should not be here."),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_what_is_public_is_in_no_stage_and_not_reviewed(draft, writer, editor):
    submit(draft, writer)
    publish(draft, editor)
    assert stage_of(draft) == ""
    with pytest.raises(ValidationError, match="no draft any more"):
        approve(draft, editor)


def test_comments_name_the_person_and_the_save_and_stay(draft, writer, editor):
    comment(draft, writer, "Is this day right?")
    edit(draft, writer)
    comment(draft, editor, "It is now.")
    assert [(one.by_name, one.revision, one.text) for one in Comment.about(draft)] == [
        ("Writer", 1, "Is this day right?"),
        ("Editor", 2, "It is now."),
    ]


# --- What publishing asks ------------------------------------------------------------------------------------------------
def test_own_text_that_another_editor_approved_is_not_alone(own, editor, other_editor):
    approve(own, other_editor)
    assert not publish(own, editor).is_alone
    assert not not_cleared(BannerEdition).exists()


def test_own_text_changed_since_is_alone_again(own, editor, other_editor):
    approve(own, other_editor)
    edit(own, editor)
    assert publish(own, editor).is_alone


def test_rescheduled_or_held_it_stays_approved(own, editor, other_editor):
    approve(own, other_editor)
    publish(own, editor, NOON + HOUR)
    decision = reschedule(own, editor, NOON + 2 * HOUR)
    assert not decision.is_alone
    hold([decision.edition], editor)
    assert not publish(draft_in(own.document, Lane.WORKING), editor).is_alone


def test_a_required_second_person_may_also_have_approved(settings, own, editor, other_editor):
    settings.SECOND_PERSON = "require"
    approve(own, other_editor)
    publish(own, editor, NOON + HOUR)


def test_in_an_emergency_one_publishes_alone_now_with_a_reason_and_is_marked(settings, own, editor):
    settings.SECOND_PERSON = "require"
    for at, emergency in ((None, ""), (NOON + HOUR, "The court sits at one.")):
        with pytest.raises(ValidationError, match="another editor has to publish it"):
            publish(own, editor, at, emergency=emergency)
    decision = publish(own, editor, emergency="The court sits at one.")
    assert (decision.is_alone, decision.reason) == (True, "The court sits at one.")
    assert list(not_cleared(BannerEdition)) == [decision]


# --- Legal --------------------------------------------------------------------------------------------------------------
def test_what_was_sent_to_legal_is_published_once_legal_cleared_it_as_it_stands(draft, writer, editor, lawyer):
    submit(draft, writer, for_legal=True)
    share(draft, editor, lawyer, (NOON + DAY).date())
    clear_legal(draft, lawyer)
    edit(draft, writer)
    with pytest.raises(ValidationError, match="Legal has not cleared"):
        publish(draft, editor)
    clear_legal(draft, lawyer, seen=last_number(draft))
    publish(draft, editor)
    assert Decision.about(draft).filter(verb=Verb.CLEAR_LEGAL).first().by_name == "Lawyer"


def test_a_return_takes_it_from_legal(draft, writer, editor):
    submit(draft, writer, for_legal=True)
    give_back(draft, editor, "This needs no lawyer.")
    publish(draft, editor)


def test_the_newsroom_may_always_ask_legal(settings, draft, editor):
    for names in (["all"], ["article", "banner"]):
        settings.LEGAL_CLEARANCE = names
        with pytest.raises(ValidationError, match="Legal has not cleared"):
            publish(draft, editor)
    settings.LEGAL_CLEARANCE = ["article"]
    publish(draft, editor)


def test_a_kind_that_is_none_is_named_at_the_start(settings):
    settings.LEGAL_CLEARANCE = ["artikel"]
    (error,) = [one for one in run_checks() if one.id == "publishing.E001"]
    assert "artikel is no kind of document" in error.msg


# --- Sharing ------------------------------------------------------------------------------------------------------------
def test_shared_until_the_end_of_a_day_and_not_longer(draft, editor, lawyer, clock):
    share(draft, editor, lawyer, NOON.date())
    comment(draft, lawyer, "I have read it.")
    clock.move_to(NOON + DAY)
    with pytest.raises(PermissionDenied):
        comment(draft, lawyer, "And again.")
    with pytest.raises(ValidationError, match="has passed"):
        share(draft, editor, lawyer, NOON.date())
    log = Decision.about(draft).get(verb=Verb.SHARE)
    assert log.reason == "with Lawyer until 1 June 2026"


def test_shared_no_longer(draft, editor, lawyer):
    share(draft, editor, lawyer, (NOON + DAY).date())
    unshare(draft, editor, lawyer)
    with pytest.raises(PermissionDenied):
        comment(draft, lawyer, "Am I still here?")
    assert unshare(draft, editor, lawyer) is None
