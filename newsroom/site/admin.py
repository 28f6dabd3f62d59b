from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.forms import DateInput
from django.utils.translation import gettext_lazy as _

from newsroom.publishing.desk.editions import EditionAdmin
from newsroom.publishing.desk.reviewing import COMMENTERS
from newsroom.publishing.models import Account
from newsroom.publishing.people import account_of
from newsroom.search.desk import FullText

from .models import BannerEdition


@admin.register(BannerEdition)
class BannerAdmin(FullText, EditionAdmin):
    pass


STAFF = {
    "Writers": _("Writers"), "Translators": _("Translators"), "Editors": _("Editors"), "Legal": _("Legal"),
    "Administrators": _("Administrators"), COMMENTERS: _("Commenters"),
}  # fmt: skip
"""What the newsroom's own groups are called in the desk's language; their names in the database are what code and commands know."""
Group.add_to_class("__str__", lambda group: str(STAFF.get(group.name, group.name)))
User = get_user_model()
admin.site.unregister([User, Group])


class StaffForm(UserChangeForm):
    """A person, and what the newsroom knows of their account."""

    expires_on = Account._meta.get_field("expires_on").formfield(widget=DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    language = Account._meta.get_field("language").formfield()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        account = account_of(self.instance)
        self.initial |= {"expires_on": account.expires_on, "language": account.language}

    def clean(self):
        data = super().clean()
        groups = {group.name for group in data.get("groups", ())}
        if COMMENTERS in groups and not data.get("expires_on"):
            self.add_error("expires_on", _("Commenters come from outside: please say until when."))
        if "Translators" in groups and not data.get("language"):
            self.add_error("language", _("Please say which language this translator writes."))
        return data


@admin.register(User)
class StaffAdmin(UserAdmin):
    """Staff are managed by administrators, who cannot make anybody a superuser, nor touch one."""

    list_display = ["username", "first_name", "last_name", "email", "groups_shown", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    form = StaffForm
    fieldsets = [*UserAdmin.fieldsets[:3], (_("At the desk"), {"fields": ["expires_on", "language"]}), *UserAdmin.fieldsets[3:]]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if "expires_on" in form.cleaned_data:
            values = {name: form.cleaned_data[name] for name in ("expires_on", "language")}
            Account.objects.update_or_create(person=form.instance, defaults=values)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=Group._meta.verbose_name_plural)
    def groups_shown(self, person):
        return ", ".join(map(str, person.groups.all()))

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
