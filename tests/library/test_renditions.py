"""Copies of pictures: which there are, how they are cut, and that they are shown under the rule of their original.

On one engine: other tests read the same rows on both.
"""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from articles.models import ArticleEdition
from newsroom.library.models import Picture
from newsroom.library.renditions import SHARING, cut, names
from newsroom.library.shown import undescribed, with_key
from newsroom.publishing.publish import publish, withdraw
from tests.factories import NOON, NOTES, content, draft, live

RED, BLUE = (200, 30, 30), (30, 30, 200)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False), pytest.mark.pure]


@pytest.fixture
def picture(db):
    """Red on the left, blue on the right, 800 pixels wide; what matters is in the blue."""
    drawn = Image.new("RGB", (800, 200), RED)
    drawn.paste(BLUE, (400, 0, 800, 200))
    data = BytesIO()
    drawn.save(data, "PNG")
    picture = Picture(title="Halves", file=SimpleUploadedFile("halves.png", data.getvalue()), focus_x=100)
    picture.full_clean()
    picture.save()
    yield picture
    for name in (picture.file.name, *names(picture)):
        default_storage.delete(name)


def opened(reader, address):
    response = reader.get(address)
    assert response.status_code == 200
    return Image.open(BytesIO(b"".join(response.streaming_content)))


def test_page_offers_copies_no_wider_than_the_picture(reader, picture):
    edition = live(ArticleEdition, picture=picture.pk)
    page = reader.get(edition.get_absolute_url()).text
    name = picture.file.url
    assert f'<source type="image/avif" srcset="{name}.360.avif 360w, {name}.720.avif 720w, {name}.800.avif 800w"' in page
    assert 'width="800" height="200"' in page
    for width, format_ in [(360, "avif"), (800, "webp")]:
        copy = opened(reader, f"{name}.{width}.{format_}")
        assert (copy.format.lower(), copy.width) == (format_, width)


def test_cut_for_other_sites_keeps_what_matters(reader, picture):
    live(ArticleEdition, picture=picture.pk)
    shown = opened(reader, picture.sharing_address)
    assert shown.getpixel((5, 100))[2] > 150
    assert shown.height == 200


@pytest.mark.parametrize("copy", [".361.avif", ".1080.avif", ".720.png", ".sharing-50-50.jpg", ".720.avif.720.avif"])
def test_no_other_copy_is_made(reader, picture, copy):
    live(ArticleEdition, picture=picture.pk)
    assert reader.get(picture.file.url + copy).status_code == 404
    assert not default_storage.exists(picture.file.name + copy)


def test_copy_is_public_when_its_original_is(reader, picture, editor, time_machine):
    name = f"{picture.file.url}.360.webp"
    edition = draft(ArticleEdition, editor, picture=picture.pk)
    assert reader.get(name).status_code == 404
    assert not default_storage.exists(f"{picture.file.name}.360.webp")
    assert opened(reader, f"{name}?key={with_key(picture).key}").width == 360
    publish(edition, editor)
    time_machine.shift(60)
    assert opened(reader, name).width == 360
    withdraw(edition, editor, "retraction", NOTES)
    time_machine.shift(60)
    assert reader.get(name).status_code == 410


@pytest.mark.parametrize(("is_decorative", "is_in_french"), [(False, False), (True, True)])
def test_picture_is_left_out_where_nobody_said_what_it_shows(reader, picture, is_decorative, is_in_french):
    words = content(ArticleEdition, picture=picture.pk, is_decorative=is_decorative)
    words["fr"]["picture_alt"] = ""
    edition = live(ArticleEdition, **words)
    for code, expected in {"en": True, "fr": is_in_french}.items():
        response = reader.get(f"/{code}/articles/{edition.slug_in(code)}/")
        assert response.status_code == 200
        assert (picture.file.url in response.text) == expected, code
    assert list(undescribed(ArticleEdition.objects.all())) == ([] if is_decorative else [edition])


@given(st.integers(1, 4000), st.integers(1, 4000), st.integers(0, 100), st.integers(0, 100))
def test_cut_lies_within_and_holds_the_point_that_matters(width, height, x, y):
    left, top, right, bottom = cut(width, height, SHARING, (x, y))
    assert 0 <= left <= right <= width
    assert 0 <= top <= bottom <= height
    assert left - 1 <= width * x / 100 <= right + 1
    assert top - 1 <= height * y / 100 <= bottom + 1
