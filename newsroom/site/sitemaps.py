"""sitemap.xml (sitemaps.org 0.9): an index, and the live pages of each type in every language that has their text."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing import languages
from timeline.models import EventEdition, MeasureEdition

TYPES = {"articles": ArticleEdition, "questions": QuestionEdition, "events": EventEdition, "measures": MeasureEdition}
STANDING_PAGES = ("home", "articles:list", "faq:list", "timeline:list", "timeline:in-force")
PER_FILE = 20_000
"""Documents in one file: with two languages it stays under the protocol's 50,000 addresses."""


def index(request):
    numbers = {name: paginator(model, request.at).num_pages for name, model in TYPES.items()}
    sections = ["pages", *(f"{name}-{number}" for name, pages in numbers.items() for number in range(1, pages + 1))]
    addresses = [settings.SITE_URL + reverse("sitemap", args=[section]) for section in sections]
    return render(request, "sitemap_index.xml", {"addresses": addresses}, content_type="application/xml")


def section(request, section):
    entries = standing_pages() if section == "pages" else pages_of_type(*section.split("-", 1), request.at)
    return render(request, "sitemap.xml", {"entries": entries}, content_type="application/xml")


def standing_pages():
    return [entry(None, {code: path_of(page, code) for code in languages.LANGUAGES}) for page in STANDING_PAGES]


def pages_of_type(name, number, at):
    """One file's entries. Raises Http404 for a type or a number that there is not."""
    pages = paginator(TYPES[name], at) if name in TYPES else None
    if pages is None or number not in map(str, pages.page_range):
        raise Http404
    return [entry(edition.live_from, paths_of(edition)) for edition in pages.page(int(number))]


def paginator(model, at):
    texts = languages.columns(model.TITLE, "slug")
    editions = model.objects.live(at).order_by("document").only("document", "live_from", "original_language", *texts)
    return Paginator(editions, PER_FILE)


def entry(changed_at, paths):
    return {"changed_at": changed_at, "addresses": {code: settings.SITE_URL + path for code, path in paths.items()}}


def path_of(page, code):
    with translation.override(code):
        return reverse(page)


def paths_of(edition):
    """The edition's path in each language that has its text."""
    paths = {}
    for code in languages.LANGUAGES:
        if edition.has_text(code):
            with translation.override(code):
                paths[code] = edition.get_absolute_url()
    return paths
