"""A text as its reader sees it: words, the spaces and signs between them, and *marks*, which stand for what a reader sees but does not
read: where a block begins, where a link leads, what is bold. Mark-up that shows nothing makes no token. Pure.
"""

import re
from html.parser import HTMLParser
from typing import NamedTuple

WORDS = re.compile(r"\s+|\w+(?:[-'’.,:/]\w+)*|[^\w\s]")


class Token(NamedTuple):
    """A word, a sign or white space; or, with a `mark`, what is no word: "block" (text: its kind), "link" (where to),
    "picture" (which), "bold", "italic"."""

    text: str
    mark: str = ""

    @property
    def is_word(self) -> bool:
        return not self.mark and not self.text.isspace() and self.text[0].isalnum()


def plain(text: str) -> list[Token]:
    """The tokens of a plain text. Put together they are the text."""
    return [Token(word) for word in WORDS.findall(text)]


def rich(html: str) -> list[Token]:
    """The tokens of rich text as a reader sees it: each block begins with a mark, white space is collapsed."""
    reader = _Rich()
    reader.feed(html)
    reader.close()
    return reader.tokens


BLOCKS = {"p", "h2", "h3", "li", "blockquote", "td", "th", "hr", "ul", "ol", "table", "tr", "figure", "figcaption"}
NAMED = {
    "h2": "heading", "h3": "heading", "li": "item", "blockquote": "quotation", "td": "cell", "th": "cell",
    "figure": "picture", "figcaption": "caption", "credit": "credit",
}  # fmt: skip
STYLES = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic"}


class _Rich(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tokens, self._open, self._links, self._begins, self._space = [], [], [], True, False

    def handle_starttag(self, tag, attributes):
        if tag == "br":
            self._space = False
            self.tokens.append(Token("\n"))
        elif tag == "hr":
            self.tokens.append(Token("rule", "block"))
            self._begins = True
        elif tag in BLOCKS:
            self._open.append(tag)
            self._begins = True
            if tag == "figure":
                self._picture(dict(attributes))
        elif tag in STYLES:
            self._write([Token("begins", STYLES[tag])])
        elif tag == "a":
            self._links.append(dict(attributes).get("href") or "")

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self._begins = True
            if tag in self._open:
                del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
        elif tag in STYLES:
            self._write([Token("ends", STYLES[tag])], is_end=True)
        elif tag == "a" and self._links:
            self._write([Token(self._links.pop(), "link")], is_end=True)

    def handle_data(self, data):
        self._space |= data[:1].isspace()
        if words := " ".join(data.split()):
            self._write(plain(words))
            self._space = data[-1].isspace()

    def _picture(self, said):
        """A picture in a text: which it is, what those are told who cannot see it, and whose it is; its caption follows as a block."""
        which = f"{said.get('data-picture')}{' decorative' * bool(said.get('data-decorative'))}"
        self._write([Token(which, "picture"), *([Token(" "), *plain(said["data-alt"])] if said.get("data-alt") else [])])
        self._begins = True
        if said.get("data-credit"):
            self._open.append("credit")
            self._write(plain(said["data-credit"]))
            self._open.pop()
            self._begins = True

    def _write(self, tokens, is_end=False):
        if self._begins and not is_end:
            self.tokens.append(Token(self._kind(), "block"))
        elif self._space and not is_end:
            self.tokens.append(Token(" "))
        if not is_end:
            self._begins = self._space = False
        self.tokens += tokens

    def _kind(self):
        kinds = [NAMED.get(tag) or ("numbered item" if tag == "li" else None) for tag in self._open]
        kind = next(filter(None, reversed(kinds)), "paragraph")
        lists = [tag for tag in self._open if tag in ("ul", "ol")]
        return "numbered item" if kind == "item" and lists[-1:] == ["ol"] else kind
