"""What can be read of an edition at the desk: its page as the public will see it, what was saved, and what was decided."""

import re

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .. import languages
from ..models import Decision, Revision
from ..policy import may_publish, may_view
from .comparing import Comparing
from .conflicts import differences
from .restoring import Restoring
from .words import language_name


class Reading(Comparing, Restoring):
    """A mixin of ModelAdmin."""

    READING_STEPS = ("compare",)

    def preview_step(self, request, edition):
        """The public template with this edition in it, in one language, under a bar that leads back; never cached, never indexed."""
        wanted = request.GET.get("language")
        wanted = wanted if wanted in languages.LANGUAGES else edition.original_language
        bar = render_to_string("admin/_preview_bar.html", self._bar(request, edition, wanted))
        if edition.is_draft:
            as_if_live(edition, request.at)
        with translation.override(wanted):
            page = self.page(request, edition)
            page = page.render() if hasattr(page, "render") and not page.is_rendered else page
        if page is None:
            raise Http404
        response = HttpResponse(under(bar, page.content.decode()))
        add_never_cache_headers(response)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _bar(self, request, edition, wanted):
        return {
            "edition": edition, "edition_admin": self, "change_address": self._change_address(edition.pk),
            "status": edition.status(request.at), "may_publish": edition.is_draft and may_publish(request.user, self.model),
            "wanted": wanted, "codes": [(code, capfirst(language_name(code))) for code in languages.LANGUAGES],
        }  # fmt: skip

    def revision_step(self, request, edition, number):
        if not may_view(request.user, self.model):
            raise PermissionDenied
        revision = Revision.about(edition).filter(number=number).first()
        if revision is None:
            raise Http404
        context = {
            "revision": revision,
            "rows": self.everything_in(edition, revision.data),
            "restore_address": self.restore_address(request, edition, revision),
        }
        return self._page(request, edition, "revision", _("Revision %(number)d") % {"number": number}, **context)

    @staticmethod
    def everything_in(edition, data):
        """Everything that a snapshot of the edition says, field by field."""
        empty = {name: {} if name in languages.LANGUAGES else None for name in data}
        return [row for row in differences(edition, data, empty) if row.theirs != "–"]

    def history_page(self, request, edition):
        decisions = Decision.about(edition).select_related("by")
        context = {"decisions": decisions, "revisions": self.revisions(edition).defer("data"), **self.choices(edition)}
        return self._page(request, edition, "history", _("Saves and decisions"), **context)

    def revisions(self, edition):
        return Revision.about(edition).select_related("by").order_by("-number")


def as_if_live(edition, at):
    """Gives a draft, in memory alone, the period it would have, were it published at this moment."""
    first = edition.document.editions.history(at).values_list("first_live_from", flat=True).first()
    edition.live_from, edition.first_live_from = at, first or at


def under(bar, html):
    """The page with the bar as the first thing in its body."""
    return re.sub(r"<body[^>]*>", lambda body: body[0] + bar, html, count=1)


def number(value):
    """A number of a form, or -1 for anything else."""
    return int(value) if value and value.isascii() and value.isdigit() else -1
