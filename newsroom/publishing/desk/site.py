"""The desk: Django's admin site with the newsroom's order, its first page, and its own content security policy."""

from functools import partial, update_wrapper

from csp.constants import NONCE, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.i18n import JavaScriptCatalog

from ..drafts import edition_types
from ..policy import may_publish
from ..practice import PASSWORD, note
from ..publish import hold
from . import first_steps, today
from .calendar import month_page
from .forms import HoldForm
from .kept import packed, send_again, sign_in_again, unpacked, wants_json
from .notices import choose_notices
from .previewing import ahead_page
from .releasing import publish_page, release_list, release_page

# The rich text editor loads its parts by an inline import map and sets styles on its elements; no public page does either.
POLICY = {"script-src": [NONCE], "style-src": [UNSAFE_INLINE], "img-src": ["data:"]}

SECTIONS = (
    (gettext_lazy("What the public reads"), lambda model: hasattr(model, "live_from")),
    (gettext_lazy("Words and pictures"), lambda model: model._meta.app_label in ("publishing", "faq", "library")),
    (gettext_lazy("People"), lambda model: True),
)


class Desk(AdminSite):
    site_title = site_header = gettext_lazy("Newsroom desk")
    index_title = gettext_lazy("Today at the desk")
    index_template = "admin/desk_index.html"
    password_change_template = "registration/password_change_form.html"
    enable_nav_sidebar = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.disable_action("delete_selected")  # one at a time, each with its question

    def admin_view(self, view, cacheable=False):
        return csp_update(POLICY)(self._keeping_what_is_sent(super().admin_view(view, cacheable)))

    def _keeping_what_is_sent(self, view):
        """A form sent when its session is over is kept in the page that asks to sign in again (desk/kept.py)."""

        def asked(request, *args, **kwargs):
            if not self.has_permission(request):
                if wants_json(request):
                    return JsonResponse({}, status=401)
                if request.method == "POST" and packed(request):
                    return sign_in_again(request, self)
            return view(request, *args, **kwargs)

        return update_wrapper(asked, view)

    def login(self, request, extra_context=None):
        kept = request.POST.get("kept", "")
        response = super().login(request, {**(extra_context or {}), "kept": kept})
        is_in = request.method == "POST" and response.status_code == 302 and self.has_permission(request)
        return send_again(request, self, kept) if kept and is_in and unpacked(kept) else response

    def get_urls(self):
        """Without Django's address that leads from any object to its page: it would name what is under embargo."""
        kept = [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]
        own = [
            path("hold/", self.admin_view(self.hold_everything), name="hold"),
            path("calendar/", self.admin_view(partial(month_page, self)), name="calendar"),
            path("ahead/", self.admin_view(partial(ahead_page, self)), name="ahead"),
            path("releases/", self.admin_view(partial(release_list, self)), name="releases"),
            path("releases/<int:pk>/", self.admin_view(partial(release_page, self)), name="release"),
            path("releases/<int:pk>/publish/", self.admin_view(partial(publish_page, self)), name="release_publish"),
            path("first-steps/", self.admin_view(first_steps.take), name="first_steps"),
            path("notices/", self.admin_view(partial(choose_notices, self)), name="notices"),
        ]
        return [*own, *kept]

    def i18n_javascript(self, request, extra_context=None):
        """The rich text editor's words too, in the desk's language."""
        return JavaScriptCatalog.as_view(packages=["django.contrib.admin", "django_prose_editor"])(request)

    def get_app_list(self, request, app_label=None):
        """One list a section, in the order in which apps are installed: what the public reads first."""
        models = [model for app in self._build_app_dict(request, app_label).values() for model in app["models"]]
        order = list(self._registry)
        models.sort(key=lambda entry: order.index(entry["model"]))
        sections = []
        for name, belongs in SECTIONS:
            chosen = [entry for entry in models if belongs(entry["model"])]
            models = [entry for entry in models if entry not in chosen]
            if chosen:
                sections.append({"name": name, "app_label": app_label or "desk", "app_url": "", "has_module_perms": True, "models": chosen})
        return sections

    def index(self, request, extra_context=None):
        return super().index(request, {**today.context(request.user), **first_steps.context(request.user), **(extra_context or {})})

    def password_change_done(self, request, extra_context=None):
        note(request.user, PASSWORD)
        return super().password_change_done(request, extra_context)

    def hold_everything(self, request):
        """Asks, then takes back everything that is scheduled and that this person may publish."""
        allowed = [model for model in edition_types() if may_publish(request.user, model)]
        if not allowed:
            raise PermissionDenied
        waiting = today.scheduled(allowed)
        form = HoldForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                count = hold(waiting, request.user, reason=form.cleaned_data["reason"])
                messages.success(request, ngettext("%d scheduled text is held.", "%d scheduled texts are held.", count) % count)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
            return redirect("admin:index")
        context = {**self.each_context(request), "title": _("Hold everything scheduled"), "scheduled": waiting, "forms": [form]}
        return TemplateResponse(request, "admin/hold_everything.html", context)
