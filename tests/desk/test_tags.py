"""Tags at the desk (found by typing, merged, set apart), and documents that begin as copies of others."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME

from articles.models import ArticleEdition
from newsroom.publishing.drafts import duplicate
from newsroom.publishing.models import Tag
from newsroom.publishing.snapshot import snapshot
from tests.desk.desk import address_of, told
from tests.factories import a_tag, live

TAGS = "/admin/publishing/tag/"
CHOOSER = "/admin/autocomplete/"
OF_AN_ARTICLE = {"app_label": "articles", "model_name": "articletag", "field_name": "tag"}
pytestmark = pytest.mark.django_db


def merged():
    return dict(Tag.objects.exclude(merged_into=None).values_list("slug", "merged_into__slug"))


def act(desk, action, *tags, **more):
    return desk.post(TAGS, {"action": action, ACTION_CHECKBOX_NAME: [tag.pk for tag in tags], **more})


def test_a_tag_is_found_by_its_name_in_either_language_unless_merged(clock, writers_desk):
    law, _gone = a_tag("law"), Tag.objects.filter(pk=a_tag("lawful").pk).update(merged_into=a_tag("law"))
    for term in ("law in Eng", "law en fran"):
        found = writers_desk.get(CHOOSER, term=term, **OF_AN_ARTICLE).json()["results"]
        assert [int(one["id"]) for one in found] == [law.pk]


def test_tags_are_merged_after_a_question_and_merges_of_merges_make_no_circle(clock, editors_desk):
    one, two, three = (a_tag(slug) for slug in ("one", "two", "three"))
    assert "The one that stays" in act(editors_desk, "merge", one, two).text
    assert merged() == {}
    act(editors_desk, "merge", one, two, into=two.pk)
    assert merged() == {"one": "two"}
    act(editors_desk, "merge", one, three, into=three.pk)  # one stands for two, so two is merged
    assert merged() == {"one": "two", "two": "three"}
    assert "at least two tags" in told(act(editors_desk, "merge", one, three))[0]
    editors_desk.post(f"{TAGS}{one.pk}/change/", {"name_en": "Renamed", "name_fr": "", "merged_into": two.pk})
    assert Tag.objects.get(slug="one").name_en == "Renamed"
    act(editors_desk, "set_apart", one)
    assert merged() == {"two": "three"}


def test_a_writer_merges_nothing(clock, writers_desk):
    one, two = a_tag("one"), a_tag("two")
    act(writers_desk, "merge", one, two, into=two.pk)
    assert merged() == {}


# --- Copies -------------------------------------------------------------------------------------------------------------
def test_a_duplicate_says_the_same_elsewhere(clock, writer, edition_type):
    edition = live(edition_type)
    copy = duplicate(edition, writer)
    same, other = snapshot(edition), snapshot(copy)
    for data in (same, other):
        data.pop("translations")
        for code in ("en", "fr"):
            data[code] = {**data[code], "slug": "", "note": ""}
    assert same == other
    assert copy.document_id != edition.document_id
    assert copy.is_draft
    assert set(filter(None, (copy.slug_en, copy.slug_fr))).isdisjoint({edition.slug_en, edition.slug_fr})


def test_duplicates_are_made_from_the_page_and_from_the_list(clock, writers_desk):
    edition = live(ArticleEdition, is_pinned=True)
    assert "1 new draft" in told(writers_desk.post(address_of(edition, "duplicate")))[0]
    chosen = {"action": "duplicate_chosen", ACTION_CHECKBOX_NAME: [edition.pk]}
    assert "1 new draft" in told(writers_desk.post(address_of(ArticleEdition, "changelist"), chosen))[0]
    assert list(ArticleEdition.objects.working().values_list("is_pinned", flat=True)) == [False, False]
