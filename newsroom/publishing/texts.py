"""What a reader of one language is shown, and whether a translation still follows its original (law 7)."""

from . import languages


class Text:
    """The words of an edition (or of one of its children) for a reader of `wanted`.

    `text.title` reads the column of the language actually shown, which `text.language` names. `is_missing` says that the
    wanted language has no text, `is_behind` that its text follows an older original; pages say so, and set `lang`.
    """

    def __init__(self, row, wanted, original, is_missing=False, is_behind=False):
        self._row = row
        self.wanted = wanted
        self.is_missing = is_missing
        self.is_behind = is_behind
        self.language = original if is_missing else wanted

    def __getattr__(self, name):
        if name not in languages.translated_fields(type(self._row)):
            raise AttributeError(f"{type(self._row).__name__} has no text {name!r}")
        return getattr(self._row, f"{name}_{self.language}") or ""

    @property
    def is_foreign(self):
        """True where the page must mark the language, because it is not the page's own."""
        return self.language != self.wanted


def text_of_edition(edition, wanted):
    """The `Text` of an edition, by the choice its publisher made for a translation that has fallen behind."""
    is_missing, is_behind = shown_to(wanted, edition.original_language, edition.has_text(wanted), edition.translations)
    return Text(edition, wanted, edition.original_language, is_missing, is_behind)


def shown_to(wanted, original, has_text, translations):
    """(is_missing, is_behind) of what a reader of `wanted` is shown: a missing text is shown in the original language."""
    hides = is_behind(wanted, original, has_text, translations) and translations.get(wanted, {}).get("behind") == "original"
    is_missing = hides or not has_text
    return is_missing, not is_missing and is_behind(wanted, original, has_text, translations)


def is_behind(language, original, has_text, translations):
    """True where the text of `language` follows an original that has since been changed."""
    if language == original or not has_text:
        return False
    return translations.get(language, {}).get("follows") != translations.get(original, {}).get("digest")


def text_of_child(child, wanted):
    """The `Text` of a child: in its edition's language, or in the original where this one child has no words of that language."""
    shown = text_of_edition(child.edition, wanted).language
    original = child.edition.original_language
    fields = languages.translated_fields(type(child))
    has_words = any(getattr(child, f"{name}_{shown}") for name in fields)
    text = Text(child, wanted, original)
    text.language = shown if has_words else original
    return text
