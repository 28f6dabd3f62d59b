"""A form that comes in without a session, or with the token of an earlier one, is not lost: it is shown again to be sent again.

It travels in the sign-in page itself, signed and compressed, so nothing of a stranger's is ever stored here. After signing in the
person presses a button that sends it, with a token of the new session; nothing is carried out by signing in alone.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core import signing
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as plain_failure

SALT = "a form to be sent again"
A_DAY = 24 * 60 * 60


def packed(request):
    """The form that a request brought, as one text; "" where it brought none."""
    if "kept" in request.POST:
        return request.POST["kept"]
    fields = [[name, value] for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values]
    if not fields:
        return ""
    return signing.dumps({"path": request.get_full_path(), "fields": fields, "had_files": bool(request.FILES)}, salt=SALT, compress=True)


def unpacked(kept):
    """{"path", "fields": [[name, value]], "had_files"}, or None for anything that was not packed here within a day."""
    try:
        return signing.loads(kept, salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        return None


def sign_in_again(request, admin_site):
    """The sign-in page, with the form inside."""
    context = {
        **admin_site.each_context(request), "title": _("Log in"), "app_path": reverse("admin:login"),
        "username": request.user.get_username(), "form": AdminAuthenticationForm(request),
        "next": request.get_full_path(), "kept": packed(request),
    }  # fmt: skip
    return _never_kept(TemplateResponse(request, "admin/login.html", context))


def send_again(request, admin_site, kept):
    """The form, to be sent with a token that holds."""
    context = {**admin_site.each_context(request), "title": _("Your text is still here"), **unpacked(kept)}
    return _never_kept(TemplateResponse(request, "admin/send_again.html", context))


def _never_kept(response):
    add_never_cache_headers(response)
    return response


def csrf_failure(request, reason=""):
    """Django's answer to a form without a valid token, but for one of the desk's own: signing in again gives the page another token."""
    from django.contrib import admin  # its models exist only once the apps are ready, and the settings name this function

    if not (request.path_info.startswith("/admin/") and is_from_here(request)):
        return plain_failure(request, reason)
    if wants_json(request):
        return JsonResponse({"token": get_token(request)}, status=403)
    is_the_door = request.path_info in (reverse("admin:login"), reverse("admin:logout"))
    kept = request.POST.get("kept", "") if is_the_door else packed(request)
    if not unpacked(kept):
        return plain_failure(request, reason)
    page = send_again(request, admin.site, kept) if admin.site.has_permission(request) else sign_in_again(request, admin.site)
    return page.render()


def is_from_here(request):
    """True of a form that a page of this site sent: browsers say so, and no other page can make them (Fetch Metadata; RFC 6454)."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = urlsplit(request.headers.get("Origin", ""))
    return f"{origin.scheme}://{origin.netloc}" in {f"{request.scheme}://{request.get_host()}", settings.SITE_URL}


def wants_json(request):
    return request.headers.get("Accept") == "application/json"
