"""What every address of the API has in common: it can only be read, from every site, and what goes wrong is a problem (RFC 9457)."""

import hashlib
from functools import wraps

from django.conf import settings
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.log import log_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from newsroom.publishing import languages
from newsroom.publishing.addresses import Gone, Moved
from newsroom.publishing.parameters import BadParameter, choice, query_of

from .addresses import slug_of
from .moments import NoMoment, travel
from .problems import problem

METHODS = "GET, HEAD, OPTIONS"
PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
    "Allow": METHODS,
}
"""What a browser is told that asks whether a script of another site may read (Fetch §3.2.3)."""


def door(view):
    """The view as an address of the API: its language is the parameter `lang`, and a visitor's headers change nothing (law 5)."""

    @csrf_exempt  # so that what writes hears that nothing can be written, and not that a token is missing
    @wraps(view)
    def opened(request, *args, **kwargs):
        asked = request.GET.get("lang", "").strip()
        with translation.override(asked if asked in languages.LANGUAGES else languages.LANGUAGES[0]):
            response = answer(view, request, args, kwargs)
            response.headers["Content-Language"] = languages.current()
        response = if_changed(request, response)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
        return response

    return opened


def dated(view):
    """The view as an address that has a past: it reads `at`."""

    @wraps(view)
    def read(request, *args, **kwargs):
        travel(request)
        response = view(request, *args, **kwargs)
        if request.changed_at:
            response.headers["Last-Modified"] = http_date(request.changed_at.timestamp())
        if request.following:
            response.headers["Link"] = f'<{request.following}>; rel="next"'
        return response

    return read


def answer(view, request, args, kwargs):
    """The view's response, or the problem that it raised."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=PREFLIGHT)
    if request.method not in ("GET", "HEAD"):
        response = problem(405, _("Use GET, HEAD or OPTIONS."))
        response.headers["Allow"] = METHODS
        return response
    try:
        choice(request, "lang", languages.LANGUAGES)
        return as_get(view, request, args, kwargs)
    except Exception as error:
        return refusal(request, error)


def as_get(view, request, args, kwargs):
    """What the view says to GET: the answer to HEAD is the same, and the server leaves out its body."""
    method, request.method = request.method, "GET"
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = method


def refusal(request, error):
    """The response for what a view raised."""
    match error:
        case Moved():
            return HttpResponsePermanentRedirect(moved(request, error.edition))
        case BadParameter():
            return problem(400, error.message, parameter=error.name, value=error.value)
        case NoMoment():
            return problem(404, error, parameter="at", value=request.GET["at"])
        case Http404():
            detail = _("The addresses there are stand at %(address)s.") % {"address": f"{settings.SITE_URL}/api/v1/"}
            return problem(404, detail)
        case Gone(edition=retraction):
            note = retraction.told.note or _(
                "Its text can no longer be read here. That it was public, and why it was taken back, stays on record."
            )
            return problem(410, note, retracted_at=f"{retraction.live_from:%Y-%m-%dT%H:%M:%SZ}")
    return failure(request, error)


def moved(request, row):
    """This address under the slug that the document, or the tag, has now."""
    match = request.resolver_match
    return reverse(match.view_name, kwargs={**match.kwargs, "slug": slug_of(row)}) + query_of(request)


def failure(request, error):
    """The problem for a mistake of ours, told to the log and to whoever listens, as Django does for pages."""
    if settings.DEBUG:
        raise error
    got_request_exception.send(sender=None, request=request)
    response = problem(500, _("We have been told of it. Please try again later."))
    response.headers["Cache-Control"] = "no-store"
    log_response("%s: %s", response.reason_phrase, request.path, response=response, request=request, exception=error)
    return response


def if_changed(request, response):
    """The response with its ETag, or 304 where the reader has it already.

    Last-Modified only tells: a tag's new name and an erasure change an answer without any edition, so that the ETag alone decides.
    """
    conditions = {name: request.META.pop(name, None) for name in ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_NONE_MATCH")}
    if response.status_code != 200:
        return response
    response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    if conditions["HTTP_IF_NONE_MATCH"]:
        request.META["HTTP_IF_NONE_MATCH"] = conditions["HTTP_IF_NONE_MATCH"]
        response = get_conditional_response(request, response.headers["ETag"], None, response)
        del request.META["HTTP_IF_NONE_MATCH"]  # it has been answered; the middleware would leave out the headers that follow
    return response
