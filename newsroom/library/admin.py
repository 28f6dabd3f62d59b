from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from newsroom.publishing.desk.inlines import Fields

from .models import Picture
from .shown import address_for_desk


@admin.register(Picture)
class PictureAdmin(Fields, admin.ModelAdmin):
    """Pictures are added, never swapped: replacing a file would change what the public sees without a word."""

    list_display = ["shown", "title", "size", "added_at"]
    list_display_links = ["shown", "title"]
    search_fields = ["title"]

    def get_fields(self, request, obj=None):
        return ["title", "shown"] if obj else ["title", "file"]

    def get_readonly_fields(self, request, obj=None):
        return ["shown"] if obj else []

    @admin.display(description=_("picture"))
    def shown(self, picture):
        return format_html('<img class="thumbnail" src="{}" alt="{}">', address_for_desk(picture), picture.title)

    @admin.display(description=_("size"))
    def size(self, picture):
        return f"{picture.width} × {picture.height}"
