"""How to cite exactly one edition, or any page as it stands: in words, in BibTeX, and by the address of a memento (RFC 7089)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify

from newsroom.publishing import languages
from newsroom.publishing.dates import in_words
from newsroom.publishing.identity import permanent_address

LANGIDS = {"en": "english", "fr": "french"}  # as babel and biblatex name them
ESCAPES = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "\n": " ", "\r": " ", "\t": " ",
})  # fmt: skip


@dataclass(frozen=True)
class Citation:
    """What a page's “cite this” says. `address` is that of this very edition, or of this very page, which so stood since `stood_from`.

    `number` is the edition's place in the history, from 1, and `first_on` the day of the first; both None for what is no document's.
    """

    title: str
    language: str
    stood_from: datetime
    address: str
    read_on: date
    key: str
    number: int | None = None
    first_on: date | None = None

    @property
    def live_on(self):
        return timezone.localdate(self.stood_from)

    @property
    def read_in_words(self):
        return in_words(self.read_on.isoformat())

    @property
    def bibtex(self):
        """An @online entry for biblatex. Braces keep the title's capitals and the newsroom's name whole."""
        fields = {
            "author": f"{{{escaped(settings.NEWSROOM_NAME)}}}",
            "title": f"{{{escaped(self.title)}}}",
            "date": self.live_on.isoformat(),
            "version": str(self.number) if self.number else f"{self.stood_from.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "url": self.address,
            "urldate": self.read_on.isoformat(),
            "langid": LANGIDS.get(self.language, self.language),
        }
        return "\n".join([f"@online{{{self.key},", *(f"  {name} = {{{value}}}," for name, value in fields.items()), "}"])


def cite(edition, entries, at: datetime):
    """The Citation of an edition that was public by `at`; None for a draft, and for what is still to come. `entries` is its history."""
    if edition.live_from is None or edition.live_from > at:
        return None
    number = next((entry.number for entry in entries if entry.edition.pk == edition.pk), len(entries))
    return Citation(
        title=getattr(edition.text, edition.TITLE),
        language=edition.text.language,
        stood_from=edition.live_from,
        address=permanent_address(edition),
        read_on=timezone.localdate(at),
        key=key_of(edition.live_from, edition.slug_here, number),
        number=number,
        first_on=timezone.localdate(edition.first_live_from),
    )


def cite_page(title, past, at: datetime):
    """The Citation of a page of many editions, as it stands at `at`; None before anything was public. `title` is HTML."""
    if past.settled is None:
        return None
    return Citation(
        title=unescape(title).strip(),
        language=languages.current(),
        stood_from=past.settled,
        address=settings.SITE_URL + past.address(past.settled),
        read_on=timezone.localdate(at),
        key=key_of(past.settled, past.path),
    )


def key_of(moment, *parts):
    """A key for a bibliography, such as “newsroom-2022-our-answer-2”."""
    words = [slugify(re.sub(r"[^\w-]+", " ", str(part))) for part in (timezone.localdate(moment).year, *parts)]
    return "-".join([slugify(settings.NEWSROOM_NAME) or "newsroom", *filter(None, words)])


def escaped(text):
    """A text as BibTeX and LaTeX take it literally. A brace is written by its name: BibTeX counts it even behind a backslash."""
    return text.translate(ESCAPES)
