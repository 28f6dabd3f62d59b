"""Two editions or saves side by side at the desk, and an older save brought back into the draft."""

import re

from django.utils.html import strip_tags

from articles.models import ArticleEdition
from newsroom.publishing.drafts import save_draft
from newsroom.publishing.models import Revision
from newsroom.publishing.snapshot import snapshot, write
from tests.desk.desk import address_of, told
from tests.factories import content, draft, live, next_draft
from timeline.models import EventEdition


def words_of(response):
    """What a page's readers hear, in one line."""
    return re.sub(r"\s+", " ", strip_tags(response.text.partition('id="content-main"')[2]))


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
