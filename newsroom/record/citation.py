"""How to cite exactly one edition: in words, in BibTeX, and by an address that always leads to it (a memento, RFC 7089)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import quote

from django.conf import settings
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.text import slugify

from newsroom.publishing.dates import in_words

from .memento import STAMP

LANGIDS = {"en": "english", "fr": "french"}  # as babel and biblatex name them
ESCAPES = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "\n": " ", "\r": " ", "\t": " ",
})  # fmt: skip


@dataclass(frozen=True)
class Citation:
    """What a page's “cite this” says. `address` is that of this very edition; `number` its place in the history, from 1."""

    title: str
    language: str
    first_on: date
    live_on: date
    number: int
    address: str
    read_on: date
    key: str

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
            "version": str(self.number),
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
    live_on = timezone.localdate(edition.live_from)
    return Citation(
        title=getattr(edition.text, edition.TITLE),
        language=edition.text.language,
        first_on=timezone.localdate(edition.first_live_from),
        live_on=live_on,
        number=number,
        address=permanent_address(edition),
        read_on=timezone.localdate(at),
        key=f"{slugify(settings.NEWSROOM_NAME) or 'newsroom'}-{live_on.year}-{slugify(edition.slug_here)}-{number}",
    )


def permanent_address(edition):
    """Where this edition can always be read: the page's memento of the second at which the edition went live."""
    path = "/" + edition.get_absolute_url().removeprefix(get_script_prefix())
    return f"{settings.SITE_URL}/memento/{edition.live_from.astimezone(UTC):{STAMP}}{quote(path, safe='/?=&%')}"


def escaped(text):
    """A text as BibTeX and LaTeX take it literally. A brace is written by its name: BibTeX counts it even behind a backslash."""
    return text.translate(ESCAPES)
