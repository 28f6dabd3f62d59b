"""An uploaded picture is judged by its content, capped, and written anew without what the camera added."""

from contextlib import suppress
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from newsroom.library.intake import FORMATS, LONGEST_SIDE, MOST_BYTES, re_encoded
from newsroom.library.models import Picture

pytestmark = pytest.mark.pure

RED, BLUE = (200, 30, 30), (30, 30, 200)
ORIENTATION, DESCRIPTION, GPS = 0x0112, 0x010E, 0x8825
UPSIDE_DOWN = 3


def upload(picture, format_, name="picture.png", **options):
    data = BytesIO()
    picture.save(data, format_, **options)
    return SimpleUploadedFile(name, data.getvalue())


def taken_in(picture, format_, **options):
    """The picture after the intake."""
    return Image.open(re_encoded(upload(picture, format_, **options)))


def where_and_what():
    """EXIF that says where a picture was taken, what it shows, and that it stands on its head."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[DESCRIPTION] = UPSIDE_DOWN, "The back door"
    exif[GPS] = {1: "N", 2: (48.0, 51.0, 29.0), 3: "E", 4: (2.0, 17.0, 40.0)}
    return exif


def refusal(data, name="picture.png"):
    with pytest.raises(ValidationError) as refused:
        re_encoded(SimpleUploadedFile(name, data))
    return refused.value.message_dict["file"][0]


# --- Taken --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("format_", FORMATS)
def test_picture_is_taken_whatever_its_name(format_):
    picture = taken_in(Image.new("RGB", (40, 30), RED), format_, name="minutes.pdf")
    assert (picture.format, picture.size) == (format_, (40, 30))


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_place_and_description_are_left_out(format_):
    camera = upload(Image.new("RGB", (40, 30), RED), format_, exif=where_and_what())
    assert Image.open(camera).getexif()[DESCRIPTION] == "The back door"
    ours = re_encoded(camera)
    assert b"back door" not in ours.read()
    assert not Image.open(ours).getexif()


def test_text_hidden_in_a_png_is_left_out():
    info = PngInfo()
    info.add_text("Comment", "Do not publish")
    assert b"Do not publish" not in re_encoded(upload(Image.new("RGB", (40, 30)), "PNG", pnginfo=info)).read()


def test_picture_taken_upside_down_stands_upright():
    picture = Image.new("RGB", (40, 30), RED)
    picture.paste(BLUE, (0, 0, 40, 15))
    upright = taken_in(picture, "PNG", exif=where_and_what())
    assert [upright.getpixel((20, 5)), upright.getpixel((20, 25))] == [RED, BLUE]


def test_large_picture_is_made_smaller_in_proportion():
    assert taken_in(Image.new("RGB", (4800, 1200)), "PNG").size == (LONGEST_SIDE, 600)


def test_animation_becomes_its_first_picture():
    frames = [Image.new("RGB", (40, 30), colour) for colour in (RED, BLUE)]
    still = taken_in(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert getattr(still, "n_frames", 1) == 1
    assert still.convert("RGB").getpixel((20, 15)) == RED


@pytest.mark.parametrize("format_", ["PNG", "GIF"])
def test_transparent_parts_stay_transparent(format_):
    picture = Image.new("P", (40, 30), 0)
    picture.putpalette([*RED, *BLUE])
    assert taken_in(picture, format_, transparency=0).convert("RGBA").getpixel((0, 0))[3] == 0


def test_picture_of_a_phone_with_a_second_one_inside_is_taken():
    pair = [Image.new("RGB", (40, 30), colour) for colour in (RED, BLUE)]
    assert taken_in(pair[0], "MPO", save_all=True, append_images=pair[1:]).format == "JPEG"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_png_of_every_kind_is_taken(mode):
    assert taken_in(Image.new(mode, (3000, 30)), "PNG").size == (LONGEST_SIDE, 24)


def test_print_colours_become_screen_colours():
    assert taken_in(Image.new("CMYK", (40, 30)), "JPEG").mode == "RGB"


# --- Refused ------------------------------------------------------------------------------------------------------------
def test_postscript_named_png_is_refused():
    postscript = upload(Image.new("RGB", (40, 30)), "EPS")
    assert "not a picture we can read" in refusal(postscript.read())


@pytest.mark.parametrize("format_", ["BMP", "TIFF", "ICO", "PPM"])
def test_other_formats_are_refused(format_):
    assert "not a picture we can read" in refusal(upload(Image.new("RGB", (40, 30)), format_).read())


def test_drawing_with_script_is_refused():
    assert "not a picture we can read" in refusal(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')


def test_huge_dimensions_are_refused_before_the_pixels_are_read():
    small_file = upload(Image.new("1", (10_000, 5_001)), "PNG").read()
    assert len(small_file) < 100_000
    assert "more than 50 million pixels" in refusal(small_file)


def test_dimensions_beyond_all_measure_are_refused():
    png = bytearray(upload(Image.new("1", (8, 8)), "PNG").read())
    png[16:24] = (60_000).to_bytes(4) * 2
    assert "not a picture we can read" in refusal(bytes(png))


def test_huge_file_is_refused():
    assert "larger than 20 MB" in refusal(bytes(MOST_BYTES + 1))


@pytest.mark.parametrize("format_", FORMATS)
def test_truncated_file_is_refused(format_):
    whole = upload(Image.effect_noise((200, 200), 60).convert("RGB"), format_).read()
    assert "not a picture we can read" in refusal(whole[: len(whole) // 2])


@given(st.binary(max_size=200))
def test_anything_else_is_refused(data):
    assert "not a picture we can read" in refusal(data)


@given(st.data())
def test_damaged_file_is_taken_or_refused_and_nothing_else(data):
    damaged = bytearray(DAMAGED)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, 300))] = data.draw(st.integers(0, 255))
    with suppress(ValidationError):
        re_encoded(SimpleUploadedFile("picture.jpg", bytes(damaged)))


DAMAGED = upload(Image.effect_noise((32, 24), 60).convert("RGB"), "JPEG", exif=where_and_what()).read()


# --- The model ----------------------------------------------------------------------------------------------------------
def test_picture_is_stored_as_the_intake_wrote_it_under_a_name_nobody_guesses():
    camera = upload(Image.new("RGB", (40, 30), RED), "JPEG", name="2026-06-01 secret meeting.jpeg", exif=where_and_what())
    picture = Picture(title="Meeting", file=camera)
    picture.clean()
    picture.file.save(picture.file.name, picture.file, save=False)
    assert "secret" not in picture.file.name
    assert len(picture.file.name) == len("pictures/") + 32 + len(".jpg")
    picture.file.close()
    with picture.file.open() as stored:
        assert b"back door" not in stored.read()
