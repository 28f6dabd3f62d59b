"""The way into the past, and the map of it (RFC 7089)."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from newsroom.publishing import languages
from newsroom.publishing.addresses import PUBLIC_PATH, Moved
from newsroom.publishing.dates import parse_day
from newsroom.publishing.instants import listed
from newsroom.publishing.parameters import BadParameter, read, rest_of

from .memento import STAMP, STAMP_DIGITS, Past, http_date, read_stamp

MOST = 1000  # mementos a timemap lists before it leads to the next one


def travel(request):
    """“What did this page say on …”: leads to the page (`page`) as it stood at the end of a day (`known`), its own parameters kept."""
    page, known = read(request, "page"), read(request, "known")
    if not PUBLIC_PATH.fullmatch(page):
        raise BadParameter("page", page, _("It is no page of this site: /en/articles/, for instance."))
    try:
        day = parse_day(known)
    except ValueError as error:
        raise BadParameter("known", known, str(error)) from None
    if day > timezone.localdate(request.now):
        raise BadParameter("known", known, _("It lies in the future, of which nothing is known here."))
    rest = [(name, value) for name, value in rest_of(request, "known") if name != "page"]
    request.at, request.path_info, request.GET = min(end_of(day), request.now), page, request.GET.copy()
    request.known_parameters = dict(rest)
    past = Past(request)
    return HttpResponseRedirect(past.address(past.settled or request.at))


def end_of(day):
    """The last second of a day on the newsroom's clock, as a moment in UTC."""
    midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(settings.TIME_ZONE))
    return midnight.astimezone(UTC) - timedelta(seconds=1)


def no_moment(request, rest):
    """`/memento/` followed by anything that is no moment and page: 404, or a 400 that says in every language how a moment is written."""
    asked, _slash, page = rest.partition("/")
    if STAMP_DIGITS.fullmatch(asked) and read_stamp(asked):
        raise Http404
    request.past.is_absent = True
    request.path_info = f"/{page}" if PUBLIC_PATH.fullmatch(f"/{page}") else reverse("home")
    language = request.path_info.split("/")[1]
    last, codes = request.past.settled, sorted(languages.LANGUAGES, key=lambda code: code != language)
    context = {"asked": asked[:40], "example": last and request.past.address(last), "codes": codes}
    with translation.override(language):
        response = render(request, "record/no_moment.html", context, status=400)
    response.headers["Content-Language"] = language
    return response


def timemap(request, path, after=None):
    """Every memento of a page, in application/link-format (RFC 7089 §5), MOST at a time. A page that is not there has no map."""
    path = f"/{path}"
    if not PUBLIC_PATH.fullmatch(path):
        raise Http404
    since = read_stamp(after) if after else None
    past = past_of(request, path)
    if isinstance(past, HttpResponse):
        return past
    moments = listed(request.now, past.edition, since, MOST + 1)
    more = moments[MOST:]
    return HttpResponse(",\n".join(entries(past, moments[:MOST], since, more)) + "\n", "application/link-format")


def past_of(request, path):
    """The `Past` of a page, found by rendering it as it is now; or the answer, where it is not there."""
    request.path_info, request.past = path, Past(request)
    with translation.override(path.split("/")[1]):
        request.resolver_match = match = resolve(path)  # an address is found in its own language alone
        try:
            response = match.func(request, *match.args, **match.kwargs)
        except Moved as moved:
            return HttpResponsePermanentRedirect(f"/timemap{moved.edition.get_absolute_url()}")
    return request.past if response.status_code == 200 else response


def entries(past, moments, since, more):
    """The lines of a timemap: the original, the map itself, the next map, and each memento with its moment."""
    yield f'<{past.original}>; rel="original timegate"'
    own = past.timemap if since is None else past.timemap.replace("/timemap/", f"/timemap/{since:{STAMP}}/", 1)
    span = f'; from="{http_date(moments[0])}"; until="{http_date(moments[-1])}"' if moments else ""
    yield f'<{own}>; rel="self"; type="application/link-format"{span}'
    if more:
        following = past.timemap.replace("/timemap/", f"/timemap/{moments[-1]:{STAMP}}/", 1)
        yield f'<{following}>; rel="timemap"; type="application/link-format"; from="{http_date(more[0])}"'
    for number, moment in enumerate(moments):
        is_first, is_last = number == 0 and since is None, number == len(moments) - 1 and not more
        ends = [name for name, holds in (("first", is_first), ("last", is_last)) if holds]
        yield f'<{settings.SITE_URL}{past.address(moment)}>; rel="{" ".join([*ends, "memento"])}"; datetime="{http_date(moment)}"'
