"""The months of the desk: what went live and what is scheduled, a table a month."""

import calendar
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from ..drafts import edition_types
from ..policy import may_view

MOST = 200
"""Editions of a type in one month."""


def month_page(site, request):
    """One month; `?month=2026-11`, and this one where that cannot be read."""
    seen = [model for model in edition_types() if may_view(request.user, model)]
    if not seen:
        raise PermissionDenied
    first = asked(request.GET.get("month", ""))
    following = (first + timedelta(days=31)).replace(day=1)
    by_day = {day: list(found) for day, found in groupby(between(seen, first, following), day_of)}
    weeks = [
        [(day, day.month == first.month, by_day.get(day, [])) for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    context = {
        **site.each_context(request), "title": _("Calendar"), "first": first, "weeks": weeks, "following": following,
        "previous": (first - timedelta(days=1)).replace(day=1), "today": timezone.localdate(), "days": weeks[0],
    }  # fmt: skip
    return TemplateResponse(request, "admin/calendar.html", context)


def asked(text):
    """The first day of a month."""
    try:
        found = parse_date(f"{text}-01") if len(text) == 7 else None
    except ValueError:
        found = None
    return found if found and 1000 < found.year < 9000 else timezone.localdate().replace(day=1)


def between(models, first, following):
    """The editions of these types that go live from one day up to another, in order; what was taken back is none of them."""
    zone = ZoneInfo(settings.TIME_ZONE)
    start, end = (datetime(day.year, day.month, day.day, tzinfo=zone) for day in (first, following))
    found = []
    for model in models:
        due = model.objects.filter(live_from__gte=start, live_from__lt=end, live_until__gt=F("live_from")).order_by("live_from")
        found += due[:MOST]
    return sorted(found, key=lambda edition: (edition.live_from, edition._meta.label, edition.pk))


def day_of(edition) -> date:
    return timezone.localdate(edition.live_from)
