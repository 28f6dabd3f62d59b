"""`/<lang>/timeline/export.csv`, `.json` and `.ics`, by the parameters of the timeline's page."""

from django.conf import settings
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import http_date

from newsroom.publishing.parameters import choice
from timeline.filter import Filter

from . import as_csv, as_ics, as_json
from .about import About
from .reading import in_language

TYPES = {"csv": "text/csv; charset=utf-8; header=present", "json": "application/json", "ics": "text/calendar; charset=utf-8"}


def taking(request):
    """The page that leads to all of them, and says how to embed the same events. Raises BadParameter."""
    asked = Filter(request)
    for problem in asked.problems.values():
        raise problem
    query = asked.query().rstrip("?")
    addresses = {name: settings.SITE_URL + reverse(f"timeline:export-{name}") + query for name in ("csv", "json", "ics", "svg")}
    frame = settings.SITE_URL + reverse("timeline:embed") + query
    context = {**addresses, "frame": frame, "filter": asked, "back": reverse("timeline:list") + query, "total": asked.matches.count}
    context |= {"webcal": "webcal:" + addresses["ics"].partition(":")[2], "marked": addresses["csv"] + ("&" if query else "?") + "bom=1"}
    return render(request, "timeline/take_away.html", context)


def export_csv(request):
    """`?bom=1` begins with a byte order mark, without which some spreadsheets take UTF-8 for something else."""
    has_mark = choice(request, "bom", ("1",)) == "1"
    return answer(request, "csv", lambda about: as_csv.write(about, has_mark))


def export_json(request):
    return answer(request, "json", as_json.write)


def export_ics(request):
    return answer(request, "ics", as_ics.write)


def answer(request, ending, write):
    """What `write` gives for the events asked for, part by part. Raises BadParameter."""
    asked = Filter(request)
    for problem in asked.problems.values():
        raise problem
    about = About(request, asked)
    headers = {
        "Content-Disposition": f'attachment; filename="{about.filename(ending)}"',
        "ETag": about.etag,
        "Last-Modified": http_date(about.changed_at.timestamp()),
        "Link": f'<{about.page}>; rel="alternate"; type="text/html"',
        "Access-Control-Allow-Origin": "*",
    }
    return StreamingHttpResponse(in_language(write(about), about.language), content_type=TYPES[ending], headers=headers)
