"""RSS 2.0, by the RSS Advisory Board's best practices."""

from datetime import UTC
from email.utils import format_datetime
from html import escape

from .feeds import FORMATS
from .markup import add, document, rfc3339, root

NAMESPACES = {
    "xmlns__atom": "http://www.w3.org/2005/Atom",
    "xmlns__content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns__dc": "http://purl.org/dc/elements/1.1/",
}


def write(feed):
    """The bytes of a Feed."""
    top = root("rss", version="2.0", **NAMESPACES)
    channel = add(top, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.page)
    add(channel, "description", feed.subtitle)
    add(channel, "language", feed.language)
    add(channel, "lastBuildDate", rfc822(feed.updated))
    add(channel, "atom:link", rel="self", type=FORMATS["rss"], href=feed.address)
    if feed.hub:
        add(channel, "atom:link", rel="hub", href=feed.hub)
    for one in feed.items:
        item(channel, one, feed)
    return document(top)


def item(channel, one, feed):
    row = add(channel, "item")
    add(row, "title", one.title)
    if one.address:
        add(row, "link", one.address)
    add(row, "guid", one.id, isPermaLink="false")
    add(row, "pubDate", rfc822(one.published))
    add(row, "atom:updated", rfc3339(one.updated))
    add(row, "dc:creator", one.author or feed.author)
    add(row, "dc:language", one.language)
    for _slug, label in one.tags:
        add(row, "category", label)
    add(row, "description", escape(one.summary))  # read as HTML, unlike a title
    if not one.gone:
        add(row, "content:encoded", one.html)


def rfc822(moment):
    return format_datetime(moment.astimezone(UTC), usegmt=True)
