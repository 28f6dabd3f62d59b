"""Attachments: taken in by their content, and readable exactly while a page that carries them is.

What a file is, and how a form takes it, is of no engine.
"""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import ArticleEdition
from newsroom.library import abandoned
from newsroom.library.intake import MOST_BYTES
from newsroom.library.models import Attachment
from newsroom.publishing.drafts import draft_from, save_draft
from newsroom.publishing.models import Revision
from newsroom.publishing.publish import publish, withdraw
from newsroom.publishing.unsaved import keep
from tests.desk.conftest import signed_in
from tests.desk.desk import address_of as desk_address
from tests.desk.desk import fields_of
from tests.factories import NOON, NOTES, draft, next_draft

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
TITLES = {"attachments-0-title_en": "The letter", "attachments-0-title_fr": "La lettre"}
NONE = {f"{name}-{count}_FORMS": 0 for name in ("claims", "attachments", "sources") for count in ("TOTAL", "INITIAL")}
ROW = {**NONE, "attachments-TOTAL_FORMS": 1, **TITLES}
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]


def pdf(data=PDF, name="letter.pdf"):
    return SimpleUploadedFile(name, data)


@pytest.fixture
def edition(writer):
    """A draft with the letter, attached at the desk."""
    edition = draft(ArticleEdition, writer, picture=None, is_short=True)
    signed_in(writer).save(edition, **ROW, **{"attachments-0-upload": pdf()})
    yield edition
    for attachment in Attachment.objects.all():
        default_storage.delete(attachment.file.name)


def address_of(edition):
    return edition.attachments.get().file.address


def status(reader, address, at=None):
    return reader.get(f"/memento/{at:%Y%m%d%H%M%S}{address}" if at else address, follow=True).status_code


def test_attachment_is_readable_from_the_second_its_page_is(reader, editor, edition, time_machine):
    address = address_of(edition)
    assert len(address) == len("/en/attachments/.pdf") + 32
    publish(edition, editor)
    assert status(reader, address) == 404
    time_machine.shift(60)
    response = reader.get(address)
    assert response.content == PDF
    assert response["Content-Disposition"] == 'attachment; filename="the-letter.pdf"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    page = reader.get(edition.get_absolute_url()).text
    assert f'<a href="{address}" type="application/pdf">The letter</a>' in page
    assert f"{len(PDF)}\N{NO-BREAK SPACE}bytes" in page
    assert reader.get(f"/api/v1/articles/{edition.slug_en}").json()["item"]["attachments"][0]["bytes"] == len(PDF)


def test_attachment_goes_with_its_page(reader, editor, edition, time_machine):
    address = address_of(edition)
    publish(edition, editor)
    time_machine.shift(60)
    without = draft_from(edition, editor)
    without.attachments.all().delete()
    for code in ("en", "fr"):
        setattr(without, f"note_{code}", "Without the letter.")
    save_draft(without, editor)
    publish(without, editor)
    time_machine.shift(60)
    assert address not in reader.get(without.get_absolute_url()).text
    assert status(reader, address) == 200, "its edition can still be read in the history"
    withdraw(without, editor, "withdrawal", NOTES)
    time_machine.shift(60)
    assert status(reader, address) == 404
    withdraw(ArticleEdition.objects.standing(NOON.replace(year=2027)).get(), editor, "retraction", NOTES)
    time_machine.shift(60)
    assert status(reader, address) == 410


def test_attachment_is_at_the_moments_its_page_was(reader, editor, edition, time_machine):
    publish(edition, editor)
    time_machine.shift(3600)
    withdraw(edition, editor, "withdrawal", NOTES)
    time_machine.shift(3600)
    address, during = address_of(edition), NOON.replace(minute=30)
    assert [status(reader, address), status(reader, address, during)] == [404, 200]
    assert f"/memento/{NOON:%Y%m%d}" in reader.get(f"/memento/{during:%Y%m%d%H%M%S}{edition.get_absolute_url()}", follow=True).text


@pytest.mark.pure
def test_desk_sees_an_attachment_before_anybody(reader, writer, edition):
    preview = signed_in(writer).get(f"/admin/articles/articleedition/{edition.pk}/preview/").text
    address = preview.partition(f'<a href="{address_of(edition)}')[2].partition('"')[0]
    response = reader.get(address_of(edition) + address)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert response.content == PDF
    assert status(reader, address_of(edition) + address[:-1] + "~") == 404


@pytest.mark.parametrize("data", [b"MZ not a PDF %%EOF", PDF[:20], b"", b"<html>%PDF-1.4 %%EOF", PDF + bytes(MOST_BYTES)])
@pytest.mark.pure
def test_file_that_is_no_whole_pdf_is_refused_and_leaves_nothing_behind(writer, data):
    edition = draft(ArticleEdition, writer, picture=None, is_short=True)
    page = signed_in(writer).save(edition, **ROW, **{"attachments-0-upload": pdf(data)})
    errors = [form.errors for shown in page.context["inline_admin_formsets"] for form in shown.formset.forms]
    assert any("upload" in error for error in errors)
    assert not Attachment.objects.exists()


@pytest.mark.pure
def test_file_outlives_a_save_that_is_refused(writer, editor):
    """For an error in another field, then because somebody saved before: the form and the refused save carry it on."""
    edition = draft(ArticleEdition, writer, picture=None, is_short=True)
    desk = signed_in(writer)
    opened = desk.open(edition)
    page = desk.save(edition, opened, **ROW, **{"attachments-0-upload": pdf(), "title_en": "x" * 201})
    assert "letter.pdf is uploaded already" in page.text
    signed_in(editor).save(edition, **NONE, title_en="Editor")
    kept = fields_of(page)
    desk.post(desk_address(edition, "change"), {**kept, "title_en": "Shorter", "_continue": "1"})
    refused = Revision.about(edition).get(is_refused=True)
    desk.post(desk_address(edition, "conflict", refused.number), {"based_on": 2, "attachments": "mine"})
    assert edition.attachments.get().file == Attachment.objects.get()
    default_storage.delete(Attachment.objects.get().file.name)


def test_file_that_was_abandoned_goes_after_ninety_days_and_no_other(writer, edition, time_machine, django_capture_on_commit_callbacks):
    """Of a save that was refused and never mended. What an edition has, a save had or a form kept says stays."""
    desk, other = signed_in(writer), draft(ArticleEdition, writer, word="Other", picture=None, is_short=True)
    desk.save(other, **ROW, **{"attachments-0-upload": pdf(name="abandoned.pdf"), "title_en": "x" * 201})
    gone = Attachment.objects.latest("pk").file.name
    page = desk.save(other, **ROW, **{"attachments-0-upload": pdf(name="kept.pdf"), "title_en": "x" * 201})
    attached = edition.attachments.get()
    desk.save(edition, **{"attachments-0-DELETE": "1"})
    assert not edition.attachments.exists()
    assert abandoned.purge() == 0
    time_machine.shift(abandoned.KEPT + timedelta(seconds=1))
    keep(ArticleEdition, other.pk, writer, [[name, value] for name, value in fields_of(page).items()])
    with django_capture_on_commit_callbacks(execute=True):
        assert (abandoned.purge(), abandoned.purge()) == (1, 0)
    assert not default_storage.exists(gone)
    assert {row.title for row in Attachment.objects.all()} == {attached.file.title, "kept"}
    assert default_storage.exists(attached.file.file.name)


def test_draft_that_follows_has_the_same_attachment(editor, edition, time_machine):
    publish(edition, editor)
    time_machine.shift(60)
    assert next_draft(edition).attachments.get().file == edition.attachments.get().file
