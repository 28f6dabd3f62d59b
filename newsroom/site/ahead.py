"""The door to the site as it will stand: any public page at a moment to come, for those alone who may see everything.

`/admin/ahead/<YYYYMMDDhhmmss>/[<what>/]en/…` is the page at `/en/…` at that moment (UTC), with the draft or the release `<what>` in its
place. As at the time machine's door (record/memento.py) the moment and the script prefix move, so that every link stays inside.
"""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.urls import reverse, set_script_prefix
from django.utils import translation
from django.utils.decorators import sync_only_middleware
from django.utils.timezone import localtime

from newsroom.library.shown import every_key
from newsroom.publishing.ahead import PATH, in_place, name_of, named, prefix
from newsroom.publishing.desk.previewing import in_frames_here, never_kept, sees_all, under
from newsroom.publishing.models import Release
from newsroom.record.memento import Past, read_stamp
from timeline import catalogue

SHOWN = ("text/html", "application/pdf")
"""Pages, which are marked, and their attachments. Feeds and files to take away would leave the desk without a mark."""


@sync_only_middleware
def ahead(get_response):
    """To stand behind the middleware that knows who asks."""

    def answer(request):
        match = PATH.fullmatch(request.path_info)
        if match is None:
            return get_response(request)
        if not admin.site.has_permission(request):
            return never_kept(redirect_to_login(request.get_full_path(), reverse("admin:login")))
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if not sees_all(request.user):
            raise PermissionDenied
        stamp, name, path = match.groups()
        asked, what = read_stamp(stamp), named(name) if name else None
        if asked is None or (name and what is None):
            raise Http404
        request.path_info = path
        return never_kept(in_frames_here(request, inside(request, get_response, max(asked, request.now), what)))

    return answer


def inside(request, get_response, moment, what):
    """The page as it will stand, under a bar that says so."""
    language = request.path_info.split("/", 2)[1]
    bar = bar_of(request, moment, what)
    request.at = request.now = moment
    request.is_preview, request.past, request.LANGUAGE_CODE = True, Past(request), language
    editions = what.editions if isinstance(what, Release) else [what] if what else []
    set_script_prefix(f"{prefix(moment, what)}/")
    known = catalogue.current()  # before anything is in its place: what all readers share must never hear of it
    with in_place(editions, moment), catalogue.apart(known, documents_of(editions)), every_key(), translation.override(language):
        response = get_response(request)
    response.headers["Content-Language"] = language
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if response.status_code == 200 and kind not in SHOWN:
        return HttpResponse("This is not shown before its time.", "text/plain", status=404)
    if kind == "text/html":
        response.content = under(bar, response.content.decode())
    return response


def documents_of(editions):
    """{edition type: ids of the documents}"""
    found = {}
    for edition in editions:
        found.setdefault(type(edition), set()).add(edition.document_id)
    return found


def bar_of(request, moment, what):
    """The desk's bar, in the desk's language; its links lead out of the preview."""
    if what is None:
        back = reverse("admin:calendar")
    elif isinstance(what, Release):
        back = reverse("admin:release", args=[what.pk])
    else:
        back = reverse(f"admin:{what._meta.app_label}_{what._meta.model_name}_change", args=[what.pk])
    until = moment if moment > request.now else None
    since, asked = getattr(what, "live_from", None), request.META.get("QUERY_STRING")
    context = {
        "is_public": not until and (what is None or since is not None and since <= moment),
        "what": what, "until": until, "back": back, "is_release": isinstance(what, Release), "zone_name": settings.TIME_ZONE,
        "name": name_of(what) if what else "", "path": request.path_info + (f"?{asked}" if asked else ""),
        "typed": f"{localtime(moment):%Y-%m-%dT%H:%M}",
    }  # fmt: skip
    return render_to_string("admin/_ahead_bar.html", context)
