"""The time machine, as every page shows it."""

from django import template
from django.conf import settings
from django.urls import get_script_prefix
from django.utils import timezone

register = template.Library()


@register.inclusion_tag("record/_bar.html", takes_context=True)
def memento_bar(context):
    """The strip above a page of the past; nothing above a page of today. A document's own page tells whose past it has."""
    request = context["request"]
    past = getattr(request, "past", None)
    if past is None or request.resolver_match is None:
        return {}
    subject = context.get("subject") or context.get("edition")
    past.edition = subject if hasattr(subject, "document_id") else None
    if past.edition:
        past.history = subject.get_absolute_url().removeprefix(get_script_prefix().rstrip("/")) + "history/"
    if not request.is_memento or past.instants.site_at is None:
        return {}
    instants = past.instants
    return {
        "at": request.at,
        "today": past.path,
        "entered_at": instants.entered_at,
        "previous": instants.previous and past.address(instants.previous),
        "following": instants.following and past.address(instants.following),
        "zone_name": settings.TIME_ZONE,
    }


@register.inclusion_tag("record/_as_of.html", takes_context=True)
def as_of(context):
    """“What did this page say on …”: a form for a day, between the page's first instant and today. Nothing where there never was a page."""
    request = context["request"]
    past = getattr(request, "past", None)
    if (
        past is None
        or request.resolver_match is None
        or getattr(request, "is_preview", False)
        or (past.is_absent and not past.was_there)
        or past.instants.first is None
    ):
        return {}
    return {
        "page": past.path.partition("?")[0],
        "rest": getattr(request, "known_parameters", {}).items(),
        "earliest": timezone.localdate(past.instants.first),
        "latest": timezone.localdate(request.now),
        "known": timezone.localdate(request.at),
    }


@register.inclusion_tag("record/_two_times.html", takes_context=True)
def two_times(context, on):
    """“What did we say on … about what held on …”: in force at a memento. `on` is the day asked about (a date)."""
    request = context["request"]
    past = getattr(request, "past", None)
    if past is None or getattr(request, "is_preview", False) or past.instants.first is None:
        return {}
    return {
        "page": past.path.partition("?")[0],
        "on": on,
        "known": timezone.localdate(request.at),
        "earliest": timezone.localdate(past.instants.first),
        "latest": timezone.localdate(request.now),
    }
