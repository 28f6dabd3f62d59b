"""Addresses: frozen with the edition, reserved across languages, found only through what has been public.

Every type on one engine; on the other the one with most in it, for no type has code of its own here, and tables keep their rules
in test_immutability and test_periods.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import translation

from newsroom.publishing.addresses import Gone, Moved, resolve
from newsroom.publishing.drafts import check_slug, edition_types, save_draft
from newsroom.publishing.models import Change
from newsroom.publishing.publish import cancel, withdraw
from tests import factories
from tests.factories import NOON, NOTES, SOON, scheduled

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("clock", "db")


@pytest.fixture(params=factories.richest_on_both(edition_types()), ids=lambda model: model._meta.label)
def edition_type(request):
    return request.param


@pytest.fixture
def live(edition_type):
    return factories.live(edition_type, is_short=True)


def renamed(edition, slug):
    """A draft that follows `edition`, under another address in both languages."""
    draft = factories.next_draft(edition)
    draft.slug_en = draft.slug_fr = slug
    save_draft(draft, None)
    return draft


def nowhere(edition_type, slug, at):
    with pytest.raises(Http404):
        resolve(edition_type.objects, slug, at)
    return True


# --- Giving -------------------------------------------------------------------------------------------------------------
def test_address_is_made_from_the_title_in_each_language(edition_type):
    draft = factories.draft(edition_type, is_short=True)
    assert draft.slug_en.endswith("-in-english")
    assert draft.slug_fr.endswith("-en-francais")


def test_address_belongs_to_one_document_in_every_language(edition_type):
    one, two = (factories.draft(edition_type, is_short=True) for _ in range(2))
    two.slug_fr = one.slug_en
    with pytest.raises(ValidationError, match="belongs to another page"):
        save_draft(two, None)


def test_staff_is_told_that_an_embargoed_address_is_taken(edition_type, editor):
    secret = scheduled(factories.draft(edition_type, is_short=True), editor, NOON + HOUR)
    with pytest.raises(ValidationError, match="belongs to another page"):
        check_slug(factories.draft(edition_type, is_short=True), secret.slug_en)


# --- Finding ------------------------------------------------------------------------------------------------------------
def test_live_edition_is_found_in_each_language(live, edition_type):
    assert resolve(edition_type.objects, live.slug_en, NOON) == live
    with translation.override("fr"):
        assert resolve(edition_type.objects, live.slug_fr, NOON) == live


def test_address_of_the_other_language_leads_to_ones_own(live, edition_type):
    with pytest.raises(Moved) as moved:
        resolve(edition_type.objects, live.slug_fr, NOON)
    assert moved.value.edition.slug_here == live.slug_en


def test_address_of_a_draft_is_nowhere(edition_type):
    assert nowhere(edition_type, factories.draft(edition_type, is_short=True).slug_en, NOON)


def test_embargoed_address_is_nowhere_until_its_second(edition_type, editor):
    edition = scheduled(factories.draft(edition_type, is_short=True), editor, NOON + HOUR)
    assert nowhere(edition_type, edition.slug_en, NOON + HOUR - SECOND)
    assert resolve(edition_type.objects, edition.slug_en, NOON + HOUR) == edition


def test_cancelled_address_is_nowhere_for_ever(edition_type, editor):
    edition = scheduled(factories.draft(edition_type, is_short=True), editor, NOON + HOUR)
    cancel(edition, editor)
    assert nowhere(edition_type, edition.slug_en, NOON + 2 * HOUR)


def test_renamed_document_moves_at_its_second(live, edition_type, editor):
    new = scheduled(renamed(live, "new-name"), editor, NOON + HOUR)
    assert resolve(edition_type.objects, live.slug_en, NOON + HOUR - SECOND) == live
    assert nowhere(edition_type, "new-name", NOON + HOUR - SECOND)
    with pytest.raises(Moved) as moved:
        resolve(edition_type.objects, live.slug_en, NOON + HOUR)
    assert moved.value.edition == new
    assert resolve(edition_type.objects, "new-name", NOON + HOUR) == new


def test_withdrawn_document_keeps_its_page(live, edition_type, editor):
    tombstone = withdraw(live, editor, Change.WITHDRAWAL, NOTES).edition
    assert resolve(edition_type.objects, live.slug_en, NOON + SOON) == tombstone


def test_retracted_document_is_gone_and_says_why(live, edition_type, editor):
    tombstone = withdraw(live, editor, Change.RETRACTION, NOTES).edition
    with pytest.raises(Gone) as gone:
        resolve(edition_type.objects, live.slug_en, NOON + SOON)
    assert gone.value.edition == tombstone
