"""Staff, passwords, cookies, words and pictures.

On one engine: forms are the same on both.
"""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format
from PIL import Image

from articles.models import ArticleEdition
from newsroom.library.models import Picture
from newsroom.publishing.models import Tag
from tests.conftest import person
from tests.desk.conftest import signed_in
from tests.desk.desk import address_of, fields_of, words_of
from tests.factories import NOON, a_tag, content, draft
from timeline.models import EventEdition

pytestmark = pytest.mark.pure


@pytest.fixture
def administrator(db):
    return person("administrator", "Administrators")


def page_of(person):
    return f"/admin/auth/user/{person.pk}/change/"


def form_of(person, **more):
    return {"username": person.username, "email": person.email, "is_active": "on", "is_staff": "on", **more}


# --- Staff --------------------------------------------------------------------------------------------------------------
def test_an_administrator_adds_staff_and_puts_them_into_groups(administrator):
    desk = signed_in(administrator)
    secret = "a long pass phrase of hers"
    desk.post("/admin/auth/user/add/", {"username": "nora", "usable_password": "true", "password1": secret, "password2": secret})
    nora = User.objects.get(username="nora")
    writers = Group.objects.get(name="Writers")
    desk.post(page_of(nora), form_of(nora, groups=[writers.pk]))
    nora.refresh_from_db()
    assert (nora.is_staff, list(nora.groups.all())) == (True, [writers])


def test_groups_and_dates_are_said_in_the_language_of_the_desk(administrator, clock):
    """Their names in the database are what code and commands know."""
    page = words_of(signed_in(administrator).client.get("/admin/auth/user/", headers={"accept-language": "fr"}))
    assert "Administrateurs" in page
    with translation.override("fr"):
        assert [date_format(NOON.replace(day=day), "DATETIME_FORMAT") for day in (1, 2)] == ["1er juin 2026 à 12:00", "2 juin 2026 à 12:00"]
    assert date_format(NOON, "DATETIME_FORMAT") == "1 June 2026, 12:00"


def test_nobody_becomes_a_superuser(administrator, writer):
    desk = signed_in(administrator)
    for someone in (administrator, writer):
        desk.post(page_of(someone), form_of(someone, is_superuser="on", user_permissions=[1, 2, 3]))
        someone.refresh_from_db()
        assert not someone.is_superuser
        assert not someone.user_permissions.exists()


def test_a_superuser_is_out_of_reach(administrator):
    root, desk = User.objects.create_superuser("root"), signed_in(administrator)
    for address in (page_of(root), f"/admin/auth/user/{root.pk}/password/", f"/admin/auth/user/{root.pk}/delete/"):
        assert desk.post(address, {"password1": "x" * 14, "password2": "x" * 14, "post": "yes"}).status_code == 403


def test_what_a_group_may_do_is_not_an_administrators_to_change(administrator):
    desk, editors = signed_in(administrator), Group.objects.get(name="Editors")
    before = set(editors.permissions.all())
    assert desk.get("/admin/auth/group/").status_code == 200
    assert desk.post(f"/admin/auth/group/{editors.pk}/change/", {"name": "Editors", "permissions": []}).status_code == 403
    assert desk.post("/admin/auth/group/add/", {"name": "Owners", "permissions": [1]}).status_code == 403
    assert desk.post(f"/admin/auth/group/{editors.pk}/delete/", {"post": "yes"}).status_code == 403
    assert set(editors.permissions.all()) == before


def test_an_administrator_publishes_nothing(administrator, clock):
    desk, edition = signed_in(administrator), draft(ArticleEdition)
    assert desk.open(edition).status_code == 200
    assert desk.post(address_of(edition, "publish"), {"seen": "1"}).status_code == 403


def test_writers_and_editors_do_not_see_the_staff(writers_desk, editors_desk, writer):
    for desk in (writers_desk, editors_desk):
        assert desk.get("/admin/auth/user/").status_code == 403
        assert desk.post(page_of(writer), form_of(writer)).status_code == 403


# --- Passwords and cookies ----------------------------------------------------------------------------------------------
def test_a_forgotten_password_is_reset_by_mail_from_the_sites_own_address(reader, editor, mailoutbox, settings):
    settings.ALLOWED_HOSTS = ["*"]
    reader.post("/admin/password_reset/", {"email": editor.email}, headers={"host": "evil.example"})
    (letter,) = mailoutbox
    (link,) = re.findall(r"https?://\S+", letter.body)
    assert link.startswith("http://newsroom.example/admin/reset/")
    assert "evil.example" not in letter.body + letter.subject
    response = reader.get(link.removeprefix("http://newsroom.example"), follow=True)
    new = "another long pass phrase"
    response = reader.post(response.request["PATH_INFO"], {"new_password1": new, "new_password2": new}, follow=True)
    assert response.status_code == 200
    assert Client().login(username="editor", password=new)


def test_an_unknown_address_gets_the_same_answer_and_no_mail(reader, editor, mailoutbox):
    response = reader.post("/admin/password_reset/", {"email": "nobody@newsroom.example"}, follow=True)
    assert response.status_code == 200
    assert not mailoutbox


def test_cookies_stay_at_the_desk(reader, editor):
    response = reader.get("/admin/login/")
    assert response.cookies["csrftoken"]["path"] == "/admin/"
    response = reader.post("/admin/login/", {"username": "editor", "password": "editor"})
    assert (response.cookies["sessionid"]["path"], bool(response.cookies["sessionid"]["httponly"])) == ("/admin/", True)


# --- Words --------------------------------------------------------------------------------------------------------------
def test_a_tags_address_is_given_once(editors_desk):
    tag = a_tag("law")
    editors_desk.post(f"/admin/publishing/tag/{tag.pk}/change/", {"name_en": "Laws", "name_fr": "Lois", "slug": "other"})
    tag.refresh_from_db()
    assert (tag.slug, tag.name_en) == ("law", "Laws")


def test_a_tag_is_not_merged_in_a_circle(editors_desk):
    tag, other = a_tag("law"), a_tag("order")
    for target in (tag, other):
        editors_desk.post(f"/admin/publishing/tag/{tag.pk}/change/", {"name_en": "Law", "merged_into": target.pk})
    editors_desk.post(f"/admin/publishing/tag/{other.pk}/change/", {"name_en": "Order", "merged_into": tag.pk})
    assert [one.merged_into for one in Tag.objects.order_by("slug")] == [other, None]


def test_a_tag_in_use_stays(editors_desk):
    draft(ArticleEdition)
    tag = a_tag("law")
    assert editors_desk.post(f"/admin/publishing/tag/{tag.pk}/delete/", {"post": "yes"}).status_code == 403


# --- Facts --------------------------------------------------------------------------------------------------------------
def test_a_time_of_day_asks_for_its_zone(writers_desk):
    response = writers_desk.add(EventEdition, content(EventEdition, time="14:30", zone=""))
    assert "A time of day needs its time zone." in response.text
    assert 'value="14:30"' in response.text


@pytest.mark.parametrize("date", ["14 August 2020", "2020-13", "2020-02-30", "0999", "٢٠٢٠", "2020-08-14/2020-08-01"])
def test_a_date_that_cannot_be_read_is_shown_with_its_error(writers_desk, date):
    response = writers_desk.add(EventEdition, content(EventEdition, date=date))
    assert response.context["adminform"].form.errors["date"]
    assert response.context["adminform"].form["date"].value() == date
    assert response.context["adminform"].form["title_fr"].value() == "Example title en français"
    assert not EventEdition.objects.exists()


def test_a_texts_address_that_is_taken_is_said_and_nothing_is_lost(writers_desk):
    taken = draft(ArticleEdition)
    form = fields_of(writers_desk.open(draft(ArticleEdition, word="Other")))
    response = writers_desk.save(draft(ArticleEdition, word="Third"), slug_fr=taken.slug_en, title_en="Typed")
    assert "belongs to another page" in response.text
    assert 'value="Typed"' in response.text
    assert form["slug_fr"] != taken.slug_en


# --- Pictures -----------------------------------------------------------------------------------------------------------
def picture(format_="PNG", name="picture.png"):
    data = BytesIO()
    Image.new("RGB", (16, 9), "#888").save(data, format_)
    return SimpleUploadedFile(name, data.getvalue())


def test_a_picture_is_uploaded_and_never_swapped(writers_desk):
    writers_desk.post("/admin/library/picture/add/", {"title": "The courthouse", "file": picture()})
    kept = Picture.objects.get()
    before = kept.file.name
    writers_desk.post(f"/admin/library/picture/{kept.pk}/change/", {"title": "The court", "file": picture()})
    kept.refresh_from_db()
    assert (kept.title, kept.file.name) == ("The court", before)


def test_a_bad_picture_is_refused_and_leaves_nothing_behind(writers_desk, settings):
    """tests/library tries every kind of bad file."""
    before = list(Path(settings.MEDIA_ROOT).rglob("*.*"))
    bad = SimpleUploadedFile("page.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    response = writers_desk.post("/admin/library/picture/add/", {"title": "Bad", "file": bad})
    assert response.context["adminform"].form.errors["file"]
    assert not Picture.objects.exists()
    assert list(Path(settings.MEDIA_ROOT).rglob("*.*")) == before
