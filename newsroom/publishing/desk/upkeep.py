"""Who answers for a document, how often it is read again, and the button that says it is still right."""

from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..drafts import lock, now
from ..log import name_of
from ..models import Check, Status
from ..policy import may_publish, may_write
from ..upkeep import check


class StaffChoice(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return name_of(person)


class UpkeepForm(forms.Form):
    """Facts of the document, not of an edition: they change at any time, and the public never sees them."""

    owner = StaffChoice(None, required=False, label=gettext_lazy("Owner"), help_text=gettext_lazy("Whoever answers for this page."))
    review_every = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=3650,
        label=gettext_lazy("Review every (days)"),
        help_text=gettext_lazy("Once it is live, it is listed for review when so many days have passed. Left empty, it never is."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = get_user_model().objects.filter(is_staff=True, is_active=True).order_by("username")


class Upkeep:
    """A mixin of ModelAdmin."""

    UPKEEP_STEPS = ("upkeep", "check")

    def get_urls(self):
        views = [(name, self._step_view(getattr(self, f"{name}_step"))) for name in self.UPKEEP_STEPS]
        return [path(f"<int:pk>/{name}/", view, name=self._name(name)) for name, view in views] + super().get_urls()

    def upkeep_step(self, request, edition):
        if not may_write(request.user, self.model):
            raise PermissionDenied
        document = edition.document
        form = UpkeepForm(request.POST or None, initial={"owner": document.owner_id, "review_every": document.review_every})
        if request.method == "POST" and form.is_valid():
            self._keep_up(document, form.cleaned_data)
            self.message_user(request, _("Saved."), messages.SUCCESS)
            return self._back(edition)
        return self._page(request, edition, "upkeep", _("Owner and review"), forms=[form])

    @staticmethod
    @transaction.atomic
    def _keep_up(document, data):
        lock(document)
        document.owner, document.review_every = data["owner"], data["review_every"]
        document.save(update_fields=["owner", "review_every"])

    def check_step(self, request, edition):
        self._require(request, True)
        if request.method == "POST" and self._attempt(request, partial(check, edition, request.user)):
            on_page = _("Checked: it is still right, and the page says when that was.")
            self.message_user(request, on_page if self.has_page else _("Checked: it is still right."), messages.SUCCESS)
        return self._back(edition)

    def about_upkeep(self, request, edition):
        """For the page of an edition."""
        is_live = edition.status(now()) == Status.LIVE
        return {
            "may_keep_up": may_write(request.user, self.model) and not edition.is_practice,
            "may_check": is_live and may_publish(request.user, self.model),
            "last_check": Check.about(edition).first() if is_live else None,
        }
