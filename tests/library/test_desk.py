"""The picture library at the desk: taken in, described, cut, used, replaced."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.models import ArticleEdition
from newsroom.library.models import Picture
from newsroom.library.renditions import names
from newsroom.publishing.drafts import draft_in
from newsroom.publishing.models import Lane
from tests.desk.conftest import signed_in
from tests.desk.desk import told
from tests.factories import NOON, draft, live, next_draft

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]
LIBRARY = "/admin/library/picture/"
WORDS = {"alt_en": "The court", "alt_fr": "Le tribunal", "credit": "A photographer"}


def file(name="court.png", format_="PNG"):
    data = BytesIO()
    Image.new("RGB", (40, 30)).save(data, format_)
    return SimpleUploadedFile(name, data.getvalue())


@pytest.fixture
def desk(writer):
    yield signed_in(writer)
    for picture in Picture.objects.all():
        for name in (picture.file.name, *names(picture)):
            default_storage.delete(name)


@pytest.fixture
def picture(desk):
    desk.post(f"{LIBRARY}add/", {"title": "Court", "file": file(), **WORDS})
    return Picture.objects.get()


def test_dropped_picture_is_taken_in_by_its_content(desk):
    answer = desk.post(f"{LIBRARY}upload/", {"file": file("front.exe", "AVIF")})
    kept = Picture.objects.get()
    assert (answer.status_code, answer.json()["pk"], kept.title, kept.file.name[-5:]) == (201, kept.pk, "front", ".avif")
    assert f"?key={answer.json()['address'].partition('?key=')[2]}" in answer.json()["sharing"]


def test_dropped_file_that_is_no_picture_is_refused_in_words(desk):
    answer = desk.post(f"{LIBRARY}upload/", {"file": SimpleUploadedFile("a.png", b"no picture")})
    assert (answer.status_code, Picture.objects.count()) == (400, 0)
    assert "not a picture we can read" in answer.json()["error"]


def test_words_of_a_picture_are_copied_but_for_those_written_here(desk, picture):
    edition = draft(ArticleEdition, picture=None, en={"title": "Ours"}, fr={}, picture_credit="")
    desk.save(edition, picture=picture.pk, picture_alt_en="Our own words")
    edition.refresh_from_db()
    assert (edition.picture_alt_en, edition.picture_alt_fr, edition.picture_credit) == ("Our own words", "Le tribunal", "A photographer")
    Picture.objects.update(alt_fr="Autre chose")
    desk.save(edition)
    edition.refresh_from_db()
    assert edition.picture_alt_fr == "Le tribunal"


def test_cut_is_free_until_a_text_that_shows_the_picture_has_a_moment(desk, picture):
    page = f"{LIBRARY}{picture.pk}/change/"
    form = {"title": "Court", "focus_x": 10, "focus_y": 20}
    desk.post(page, form)
    picture.refresh_from_db()
    assert (picture.focus_x, picture.focus_y) == (10, 20)
    live(ArticleEdition, picture=picture.pk)
    assert "its cut stays as it was seen" in desk.get(page).text
    desk.post(page, {**form, "focus_x": 90})
    picture.refresh_from_db()
    assert picture.focus_x == 10


def test_page_of_a_picture_says_where_it_is_used(desk, picture):
    live(ArticleEdition, word="Shows it", picture=picture.pk)
    draft(ArticleEdition, word="Does not", picture=None)
    text = desk.get(f"{LIBRARY}{picture.pk}/change/").text
    assert "Shows it title in English" in text
    assert "Does not" not in text


def test_picture_is_replaced_in_drafts_alone(desk, picture, reader):
    shown = live(ArticleEdition, word="Live", picture=picture.pk)
    written = draft(ArticleEdition, word="Draft", picture=picture.pk)
    other = live(ArticleEdition, word="Other", picture=picture.pk)
    ahead = next_draft(other)
    ArticleEdition.objects.filter(pk=ahead.pk).update(picture=None)
    page = desk.post(f"{LIBRARY}{picture.pk}/replace/", {"title": "New", "file": file(), **WORDS})
    new = Picture.objects.get(title="New")
    assert told(page)[0].startswith("2 drafts show the new picture.")
    assert set(ArticleEdition.objects.filter(picture=new)) == {draft_in(shown.document, Lane.WORKING), written}
    assert ArticleEdition.objects.get(pk=shown.pk).picture == picture
    assert picture.file.url in reader.get(shown.get_absolute_url()).text
