"""French: every text translated, in the typography of French, and no English left on the pages.

Words are the same on both engines.
"""

import ast
import gettext
import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.core.management import call_command

pytestmark = pytest.mark.pure

FOLDER = settings.BASE_DIR / "locale" / "fr" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+>")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SPOKEN = {"alt", "aria-label", "content", "placeholder", "title"}

NO_BREAK, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
DOUBTFUL_DATE = "2020?"  # as it is typed: no question
FAULTS = {
    "a straight apostrophe": r"'",
    "a straight or English quotation mark": r"[\"“”]",
    "three dots": r"\.\.\.",
    "no narrow space before ; ! ?": rf"[^{NARROW}][;!?](?!\w)",
    "no no-break space before a colon": rf"(?<!{NO_BREAK}):(?=\s|$)",
    "no no-break space inside guillemets": rf"«(?!{NO_BREAK})|(?<!{NO_BREAK})»",
}


class Message(dict):
    """One entry of a .po file: its keywords (msgctxt, msgid, msgstr, msgstr[0] …) with their texts, and its flags."""

    flags = ""

    @property
    def key(self):
        return f"{self['msgctxt']}\x04{self['msgid']}" if "msgctxt" in self else self["msgid"]

    @property
    def sources(self):
        return [text for keyword, text in self.items() if keyword in ("msgid", "msgid_plural")]

    @property
    def translations(self):
        return [text for keyword, text in self.items() if keyword.startswith("msgstr")]


def read(path):
    """The entries of a .po file, its header (whose msgid is empty) first."""
    entries = []
    for block in path.read_text().split("\n\n"):
        entry, keyword = Message(), None
        for line in block.splitlines():
            if line.startswith("#,"):
                entry.flags += line
            elif not line.startswith("#") and line.strip():
                start, quote, rest = line.partition('"')
                keyword = start.strip() or keyword
                entry[keyword] = entry.get(keyword, "") + ast.literal_eval(quote + rest)
        if entry:
            entries.append(entry)
    return entries


HEADER, *CATALOGUE = read(FOLDER / "django.po")


# --- The catalogue ------------------------------------------------------------------------------------------------------
def test_every_text_is_translated_and_none_is_a_guess():
    assert [entry.key for entry in CATALOGUE if not all(entry.translations) or "fuzzy" in entry.flags] == []
    assert "fuzzy" not in HEADER.flags


def test_plurals_are_those_of_french():
    assert "Plural-Forms: nplurals=2; plural=(n > 1);" in HEADER["msgstr"]
    assert {len(entry.translations) for entry in CATALOGUE if "msgid_plural" in entry} == {2}


def test_translations_keep_the_placeholders():
    def placeholders(texts):
        return [Counter(PLACEHOLDER.findall(text)) for text in texts]

    pairs = [(entry.key, placeholders(entry.sources), placeholders(entry.translations)) for entry in CATALOGUE]
    assert [key for key, before, after in pairs if before != after] == []


def test_the_compiled_catalogue_is_that_of_the_texts():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    written = {}
    for entry in CATALOGUE:
        if "msgid_plural" in entry:
            written |= {(entry.key, number): text for number, text in enumerate(entry.translations)}
        else:
            written[entry.key] = entry["msgstr"]
    assert {key: text for key, text in compiled.items() if key} == written  # without the header


@pytest.mark.parametrize("fault", FAULTS)
def test_translations_follow_french_typography(fault):
    texts = [text.replace(DOUBTFUL_DATE, "") for entry in CATALOGUE for text in entry.translations]
    assert [text for text in texts if re.search(FAULTS[fault], text)] == []


# --- The pages ----------------------------------------------------------------------------------------------------------
class FrenchWords(HTMLParser):
    """What a page says in French: its texts and spoken attributes, without the parts marked as of another language."""

    def __init__(self, page):
        super().__init__()
        self.words, self.open = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        outer = self.open[-1][1] if self.open else True
        is_french = attributes["lang"] == "fr" if "lang" in attributes else outer and tag not in ("script", "style")
        if is_french:
            self.words += [value for name, value in attributes.items() if name in SPOKEN and value]
        if tag not in VOID:
            self.open.append((tag, is_french))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.open and self.open[-1][1]:
            self.words.append(" ".join(data.split()))


def any_of(texts):
    """A pattern for any of these texts, their placeholders standing for anything. One without a word of its own says nothing."""
    wordy = [" ".join(text.split()) for text in texts if re.search(r"[^\W\d_]{3}", PLACEHOLDER.sub("", text))]
    return re.compile("|".join(".+".join(map(re.escape, PLACEHOLDER.split(text))) for text in wordy))


def test_french_pages_show_no_english_text(reader, db):
    call_command("load_demo", verbosity=0)
    lists = [f"/fr/{path}" for path in ("", "articles/", "faq/", "timeline/", "timeline/in-force/", "corrections/", "record/", "api/")]
    refused = ["/fr/nothing/", "/fr/articles/?page=0", "/fr/timeline/?from=2020-13", "/fr/timeline/in-force/?on=never"]
    details = {}
    for path in lists:
        for address in re.findall(r'<h[23][^>]*>\s*<a href="(/fr/[^"?]+/)"', reader.get(path).text):
            details.setdefault(address.rsplit("/", 2)[0], []).append(address)
    chosen = [address for addresses in details.values() for address in addresses[:3]]
    assert len(chosen) >= 10
    french = {text for entry in CATALOGUE for text in entry.translations}
    is_french, is_english = any_of(french), any_of({text for entry in CATALOGUE for text in entry.sources} - french)
    for path in [*lists, *refused, *chosen, *(f"{address}history/" for address in chosen)]:
        response = reader.get(path)
        words = FrenchWords(response.text).words
        left = {word for word in words if is_english.fullmatch(word) and not is_french.fullmatch(word)}
        assert (path, response.status_code, left) == (path, response.status_code, set())
