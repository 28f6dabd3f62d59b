"""Errors as machines read them: application/problem+json (RFC 9457), in the language that was asked for."""

import json

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

TYPES = {
    400: ("bad-parameter", _("A value cannot be read")),
    404: ("not-found", _("There is nothing at this address")),
    405: ("method-not-allowed", _("This address can only be read")),
    410: ("retracted", _("Retracted")),
    500: ("error", _("Something went wrong on our side")),
}
"""What can go wrong, by status: the last part of the problem's `type`, and its title. The documentation page explains each."""
MEDIA_TYPE = "application/problem+json"


def problem(status, detail, **more):
    """The response for a problem. `detail` says what to do about this one; `more` are members of its own, such as `parameter`."""
    name, title = TYPES[status]
    members = {"type": f"{settings.SITE_URL}/api/v1/docs#{name}", "title": str(title), "status": status, "detail": str(detail), **more}
    return HttpResponse(json.dumps(members, ensure_ascii=False, indent=1), status=status, content_type=MEDIA_TYPE)
