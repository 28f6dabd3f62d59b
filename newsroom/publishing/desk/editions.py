"""The admin of one content type: a form while the edition is a draft, a page to read from then on."""

import math

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from js_asset import Media

from .. import languages
from ..drafts import authors, draft_in, last_number, now
from ..models import Change, Lane, Status
from ..policy import is_anothers, may_edit, may_publish, may_read, may_see, may_view, may_write, not_cleared, translates
from ..richtext import RichTextField
from .duplicating import Duplicating
from .forms import DraftForm
from .inlines import Fields
from .keeping import Keeping
from .listing import Columns, DocumentList, StatusFilter, title_search
from .previewing import Previewing
from .saving import Saving
from .steps import Steps
from .upkeep import Upkeep
from .words import labels, language_name


class EditionAdmin(Duplicating, Saving, Keeping, Upkeep, Previewing, Steps, Columns, Fields, admin.ModelAdmin):
    """What every content type shares. A type names its `facts` (fields that exist once), its inlines and its public `page`."""

    form = DraftForm
    change_form_template = "admin/edition_change_form.html"
    list_display = ["title_shown", "status_shown", "languages_shown", "live_since_shown", "scheduled_for_shown", "saved_by_shown"]
    change_list_template = "admin/edition_change_list.html"
    radio_fields = {"change": admin.VERTICAL}
    list_filter = [StatusFilter]
    ordering = [F("live_from").desc(nulls_first=True), "-pk"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # counting every document anew for every choice takes a large newsroom half a minute
    facts = ()

    def __init__(self, model, admin_site):
        super().__init__(model, admin_site)
        self.texts = [name for name in languages.translated_fields(model) if name not in ("slug", "note")]
        for field in model._meta.concrete_fields:
            if hasattr(field, "language"):
                setattr(self, f"{field.name}_shown", _shown(field))

    def page(self, request, edition):
        """The public page of an edition, as an HttpResponse; None for a type that has no page of its own."""
        return None

    @property
    def has_page(self):
        return type(self).page is not EditionAdmin.page

    # --- The form -------------------------------------------------------------------------------------------------------
    def get_fieldsets(self, request, obj=None):
        open_ = self._open_languages(request, obj)
        sections = [
            (
                capfirst(language_name(code)),
                {"fields": [_named(name, code, open_) for name in (*self.texts, "slug")], "classes": ["language", f"language-{code}"]},
            )
            for code in languages.LANGUAGES
        ]
        notes = [_named("note", code, open_) for code in languages.LANGUAGES]
        behind = [f"behind_{code}" for code in open_ if obj and obj.is_behind(code)]
        facts = [name for name in self.facts if may_see(request.user, self.opts.get_field(name))]
        sections.append((_("Facts"), {"fields": facts, "classes": ["facts"]}))
        sections.append((_("This edition"), {"fields": ["change", *notes, "original_language", *behind], "classes": ["edition"]}))
        return sections

    def get_readonly_fields(self, request, obj=None):
        open_ = self._open_languages(request, obj)
        columns = [field for field in self.opts.concrete_fields if hasattr(field, "language")]
        facts = [*self.facts, "change", "original_language"] if translates(request.user, self.model) else []
        return [f"{field.name}_shown" for field in columns if field.language not in open_] + facts

    def _open_languages(self, request, obj):
        """The languages whose texts this person may write here: all, a translator's own, or none."""
        if obj is not None and not self.has_change_permission(request, obj):
            return []
        own = translates(request.user, self.model)
        return [own] if own else list(languages.LANGUAGES)

    def get_search_fields(self, request):
        return title_search(self.model)

    def get_form(self, request, obj=None, change=False, **kwargs):
        known = labels(self.model)
        kwargs["labels"] = {**known, **{f"{name}_shown": label for name, label in known.items()}}
        return super().get_form(request, obj, change, **kwargs)

    # --- Who may do what ------------------------------------------------------------------------------------------------
    def has_view_permission(self, request, obj=None):
        if obj is not None:
            return may_read(request.user, obj)
        return super().has_view_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        """Of a draft. A translator may change some of it: the form, and the children's forms, leave nothing else open."""
        if obj is None:
            return may_write(request.user, self.model)
        return obj.is_draft and may_edit(request.user, self.model) and not is_anothers(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or (obj.is_draft and not is_anothers(request.user, obj)))

    # --- The list -------------------------------------------------------------------------------------------------------
    def get_changelist(self, request, **kwargs):
        return DocumentList

    # --- Answers --------------------------------------------------------------------------------------------------------
    def response_add(self, request, obj, post_url_continue=None):
        return self._after_saving(request, obj)

    def response_change(self, request, obj):
        return self._after_saving(request, obj)

    def _after_saving(self, request, obj):
        for button in ("preview", "submit", "publish", "schedule"):
            if f"_{button}" in request.POST:
                return redirect(self.step(button, obj.pk))
        self.message_user(request, _("Saved. It is a draft: the public cannot see it."))
        return self._back(obj)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        context["edition_admin"] = self
        context["has_page"] = self.has_page
        context["may_publish"] = may_publish(request.user, self.model)
        context["may_submit"] = obj is None
        context.update(self.about_unsaved(request, obj))
        if obj is not None:
            context["title"], context["subtitle"] = str(obj), capfirst(self.opts.verbose_name)
            context.update(self._about(request, obj))
            context["may_publish"] = context["may_publish"] and not obj.is_practice
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _about(self, request, edition):
        at = now()
        status = edition.status(at)
        editor, writer, translator = (may(request.user, self.model) for may in (may_publish, may_write, translates))
        working, correction = (draft_in(edition.document, lane) for lane in (Lane.WORKING, Lane.CORRECTION))
        alone = not_cleared(self.model).filter(object_id=edition.pk).first()
        return {
            "at": at,
            "status": status,
            "live_in": soon(edition, at) if status == Status.SCHEDULED else None,
            "based_on": request.POST.get("based_on") or last_number(edition),
            "public_address": edition.get_absolute_url() if status == Status.LIVE else "",
            "siblings": edition.document.editions.exclude(pk=edition.pk).order_by("-live_from")[:12],
            "alone": alone,
            "may_clear": editor and alone is not None and request.user.pk not in {alone.by_id, *authors(edition)},
            "may_begin": (writer or translator) and status != Status.DRAFT and working is None,
            "may_correct": writer and status == Status.LIVE and correction is None,
            "may_duplicate": self.has_duplicate_permission(request) and not edition.is_practice,
            "may_withdraw": editor and status == Status.LIVE,
            "may_retract": editor and status == Status.WITHDRAWN and edition.change == Change.WITHDRAWAL,
            "may_cancel": editor and status == Status.SCHEDULED,
            "may_view_all": may_view(request.user, self.model),
            "sees_only_this": not may_view(request.user, self.model),
            **self.about_review(request, edition),
            **self.about_upkeep(request, edition),
        }

    def history_view(self, request, object_id, extra_context=None):
        edition = self.get_object(request, object_id)
        if edition is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not may_view(request.user, self.model) or is_anothers(request.user, edition):
            raise PermissionDenied
        return self.history_page(request, edition)

    class Media:
        css = {"all": ["desk/desk.css"]}


def soon(edition, at):
    """In how many seconds the edition is live, for a page that is to say so by itself; None where that is more than a minute."""
    seconds = math.ceil((edition.live_from - at).total_seconds())
    return seconds + 1 if seconds <= 60 else None


def _named(name, code, open_languages):
    """The field of a text in one language: to write in, or to read."""
    return f"{name}_{code}" if code in open_languages else f"{name}_{code}_shown"


def _shown(column):
    """How a frozen text is read at the desk: rich text as rendered, plain text as written."""

    def shown(edition):
        text = getattr(edition, column.name)
        if isinstance(column, RichTextField):
            text = mark_safe(column.as_read(edition, text or ""))  # sanitised when it was saved
        return format_html('<div class="as-read" lang="{}">{}</div>', column.language, text) if text else ""

    return shown
