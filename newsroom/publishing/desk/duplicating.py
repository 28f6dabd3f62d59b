"""A new document that begins as a copy of another: one from its page, several from the list."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils.translation import gettext_lazy, ngettext

from ..drafts import duplicate
from ..policy import may_view, may_write


class Duplicating:
    """A mixin of ModelAdmin."""

    actions = ["duplicate_chosen"]

    def get_urls(self):
        return [path("<int:pk>/duplicate/", self._step_view(self.duplicate_step), name=self._name("duplicate")), *super().get_urls()]

    def has_duplicate_permission(self, request):
        """For whoever may write, and read all there is: Django asks it before it offers the action."""
        return self.has_add_permission(request) and may_write(request.user, self.model) and may_view(request.user, self.model)

    def duplicate_step(self, request, edition):
        if request.method != "POST" or not self.has_duplicate_permission(request):
            raise PermissionDenied
        draft = self._attempt(request, partial(duplicate, edition, request.user))
        if draft:
            self._say_duplicated(request, 1)
        return self._back(draft or edition)

    @admin.action(description=gettext_lazy("Duplicate: a new draft with the same text"), permissions=["duplicate"])
    def duplicate_chosen(self, request, queryset):
        self._say_duplicated(request, len([duplicate(edition, request.user) for edition in queryset.select_related("document")]))

    def _say_duplicated(self, request, count):
        told = ngettext(
            "%d new draft has the same text, and an address of its own.",
            "%d new drafts have the same text, and addresses of their own.",
            count,
        )
        self.message_user(request, told % count, messages.SUCCESS)
