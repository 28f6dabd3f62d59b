from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .models import Message


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):
    """The outbox: to read, and to send again what was given up."""

    list_display = ["kind", "about", "due_at", "outcome", "tries", "next_try_at", "done_at", "problem"]
    list_filter = ["outcome", "kind"]
    actions = ["send_again"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("about")

    def has_add_permission(self, request):
        return False

    has_change_permission = has_delete_permission = lambda self, request, obj=None: False

    @admin.action(description=_("Send again"), permissions=["view"])
    def send_again(self, request, queryset):
        given_up = queryset.filter(outcome=Message.Outcome.GIVEN_UP)  # what waits has its own time
        count = len(given_up)
        for message in given_up:
            message.send_again()
        done = ngettext("%d message is sent again.", "%d messages are sent again.", count) % count
        self.message_user(request, done, messages.SUCCESS)
