"""The months of the desk: what went live and what is scheduled, a table a month."""

import calendar
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from .. import ahead
from ..drafts import edition_types, now
from ..models import Release
from ..policy import may_view
from ..releases import releases_of
from .previewing import sees_all

MOST = 200
"""Editions of a type in one month."""


@dataclass(frozen=True)
class Entry:
    """What goes live at one moment: an edition, or several of one release."""

    moment: datetime
    editions: list
    release: Release | None

    @property
    def day(self):
        return timezone.localdate(self.moment)


def month_page(site, request):
    """One month; `?month=2026-11`, and this one where that cannot be read."""
    seen = [model for model in edition_types() if may_view(request.user, model)]
    if not seen:
        raise PermissionDenied
    first = asked(request.GET.get("month", ""))
    following = (first + timedelta(days=31)).replace(day=1)
    by_day = {day: list(found) for day, found in groupby(entries(between(seen, first, following)), lambda entry: entry.day)}
    may_see_ahead = sees_all(request.user)
    then = {day: site_after(found) for day, found in by_day.items()} if may_see_ahead else {}
    weeks = [
        [(day, day.month == first.month, by_day.get(day, []), then.get(day)) for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    context = {
        **site.each_context(request), "title": _("Calendar"), "first": first, "weeks": weeks, "following": following,
        "previous": (first - timedelta(days=1)).replace(day=1), "today": timezone.localdate(), "days": weeks[0],
        "sees_all": may_see_ahead,
    }  # fmt: skip
    return TemplateResponse(request, "admin/calendar.html", context)


def site_after(entries):
    """The address of the site as it will stand when the last of them is live; "" where that is no moment to come."""
    last = entries[-1].moment
    return f"{ahead.prefix(last)}{reverse('home')}" if last > now() else ""


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
    return found


def entries(editions):
    """The entries of these editions, in order: one an edition, and one for all that a release makes public at one second."""
    releases = releases_of(editions)
    together = {}
    for edition in sorted(editions, key=lambda edition: (edition.live_from, edition._meta.label, edition.pk)):
        together.setdefault((edition.live_from, releases.get(edition, edition)), []).append(edition)
    return [Entry(moment, found, releases.get(found[0])) for (moment, _what), found in together.items()]
