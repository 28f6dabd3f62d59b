"""Pictures inside rich text: kept as references alone, shown with their words, public exactly as the texts that show them are."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.library.models import Picture
from newsroom.library.replacing import replace
from newsroom.library.shown import undescribed, users_of, with_key
from newsroom.publishing import compare
from newsroom.publishing.drafts import save_draft
from newsroom.publishing.minor import reasons
from newsroom.publishing.publish import publish, withdraw
from newsroom.publishing.restore import fitting
from newsroom.publishing.snapshot import snapshot, write
from tests.desk.conftest import signed_in
from tests.factories import NOON, NOTES, content, draft, live, next_draft
from timeline.models import EventEdition

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]
TEXTS = {ArticleEdition: "body", QuestionEdition: "answer", EventEdition: "body"}


@pytest.fixture
def picture():
    """A picture of the library, whose file is as small as a name."""
    picture = Picture(title="Court", width=800, height=200, credit="A photographer")
    picture.file.name = default_storage.save("pictures/0123456789abcdef.png", BytesIO(b"court"))
    Picture.objects.bulk_create([picture])
    yield Picture.objects.get()
    default_storage.delete(picture.file.name)


def figure(picture, alt="The court", credit="A photographer", caption="On Monday", more=""):
    said = "".join(f' data-{name}="{words}"' for name, words in (("alt", alt), ("credit", credit)) if words)
    return f'<figure data-picture="{picture.pk}"{said}{more}><figcaption>{caption}</figcaption></figure>'


def queries(reader, address):
    with CaptureQueriesContext(connection) as captured:
        reader.get(address)
    return len(captured)


def status(reader, address):
    response = reader.get(address)
    assert not response.streaming or b"".join(response.streaming_content) == b"court"
    return response.status_code


def illustrated(model, english, french="", **more):
    """A snapshot whose text holds this HTML after its first words, in each language."""
    words = content(model, picture=None, **more) if model is ArticleEdition else content(model, **more)
    for code, html in (("en", english), ("fr", french)):
        words[code][TEXTS[model]] = f"<p>Before.</p>{html}"
    return words


@pytest.mark.parametrize("model", TEXTS)
def test_picture_in_a_text_is_shown_with_its_words_and_nowhere_without_them(reader, picture, model):
    edition = live(model, **illustrated(model, figure(picture), figure(picture, alt="")))
    page = reader.get(edition.get_absolute_url()).text
    assert f'srcset="{picture.file.url}.360.avif 360w' in page
    assert f'<img src="{picture.file.url}" width="800" height="200" alt="The court" loading="lazy" decoding="async">' in page
    assert '<figcaption><span>On Monday</span> <span class="credit">A photographer</span></figcaption>' in page
    french = reader.get(f"/fr{edition.get_absolute_url()[3:].replace(edition.slug_en, edition.slug_fr)}")
    assert (french.status_code, picture.file.url in french.text, "figure" in french.text) == (200, False, False)
    assert list(undescribed(model.objects.all())) == [edition]
    assert "data-picture" not in page


def test_reviewer_reads_what_is_said_of_a_picture(editor, writer, picture):
    edition = draft(ArticleEdition, writer, **illustrated(ArticleEdition, figure(picture, alt="Court &amp; clerk")))
    page = signed_in(editor).get(f"/admin/articles/articleedition/{edition.pk}/review/").text
    assert "Before.<br>[picture] Court &amp; clerk · On Monday · A photographer</dd>" in page


def test_first_described_picture_of_a_text_is_the_one_beside_links_to_it(reader, picture, time_machine):
    other = Picture.objects.create(title="Other", file="pictures/other.png", width=16, height=9)
    silent, decorative = figure(other, alt=""), figure(other, alt="", more=' data-decorative="yes"')
    html = silent + decorative + figure(picture, alt="The &quot;court&quot;") + figure(other)
    edition = live(ArticleEdition, **illustrated(ArticleEdition, html, figure(picture, alt="")))
    address = edition.get_absolute_url()
    time_machine.shift(60)
    after = next_draft(edition)
    after.body_en = "<p>Without.</p>"
    save_draft(after, None)
    publish(after, None)
    time_machine.shift(60)
    then = reader.get(f"/memento/{NOON:%Y%m%d%H%M%S}{address}").text
    assert f'<meta property="og:image" content="http://newsroom.example{picture.sharing_address}">' in then
    assert '<meta property="og:image:alt" content="The &quot;court&quot;">' in then
    assert f'"image": "http://newsroom.example{picture.file.url}"' in then
    for without in (f"/memento/{NOON:%Y%m%d%H%M%S}/fr/articles/{edition.slug_fr}/", address):
        page = reader.get(without)
        assert (page.status_code, "og:image" in page.text, '"image"' in page.text) == (200, False, False)


AS_KEPT = '<figure data-picture="{pk}" data-alt="A &quot;b&quot; &gt; c"><figcaption></figcaption></figure>'


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('<figure onclick="x" data-alt="A &quot;b&quot; > c" data-picture="{pk}"><img src="//evil/"></figure>', AS_KEPT),
        ('<figure data-picture="999"><figcaption>Gone</figcaption></figure>', ""),
        ('<figure data-picture="-1"><figcaption>Words</figcaption></figure>', "Words"),
        ('<figure><img src="https://elsewhere.example/a.png"><figcaption>Words</figcaption></figure>', "Words"),
        ('<p><img src="/media/pictures/a.png" data-picture="{pk}" alt="a"></p>', "<p></p>"),
        ('<figure data-picture="{pk}" data-decorative="yes"><p>One</p></figure>', "<p>One</p>"),
    ],
)
def test_text_names_pictures_of_the_library_and_no_address(picture, written, kept):
    edition = draft(ArticleEdition, **illustrated(ArticleEdition, written.format(pk=picture.pk)))
    edition.refresh_from_db()
    assert edition.body_en == f"<p>Before.</p>{kept.format(pk=picture.pk)}"
    before = edition.body_en
    save_draft(edition, None)
    assert edition.body_en == before


def test_file_is_public_when_the_text_is_and_gone_when_it_is_retracted(reader, editor, picture, time_machine):
    edition = draft(EventEdition, editor, **illustrated(EventEdition, figure(picture)))
    assert status(reader, picture.file.url) == 404
    key = with_key(picture).key
    page = signed_in(editor).get(f"/admin/timeline/eventedition/{edition.pk}/preview/").text
    assert f"{picture.file.url}?key=" in page
    assert status(reader, f"{picture.file.url}?key={key}") == 200
    publish(edition, editor)
    time_machine.shift(60)
    assert status(reader, picture.file.url) == 200
    at = f"{NOON.replace(minute=1):%Y%m%d%H%M%S}"
    withdraw(edition, editor, "withdrawal", NOTES)
    time_machine.shift(3600)
    assert picture.file.url in reader.get(f"/memento/{at}{edition.get_absolute_url()}", follow=True).text
    withdraw(EventEdition.objects.standing(NOON.replace(hour=14)).get(), editor, "retraction", NOTES)
    time_machine.shift(60)
    assert status(reader, picture.file.url) == 410


def test_picture_in_a_text_is_replaced_in_drafts_alone(picture, writer):
    new = Picture.objects.create(title="New", file="pictures/new.png", width=16, height=9)
    shown = live(QuestionEdition, **illustrated(QuestionEdition, figure(picture), figure(picture, alt="Le tribunal")))
    (following,) = replace(picture, new, writer)
    assert following.document == shown.document
    assert following.answer_en == f"<p>Before.</p>{figure(new)}"
    assert following.answer_fr == f"<p>Before.</p>{figure(new, alt='Le tribunal')}"
    shown.refresh_from_db()
    assert (figure(picture) in shown.answer_en, users_of(picture), users_of(new)) == (True, [shown], [following])


def test_feeds_and_api_give_a_plain_picture_at_an_absolute_address(reader, picture, settings):
    asked = []
    for word in ("One", "Two"):
        live(ArticleEdition, word=word, **illustrated(ArticleEdition, figure(picture)))
        asked.append([queries(reader, address) for address in ("/en/feed.json", "/api/v1/articles")])
    assert asked[0] == asked[1]
    html = reader.get("/en/feed.json").json()["items"][0]["content_html"]
    told = reader.get("/api/v1/articles").json()["items"][0]["html"]
    for found in (html, told):
        assert f'<img src="{settings.SITE_URL}{picture.file.url}" width="800" height="200" alt="The court">' in found
        assert "A photographer" in found
        assert "data-picture" not in found
        assert "srcset" not in found


def test_comparison_says_that_a_picture_was_added_and_it_is_no_minor_change(picture):
    before = live(ArticleEdition, **illustrated(ArticleEdition, ""))
    after = next_draft(before)
    after.body_en = before.body_en + figure(picture)
    save_draft(after, None)
    line = next(line for line in compare.compare_all([(before, after)], NOON)[0].changed_lines if line.label == "Text")
    added = [(piece.text, piece.mark) for passage in line.excerpt for piece in passage.pieces if piece.kind == "added"]
    assert added == [(str(picture.pk), "picture"), (" The court", ""), ("A photographer", ""), ("On Monday", "")]
    one, two = ({**snapshot(edition), "change": "minor"} for edition in (before, after))
    assert any("pictures differ" in reason for reason in reasons(one, two))


def test_picture_that_a_draft_shows_cannot_be_deleted(picture, editor):
    draft(ArticleEdition, **illustrated(ArticleEdition, figure(picture)))
    address = f"/admin/library/picture/{picture.pk}/delete/"
    assert signed_in(editor).post(address, {"post": "yes"}).status_code == 403
    free = Picture.objects.create(title="Free", file="pictures/free.png", width=16, height=9)
    signed_in(editor).post(address.replace(f"/{picture.pk}/", f"/{free.pk}/"), {"post": "yes"})
    left = Picture.objects.filter(pk__in=[picture.pk, free.pk])
    assert list(left) == [picture]


def test_editor_is_offered_the_pictures_that_are_called_so(picture, writer, reader):
    Picture.objects.create(title="Harbour", file="pictures/h.png", width=16, height=9)
    answer = signed_in(writer).get("/admin/library/picture/choices/", q="court").json()
    assert [card["title"] for card in answer["cards"]] == ["Court"]
    assert not answer["more"]
    assert reader.get("/admin/library/picture/choices/", headers={"accept": "application/json"}).status_code == 401


def test_restored_save_says_which_picture_is_gone(picture):
    gone = Picture.objects.create(title="Gone", file="pictures/gone.png", width=16, height=9)
    edition = draft(ArticleEdition, **illustrated(ArticleEdition, figure(gone) + figure(picture)))
    said = {**snapshot(edition), "translations": edition.translations}
    edition.body_en = "<p>Nothing.</p>"
    save_draft(edition, None)
    gone.delete()
    kept, left_out = fitting(edition, said)
    assert left_out == ["Picture"]
    write(edition, kept)
    assert edition.body_en == f"<p>Before.</p>{figure(picture)}"
