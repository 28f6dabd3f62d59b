from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from js_asset import Script

from newsroom.publishing import languages
from newsroom.publishing.desk.inlines import Fields
from newsroom.publishing.desk.panels import PANELS, Panel, nothing
from newsroom.publishing.desk.words import labels
from newsroom.publishing.drafts import now
from newsroom.publishing.policy import may_view, may_write

from .files import forget
from .forms import PictureForm, ReplacementForm
from .models import Picture
from .replacing import replace
from .shown import is_settled, is_used, shown_by, small_address, undescribed, users_of, with_key

FOCUS = ("focus_x", "focus_y")
MOST_CHOICES = 24
"""How many pictures the rich text editor offers at once."""


@admin.register(Picture)
class PictureAdmin(Fields, admin.ModelAdmin):
    """Pictures are added, never swapped: replacing a file would change what the public sees without a word."""

    form = PictureForm
    change_form_template = "admin/picture_change_form.html"
    list_display = ["small", "title", "size", "credit", "is_described", "added_at"]
    list_display_links = ["small", "title"]
    list_per_page = 40
    search_fields = ["title", "credit", "alt_en", "alt_fr"]

    def get_urls(self):
        views = [
            ("<int:pk>/replace/", self.replace_view, "replace"),
            ("<int:pk>/card/", self.card_view, "card"),
            ("upload/", self.upload_view, "upload"),
            ("choices/", self.choices_view, "choices"),
        ]
        own = [path(rest, self.admin_site.admin_view(view), name=f"library_picture_{name}") for rest, view, name in views]
        return own + super().get_urls()

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change, labels=labels(self.model), **kwargs)

    def get_fields(self, request, obj=None):
        texts = ["title", *languages.columns("alt"), "credit"]
        return [*texts, *FOCUS] if obj else ["file", *texts]

    def get_readonly_fields(self, request, obj=None):
        return FOCUS if obj and is_settled(obj) else ()

    @admin.display(description=gettext_lazy("picture"))
    def small(self, picture):
        return format_html('<img class="thumbnail" src="{}" alt="" loading="lazy">', small_address(picture))

    @admin.display(description=gettext_lazy("size"))
    def size(self, picture):
        return f"{picture.width} × {picture.height}"

    @admin.display(description=gettext_lazy("described"))
    def is_described(self, picture):
        return ", ".join(code.upper() for code in languages.LANGUAGES if getattr(picture, f"alt_{code}")) or "–"

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= {"picture": with_key(obj), "users": self._users(request, obj), "may_move": not is_settled(obj)}
            context["may_replace"] = self._may_replace(request)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @staticmethod
    def _users(request, picture):
        """[(edition, its status in words, its address at the desk)] of what this person may view."""
        seen = [edition for edition in users_of(picture) if may_view(request.user, type(edition))]
        name = "admin:{0.app_label}_{0.model_name}_change"
        return [(one, one.status(now()).label, reverse(name.format(one._meta), args=[one.pk])) for one in seen]

    def _may_replace(self, request):
        return self.has_add_permission(request) and all(may_write(request.user, model) for model, _field in shown_by())

    # --- Another in its place -------------------------------------------------------------------------------------------
    def replace_view(self, request, pk):
        """Takes another file in, and shows it in drafts of all that shows this one."""
        old = self.get_object(request, pk)
        if old is None:
            raise Http404
        if not self._may_replace(request):
            raise PermissionDenied
        form = ReplacementForm(request.POST or None, request.FILES or None, old=old)
        if request.method == "POST" and form.is_valid():
            with transaction.atomic():
                new = form.save()
                drafts = replace(old, new, request.user)
            self.message_user(request, in_drafts(len(drafts)), messages.SUCCESS)
            return redirect("admin:library_picture_change", new.pk)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "original": with_key(old), "form": form}
        context |= {"title": _("Another picture in the place of “%(title)s”") % {"title": old}, "users": self._users(request, old)}
        return TemplateResponse(request, "admin/picture_replace.html", context)

    # --- For the picture field and the texts of an edition (static/desk/pictures.js, richtext.js) --------------------------
    def card_view(self, request, pk):
        """What the field shows of the picture that is chosen."""
        picture = self.get_object(request, pk)
        if picture is None:
            raise Http404
        if not self.has_view_permission(request, picture):
            raise PermissionDenied
        return JsonResponse(card(picture))

    def choices_view(self, request):
        """The newest pictures that are called as `q` says: {"cards": [card], "more": are there others}."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found, _may_repeat = self.get_search_results(request, self.get_queryset(request), request.GET.get("q", "").strip())
        pictures = list(found[: MOST_CHOICES + 1])
        return JsonResponse({"cards": [card(picture) for picture in pictures[:MOST_CHOICES]], "more": len(pictures) > MOST_CHOICES})

    def upload_view(self, request):
        """Takes in a picture that was dropped or pasted: 201 with its card, 400 with {"error": why it was refused}."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            raise Http404
        form = PictureForm(request.POST, request.FILES)
        if not form.is_valid():
            return JsonResponse({"error": " ".join(told for errors in form.errors.values() for told in errors)}, status=400)
        return JsonResponse(card(form.save()), status=201)

    def has_delete_permission(self, request, obj=None):
        """Of one that no text shows or has shown."""
        return super().has_delete_permission(request, obj) and (obj is None or not is_used(obj))

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        transaction.on_commit(lambda: forget(obj))

    class Media:
        css = {"all": ["desk/desk.css"]}
        js = [Script("desk/pictures.js", type="module")]


def live_undescribed(model, person, at):
    """The desk's first page lists what is owed to those who cannot see a picture."""
    return undescribed(model.objects.live(at)).annotate(moment=F("live_from"), remark=nothing())


PANELS.append(Panel("undescribed", gettext_lazy("Pictures without a description"), live_undescribed))


def in_drafts(count):
    told = ngettext("%d draft shows the new picture.", "%d drafts show the new picture.", count) % count
    return _("%(drafts)s The public sees the old one until they are published.") % {"drafts": told}


def card(picture):
    """What a form shows of a picture, and copies into the words beside it."""
    words = {name: getattr(picture, name) or "" for name in ("title", "credit", *languages.columns("alt"))}
    return {"pk": picture.pk, "address": small_address(picture), "sharing": picture.sharing_address, **words}
