"""Atom (RFC 4287), with the tombstones of RFC 6721."""

from .feeds import FORMATS
from .markup import add, document, rfc3339, root


def write(feed):
    """The bytes of a Feed."""
    top = root("feed", xmlns="http://www.w3.org/2005/Atom", xmlns__at="http://purl.org/atompub/tombstones/1.0", xml__lang=feed.language)
    add(top, "id", feed.id)
    add(top, "title", feed.title)
    add(top, "subtitle", feed.subtitle)
    add(top, "updated", rfc3339(feed.updated))
    add(add(top, "author"), "name", feed.author)
    add(top, "link", rel="self", type=FORMATS["atom"], href=feed.address)
    add(top, "link", rel="alternate", type="text/html", hreflang=feed.language, href=feed.page)
    if feed.hub:
        add(top, "link", rel="hub", href=feed.hub)
    for item in feed.items:
        (deleted if item.gone else entry)(top, item)
    return document(top)


def entry(top, item):
    one = add(top, "entry")
    add(one, "id", item.id)
    add(one, "title", item.title, xml__lang=item.language)
    if item.address:
        add(one, "link", rel="alternate", type="text/html", href=item.address)
    add(one, "published", rfc3339(item.published))
    add(one, "updated", rfc3339(item.updated))
    if item.author:
        add(add(one, "author"), "name", item.author)
    for slug, label in item.tags:
        add(one, "category", term=slug, label=label)
    if item.summary:
        add(one, "summary", item.summary, xml__lang=item.language)
    add(one, "content", item.html, type="html")


def deleted(top, item):
    """That an entry is gone, and why; a reader that knows it takes it away."""
    one = add(top, "at:deleted-entry", ref=item.id, when=rfc3339(item.updated))
    add(one, "at:comment", item.summary)
