"""What templates need besides Django's own tags: dates, the marking of languages, and a page's other addresses."""

import re
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils import timezone, translation
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import mark_safe

from newsroom.publishing import dates, languages
from newsroom.publishing.parameters import query_of

register = template.Library()

OWN_PATH = re.compile(rf"^(?:{re.escape(settings.SITE_URL)})?/(?=(?:{'|'.join(languages.LANGUAGES)})/)")
OWN_PAGE = re.compile(OWN_PATH.pattern.replace("^", 'href="'))


# --- Dates --------------------------------------------------------------------------------------------------------------
@register.simple_tag
def day(value):
    """A day, or the day of a moment in the newsroom's zone, as a <time>: “17 June 2022”."""
    local = timezone.localdate(value) if hasattr(value, "hour") else value
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), dates.in_words(local.isoformat()))


@register.simple_tag
def moment(value):
    """A moment as a <time> with its zone: “17 June 2022, 19:00 CEST”."""
    local = timezone.localtime(value)
    return format_html('<time datetime="{}">{}, {}</time>', local.isoformat(), dates.in_words(local.date().isoformat()), time_of(value))


@register.simple_tag(takes_context=True)
def today(context):
    """The page's own day with its weekday: “Friday 17 June 2022”."""
    local = timezone.localdate(context["request"].at)
    words = f"{format_date(local, 'l')} {dates.in_words(local.isoformat())}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), words[0].upper() + words[1:])


@register.simple_tag
def time_of(value):
    """The time of day of a moment, with its zone: “19:00 CEST”."""
    local = timezone.localtime(value)
    return f"{local:%H:%M}\N{NO-BREAK SPACE}{zone_of(local)}"


@register.filter
def in_words(date):
    """A date as known (EDTF) in words: “about 17 August 2020”."""
    return dates.in_words(date)


def zone_of(local):
    """The zone's short name where it has one in letters (“CEST”), and its IANA name otherwise."""
    return local.tzname() if local.tzname().isalpha() else settings.TIME_ZONE


# --- Texts ----------------------------------------------------------------------------------------------------------------
@register.filter
def title_of(edition):
    """The text that names an edition, for the reader: a title, a question, a name."""
    return getattr(edition.text, edition.TITLE)


# --- Languages ----------------------------------------------------------------------------------------------------------
@register.filter
def mark(text):
    """The `lang` attribute of an element that shows an edition's text, where that is not the page's language."""
    return format_html(' lang="{}"', text.language) if text.is_foreign else ""


@register.filter
def lang_of(code):
    """The `lang` attribute for a language code, where it is not the page's language."""
    return format_html(' lang="{}"', code) if code and code != languages.current() else ""


@register.simple_tag(takes_context=True)
def language_links(context):
    """The page in each language: [{"code", "name" in itself, "path", "is_here"}]. Same page, same filters."""
    return [
        {
            "code": code,
            "name": translation.get_language_info(code)["name_local"].capitalize(),
            "path": path_in(context, code),
            "is_here": code == languages.current(),
        }
        for code in languages.LANGUAGES
    ]


@register.inclusion_tag("_addresses.html", takes_context=True)
def page_addresses(context):
    """The canonical address, and the page's address in every language that has its text. From SITE_URL, never from Host."""
    subject = subject_of(context)
    codes = [code for code in languages.LANGUAGES if subject is None or subject.has_text(code)]
    here = languages.current() if languages.current() in codes else subject.original_language
    links = [(code, settings.SITE_URL + path_in(context, code)) for code in codes]
    return {"canonical": settings.SITE_URL + path_in(context, here), "links": links if len(links) > 1 else []}


def subject_of(context):
    """What the address names: the edition that stands there, or None."""
    return context.get("subject") or context.get("edition")


def path_in(context, code):
    """The path and known parameters of this page in another language; the home page where the page is in no language."""
    request, subject = context["request"], subject_of(context)
    match = request.resolver_match
    with translation.override(code):
        if match is None or not match.route.startswith(f"{request.LANGUAGE_CODE}/"):
            return reverse("home")
        kwargs = match.kwargs | ({"slug": subject.slug_here} if subject else {})
        return reverse(match.view_name, kwargs=kwargs) + query_of(request)


# --- Addresses ----------------------------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def with_parameters(context, **changes):
    """This page's query string with some parameters changed; an empty value leaves one out. “?” alone where nothing is left."""
    return query_of(context["request"], **changes) or "?"


@register.filter
def is_section(request, name):
    """True on the pages of a section: the namespace of its addresses, or the name of one address."""
    match = request.resolver_match
    return match is not None and name in (match.namespace, match.view_name)


@register.filter
def as_query(pairs):
    """(name, text) pairs as a query string, without “?”."""
    return urlencode(pairs)


@register.filter
def inside(html):
    """Sanitised HTML whose links to pages of this site stay in the moment that is being read."""
    prefix = get_script_prefix()
    return html if prefix == "/" else mark_safe(OWN_PAGE.sub(rf'href="{prefix}', html))  # sanitised when it was saved


@register.filter
def path_inside(address):
    """An address that staff gave: one of a page of this site stays in the moment that is being read."""
    return OWN_PATH.sub(get_script_prefix(), address)


@register.filter
def host_of(address):
    """The site of an address, as readers name it: “example.org”."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


@register.filter
def absolute(path):
    """The path as an address of this site."""
    return settings.SITE_URL + path


@register.filter
def aria_current(condition):
    """The attribute that marks a link to the page itself."""
    return mark_safe(' aria-current="page"') if condition else ""  # a constant
