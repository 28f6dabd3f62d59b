"""The admin of one content type: a form while the edition is a draft, a page to read from then on."""

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from js_asset import Media

from .. import languages
from ..drafts import delete_draft, draft_in, last_number, lock, now, remember, save_draft
from ..models import Lane, Revision, Status
from ..policy import may_publish, not_cleared
from ..richtext import RichTextField
from ..snapshot import snapshot
from .conflicts import Stale, typed
from .forms import DraftForm, language_name
from .listing import Columns, DocumentList, StatusFilter, title_search
from .steps import Steps


def in_its_language(column, field):
    """A text's form field says which language it wants, to the reader and to the spelling checker."""
    language = getattr(column, "language", None)
    if field and language:
        field.label = _("%(label)s (%(language)s)") % {"label": capfirst(column.translated_field.verbose_name), "language": language_name(language)}
        field.widget.attrs.update({"lang": language, "spellcheck": "true", "aria-label": field.label})
        if isinstance(field.widget, AdminTextareaWidget):
            field.widget.attrs["rows"] = 4
    return field


class ChildInline(admin.StackedInline):
    """Children are edited with their edition, and only while it is a draft."""

    extra = 0

    def get_exclude(self, request, obj=None):
        return ["position", *languages.translated_fields(self.model)]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return in_its_language(db_field, super().formfield_for_dbfield(db_field, request, **kwargs))

    def has_view_permission(self, request, obj=None):
        return True

    def has_change_permission(self, request, obj=None):
        return obj is None or obj.is_draft

    has_add_permission = has_delete_permission = has_change_permission


class EditionAdmin(Steps, Columns, admin.ModelAdmin):
    """What every content type shares. A type names its `facts` (fields that exist once), its inlines and its public `page`."""

    form = DraftForm
    change_form_template = "admin/edition_change_form.html"
    list_display = ["title_shown", "status_shown", "languages_shown", "live_since_shown", "scheduled_for_shown", "saved_by_shown"]
    list_filter = [StatusFilter]
    list_per_page = 50
    show_full_result_count = False
    actions = None
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

    # --- The form -------------------------------------------------------------------------------------------------------
    def get_fieldsets(self, request, obj=None):
        frozen = obj is not None and not self.has_change_permission(request, obj)
        shown = "{}_shown".format if frozen else str
        sections = [
            (
                language_name(code),
                {"fields": [shown(f"{name}_{code}") for name in (*self.texts, "slug")], "classes": ["language", f"language-{code}"]},
            )
            for code in languages.LANGUAGES
        ]
        notes = [shown(f"note_{code}") for code in languages.LANGUAGES]
        behind = [f"behind_{code}" for code in languages.LANGUAGES if obj and not frozen and obj.is_behind(code)]
        sections.append((_("Facts"), {"fields": list(self.facts), "classes": ["facts"]}))
        sections.append((_("This edition"), {"fields": ["change", *notes, "original_language", *behind], "classes": ["edition"]}))
        return sections

    def get_readonly_fields(self, request, obj=None):
        if obj is None or self.has_change_permission(request, obj):
            return ()
        return [f"{field.name}_shown" for field in self.opts.concrete_fields if hasattr(field, "language")]

    def get_search_fields(self, request):
        return title_search(self.model)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = in_its_language(db_field, super().formfield_for_dbfield(db_field, request, **kwargs))
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    # --- Who may do what ------------------------------------------------------------------------------------------------
    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_draft)

    # --- The list -------------------------------------------------------------------------------------------------------
    def get_changelist(self, request, **kwargs):
        return DocumentList

    # --- Saving ---------------------------------------------------------------------------------------------------------
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        edition = self.get_object(request, object_id) if request.method == "POST" and object_id else None
        if edition is not None and not edition.is_draft and super().has_change_permission(request):
            return self._saved_too_late(request, edition)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Stale as stale:  # the transaction is undone; what was typed is kept as a refused revision
            with transaction.atomic():
                refused = remember(self.get_object(request, object_id), request.user, is_refused=True, data=stale.data)
            return redirect(self.step("conflict", object_id, refused.number))

    def _saved_too_late(self, request, edition):
        """Somebody published the draft while this person was still writing in it: what was typed is kept, beside the draft that is no more."""
        kept = remember(edition, request.user, is_refused=True, data=typed(edition, request.POST))
        self.message_user(request, _("This text was published while you were writing. Yours was not saved over it; it is kept here."), messages.WARNING)
        return redirect(self.step("revision", edition.pk, kept.number))

    def save_model(self, request, obj, form, change):
        if change:
            lock(obj.document)
        else:
            obj.document = self.model.document.field.related_model.objects.create(owner=request.user)
        obj.save()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        edition = form.instance
        if change and last_number(edition) != _number(request.POST.get("based_on")):
            raise Stale(snapshot(edition))
        save_draft(edition, request.user, form.behind())

    def save_formset(self, request, form, formset, change):
        """Children keep the order of the form."""
        formset.save()
        for position, child in enumerate(formset.queryset.model.objects.filter(edition=form.instance).order_by("position", "pk"), start=1):
            if child.position != position:
                type(child).objects.filter(pk=child.pk).update(position=position)

    def delete_model(self, request, obj):
        delete_draft(obj, request.user)

    def log_addition(self, request, obj, message):
        """Decisions and revisions are the log."""

    log_change = log_addition

    def log_deletions(self, request, queryset):
        """See log_addition."""

    # --- Answers --------------------------------------------------------------------------------------------------------
    def response_add(self, request, obj, post_url_continue=None):
        return self._after_saving(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._after_saving(request, obj) or super().response_change(request, obj)

    def _after_saving(self, request, obj):
        for button in ("preview", "publish", "schedule"):
            if f"_{button}" in request.POST:
                return redirect(self.step(button, obj.pk))
        self.message_user(request, _("Saved. It is a draft: the public cannot see it."))
        return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk]))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        context["edition_admin"] = self
        context["has_page"] = type(self).page is not EditionAdmin.page
        context["may_publish"] = may_publish(request.user, self.model)
        if obj is not None:
            context.update(self._about(request, obj))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _about(self, request, edition):
        at = now()
        status = edition.status(at)
        editor, writer = may_publish(request.user, self.model), super().has_change_permission(request)
        working, correction = (draft_in(edition.document, lane) for lane in (Lane.WORKING, Lane.CORRECTION))
        alone = not_cleared(self.model).filter(object_id=edition.pk).first()
        return {
            "at": at,
            "status": status,
            "based_on": request.POST.get("based_on") or last_number(edition),
            "public_address": edition.get_absolute_url() if status == Status.LIVE else "",
            "siblings": edition.document.editions.exclude(pk=edition.pk).order_by("-live_from")[:12],
            "alone": alone,
            "may_clear": editor and alone is not None and alone.by_id != request.user.pk,
            "may_begin": writer and status != Status.DRAFT and working is None,
            "may_correct": writer and status == Status.LIVE and correction is None,
            "may_withdraw": editor and status == Status.LIVE,
            "may_cancel": editor and status == Status.SCHEDULED,
        }

    def history_view(self, request, object_id, extra_context=None):
        edition = self.get_object(request, object_id)
        if edition is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, edition):
            raise PermissionDenied
        return self.history_page(request, edition)

    def revisions(self, edition):
        return Revision.about(edition).select_related("by").order_by("-number")

    class Media:
        css = {"all": ["desk/desk.css"]}


class DocumentAdmin(admin.ModelAdmin):
    """Finds documents for the fields that point to one: by any title they ever had. It has no pages of its own."""

    search_fields = ["pk"]
    ordering = ["-pk"]

    def has_module_permission(self, request):
        return False

    def has_view_permission(self, request, obj=None):
        edition = self.model.editions.rel.related_model._meta
        return request.user.has_perm(f"{edition.app_label}.view_{edition.model_name}")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    has_delete_permission = has_change_permission

    def get_search_results(self, request, queryset, search_term):
        edition = self.model.editions.rel.related_model
        titles = Q(*((f"{edition.TITLE}_{code}__icontains", search_term) for code in languages.LANGUAGES), _connector=Q.OR)
        return queryset.filter(pk__in=edition.objects.filter(titles).order_by().values("document")), False


def _shown(column):
    """How a frozen text is read at the desk: rich text as rendered, plain text as written."""

    @admin.display(description=column.translated_field.verbose_name)
    def shown(edition):
        text = getattr(edition, column.name)
        if isinstance(column, RichTextField):
            text = mark_safe(text or "")  # noqa: S308 — sanitised when it was saved
        return format_html('<div class="as-read" lang="{}">{}</div>', column.language, text) if text else None

    return shown


def _number(value):
    return int(value) if value and value.isascii() and value.isdigit() else -1
