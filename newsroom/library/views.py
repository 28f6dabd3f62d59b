"""Attachments as readers get them."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.text import slugify

from .attached import carried, is_retracted
from .shown import opens


def attachment(request, name):
    """A file to keep, never a page of ours: 404 until a page with it is live and once it is withdrawn, 410 once it is retracted."""
    name = f"attachments/{name}"
    row = carried(name, request.at)
    if row is None and not opens(name, request.GET.get("key", "")):
        if is_retracted(name, request.now):
            return HttpResponse(status=410)
        raise Http404
    try:
        with default_storage.open(name) as file:
            # Read at once: an answer that the time machine puts aside would leave a file open, and a whole one gets its ETag.
            response = HttpResponse(file.read(), content_type="application/pdf")
    except FileNotFoundError:
        raise Http404 from None
    called = slugify(row.name) if row else ""
    response.headers["Content-Disposition"] = f'attachment; filename="{called or "attachment"}.pdf"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    if row is None:
        patch_cache_control(response, private=True, no_store=True)
    return response
