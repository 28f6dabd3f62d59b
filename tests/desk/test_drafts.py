"""Writing: the form of every content type, and what is kept when two people write in one draft.

Forms say the same on both engines, and merging is of Python: there one engine is enough. What the database keeps is tried on both.
"""

import pytest

from articles.models import ArticleEdition
from newsroom.publishing.drafts import draft_in
from newsroom.publishing.models import Change, Decision, Lane, Revision, Verb
from newsroom.publishing.snapshot import snapshot
from tests.desk.desk import address_of, fields_of, told, words_of
from tests.factories import content, draft, live, next_draft
from timeline.models import EventEdition, MeasureEdition

BIDI = "\u202e"


def title_of(edition_type, language="en"):
    return f"{edition_type.TITLE}_{language}"


def test_a_new_text_is_a_draft_with_everything_that_was_typed(writers_desk, writer, every_type):
    data = content(every_type)
    response = writers_desk.add(every_type, data)
    edition = every_type.objects.get()
    assert "Saved. It is a draft: the public cannot see it." in told(response)
    assert edition.is_draft
    saved = snapshot(edition)
    assert saved["fr"][every_type.TITLE] == data["fr"][every_type.TITLE]
    assert saved.get("tags") == data.get("tags")
    for name in every_type.CHILDREN:
        assert [row.get("en") for row in saved[name]] == [row.get("en") for row in data[name]]
    assert [(row.number, row.by) for row in Revision.about(edition)] == [(1, writer)]


@pytest.mark.pure
def test_a_text_without_a_title_is_asked_for_one_and_loses_nothing(writers_desk, edition_type):
    data = content(edition_type)
    data["en"][edition_type.TITLE] = ""
    response = writers_desk.add(edition_type, data)
    assert "Please give it a title in its original language" in response.text
    assert response.context["adminform"].form[title_of(edition_type, "fr")].value() == data["fr"][edition_type.TITLE]
    assert not edition_type.objects.exists()


@pytest.mark.pure
@pytest.mark.parametrize("edition_type", [EventEdition])  # it has the most kinds of children
def test_children_with_errors_keep_everything(writers_desk, edition_type):
    data = content(edition_type)
    data["sources"][1]["published"] = "yesterday"
    data["sources"][0]["excerpt"] = "A long excerpt that nobody wants to type again."
    response = writers_desk.add(edition_type, data)
    assert "yesterday" in response.text
    assert "A long excerpt that nobody wants to type again." in response.text
    assert response.context["errors"]
    assert not edition_type.objects.exists()


@pytest.mark.pure
def test_characters_that_hide_or_reorder_words_are_refused_in_every_text(writers_desk, edition_type):
    data = content(edition_type)
    expected = 0
    for row in [data, *(row for name in edition_type.CHILDREN for row in data[name])]:
        for name in row.get("fr", {}):
            row["fr"][name] += BIDI
            expected += 1
    response = writers_desk.add(edition_type, data)
    assert response.text.count("invisible control character (U+202E)") >= expected
    assert not edition_type.objects.exists()


@pytest.mark.pure
def test_rich_text_cannot_smuggle_them_in_as_entities(writers_desk):
    data = content(ArticleEdition)
    data["en"]["body"] = "<p>Paid &#x202E;100 dollars</p>"
    assert "U+202E" in writers_desk.add(ArticleEdition, data).text


def test_a_null_character_is_no_error_page(writers_desk):
    data = content(ArticleEdition)
    data["en"][ArticleEdition.TITLE] = "Nul\0l"
    assert writers_desk.add(ArticleEdition, data).status_code == 200


@pytest.mark.pure
def test_children_stand_in_the_order_of_the_form(writers_desk):
    edition = draft(ArticleEdition)
    form = fields_of(writers_desk.open(edition))
    third = {"sources-TOTAL_FORMS": 3, "sources-2-publisher": "Last", "sources-2-kind": "press"}
    writers_desk.save(edition, **third)
    assert [source.publisher for source in edition.sources.all()][-1] == "Last"
    writers_desk.save(edition, **{"sources-2-position": 1})
    assert [source.publisher for source in edition.sources.all()] == ["Last", form["sources-0-publisher"], form["sources-1-publisher"]]


# --- Two people in one draft --------------------------------------------------------------------------------------------
def test_a_second_save_is_refused_and_both_texts_are_shown(writers_desk, editors_desk, edition_type):
    edition = draft(edition_type)
    title = title_of(edition_type)
    opened = writers_desk.open(edition)
    editors_desk.save(edition, **{title: "What the editor wrote"})
    response = writers_desk.save(edition, opened, **{title: "What the writer wrote"})
    edition.refresh_from_db()
    assert getattr(edition, title) == "What the editor wrote"
    assert "What the [only here: editor] wrote" in words_of(response)
    assert "What the [only here: writer] wrote" in words_of(response)
    assert "nothing is lost" in response.text


@pytest.mark.pure
def test_a_refused_save_can_be_merged_field_by_field(writers_desk, editors_desk, edition_type):
    edition = draft(edition_type)
    title, french = title_of(edition_type), title_of(edition_type, "fr")
    opened = writers_desk.open(edition)
    editors_desk.save(edition, **{title: "Editor", french: "Rédactrice"})
    page = writers_desk.save(edition, opened, **{title: "Writer", french: "Auteur"})
    choice = {"based_on": page.context["based_on"], f"en.{edition_type.TITLE}": "mine", f"fr.{edition_type.TITLE}": "theirs"}
    response = writers_desk.post(page.request["PATH_INFO"], choice)
    edition.refresh_from_db()
    assert (getattr(edition, title), getattr(edition, french)) == ("Writer", "Rédactrice")
    assert "Saved. Both texts stay in the history." in told(response)
    assert [row.is_refused for row in Revision.about(edition)] == [False, False, True, False]


@pytest.mark.pure
def test_lists_are_merged_entry_by_entry(writers_desk, editors_desk):
    edition = draft(ArticleEdition)
    opened = writers_desk.open(edition)
    editors_desk.save(edition, **{"sources-0-publisher": "Editor’s", "sources-1-DELETE": "on"})
    new = {"sources-TOTAL_FORMS": 3, "sources-2-publisher": "A third", "sources-2-kind": "court", "tags": fields_of(opened)["tags"][:1]}
    page = writers_desk.save(edition, opened, **{**new, "sources-0-publisher": "Writer’s"})
    assert "Theirs law in English, [only here: security in English]" in words_of(page)
    assert "Mine law in English Sources" in words_of(page)
    choice = {"based_on": page.context["based_on"], "sources": "rows", "sources.0": "both", "sources.1": "theirs", "sources.2": "mine"}
    writers_desk.post(page.request["PATH_INFO"], choice)
    assert [source.publisher for source in edition.sources.all()] == ["Editor’s", "Writer’s", "A third"]


@pytest.mark.pure
def test_entries_that_somebody_else_made_anew_are_a_conflict_and_no_dead_end(writers_desk, editors_desk):
    edition = draft(ArticleEdition)
    opened = writers_desk.open(edition)
    editors_desk.save(edition, picture_credit="Editor")
    editors_desk.step("restore", edition, 1)
    page = writers_desk.save(edition, opened, **{"title_en": "Mine", "sources-0-publisher": "Mine too"})
    assert "nothing is lost" in page.text
    choice = {"based_on": page.context["based_on"], "en.title": "mine", "sources": "mine"}
    assert "Saved. Both texts stay in the history." in told(writers_desk.post(page.request["PATH_INFO"], choice))
    edition.refresh_from_db()
    assert (edition.title_en, edition.sources.first().publisher) == ("Mine", "Mine too")


@pytest.mark.pure
def test_a_choice_made_over_an_older_draft_is_asked_again(writers_desk, editors_desk):
    edition = draft(ArticleEdition)
    title = title_of(ArticleEdition)
    opened = writers_desk.open(edition)
    editors_desk.save(edition, **{title: "Editor"})
    page = writers_desk.save(edition, opened, **{title: "Writer"})
    editors_desk.save(edition, **{title: "Editor again"})
    response = writers_desk.post(page.request["PATH_INFO"], {"based_on": page.context["based_on"], f"en.{ArticleEdition.TITLE}": "mine"})
    assert "saved once more while you were choosing" in response.text
    edition.refresh_from_db()
    assert getattr(edition, title) == "Editor again"


@pytest.mark.pure
def test_what_was_typed_into_a_draft_that_went_live_is_kept(clock, writers_desk, editors_desk, edition_type):
    edition = draft(edition_type)
    opened = writers_desk.open(edition)
    editors_desk.step("publish", edition)
    response = writers_desk.save(edition, opened, **{title_of(edition_type): "Too late"})
    assert "Too late" in response.text
    assert any("was published while you were writing" in message for message in told(response))
    edition.refresh_from_db()
    assert getattr(edition, title_of(edition_type)) != "Too late"


@pytest.mark.pure
def test_what_was_typed_into_a_deleted_draft_is_shown_once_more(writers_desk, editors_desk):
    edition = draft(ArticleEdition)
    opened = writers_desk.open(edition)
    editors_desk.post(address_of(edition, "delete"), {"post": "yes"})
    response = writers_desk.post(address_of(edition, "change"), {**fields_of(opened), title_of(ArticleEdition): "Not lost"})
    assert response.status_code == 410
    assert "Not lost" in response.text


# --- Deleting -----------------------------------------------------------------------------------------------------------
def test_a_draft_is_deleted_after_one_question(writers_desk, writer, edition_type):
    edition = draft(edition_type)
    question = writers_desk.get(address_of(edition, "delete"))
    assert "Are you sure" in question.text
    response = writers_desk.post(address_of(edition, "delete"), {"post": "yes"})
    assert response.status_code == 200
    assert not edition_type.objects.exists()
    decision = Decision.objects.get(verb=Verb.DELETE)
    assert (decision.by, decision.object_id) == (writer, edition.pk)
    assert decision.snapshot["en"][edition_type.TITLE]


def test_the_first_draft_of_something_that_others_name_stays(writers_desk):
    measure = draft(MeasureEdition)
    event = draft(EventEdition)
    event.effects.update(measure=measure.document)
    response = writers_desk.post(address_of(measure, "delete"), {"post": "yes"})
    assert "Other pages name this one" in response.text
    assert MeasureEdition.objects.filter(pk=measure.pk).exists()


def test_what_has_been_public_cannot_be_deleted(clock, editors_desk, edition_type):
    edition = live(edition_type)
    assert editors_desk.post(address_of(edition, "delete"), {"post": "yes"}).status_code == 403
    assert edition_type.objects.filter(pk=edition.pk).exists()


# --- Kinds of change ----------------------------------------------------------------------------------------------------
def offered(response):
    return [value for value, _label in response.context["adminform"].form.fields["change"].choices]


FOLLOWING = [Change.UPDATE, Change.CORRECTION, Change.MINOR, Change.TRANSLATION]


@pytest.mark.pure
def test_a_page_that_was_never_public_can_only_be_published_for_the_first_time(writers_desk):
    assert offered(writers_desk.get(address_of(ArticleEdition, "add"))) == [Change.FIRST]
    assert offered(writers_desk.open(draft(ArticleEdition))) == [Change.FIRST]


@pytest.mark.pure
def test_a_public_page_cannot_be_published_for_the_first_time_again(clock, writers_desk):
    edition = live(ArticleEdition)
    assert offered(writers_desk.open(next_draft(edition))) == FOLLOWING


@pytest.mark.pure
def test_a_draft_behind_a_scheduled_first_publication_may_be_either(clock, writers_desk, editors_desk):
    edition = draft(ArticleEdition)
    editors_desk.step("schedule", edition, at="2026-06-02T09:00")
    writers_desk.step("begin", edition)
    assert offered(writers_desk.open(draft_in(edition.document, Lane.WORKING))) == [Change.FIRST, *FOLLOWING]


@pytest.mark.pure
def test_a_correction_is_one(clock, writers_desk):
    edition = live(ArticleEdition)
    writers_desk.step("correct", edition)
    correction = draft_in(edition.document, Lane.CORRECTION)
    response = writers_desk.open(correction)
    assert offered(response) == [Change.CORRECTION]
    assert "we were wrong" in response.text


@pytest.mark.pure
def test_only_what_is_live_is_corrected(clock, writers_desk, editors_desk):
    edition = live(ArticleEdition)
    editors_desk.step("publish", next_draft(edition))
    clock.shift(60)
    assert writers_desk.step("correct", edition).status_code == 404


@pytest.mark.pure
def test_beside_every_effect_stands_what_it_is_for(writers_desk):
    page = writers_desk.get(address_of(EventEdition, "add")).text
    for words in ("prohibited after 45 days", "to be sold by 20 September", "the order exceeds the law"):
        assert words in page
