"""Absolute addresses, of pages and within the API. The API's keep the language and the moment that were asked for."""

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from newsroom.publishing.parameters import known_to

KEPT = ("lang", "at")


def slug_of(row):
    """The slug of an edition in the reader's language, or that of a tag."""
    return getattr(row, "slug_here", None) or row.slug


def absolute(path):
    return settings.SITE_URL + path


def api_address(request, name, *args, **more):
    """The address of an operation, as seen from a request: `more` are parameters of its own."""
    known = known_to(request)
    values = {**more, **{kept: known[kept] for kept in KEPT if known.get(kept)}}
    query = f"?{urlencode(values)}" if values else ""
    return absolute(reverse(f"api:{name}", args=args)) + query
