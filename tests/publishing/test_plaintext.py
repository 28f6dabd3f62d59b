"""Plain texts hold words, and not the characters that reorder, hide or break them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from newsroom.publishing.drafts import edition_types
from newsroom.publishing.plaintext import refuse_control_characters
from newsroom.publishing.richtext import RichTextField

pytestmark = pytest.mark.pure

NAMED = {
    "NUL": "\x00",
    "backspace": "\x08",
    "escape": "\x1b",
    "delete": "\x7f",
    "next line (C1)": "\x85",
    "right-to-left override": "\u202e",
    "left-to-right embedding": "\u202a",
    "pop directional formatting": "\u202c",
    "right-to-left isolate": "\u2067",
    "right-to-left mark": "\u200f",
    "Arabic letter mark": "\u061c",
    "lone surrogate": "\ud83d",
}


@pytest.mark.parametrize("character", NAMED.values(), ids=NAMED.keys())
def test_invisible_control_character_is_refused_and_named(character):
    with pytest.raises(ValidationError) as refused:
        refuse_control_characters(f"The ban{character} begins")
    assert f"U+{ord(character):04X}" in refused.value.messages[0]


@given(st.text(st.characters(categories=["Cc", "Cs"], exclude_characters="\n\r\t"), min_size=1))
def test_every_control_character_and_surrogate_is_refused(text):
    with pytest.raises(ValidationError):
        refuse_control_characters(text)


@pytest.mark.parametrize(
    "text", ["L’été à Noël : « oui »\u202f!", "Two\nlines\tand a tab", "👩‍👩‍👧 ÿ ﬁ", "声明", "Ελλάδα", "e\u0301", ""], ids=ascii
)
def test_words_of_every_script_are_taken(text):
    assert refuse_control_characters(text) is None


def test_every_plain_text_that_people_type_is_checked():
    """Of editions and their children: a free text added without the validator fails here. Addresses have rules of their own."""
    children = [model._meta.get_field(name).related_model for model in edition_types() for name in model.CHILDREN]
    unchecked = [
        f"{model.__name__}.{field.name}"
        for model in (*edition_types(), *children)
        for field in model._meta.concrete_fields
        if is_free_text(field) and refuse_control_characters not in field.validators
    ]
    assert unchecked == []


def is_free_text(field):
    is_text = isinstance(field, (models.CharField, models.TextField)) and not isinstance(field, RichTextField)
    has_a_form = field.choices or len(field.validators) > 1  # a date, a language, an address
    return is_text and field.editable and not has_a_form and not field.name.startswith("address")
