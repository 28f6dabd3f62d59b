"""Any public page as it stood at any moment (RFC 7089).

`/memento/<YYYYMMDDhhmmss>/en/…` is the page at `/en/…` read at that moment (UTC). The middleware moves `request.at` and the
script prefix, so that views, redirects, language links and pagination stay inside by themselves; it knows nothing of content.
"""

import re
from datetime import UTC, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.signals import request_finished
from django.http import HttpResponseBadRequest, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import clear_script_prefix, set_script_prefix
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.decorators import sync_only_middleware
from django.utils.encoding import escape_uri_path
from django.utils.functional import cached_property

from newsroom.publishing.addresses import PUBLIC_PATH
from newsroom.publishing.identity import STAMP
from newsroom.publishing.instants import around
from newsroom.publishing.parameters import query_of

STAMP_DIGITS = re.compile("[0-9]{14}")
FIRST_YEAR = 1000  # as everywhere on the site
# Nothing but these addresses has a past: a looser match would serve the desk through the door.
MEMENTO_PATH = re.compile(rf"/memento/([0-9]{{14}})({PUBLIC_PATH.pattern})")

request_finished.connect(lambda **kwargs: clear_script_prefix(), dispatch_uid="memento", weak=False)


@sync_only_middleware
def memento(get_response):
    """The time machine's door. Sets `request.at`, `request.now`, `request.is_memento` and `request.past` on every request."""

    def answer(request):
        request.at = request.now = timezone.now().replace(microsecond=0)
        request.is_memento = False
        request.past = Past(request)
        if match := MEMENTO_PATH.fullmatch(request.path_info):
            return inside(request, get_response, read_stamp(match[1]), match[2])
        if not PUBLIC_PATH.fullmatch(request.path_info):
            return get_response(request)
        asked = request.headers.get("Accept-Datetime")
        response = negotiated(request, get_response, asked) if asked else announced(request, get_response(request))
        patch_vary_headers(response, ["Accept-Datetime"])
        return response

    return answer


class Past:
    """What is known of a page's past, worked out once and only when asked: one query."""

    def __init__(self, request):
        self._request = request
        # Set by the page, where it is a document's own: one of its editions, and the path of its history.
        self.edition, self.history = None, None
        # Set by a page that something else than an edition or an erasure changed last: when that was.
        self.changed_at = None
        # Set where there is no page: whether there is none now, and whether there was one at some moment before.
        self.is_absent, self.was_there = False, False

    @cached_property
    def instants(self):
        return around(self._request.at, self._request.now, self.edition)

    @property
    def path(self):
        """The path of the original with the parameters that the page has read: no others make another page."""
        return escape_uri_path(self._request.path_info) + query_of(self._request)

    @property
    def original(self):
        return settings.SITE_URL + self.path

    @property
    def timemap(self):
        return f"{settings.SITE_URL}/timemap{self.path}"

    def address(self, moment):
        """The path of this page's memento at `moment`."""
        return f"/memento/{moment.astimezone(UTC):{STAMP}}{self.path}"

    def again(self):
        """The past of the same page seen from another `request.at`."""
        past = Past(self._request)
        past.edition, past.history, past.changed_at = self.edition, self.history, self.changed_at
        return past

    @property
    def settled(self):
        """The instant whose memento shows what `request.at` showed: the last change of the site or of this page, or the midnight after it,
        when “today” changed.

        None for a moment before the first change, or in the future.
        """
        at, changed_at = self._request.at, self.instants.site_at
        if changed_at is None or at > self._request.now:
            return None
        midnight = datetime.combine(timezone.localdate(at), time(), ZoneInfo(settings.TIME_ZONE)).astimezone(UTC)
        own = self.changed_at if self.changed_at and self.changed_at <= at else changed_at
        return max(changed_at, midnight, own)

    @property
    def touched_at(self):
        """The site's last change up to now, an erasure included: no page says anything else of `request.at` since then."""
        at, now = self._request.at, self._request.now
        return (self.instants if at == now else around(now, now)).site_at


# --- Inside the past ----------------------------------------------------------------------------------------------------
def inside(request, get_response, moment, path):
    if moment is None:
        return get_response(request)  # no such moment: the address `memento/` says so
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    request.path_info, prefix = path, request.path_info.removesuffix(path)
    if moment > request.now or moment.year < FIRST_YEAR:
        return absent(request, get_response)
    request.at, request.is_memento = moment, True
    set_script_prefix(f"{prefix}/")
    response = get_response(request)
    settled = request.past.settled
    if settled is None:
        return absent(request, get_response)
    if response.status_code != 200:
        return response
    return dated(request, response) if settled == moment else HttpResponseRedirect(request.past.address(settled))


def absent(request, get_response):
    """Before the first change, or in the future, there is nothing, whatever is scheduled: a 404 page of the present."""
    clear_script_prefix()
    request.at, request.is_memento = request.now, False
    request.path_info = request.path = f"/{request.path_info.split('/')[1]}/memento/"  # leads nowhere, in the right language
    return get_response(request)


def dated(request, response):
    """A memento's headers: its moment, and where the others are (RFC 7089 §2.2; RFC 5829 for the relations between versions)."""
    response.headers["Memento-Datetime"] = http_date(request.at)
    response.headers["Link"] = ", ".join([*whereabouts(request.past), *memento_links(request.past, request.at), *own_links(response)])
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def memento_links(past, at):
    """Link values for the mementos around the one at `at`, each with its own address and moment."""
    instants, relations = past.instants, {}
    for relation, moment in (
        ("first", instants.first),
        ("prev predecessor-version", instants.previous),
        ("", at),
        ("next successor-version", instants.following),
        ("last latest-version", instants.last),
    ):
        if moment is not None:
            relations.setdefault(moment, []).append(relation)
    return [
        f'<{settings.SITE_URL}{past.address(moment)}>; rel="{" ".join([*filter(None, names), "memento"])}"; datetime="{http_date(moment)}"'
        for moment, names in sorted(relations.items())
    ]


# --- The present, which knows of the past -------------------------------------------------------------------------------
def negotiated(request, get_response, asked):
    """The original is its own timegate (RFC 7089 §4.1.1): 302 to the memento that was current at Accept-Datetime."""
    try:
        moment = parsedate_to_datetime(asked)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return HttpResponseBadRequest("Accept-Datetime is no date as HTTP writes it, such as: Thu, 12 Nov 2020 17:00:00 GMT", "text/plain")
    response = get_response(request)  # a page that is not there has no past either, and a moved one is asked elsewhere
    first = request.past.instants.first
    if response.status_code != 200 or first is None:
        return response
    request.at = min(max(moment, first), request.now)  # the earliest and the latest memento answer for what lies beyond them
    request.past = request.past.again()
    settled = request.past.settled
    response = HttpResponseRedirect(request.past.address(settled))
    response.headers["Link"] = ", ".join([*whereabouts(request.past), *memento_links(request.past, settled)])
    return response


def announced(request, response):
    """Every public page says where its past is."""
    if response.status_code == 200:
        response.headers["Link"] = ", ".join([*whereabouts(request.past), *own_links(response)])
    return response


def whereabouts(past):
    """Where the original (its own timegate), the timemap and, of a document, the history are (RFC 7089, RFC 5829)."""
    links = [f'<{past.original}>; rel="original timegate"', timemap_link(past)]
    return [*links, f'<{settings.SITE_URL}{past.history}>; rel="version-history"'] if past.history else links


def own_links(response):
    return [response.headers["Link"]] if response.has_header("Link") else []


def timemap_link(past):
    return f'<{past.timemap}>; rel="timemap"; type="application/link-format"'


def http_date(moment):
    """An RFC 9110 date: “Thu, 12 Nov 2020 17:00:00 GMT”."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def read_stamp(digits):
    """The moment (UTC) that 14 ASCII digits name, or None where there is no such moment."""
    try:
        return datetime.strptime(digits, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
