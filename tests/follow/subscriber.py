"""Feeds as their readers meet them."""

import json
from time import struct_time
from xml.etree import ElementTree

import feedparser

SITE = "http://newsroom.example"
FORMATS = ["atom", "rss", "json"]
XMLNS = {
    "atom": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "content": "http://purl.org/rss/1.0/modules/content/",
}


def parsed(reader, path, **more):
    """A feed as feedparser reads it, which has nothing to complain of."""
    answer = reader.get(path, **more)
    assert answer.status_code == 200
    feed = feedparser.parse(answer.content, response_headers={"content-type": answer.headers["Content-Type"]})
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def as_json(reader, path):
    return json.loads(reader.get(path).content)


def xml(reader, path):
    return ElementTree.fromstring(reader.get(path).content)


def moment(parts: struct_time):
    return tuple(parts[:6])


def ids(reader, path):
    return [item["id"] for item in as_json(reader, path)["items"]]
