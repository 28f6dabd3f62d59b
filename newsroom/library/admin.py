from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .models import Picture


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    """Pictures are added, never swapped: replacing a file would change what the public sees without a word."""

    fields = ["title", "file", "shown"]
    list_display = ["shown", "title", "width", "height", "added_at"]
    search_fields = ["title"]

    def get_readonly_fields(self, request, obj=None):
        return ["shown", "file"] if obj else ["shown"]

    @admin.display(description=_("picture"))
    def shown(self, picture):
        return format_html('<img src="{}" alt="" height="72">', picture.file.url) if picture.file else "–"
