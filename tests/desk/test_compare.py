"""Two editions or saves side by side at the desk, and an older save brought back into the draft.

On one engine: other tests read the same rows on both.
"""

import re

import pytest

from articles.models import ArticleEdition
from newsroom.publishing.drafts import save_draft
from newsroom.publishing.models import Revision
from newsroom.publishing.snapshot import snapshot, write
from tests.desk.desk import address_of, told, words_of
from tests.factories import content, draft, live, next_draft
from timeline.models import EventEdition

pytestmark = pytest.mark.pure


def saved(edition, by=None, **changes):
    """One more save of the draft, its snapshot changed."""
    write(edition, {**snapshot(edition), **changes})
    save_draft(edition, by)
    return edition


def test_what_is_live_and_the_draft_are_compared_whole(clock, writers_desk, edition_type):
    edition = next_draft(live(edition_type))
    data = snapshot(edition)
    child = edition.CHILDREN[0] if edition.CHILDREN else None
    changes = {child: data[child][:1]} if child else {}
    saved(edition, **changes, **({"tags": data["tags"][:1]} if "tags" in data else {}))
    page = writers_desk.get(address_of(edition, "compare"))
    words = words_of(page)
    for language, said in (("English", "in English"), ("French", "en français")):
        assert re.search(rf"\({language}\)\[removed: Example[^]]*\]\[added: Changed\] {said}", words)
        assert f"Public note ({language})[added: Changed note {said}]" in words
    assert "Kind of change[removed: First publication][added: Update]" in words
    if child:
        assert "No. 2: removed" in words
    if "tags" in data:
        assert f"[removed: {data['tags'][1]} in English]" in words


def test_a_draft_of_something_new_begins_with_its_last_two_saves(writers_desk):
    edition = saved(saved(draft(ArticleEdition), picture_credit="First"), picture_credit="Second")
    assert "Credit[removed: First][added: Second]" in words_of(writers_desk.get(address_of(edition, "compare")))
    any_two = writers_desk.get(address_of(edition, "compare"), a=f"r{edition.pk}.3", b=f"r{edition.pk}.1")
    assert "Credit[removed: Second]" in words_of(any_two)
    assert "Nothing differs" in writers_desk.get(address_of(edition, "compare"), a=f"r{edition.pk}.3", b=f"e{edition.pk}").text


def test_mark_up_that_shows_nothing_is_no_change(writers_desk):
    edition = draft(ArticleEdition)
    data = snapshot(edition)
    revision = Revision.about(edition).get()
    tidied = {**data, "en": {**data["en"], "body": data["en"]["body"].replace("<p>", "<p>  ").replace("</p>", " </p>\n")}}
    Revision.objects.create(edition=edition, number=2, data={**revision.data, **tidied})
    assert "Nothing differs" in writers_desk.get(address_of(edition, "compare")).text


def test_only_what_belongs_to_the_page_can_be_compared(writers_desk):
    edition, other = draft(ArticleEdition), draft(ArticleEdition, word="Other")
    own = f"r{edition.pk}.1"
    for key in (f"e{other.pk}", f"r{other.pk}.1", f"r{edition.pk}.9", "r", "x1", "e٣", f"{own}.1"):
        answer = writers_desk.get(address_of(edition, "compare"), a=own, b=key)
        assert told(answer) == ["Please choose two to compare."], key


def test_a_save_of_another_day_is_still_read(writers_desk):
    edition = draft(EventEdition)
    data = {**content(EventEdition), "left_over": "from an older form", "date": "yesterday", "tags": ["gone"], "statement": "none"}
    Revision.objects.create(edition=edition, number=2, data=data)
    words = words_of(writers_desk.get(address_of(edition, "compare")))
    assert "[added: yesterday]" in words
    assert "[added: gone]" in words


# --- Bringing back --------------------------------------------------------------------------------------------------------
def test_an_older_save_is_brought_back_as_a_new_one(writers_desk, writer, edition_type):
    edition = draft(edition_type)
    before = snapshot(edition)
    emptied = {name: [] for name in (*edition.CHILDREN, "tags") if name in before}
    saved(edition, **emptied, fr={**before["fr"], edition.TITLE: "Autre"})
    assert "Bring it back into the draft" in writers_desk.get(address_of(edition, "revision", 1)).text
    assert "[removed: Autre]" in words_of(writers_desk.get(address_of(edition, "restore", 1)))
    page = writers_desk.step("restore", edition, 1)
    assert "Brought back. It is the draft’s newest save; the ones before it stay." in told(page)
    assert snapshot(edition_type.objects.get(pk=edition.pk)) == before
    assert [(row.number, row.by) for row in Revision.about(edition)] == [(1, None), (2, None), (3, writer)]


def test_nothing_is_brought_back_over_a_save_that_was_not_seen(writers_desk):
    edition = saved(draft(ArticleEdition), picture_credit="Second")
    opened = writers_desk.get(address_of(edition, "restore", 1))
    saved(edition, picture_credit="Third")
    page = writers_desk.post(address_of(edition, "restore", 1), {"seen": opened.context["seen"]})
    assert "The draft was saved once more while you were choosing. Please choose again." in told(page)
    assert "Credit[removed: Third]" in words_of(page)
    edition.refresh_from_db()
    assert edition.picture_credit == "Third"


def test_a_save_of_another_edition_comes_back_without_what_that_one_said_of_itself(clock, writers_desk):
    edition = live(ArticleEdition)
    following = saved(next_draft(edition), sources=[])
    page = writers_desk.post(f"{address_of(following, 'restore', 1)}?of={edition.pk}", {"seen": 2})
    assert page.status_code == 200
    said = snapshot(ArticleEdition.objects.get(pk=following.pk))
    assert (said["en"]["title"], said["change"]) == (snapshot(edition)["en"]["title"], "update")
    assert said["en"]["note"] == "Changed note in English"
    assert len(said["sources"]) == 2


def test_what_is_gone_stays_out_and_what_no_form_accepts_is_refused(writers_desk):
    edition = draft(ArticleEdition)
    data = {**Revision.about(edition).get().data, "tags": ["gone", "law"], "picture": 999}
    Revision.objects.create(edition=edition, number=2, data=data, is_refused=True)
    Revision.objects.create(edition=edition, number=3, data={**data, "address": "javascript:alert(1)"}, is_refused=True)
    assert "Picture, gone" in writers_desk.get(address_of(edition, "restore", 2)).text
    writers_desk.step("restore", edition, 2)
    said = snapshot(ArticleEdition.objects.get(pk=edition.pk))
    assert (said["tags"], said["picture"]) == (["law"], None)
    page = writers_desk.step("restore", edition, 3)
    assert "Enter a valid URL." in page.text
    assert "javascript" not in snapshot(ArticleEdition.objects.get(pk=edition.pk))["address"]
