"""Tags merged into one, and set apart again: what editions carry stays as it is, only what readers see of it changes."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..models import Tag
from ..tagged import merges


class SurvivorForm(forms.Form):
    into = forms.ModelChoiceField(None, label=gettext_lazy("The one that stays"), widget=forms.RadioSelect, empty_label=None)

    def __init__(self, *args, chosen, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = chosen


class Merging:
    """A mixin of ModelAdmin."""

    actions = ["merge", "set_apart"]

    @admin.action(description=gettext_lazy("Merge into one…"), permissions=["change"])
    def merge(self, request, queryset):
        """Asks which of the chosen tags stays, then merges the others into it. Those merged into them before follow."""
        into = merges()
        ends = {into.get(tag.pk, tag).pk for tag in queryset}  # one that is merged already stands for what it was merged into
        if len(ends) < 2:
            self.message_user(request, _("Please choose at least two tags that are not merged yet."), messages.WARNING)
            return None
        chosen = Tag.objects.filter(pk__in=ends)
        form = SurvivorForm(request.POST if "into" in request.POST else None, chosen=chosen)
        if form.is_valid():
            self._merge(request, ends, form.cleaned_data["into"])
            return None
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Merge tags"), "forms": [form]}
        context |= {"chosen": queryset, "action": "merge", "checkbox": ACTION_CHECKBOX_NAME}
        return TemplateResponse(request, "admin/tags_merge.html", context)

    @transaction.atomic
    def _merge(self, request, ends, survivor):
        """Under a lock, so that two people who merge the same tags at once make no circle: whoever comes second finds them merged."""
        free = list(Tag.objects.select_for_update().filter(pk__in=ends, merged_into=None).order_by("pk"))
        if survivor not in free:
            self.message_user(request, _("Somebody merged this tag this very moment. Please look again."), messages.ERROR)
            return
        gone = [tag for tag in free if tag != survivor]
        for tag in gone:
            tag.merged_into = survivor
            tag.save(update_fields=["merged_into"])
            self.log_change(request, tag, f"merged into {survivor.slug}")
        told = ngettext("%(count)d tag is merged into “%(tag)s”.", "%(count)d tags are merged into “%(tag)s”.", len(gone))
        self.message_user(request, told % {"count": len(gone), "tag": survivor}, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Set apart again, what was merged"), permissions=["change"])
    @transaction.atomic
    def set_apart(self, request, queryset):
        merged = list(queryset.select_for_update(of=("self",)).exclude(merged_into=None))
        for tag in merged:
            before, tag.merged_into = tag.merged_into, None
            tag.save(update_fields=["merged_into"])
            self.log_change(request, tag, f"set apart from {before.slug}")
        told = ngettext("%d tag stands for itself again.", "%d tags stand for themselves again.", len(merged)) % len(merged)
        self.message_user(request, told, messages.SUCCESS if merged else messages.WARNING)
