"""What a plain text may hold: words, not the characters that reorder, hide or break them."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Unicode TR36 and "Trojan Source" (CVE-2021-42574): embedding, override and isolate controls, and the invisible marks.
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def refuse_control_characters(text):
    """A validator: control characters (line breaks and tabs aside), bidi controls, lone surrogates and unassigned separators."""
    for character in text:
        category = unicodedata.category(character)
        if (category == "Cc" and character not in "\n\r\t") or category == "Cs" or BIDI.match(character):
            raise ValidationError(
                _("This text holds an invisible control character (U+%(code)s). Please remove it and type the words again."),
                code="control_character",
                params={"code": f"{ord(character):04X}"},
            )
