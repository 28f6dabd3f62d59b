from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group

from newsroom.publishing.desk.editions import EditionAdmin

from .models import BannerEdition


@admin.register(BannerEdition)
class BannerAdmin(EditionAdmin):
    pass


User = get_user_model()
admin.site.unregister([User, Group])


@admin.register(User)
class StaffAdmin(UserAdmin):
    """Staff are managed by administrators, who cannot make anybody a superuser, nor touch one."""

    list_display = ["username", "first_name", "last_name", "email", "groups_shown", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=Group._meta.verbose_name_plural)
    def groups_shown(self, person):
        return ", ".join(group.name for group in person.groups.all())

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else [*fields, "is_superuser", "user_permissions", "last_login", "date_joined"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (request.user.is_superuser or not (obj and obj.is_superuser))

    def has_delete_permission(self, request, obj=None):
        """Whoever decided something stays in the record: set “active” to off instead."""
        return super().has_delete_permission(request, obj) and obj is not None and not obj.is_superuser and obj != request.user


@admin.register(Group)
class StaffGroupAdmin(GroupAdmin):
    """What a group may do is settled by whoever runs the newsroom; administrators only put people into groups."""

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser

    has_delete_permission = has_change_permission
