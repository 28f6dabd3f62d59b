"""`/oembed`: what another site puts into its page for an address of ours that somebody pasted there (oembed.com, version 1.0)."""

import re
from copy import copy
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from newsroom.publishing.addresses import PUBLIC_PATH, Gone
from newsroom.publishing.parameters import BadParameter, query_of, read
from newsroom.record.memento import MEMENTO_PATH, read_stamp
from timeline.embed import shown

FRAMED = ("timeline:list", "timeline:detail", "timeline:in-force", "timeline:embed")
"""The pages that have a frame."""
WIDTH, HEIGHT = 600, 480
LONGEST = 2000
FORMATS = ("json", "xml")
FRAME = (
    '<template><blockquote><a href="{}">{}</a></blockquote></template>'
    '<iframe src="{}" title="{}" width="100%" height="{}" frameborder="0" loading="lazy"></iframe>'
    '<script async src="{}embed.js"></script>'
)


def oembed(request):
    """JSON or XML. Raises BadParameter, and Http404 for whatever is not live on this site: what is not public answers as what never was."""
    form = read(request, "format") or "json"
    if form not in FORMATS:
        return HttpResponse(status=501)
    address = read(request, "url", LONGEST)
    size = {"width": at_most(request, "maxwidth", WIDTH), "height": at_most(request, "maxheight", HEIGHT)}
    title, language, page, frame = framed(request, address)
    said = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "language": language,
        "provider_name": settings.NEWSROOM_NAME,
        "provider_url": f"{settings.SITE_URL}/{language}/",
        "cache_age": 3600,
        "html": html(title, page, frame, size["height"]),
        **size,
    }
    response = JsonResponse(said) if form == "json" else HttpResponse(xml(said), content_type="text/xml; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def at_most(request, name, usual):
    value = read(request, name)
    if value and not re.fullmatch("[1-9][0-9]{0,4}", value, re.ASCII):
        raise BadParameter(name, value, _("It is a number of pixels, from 1 on."))
    return min(int(value or usual), usual)


def html(title, page, frame, height):
    """The frame, with what WordPress and all others need to make it as high as what is in it.

    WordPress (`wp_filter_oembed_result`) keeps of it a <blockquote> and the frame, and brings its own script only where there is such a
    <blockquote>, which it shows where no script runs. Everywhere else the <template> hides that, and our script sets the height.
    The frame is never wider than its place: not every theme sees to that.
    """
    return format_html(FRAME, page, title, frame, title, height, settings.SITE_URL + settings.STATIC_URL)


def xml(said):
    top = Element("oembed")
    for name, value in said.items():
        SubElement(top, name).text = str(value)
    return b'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n' + tostring(top, encoding="utf-8", xml_declaration=False)


# --- Which frame --------------------------------------------------------------------------------------------------------
def framed(request, address):
    """(title, language, the page's address, its frame's) for what somebody pasted, of today or of the past. Raises Http404."""
    if not address.startswith(f"{settings.SITE_URL}/"):
        raise Http404
    whole, _mark, query = address.removeprefix(settings.SITE_URL).partition("#")[0].partition("?")
    within = MEMENTO_PATH.fullmatch(whole)
    moment, path = (read_stamp(within[1]), within[2]) if within else (request.now, whole)
    if moment is None or moment > request.now or not PUBLIC_PATH.fullmatch(path):
        raise Http404
    language = path.split("/")[1]
    with translation.override(language):
        inner = asking(request, path, query, moment)
        try:
            context = shown(inner)
        except (BadParameter, Gone):
            raise Http404 from None
        if getattr(context.get("edition"), "is_tombstone", False):
            raise Http404
        site = settings.SITE_URL + whole.removesuffix(path)
        page = site + context["page"].removeprefix(settings.SITE_URL)
        return context["title"], language, page, site + reverse("timeline:embed") + query_of(inner)


def asking(request, path, query, moment):
    """The request that the frame of a page will make. Raises Http404 for a page that has none."""
    try:
        match = resolve(path)
    except Resolver404:
        raise Http404 from None
    if match.view_name not in FRAMED:
        raise Http404
    inner = copy(request)
    inner.at, inner.known_parameters, inner.GET = moment, {}, QueryDict(query, mutable=True)
    if match.view_name == "timeline:detail":
        inner.GET = QueryDict(mutable=True)
        inner.GET["event"] = match.kwargs["slug"]
    elif match.view_name == "timeline:in-force":
        inner.GET["show"] = "in-force"
    return inner
