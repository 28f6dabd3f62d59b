"""A newcomer's checklist, and the draft to practise with: nobody else hears of it, and it is never public.

Pages say the same on both engines; that a practice draft is never public is the database's to keep, on each.
"""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import Article, ArticleEdition
from newsroom.publishing.models import Decision, Release, Slug
from newsroom.publishing.practice import begin, hide, practice_of
from newsroom.publishing.publish import publish
from newsroom.publishing.together import add
from tests.desk.conftest import signed_in
from tests.desk.desk import address_of, told
from tests.factories import NOON

FIRST_STEPS = "/admin/first-steps/"
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def practice(writer, writers_desk):
    """The writer's practice draft, asked for on the first page."""
    writers_desk.post(FIRST_STEPS, {"begin": "1"})
    return ArticleEdition.objects.get()


def ticks(desk):
    return [step.is_done for step in desk.get("/admin/").context["first_steps"]]


@pytest.mark.pure
def test_each_step_ticks_itself(writers_desk, practice):
    assert ticks(writers_desk) == [True, False, True, False, False, False]
    writers_desk.save(practice, title_en="Hello")
    writers_desk.get(address_of(practice, "preview"))
    page = writers_desk.post(address_of(practice, "submit"), {"comment": ""})
    assert "for practice" in told(page)[0]
    writers_desk.get("/admin/password_change/done/")
    assert all(ticks(writers_desk))
    assert not Decision.objects.exists()
    practice.refresh_from_db()
    assert (practice.title_en, practice.slug_en) == ("Hello", f"practice-{practice.document_id}")


@pytest.mark.pure
def test_nobody_else_is_shown_a_practice_draft(writers_desk, editors_desk, editor, practice):
    for desk in (writers_desk, editors_desk):
        assert list(desk.list(ArticleEdition).context["cl"].result_list) == []
        assert list(desk.list(ArticleEdition, status="draft").context["cl"].result_list) == []
        assert desk.get("/admin/").context["panels"] == []
    for step in ("change", "history", "preview", "compare", "delete"):
        assert editors_desk.get(address_of(practice, step)).status_code in (403, 404), step
    assert editors_desk.get(f"/admin/articles/article/{practice.document_id}/change/").status_code == 404
    found = editors_desk.get("/admin/autocomplete/", app_label="timeline", model_name="eventedition", field_name="statement").json()
    assert found["results"] == []
    assert writers_desk.open(practice).status_code == 200


def test_practice_is_never_public(editor, practice):
    own = begin(editor)
    desk = signed_in(editor)
    assert [name for name in ("_publish", "_schedule") if f'name="{name}"' in desk.open(own).text] == []
    for step in ("publish", "schedule", "share", "links", "review", "upkeep", "duplicate"):
        assert desk.get(address_of(own, step)).status_code == 404, step
    with pytest.raises(ValidationError, match="never be published"):
        publish(own, editor)
    with pytest.raises(ValidationError):
        add(Release.objects.create(title="All"), own, editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        ArticleEdition.objects.filter(pk=own.pk).update(live_from=NOON)
    assert not Slug.objects.exists()


@pytest.mark.pure
def test_checklist_goes_for_good_and_costs_nothing_then(writer, writers_desk, practice):
    assert practice_of(writer) == begin(writer) == practice
    with CaptureQueriesContext(connection) as asked:
        writers_desk.get("/admin/")
    hide(writer)
    assert not Article.objects.exists()
    with CaptureQueriesContext(connection) as asked_then:
        assert "First steps" not in writers_desk.get("/admin/").text
    assert len(asked_then) < len(asked)
    writers_desk.get("/admin/password_change/done/")
    assert writers_desk.get("/admin/").context["first_steps"] == []


def test_practice_draft_goes_with_its_person(writer, practice):
    writer.delete()
    assert not Article.objects.exists()


@pytest.mark.pure
def test_whoever_writes_nothing_has_no_checklist(editor):
    editor.groups.clear()
    desk = signed_in(editor)
    assert desk.get("/admin/").context["first_steps"] == []
    assert desk.post(FIRST_STEPS, {"begin": "1"}).status_code == 403
