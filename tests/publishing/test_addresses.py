"""How addresses are made, given and found again. The type does not matter here, so the smallest stands for all."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from newsroom.publishing.addresses import Moved, resolve
from newsroom.publishing.drafts import RESERVED_SLUGS, check_slug, save_draft
from newsroom.publishing.publish import publish
from newsroom.site.models import BannerEdition
from tests import factories
from tests.factories import NOON, scheduled

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("clock", "db")


@pytest.fixture
def live():
    return factories.live(BannerEdition)


def renamed(edition, slug):
    """A draft that follows `edition`, under another address in both languages."""
    draft = factories.next_draft(edition)
    draft.slug_en = draft.slug_fr = slug
    save_draft(draft, None)
    return draft


def test_same_title_gets_another_address():
    one, two = (factories.draft(BannerEdition) for _ in range(2))
    assert two.slug_en == f"{one.slug_en}-2"


def test_words_that_the_site_needs_are_no_address():
    draft = factories.draft(BannerEdition)
    for slug in RESERVED_SLUGS:
        with pytest.raises(ValidationError, match="needed by the site"):
            check_slug(draft, slug)


def test_title_of_a_word_that_the_site_needs_gets_another_address():
    content = factories.content(BannerEdition)
    content["en"][BannerEdition.TITLE] = "In force"
    draft = factories.draft(BannerEdition, **content)
    assert draft.slug_en == "in-force-2"


def test_title_without_a_latin_letter_gets_an_address():
    content = factories.content(BannerEdition)
    content["en"][BannerEdition.TITLE] = "声明"
    assert factories.draft(BannerEdition, **content).slug_en == BannerEdition._meta.model_name


def test_document_may_have_one_address_in_both_languages():
    draft = factories.draft(BannerEdition)
    draft.slug_fr = draft.slug_en
    save_draft(draft, None)


def test_address_of_the_original_serves_a_language_without_text():
    content = factories.content(BannerEdition)
    edition = factories.live(BannerEdition, fr=dict.fromkeys(content["fr"], ""))
    with translation.override("fr"):
        assert resolve(BannerEdition.objects, edition.slug_en, NOON) == edition


def test_document_renamed_and_back_is_found_under_its_first_name(live, editor):
    new = scheduled(renamed(live, "new-name"), editor, NOON + HOUR)
    back = scheduled(renamed(new, live.slug_en), editor, NOON + 2 * HOUR)
    assert resolve(BannerEdition.objects, live.slug_en, NOON + 2 * HOUR) == back
    with pytest.raises(Moved):
        resolve(BannerEdition.objects, "new-name", NOON + 2 * HOUR)


def test_former_address_is_never_given_to_another_document(live, editor):
    publish(renamed(live, "new-name"), editor)
    other = factories.draft(BannerEdition)
    other.slug_en = live.slug_en
    with pytest.raises(ValidationError, match="belongs to another page"):
        save_draft(other, None)
