from django.contrib import admin

from .models import Decision, Tag


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    fields = ["name_en", "name_fr", "slug", "merged_into"]
    list_display = ["label", "slug", "merged_into"]
    search_fields = ["name_en", "name_fr", "slug"]

    def has_delete_permission(self, request, obj=None):
        """A tag that was public stays in the record: merge it into another instead."""
        return super().has_delete_permission(request, obj) and (obj is None or not _is_used(obj))


@admin.register(Decision)
class DecisionAdmin(admin.ModelAdmin):
    """The log of what staff decided: to read, never to change."""

    list_display = ["at", "verb", "content_type", "object_id", "by_name", "effective_at", "reason", "is_alone"]
    list_filter = ["verb", "is_alone", "content_type"]
    date_hierarchy = "at"

    def has_add_permission(self, request):
        return False

    has_change_permission = has_delete_permission = lambda self, request, obj=None: False


def _is_used(tag):
    return any(relation.related_model.objects.filter(tag=tag).exists() for relation in tag._meta.related_objects if relation.field.name == "tag")
