"""What every format says of itself: what was asked, when this was known, where it can always be read, and what it is not."""

from datetime import UTC
from hashlib import sha256

from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from newsroom.publishing import languages
from newsroom.publishing.parameters import query_of

FORMAT = "1"
"""Raised when a format changes, so that no copy of the old one is still valid."""


class About:
    """One export: the Filter `asked`, read at `at`.

    `known_at` is the moment whose memento shows the same (aware, whole seconds). Addresses are absolute.
    """

    def __init__(self, request, asked):
        self.asked, self.at, self.now, self.language = asked, request.at, request.now, languages.current()
        self._request = request
        self.known_at = request.past.settled or request.at

    @property
    def title(self):
        return " – ".join([settings.NEWSROOM_NAME, _("Timeline"), *self.filter])

    @cached_property
    def filter(self):
        """The filter in words, one for each parameter in use."""
        return [str(words) for words, _address in self.asked.chips]

    @property
    def page(self):
        """The page that shows the same events."""
        return settings.SITE_URL + reverse("timeline:list") + self.asked.query().rstrip("?")

    @property
    def here(self):
        """The address that was asked."""
        return settings.SITE_URL + self._request.path + query_of(self._request)

    @cached_property
    def address(self):
        """Where this very export can always be read."""
        return settings.SITE_URL + self._request.past.address(self.known_at)

    @cached_property
    def notice(self):
        notice = _("A summary from the sources cited, incomplete; not legal advice.")
        demonstration = _(
            "A demonstration built from press reports and public records. "
            "It is not run by, or affiliated with, any company or government named in it."
        )
        return f"{notice} {demonstration}" if settings.IS_DEMO else notice

    @cached_property
    def changed_at(self):
        """When what this export says last changed: with an edition, at the midnight that its moment names, or by an erasure."""
        return max(filter(None, [self.known_at, self._request.past.touched_at]))

    @property
    def etag(self):
        """Made of all that the content depends on, so that nothing has to be written to know it. Tags change without an edition."""
        tags = sorted((tag.slug, into.slug, into.label) for tag, into in self.asked.choices.carried)
        known = [FORMAT, self.here, self.address, stamp(self.changed_at), self.notice, settings.NEWSROOM_NAME, tags]
        return f'"{sha256(repr(known).encode()).hexdigest()[:32]}"'

    def filename(self, ending):
        return f"timeline-{self.known_at.astimezone(UTC):%Y%m%dT%H%M%SZ}.{ending}"


def stamp(moment):
    """A moment as ISO 8601 in UTC: “2020-11-12T17:00:00Z”."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
