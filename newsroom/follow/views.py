"""Feeds: `/<lang>/feed.atom`, `.rss`, `.json`, and the same of each section."""

from urllib.parse import unquote

from django.conf import settings
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from newsroom.publishing import languages
from newsroom.publishing.identity import lasting_id
from newsroom.publishing.models import Change
from newsroom.publishing.parameters import query_of
from newsroom.record.corrections import Log
from timeline.filter import Filter
from timeline.models import EventEdition

from . import atom, jsonfeed, rss
from .corrections import correction
from .feeds import FEEDS, FORMATS, MOST, NEVER, Feed
from .items import items, newest, standing

WRITERS = {"atom": atom.write, "rss": rss.write, "json": jsonfeed.write}


def everything(request, format):
    return answer(request, format, settings.NEWSROOM_NAME, "home", found(request, "everything"))


def articles(request, format):
    return answer(request, format, titled(_("Articles")), "articles:list", found(request, "articles"))


def timeline(request, format):
    """The timeline by the same parameters as its page; the order is always that of publication. Raises BadParameter."""
    asked = Filter(request)
    for problem in asked.problems.values():
        raise problem
    # What was retracted tells by its presence nothing about what it said: it is in the feed whatever was asked for.
    matching = Q(pk__in=asked.events(EventEdition.objects.standing(request.at)))
    editions = standing(EventEdition, request.at).filter(matching | Q(change=Change.RETRACTION) | Q(retracted_by__isnull=False))
    title = titled(_("Timeline"), *(words for words, address in asked.chips))
    return answer(request, format, title, "timeline:list", newest([editions]))


def corrections(request, format):
    """Every correction, withdrawal, retraction and erasure, each an item of its own that never changes."""
    rows = Log(request.at)[:MOST]
    updated = max((row.moment for row in rows), default=NEVER)
    return respond(request, format, titled(_("Corrections")), "corrections", [correction(row) for row in rows], updated)


def found(request, name):
    return newest([standing(model, request.at) for model in FEEDS[name]])


def titled(*parts):
    return " – ".join([settings.NEWSROOM_NAME, *map(str, parts)])


def answer(request, format, title, page, editions):
    """The feed of these editions as a response. `page` names the address of the page it belongs to."""
    return respond(request, format, title, page, items(editions, request.at), max((one.live_from for one in editions), default=NEVER))


def respond(request, format, title, page, rows, updated):
    query = query_of(request)
    feed = Feed(
        id=lasting_id(unquote(request.path_info).lstrip("/").rpartition(".")[0] + query),
        title=title,
        subtitle=subtitle(),
        language=languages.current(),
        address=settings.SITE_URL + reverse(request.resolver_match.view_name, args=[format]) + query,
        page=settings.SITE_URL + reverse(page) + query,
        updated=updated,
        items=rows,
        # Hubs are told of whole feeds, and of today's.
        hub="" if query or request.is_memento else settings.HUB_URL,
    )
    response = HttpResponse(WRITERS[format](feed), content_type=f"{FORMATS[format]}; charset=utf-8")
    response.headers["Link"] = ", ".join(links(feed))
    return response


def subtitle():
    about = _("Statements, answers and a timeline, each with its date and its sources.")
    notice = _(
        "A demonstration built from press reports and public records. "
        "It is not run by, or affiliated with, any company or government named in it."
    )
    return f"{notice} {about}" if settings.IS_DEMO else about


def links(feed):
    """The Link header's part that is the feed's own (W3C WebSub §4, RFC 8288)."""
    yield f'<{feed.address}>; rel="self"'
    if feed.hub:
        yield f'<{feed.hub}>; rel="hub"'
    yield f'<{feed.page}>; rel="alternate"; type="text/html"'
