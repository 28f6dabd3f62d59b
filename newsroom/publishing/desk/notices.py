"""What a person wants to be told by mail."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..people import Notice, account_of


class NoticesForm(forms.Form):
    wanted = forms.MultipleChoiceField(
        label=gettext_lazy("Tell me by mail"), choices=Notice.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def choose_notices(site, request):
    """A page of the desk `site` where everybody ticks what they want."""
    account = account_of(request.user)
    form = NoticesForm(request.POST or None, initial={"wanted": [name for name in Notice.values if name not in account.unwanted]})
    if request.method == "POST" and form.is_valid():
        account.unwanted = [name for name in Notice.values if name not in form.cleaned_data["wanted"]]
        account.save()
        messages.success(request, _("Saved."))
        return redirect("admin:notices")
    context = {**site.each_context(request), "title": _("Notices"), "form": form, "by_mail": settings.NOTIFY_BY_MAIL}
    return TemplateResponse(request, "admin/notices.html", context)
