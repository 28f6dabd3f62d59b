"""What in a text is more than wording: its numbers, dates, names, negations, quotations and links. Pure, for English and French.

Closed lists and capitals, no dictionary: where it is in doubt, a word counts.
"""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cached_property
from typing import NamedTuple

from .tokens import rich


def _set(words):
    return frozenset(words.split())


NEGATIONS = _set("""
    no not never none without nor neither nobody nothing nowhere hardly barely unless except ne pas jamais aucun aucune
    aucuns aucunes sans ni non rien personne nul nulle guère nullement sauf hormis plus
""")
NEGATIVE_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "mis", "non", "anti", "dé", "dés", "mé", "a")
NUMBERS = _set("""
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million
    millions billion billions dozen dozens half twice once double triple first third quarter quarters percent zéro deux
    trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente quarante cinquante
    soixante cent cents mille milliers milliard milliards douzaine douzaines moitié demi demie tiers quart quarts
    premier première deuxième troisième pourcent septante huitante nonante
""")
DATES = _set("""
    january february march april june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday today yesterday tomorrow second seconds minute minutes hour hours day days week weeks month
    months year years decade decades century centuries before after until since janvier février mars avril mai juin
    juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche aujourd hier
    demain seconde secondes heure heures jour jours semaine semaines mois an ans année années décennie décennies siècle
    siècles avant après jusque jusqu depuis dès
""")

QUOTED = re.compile(r"“([^“”]*)”|„([^„“”]*)[“”]|«([^«»]*)»|\"([^\"]*)\"|(?<!\w)'([^']*)'(?!\w)")
DIGITS = r"[^\W_]*\d[^\W_]*"
SCAN = re.compile(
    rf"(?P<number>(?<!\w)[-+]?{DIGITS}(?:[.,:/\- ]{DIGITS})*(?: ?[%‰€$£¥°])?|[%‰€$£¥] ?\d*)"
    r"|(?P<word>[^\W\d_]+)|(?P<end>[.!?…:]+(?=[\s\"”»')]|$)|\n)|(?P<gap> +|-)|."
)
SAME_SIGN = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "–": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\t": " ", "\r": " "})
A_TYPING_MISTAKE = 0.7
"""Two words this alike are one word, mended."""


class Item(NamedTuple):
    """A word or a number. `joins`: nothing but a space or a hyphen parts it from the one before."""

    kind: str
    text: str
    is_start: bool
    joins: bool


class Reading:
    """A text (plain or HTML) by what counts in it, each list in the order of the text. `known` are names from elsewhere on the page."""

    def __init__(self, text: str, known: frozenset[str] = frozenset()):
        tokens = rich(text) if "<" in text else []
        if tokens:
            text = "".join("\n" if token.mark == "block" else "" if token.mark else token.text for token in tokens)
        text = unicodedata.normalize("NFC", text).translate(SAME_SIGN)
        self.links = [token.text for token in tokens if token.mark == "link"]
        self.pictures = [token.text for token in tokens if token.mark == "picture"]
        self.credits = _blocks("credit", tokens)
        self.quotations = [
            *_blocks("quotation", tokens),
            *(_plain(next(filter(None, match.groups()), "")) for match in QUOTED.finditer(text)),
        ]
        self.known = known
        self.items = list(_scanned(_spelt_out(text)))

    @cached_property
    def marks(self) -> list[tuple[str, str]]:
        """(kind, value) of everything that counts: number, date, name or negation."""
        return [(kind, value) for at in range(len(self.items)) for kind, value in [self._mark(at)] if kind]

    def of_kind(self, kind: str) -> list[str]:
        return [value for other, value in self.marks if other == kind]

    @property
    def names(self) -> frozenset[str]:
        """The words with a capital that no beginning of a sentence explains."""
        return frozenset(item.text for item in self.items if _has_inner_capital(item) or (_is_capital(item) and not item.is_start))

    def _mark(self, at):
        item = self.items[at]
        lower = item.text.lower()
        if item.kind == "number" or lower in NUMBERS:
            return "number", lower
        if lower in NEGATIONS:
            return "negation", lower
        if lower in DATES or item.text == "May":
            return "date", lower
        return ("name", item.text) if self._is_name(at) else ("", "")

    def _is_name(self, at):
        item = self.items[at]
        if _has_inner_capital(item):
            return True
        if not _is_capital(item):
            return False
        follows = item.joins and at > 0 and _is_capital(self.items[at - 1])
        precedes = at + 1 < len(self.items) and self.items[at + 1].joins and _is_capital(self.items[at + 1])
        return not item.is_start or follows or precedes or item.text in self.known

    def negated(self) -> list[tuple[str, str]]:
        """Each negation with the word it stands before."""
        words = [item.text.lower() for item in self.items]
        return [
            (word, next((other for other in words[at + 1 :] if other not in NEGATIONS), ""))
            for at, word in enumerate(words)
            if word in NEGATIONS
        ]


def turned_around(before: Reading, after: Reading) -> str:
    """A negation that moved to another word, or hides in one: “not share → not sell”, “legal → illegal”. Empty where none did."""
    for (one, first), (two, second) in zip(before.negated(), after.negated(), strict=False):
        if SequenceMatcher(None, first, second).ratio() < A_TYPING_MISTAKE:
            return f"{one} {first} → {two} {second}"
    words = [{item.text.lower() for item in reading.items} for reading in (before, after)]
    pairs = [(one, two) for one in sorted(words[0] - words[1]) for two in sorted(words[1] - words[0])]
    return next((f"{one} → {two}" for one, two in pairs if _is_opposite(one, two) or _is_opposite(two, one)), "")


def _is_opposite(word, other):
    return len(word) > 3 and any(other == prefix + word for prefix in NEGATIVE_PREFIXES)


def _spelt_out(text):
    """Contracted negations as words of their own, so that “don't” and “do not” are one."""
    text = re.sub(r"(?i)n't\b", " not", re.sub(r"(?i)\bcannot\b", "can not", text))
    return re.sub(r"(?i)\bn'", "ne ", text)


def _scanned(text):
    is_start, joins, before = True, False, ""
    for match in SCAN.finditer(text):
        kind, found = match.lastgroup, match[0]
        if kind in ("word", "number"):
            is_number = kind == "number" or any(character.isnumeric() for character in found)
            yield Item("number" if is_number else "word", re.sub(" +", " ", found).strip(), is_start, joins)
            is_start, joins, before = False, True, found
        elif kind == "end":
            is_initial = found == "." and len(before) == 1 and before.isupper()
            is_start, joins = is_start or not is_initial, is_initial
        elif kind is None:
            joins = False


def _is_capital(item):
    return item.kind == "word" and item.text[0].isupper() and item.text != "I"


def _has_inner_capital(item):
    return item.kind == "word" and any(letter.isupper() for letter in item.text[1:])


def _plain(text):
    return " ".join(text.split())


def _blocks(kind, tokens):
    """The words of the blocks of one kind."""
    found, is_here = [], False
    for token in tokens:
        if token.mark == "block":
            is_here = token.text == kind
            found += [""] if is_here else []
        elif is_here and not token.mark:
            found[-1] += token.text
    return [_plain(text.translate(SAME_SIGN)) for text in found]
