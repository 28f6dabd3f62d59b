"""What happens to every request around its view: its language, and the answers that are not pages.

Its moment comes from `record.memento`.
"""

from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.decorators import sync_only_middleware

from newsroom.publishing import languages
from newsroom.publishing.addresses import Gone, Moved
from newsroom.publishing.parameters import BadParameter, rest_of


def is_public(request):
    return not request.path_info.startswith(("/admin/", settings.STATIC_URL, settings.MEDIA_URL))


@sync_only_middleware
def language(get_response):
    """The language is the address's first part. Where it has none, only the front door and the desk ask Accept-Language."""

    def answer(request):
        first = request.path_info.split("/", 2)[1]
        otherwise = accepted(request) if first in ("", "admin") else languages.LANGUAGES[0]
        chosen = first if first in languages.LANGUAGES else otherwise
        if is_public(request):
            request.META.pop("HTTP_COOKIE", None)  # law 5: no public page depends on one, were it only to clear it
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response

    return answer


def accepted(request):
    """The best language for an Accept-Language header (RFC 9110 §12.5.4)."""
    for code, _quality in translation.trans_real.parse_accept_lang_header(request.headers.get("Accept-Language", "")[:500]):
        if code.split("-")[0] in languages.LANGUAGES:
            return code.split("-")[0]
    return languages.LANGUAGES[0]


class Answers:
    """Turns what public views raise into pages: 301 for a moved document, 410 for a retracted one, 400 for a bad parameter."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if is_public(request) and not response.has_header("Cache-Control"):
            # Exact to the second: a cache may keep a page, and asks each time whether it still holds (by ETag).
            patch_cache_control(response, public=True, no_cache=True)
        if settings.IS_DEMO:
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    def process_exception(self, request, problem):
        if isinstance(problem, Moved):
            return HttpResponsePermanentRedirect(same_page(request, problem.edition))
        if isinstance(problem, Gone):
            return render(request, "410.html", {"retraction": problem.edition}, status=410)
        if isinstance(problem, BadParameter):
            return render(request, "400.html", {"problem": problem, "rest": rest_of(request, problem.name)}, status=400)
        return None


def same_page(request, edition):
    """The address of this page (a document's own, its history, one edition) under the slug that the document has now."""
    match, query = request.resolver_match, request.META.get("QUERY_STRING")
    path = reverse(match.view_name, kwargs={**match.kwargs, "slug": edition.slug_here})
    return f"{path}?{query}" if query else path
