"""From one answer to the next: each begins after the last item of the one before (keyset), at the moment of the first.

A cursor is the slug of that item. It says nothing that the answer did not, and since the walk stays at one moment, nothing can be
skipped or told twice, whatever is published meanwhile.
"""

import re

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from newsroom.publishing import languages
from newsroom.publishing.parameters import BadParameter, query_of, read

from .addresses import slug_of
from .moments import stamp

DEFAULT, MOST = 30, 100


def limit_of(request):
    """How many items are asked for: 1 to MOST. Raises BadParameter."""
    typed = read(request, "limit")
    if typed and not re.fullmatch("[1-9][0-9]?|100", typed, re.ASCII):
        raise BadParameter("limit", typed, _("It is a number from 1 to %(most)d.") % {"most": MOST})
    return int(typed or DEFAULT)


def following(request, last):
    """The address of what comes after `last`, an edition or a tag, in this walk; the `Link` header says it too."""
    request.following = settings.SITE_URL + request.path + query_of(request, at=stamp(request.changed_at), cursor=slug_of(last))
    return request.following


def edition_before(request, model):
    """The edition that the cursor names, after which the page begins; None without one. Raises BadParameter."""
    slug = read(request, "cursor")
    last = model.objects.history(request.at).with_slug(slug, languages.LANGUAGES).last() if slug else None
    if slug and last is None:
        raise unknown(slug)
    return last


def rows_after(request, rows):
    """What comes after the cursor in a short list of things with a `slug`. Raises BadParameter."""
    slug = read(request, "cursor")
    slugs = [row.slug for row in rows]
    if slug and slug not in slugs:
        raise unknown(slug)
    return rows[slugs.index(slug) + 1 :] if slug else rows


def unknown(slug):
    return BadParameter("cursor", slug, _("Follow the address that “next” gave, as it is."))


def after(edition, order):
    """The condition for what comes after an edition in an order: [name of a column], with a minus where it descends."""
    found, same = Q(), {}
    for name in order:
        name, side = (name[1:], "lt") if name.startswith("-") else (name, "gt")
        value = value_of(edition, name)
        found |= Q(**same, **{f"{name}__{side}": value})
        same[name] = value
    return found


def value_of(edition, name):
    for part in name.split("__"):
        edition = getattr(edition, part)
    return edition
