"""The feeds there are, and what every format says: a Feed of Items. No format knows an edition, no edition a format."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.record.corrections import LOGGED
from timeline.models import EventEdition

MOST = 50
FORMATS = {
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "json": "application/feed+json",
}
FEEDS = {
    "everything": (ArticleEdition, QuestionEdition, EventEdition),
    "articles": (ArticleEdition,),
    "timeline": (EventEdition,),
}
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without items was updated: the formats want a moment, and now would be another one each time."""


@dataclass(frozen=True)
class Item:
    """One thing a feed tells, in the words a reader of its language gets.

    `gone` is empty, or the Change that took the text away: then `html` and `summary` hold the public note and nothing else. A
    retraction has no `address` either. Addresses are absolute, moments aware, `html` is sanitised, the other texts are plain.
    """

    id: str
    title: str
    language: str
    address: str
    published: datetime
    updated: datetime
    summary: str
    html: str
    author: str = ""
    tags: tuple = ()
    image: str = ""
    gone: str = ""


@dataclass(frozen=True)
class Feed:
    """A feed in one language. `address` is its own, `page` that of the page it belongs to, `hub` empty where nobody is told of changes."""

    id: str
    title: str
    subtitle: str
    language: str
    address: str
    page: str
    updated: datetime
    items: list
    hub: str = ""

    @property
    def home(self):
        return f"{settings.SITE_URL}/{self.language}/"

    @property
    def author(self):
        return settings.NEWSROOM_NAME


def feeds_with(edition):
    """The names of the feeds in which an edition shows by going live."""
    names = [name for name, models in FEEDS.items() if type(edition) in models]
    return [*names, "corrections"] if edition.change in LOGGED else names
