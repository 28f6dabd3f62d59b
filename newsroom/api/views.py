"""The addresses of the API that are no data: its schema, its documentation, and those where nothing stands."""

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.encoding import escape_uri_path
from django.utils.http import urlencode

from newsroom.publishing import languages

from .docs import context
from .openapi import ROOT, written


def openapi(request):
    """The OpenAPI document, its texts in the language asked for."""
    return HttpResponse(written(languages.current()), content_type="application/json")


def page(request):
    """The documentation for people."""
    return render(request, "api/docs.html", context())


def docs(request):
    """`/api/v1/docs` leads to the page in the first language, which links to the others."""
    return HttpResponseRedirect(reverse("data"))


def nothing(request, rest):
    """A slash too many leads to the address without it; anything else is nowhere."""
    path = ROOT + rest.rstrip("/")
    try:
        is_there = rest.endswith("/") and resolve(path).url_name
    except Resolver404:
        is_there = False
    if not is_there:
        raise Http404
    query = request.META.get("QUERY_STRING")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def past(request, stamp, rest):
    """`/memento/<stamp>/api/v1/…` leads to the same address with that moment as its `at`: the API has one way into the past."""
    return HttpResponseRedirect(f"{ROOT}{escape_uri_path(rest)}?{urlencode({**request.GET.dict(), 'at': stamp})}")
