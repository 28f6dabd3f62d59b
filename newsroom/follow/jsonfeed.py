"""JSON Feed 1.1 (jsonfeed.org)."""

import json

from .markup import rfc3339


def write(feed):
    """The bytes of a Feed."""
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "description": feed.subtitle,
        "language": feed.language,
        "authors": [{"name": feed.author, "url": feed.home}],
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
        "items": [item(one) for one in feed.items],
    }
    return json.dumps(told(data), ensure_ascii=False, indent=1).encode()


def item(one):
    return told(
        {
            "id": one.id,
            "url": one.address,
            "title": one.title,
            "language": one.language,
            "summary": one.summary,
            "content_html": one.html,
            "image": one.image,
            "date_published": rfc3339(one.published),
            "date_modified": rfc3339(one.updated),
            "authors": [{"name": one.author}] if one.author else [],
            "tags": [label for _slug, label in one.tags],
        }
    )


def told(data):
    """Without what is empty; a feed without items keeps its empty list."""
    return {name: value for name, value in data.items() if value or name == "items"}
