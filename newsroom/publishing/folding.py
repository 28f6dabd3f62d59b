"""Words as they are compared when somebody looks for them: whatever their case, their accents and their apostrophes. Pure."""

import html
import re
import unicodedata

MARKS = re.compile("[\u0300-\u036f]")
TAGS = re.compile("<[^>]*>")
# What NFKD leaves in one piece or writes in a way that no keyboard has, and the letter whose small form depends on its place.
LIGATURES = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "’": "'", "‘": "'", "‑": "-", "‐": "-", "Σ": "σ", "ς": "σ"}
FOLDING = str.maketrans(LIGATURES)


def fold(text):
    """The text in lower case, without accents (Unicode NFKD), typographic apostrophes and ligatures."""
    if text.isascii():
        return text.lower()
    return MARKS.sub("", unicodedata.normalize("NFKD", text.translate(FOLDING))).lower()


def strip_tags(text):
    """The words of sanitised HTML."""
    return html.unescape(TAGS.sub(" ", text))
