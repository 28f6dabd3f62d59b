from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .models import Picture


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    """Pictures are added, never swapped: replacing a file would change what the public sees without a word."""

    list_display = ["shown", "title", "width", "height", "added_at"]
    list_display_links = ["shown", "title"]
    search_fields = ["title"]

    def get_fields(self, request, obj=None):
        return ["title", "shown"] if obj else ["title", "file"]

    def get_readonly_fields(self, request, obj=None):
        return ["shown"] if obj else []

    @admin.display(description=_("picture"))
    def shown(self, picture):
        return format_html('<img class="thumbnail" src="{}" alt="{}">', picture.file.url, picture.title)
