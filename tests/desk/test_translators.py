"""A translator writes the texts of one language, in drafts of every type, and nothing else.

On one engine: other tests read the same rows on both.
"""

import pytest

from articles.models import ArticleEdition
from newsroom.publishing.models import Account
from newsroom.publishing.snapshot import snapshot
from tests.conftest import person
from tests.desk.conftest import signed_in
from tests.desk.desk import address_of, fields_of
from tests.factories import draft, live

pytestmark = pytest.mark.pure


@pytest.fixture
def desk(db):
    translator = person("translator", "Translators")
    Account.objects.create(person=translator, language="fr")
    return signed_in(translator)


def said(edition):
    """What an edition says, without its French title and what is noted of its translations."""
    data = snapshot(type(edition).objects.get(pk=edition.pk))
    del data["fr"][edition.TITLE], data["translations"]
    return data


def test_a_translator_writes_one_language_and_nothing_else(desk, edition_type):
    edition = draft(edition_type)
    before, form, title = said(edition), fields_of(desk.open(edition)), f"{edition_type.TITLE}_fr"
    assert title in form
    assert not [name for name in form if name.endswith("_en")]
    mine = {f"{edition_type.TITLE}_en": "Mine", "change": "minor", "kind": "policy", "original_language": "fr", "tags": []}
    rows = {f"{name}-0-{field}": "Mine" for name in edition_type.CHILDREN for field in ("publisher", "verb", "speaker", "DELETE")}
    more = {f"{name}-TOTAL_FORMS": 3 for name in edition_type.CHILDREN}
    desk.save(edition, **{title: "Autrement dit"}, **mine, **rows, **more)
    assert getattr(edition_type.objects.get(pk=edition.pk), title) == "Autrement dit"
    assert said(edition) == before


def test_a_translator_translates_what_is_live_and_what_belongs_to_it(desk, clock):
    edition = live(ArticleEdition, picture=None)
    page = desk.post(address_of(edition, "begin"))
    following = ArticleEdition.objects.working().get()
    assert following.change == "translation"
    assert "Send for review…" in page.text
    text = next(field.name for field in following.claims.model._meta.concrete_fields if field.name.endswith("_fr"))
    desk.save(following, **{f"claims-0-{text}": "Ce qui a été dit"})
    assert getattr(following.claims.first(), text) == "Ce qui a été dit"
    desk.step("submit", following)
    assert "In review" in desk.open(following).text


def test_without_a_language_a_translator_only_reads(desk):
    Account.objects.update(language="")
    edition = draft(ArticleEdition)
    assert 'name="_continue"' not in desk.open(edition).text
    assert desk.post(address_of(edition, "change"), {"title_fr": "Autrement"}).status_code == 403
