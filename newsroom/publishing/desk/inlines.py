"""Fields as the desk shows them, for editions and for the children that are edited with them."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.db import models
from django.forms import BaseInlineFormSet, DateInput, ModelForm, TimeInput
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .. import languages
from ..policy import may_see, translates
from .forms import PlainWords
from .words import labels, with_language


class Fields:
    """A mixin of ModelAdmin and inlines: texts that say their language, and the browser's own choosers for days and times."""

    view_on_site = False  # desk/site.py
    empty_value_display = ""  # the style sheet leaves out the rows of a frozen page that say nothing
    formfield_overrides = {
        models.DateField: {"widget": DateInput(format="%Y-%m-%d", attrs={"type": "date"})},
        models.TimeField: {"widget": TimeInput(format="%H:%M", attrs={"type": "time"})},
        models.URLField: {"assume_scheme": "https"},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_delete_related = field.widget.can_view_related = False
        return in_its_language(db_field, field)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if add:
            context["title"] = _("Add: %(type)s") % {"type": self.opts.verbose_name}
        return super().render_change_form(request, context, add, change, form_url, obj)


def in_its_language(column, field):
    """A text's form field says which language it wants, to the reader and to the spelling checker."""
    code = getattr(column, "language", None)
    if field and code:
        field.label = with_language(column.translated_field.verbose_name, code)
        field.widget.attrs.update({"lang": code, "spellcheck": "true", "aria-label": field.label})
        if isinstance(field.widget, AdminTextareaWidget):
            field.widget.attrs["rows"] = 3
    return field


# Django's own words, whose French our catalogue says better: on the button below the rows, and on that of a list.
_("Add another %(verbose_name)s"), _("Add %(name)s")


class ChildForm(PlainWords, ModelForm):
    """A child may be told where it stands; left alone, it stands where the form has it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].required = False
            self.fields["position"].initial = None

    def clean_position(self):
        return self.cleaned_data["position"] or 0


class ChildFormSet(BaseInlineFormSet):
    """Children, without the names of documents that the person has no business to know."""

    hidden = ()

    def get_queryset(self):
        rows = super().get_queryset()
        for row in rows:
            row._state.fields_cache.update(dict.fromkeys(self.hidden, "–"))  # what `row.measure` gives, without asking for it
        return rows


class ChildInline(Fields, admin.StackedInline):
    """Children are edited with their edition, and only while it is a draft."""

    extra = 0
    form = ChildForm
    formset = ChildFormSet
    template = "admin/child_inline.html"

    def get_exclude(self, request, obj=None):
        return languages.translated_fields(self.model)

    def get_fields(self, request, obj=None):
        """Where it stands comes last."""
        seen = [name for name in super().get_fields(request, obj) if may_see(request.user, self.opts.get_field(name))]
        return sorted(seen, key=lambda name: name == "position")

    def get_readonly_fields(self, request, obj=None):
        """A translator writes one language's texts in the rows that are there."""
        own = translates(request.user, self.parent_model)
        return [field.name for field in self._content() if getattr(field, "language", "") != own] if own else ()

    def _content(self):
        left_out = {*languages.translated_fields(self.model), "id", "edition"}
        return [field for field in self.opts.concrete_fields if field.editable and field.name not in left_out]

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, labels=labels(self.model), **kwargs)
        formset.hidden = [field.name for field in self.opts.concrete_fields if not may_see(request.user, field)]
        return formset

    def has_view_permission(self, request, obj=None):
        return True

    def has_change_permission(self, request, obj=None):
        """Asked only of the edition: where the person may not change that, Django offers none of its children."""
        return obj is None or obj.is_draft

    def has_add_permission(self, request, obj=None):
        return self.has_change_permission(request, obj) and not translates(request.user, self.parent_model)

    has_delete_permission = has_add_permission


def in_order(formset):
    """The children of a saved formset in the order of the form, those with a number of their own among them."""
    kept = [form for form in formset.forms if form.instance.pk and form not in formset.deleted_forms]
    return [form.instance for form in sorted(kept, key=_place(len(formset.forms)))]


def _place(last):
    """A key to sort by: the number given; among equals, whoever was moved up to it comes first, and whoever was moved down last."""

    def key(form):
        wanted = form.cleaned_data.get("position") or last
        return wanted, wanted - (form.initial.get("position") or last)

    return key
