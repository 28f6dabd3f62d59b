"""Previews: the public template with a draft in it, for staff, in a frame of two widths, and for whoever has a link."""

import re
from datetime import timedelta

from csp.constants import SELF
from csp.decorators import csp_replace
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .. import ahead, languages
from ..addresses import PUBLIC_PATH
from ..drafts import edition_types
from ..models import PreviewLink, Status
from ..plaintext import refuse_control_characters
from ..policy import may_publish, may_view
from ..practice import PREVIEWED, note
from .forms import MomentForm
from .reading import number
from .words import language_name

WIDTHS = {"phone": gettext_lazy("Phone"), "desktop": gettext_lazy("Desktop")}


class LinkForm(forms.Form):
    recipient = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=200,
        validators=[refuse_control_characters],
        help_text=gettext_lazy("The name stands on the page. Make a link of its own for each person."),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("How long"),
        coerce=int,
        initial=3,
        choices=lambda: [(days, ngettext("%(days)d day", "%(days)d days", days) % {"days": days}) for days in (1, 3, 7, 14)],
    )


class AheadForm(MomentForm):
    """The moment at which the site is to be seen."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["at"].label = _("The site as it will be on")

    def clean_at(self):
        typed = super().clean_at()
        if self.found[0] < timezone.now() - timedelta(minutes=1):
            raise forms.ValidationError(_("This moment has passed: the time machine of the public site shows it."))
        return typed


class Previewing:
    """A mixin of ModelAdmin."""

    PREVIEW_STEPS = ("frame", "ahead", "links", "revoke")

    def get_urls(self):
        views = [(name, self._step_view(getattr(self, f"{name}_step"))) for name in self.PREVIEW_STEPS]
        return [path(f"<int:pk>/{name}/", view, name=self._name(name)) for name, view in views] + super().get_urls()

    def preview_step(self, request, edition):
        """The page in one language, under a bar that leads back; without the bar in the desk's own frame."""
        wanted = wanted_of(request, edition)
        note(request.user, PREVIEWED)
        bar = "" if "framed" in request.GET else render_to_string("admin/_preview_bar.html", self._bar(request, edition, wanted))
        return never_kept(in_frames_here(request, HttpResponse(under(bar, page_of(self, request, edition, wanted, request.at)))))

    def _bar(self, request, edition, wanted):
        return {
            "edition": edition, "edition_admin": self, "change_address": self._change_address(edition.pk),
            "status": edition.status(request.at),
            "may_publish": edition.is_draft and not edition.is_practice and may_publish(request.user, self.model),
            "sees_all": sees_all(request.user) and not edition.is_practice, "wanted": wanted, "codes": codes(),
        }  # fmt: skip

    def ahead_step(self, request, edition):
        """To the site as it will stand with this edition in its place: at the moment asked for, when it is scheduled, or else now."""
        if not sees_all(request.user):
            raise PermissionDenied
        form = AheadForm(request.GET)
        moment = form.moment() if form.is_valid() else max(edition.live_from or request.at, request.at)
        with translation.override(wanted_of(request, edition)):
            return never_kept(redirect(ahead.prefix(moment, edition) + (edition.get_absolute_url() or reverse("home"))))

    @csp_replace({"frame-src": [SELF]})
    def frame_step(self, request, edition):
        """The preview in a frame as wide as a phone, or as a desk's screen; the whole site around it, for those who may see everything."""
        if not self.has_page:
            raise Http404
        wanted, width = wanted_of(request, edition), request.GET.get("width")
        form = AheadForm(request.GET if request.GET.get("at") else None)
        moment = {name: request.GET[name] for name in ("at", "which") if name in request.GET} if form.is_valid() else {}
        step = "ahead" if sees_all(request.user) and not edition.is_practice else "preview"
        context = {
            "wanted": wanted, "width": width if width in WIDTHS else "phone", "moment": urlencode(moment),
            "widths": WIDTHS.items(), "codes": codes(), "moment_form": form if step == "ahead" else None,
            "source": f"{self.step(step, edition.pk)}?{urlencode({'language': wanted, **moment, 'framed': 1})}",
        }  # fmt: skip
        return self._page(request, edition, "frame", _("Preview"), **context)

    # --- Links for others -----------------------------------------------------------------------------------------------
    def links_step(self, request, edition):
        """Makes a link, and lists those there are, with who opened them when."""
        self._require(request, self.has_page)
        form = LinkForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            expires_at = timezone.now() + timedelta(days=form.cleaned_data["days"])
            PreviewLink.objects.create(edition=edition, by=request.user, recipient=form.cleaned_data["recipient"], expires_at=expires_at)
            self.message_user(
                request, _("Here is the link. Whoever has it can read the draft, so send it to nobody else."), messages.SUCCESS
            )
            form = LinkForm()
        links = PreviewLink.about(edition).select_related("by").prefetch_related("openings")
        return self._page(request, edition, "links", _("Preview links"), forms=[form], links=links, site=settings.SITE_URL)

    def revoke_step(self, request, edition):
        self._require(request, True)
        if request.method == "POST":
            link = PreviewLink.about(edition).filter(pk=number(request.POST.get("link")), revoked_at=None)
            if link.update(revoked_at=timezone.now()):
                self.message_user(request, _("The link is revoked: it shows nothing any more."), messages.SUCCESS)
        return redirect(self.step("links", edition.pk))


def shared(request, token):
    """What the person sees who was sent a link: no sign-in, no cookie. A link that has ended says so, and not what it showed."""
    link = PreviewLink.read(token)
    if link is None:
        raise Http404
    edition = link.edition
    if link.is_over or edition is None or edition.status(request.at) not in (Status.DRAFT, Status.SCHEDULED, Status.LIVE):
        return never_kept(render(request, "preview_ended.html", status=410))
    wanted = wanted_of(request, edition)
    with translation.override(wanted):
        status = edition.status(request.at)
        public = edition.get_absolute_url() if status == Status.LIVE else ""
        context = {"link": link, "edition": edition, "status": status, "wanted": wanted, "codes": codes(), "public": public}
        bar = render_to_string("_shared_preview_bar.html", {**context, "until": edition.live_from if status == Status.SCHEDULED else None})
    response = never_kept(
        HttpResponse(under(bar, page_of(admin.site.get_model_admin(type(edition)), request, edition, wanted, request.at)))
    )
    if request.method == "GET":
        link.opened()
    return response


# --- The page -----------------------------------------------------------------------------------------------------------
def wanted_of(request, edition):
    wanted = request.GET.get("language")
    return wanted if wanted in languages.LANGUAGES else edition.original_language


def codes():
    return [(code, capfirst(language_name(code))) for code in languages.LANGUAGES]


def page_of(edition_admin, request, edition, wanted, at):
    """The HTML of the public template with this edition in it, as if live at `at`. It prints no address that is not public yet."""
    request.at, request.is_preview = at, True
    if edition.is_draft:
        as_if_live(edition, at)
    with translation.override(wanted):
        page = edition_admin.page(request, edition)
        page = page.render() if hasattr(page, "render") and not page.is_rendered else page
    if page is None:
        raise Http404
    return page.content.decode()


def as_if_live(edition, at):
    """Gives a draft, in memory alone, the period it would have, were it published at this moment."""
    first = edition.document.editions.history(at).values_list("first_live_from", flat=True).first()
    edition.live_from, edition.first_live_from = at, first or at


def under(bar, html):
    """The page with the bar as the first thing in its body, after the link that skips to the text."""
    return re.sub(r'<body[^>]*>(\s*<a class="skip".*?</a>)?', lambda body: body[0] + bar, html, count=1)


# --- The site ahead -----------------------------------------------------------------------------------------------------
def ahead_page(site, request):
    """Asks for a moment, and leads to the site as it will stand then; `what` and the public `path` go along where they are given."""
    if not sees_all(request.user):
        raise PermissionDenied
    form = AheadForm(request.GET if "at" in request.GET else None)
    name, path = request.GET.get("what", ""), request.GET.get("path", "")
    if form.is_valid():
        path = path if PUBLIC_PATH.fullmatch(path) else reverse("home")
        return never_kept(redirect(ahead.prefix(form.moment(), ahead.named(name)) + path))
    context = {
        **site.each_context(request),
        "title": _("The site as it will be"),
        "form": form,
        "along": {"what": name, "path": path}.items(),
    }
    return in_frames_here(request, TemplateResponse(request, "admin/ahead.html", context))


def sees_all(person):
    """True for whoever may see all that the desk has: the site at a moment to come shows what is scheduled, of every type."""
    return all(may_view(person, model) for model in edition_types())


@csp_replace({"frame-ancestors": [SELF]})
def in_frames_here(request, response):
    """The response, which the desk's own frame may show."""
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def never_kept(response):
    """No cache keeps it, no search engine lists it, and no link in it says where its reader came from."""
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
