from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin

from newsroom.publishing.desk.editions import EditionAdmin

from .models import BannerEdition


@admin.register(BannerEdition)
class BannerAdmin(EditionAdmin):
    pass


User = get_user_model()
admin.site.unregister(User)


@admin.register(User)
class StaffAdmin(UserAdmin):
    """Staff are managed by administrators, who cannot make themselves or others into superusers."""

    def get_readonly_fields(self, request, obj=None):
        own = ["is_superuser", "user_permissions"]
        return super().get_readonly_fields(request, obj) if request.user.is_superuser else own

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (request.user.is_superuser or not (obj and obj.is_superuser))

    def has_delete_permission(self, request, obj=None):
        """Whoever decided something stays in the record: set “active” to off instead."""
        return super().has_delete_permission(request, obj) and obj is not None and not obj.is_superuser
