import taggit.models
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.forms import ModelForm
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .desk.forms import PlainWords
from .desk.inlines import Fields
from .desk.merging import Merging
from .desk.words import labels
from .drafts import edition_types
from .models import Decision, Tag

admin.site.unregister(taggit.models.Tag)  # ours is below


class VocabularyForm(PlainWords, ModelForm):
    """A word and its translations."""


class VocabularyAdmin(Fields, admin.ModelAdmin):
    """Words that editions point to. The address is given once: links and old editions know the word by it."""

    form = VocabularyForm
    prepopulated_fields = {"slug": ["name_en"]}

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change, labels={**labels(self.model), "slug": _("address")}, **kwargs)

    @admin.display(description=_("name"))
    def named(self, word):
        return word.label

    @admin.display(description=_("address"), ordering="slug")
    def address(self, word):
        return word.slug

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields


@admin.register(Tag)
class TagAdmin(Merging, VocabularyAdmin):
    fields = ["name_en", "name_fr", "slug", "merged_into"]
    list_display = ["named", "address", "merged_into"]
    list_select_related = ["merged_into"]
    search_fields = ["name_en", "name_fr", "slug"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if obj and "merged_into" in form.base_fields:  # not into itself, nor in a circle
            others = form.base_fields["merged_into"]
            free = Q(merged_into=None) | Q(pk=obj.merged_into_id)  # what it was merged into may have been merged since
            others.queryset = others.queryset.filter(free).exclude(pk=obj.pk)
        return form

    def get_search_results(self, request, queryset, search_term):
        """Of an edition's tags: one that was merged is not offered any more."""
        found, has_duplicates = super().get_search_results(request, queryset, search_term)
        return (found.filter(merged_into=None) if request.path == reverse("admin:autocomplete") else found), has_duplicates

    def has_delete_permission(self, request, obj=None):
        """A tag that was public stays in the record: merge it into another instead."""
        return super().has_delete_permission(request, obj) and (obj is None or not _is_used(obj))


def _is_used(tag):
    items = [relation for relation in tag._meta.related_objects if relation.field.name == "tag"]
    return any(relation.related_model.objects.filter(tag=tag).exists() for relation in items)


class TypeFilter(admin.SimpleListFilter):
    title = _("type")
    parameter_name = "type"

    def lookups(self, request, model_admin):
        return [(model._meta.label_lower, model._meta.verbose_name) for model in edition_types()]

    def queryset(self, request, queryset):
        chosen = next((model for model in edition_types() if model._meta.label_lower == self.value()), None)
        return queryset.filter(content_type=ContentType.objects.get_for_model(chosen)) if chosen else queryset


@admin.register(Decision)
class DecisionAdmin(Fields, admin.ModelAdmin):
    """The log of what staff decided: to read, never to change."""

    list_display = ["at", "verb", "about", "by_name", "effective_at", "remark"]
    list_filter = ["verb", "is_alone", TypeFilter]
    fields = ["at", "verb", "about", "by_name", "effective_at", "reason", "alone", "hash_shown"]
    date_hierarchy = "at"

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("edition").defer("snapshot")

    @admin.display(description=_("about"))
    def about(self, decision):
        """The edition; of a draft that was deleted, what the decision remembers of it."""
        edition = decision.edition
        if edition is None:
            return _("a deleted draft")
        address = reverse(f"admin:{edition._meta.app_label}_{edition._meta.model_name}_change", args=[edition.pk])
        return format_html('<a href="{}">{}</a>', address, edition)

    @admin.display(description=_("reason"))
    def remark(self, decision):
        return " · ".join(filter(None, [str(self.alone(decision)), decision.reason]))

    @admin.display(description="")
    def alone(self, decision):
        return _("by its own author") if decision.is_alone else ""

    @admin.display(description=_("Hash"))
    def hash_shown(self, decision):
        return decision.digest

    def has_add_permission(self, request):
        return False

    has_change_permission = has_delete_permission = lambda self, request, obj=None: False
