"""The forms of a review: what is said when a draft is sent, returned, talked about, shared, or published alone in an emergency."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import PlainWords


class SubmitForm(PlainWords, forms.Form):
    comment = forms.CharField(
        label=_("A word to whoever reads it"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    for_legal = forms.BooleanField(label=_("Legal has to clear it before it is published"), required=False)

    def __init__(self, *args, asks_legal, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_legal:
            del self.fields["for_legal"]


class ReturnForm(PlainWords, forms.Form):
    reason = forms.CharField(label=_("What has to change"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class CommentForm(PlainWords, forms.Form):
    text = forms.CharField(label=_("Your comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))


class ShareForm(forms.Form):
    person = forms.ModelChoiceField(None, label=_("With"))
    until = forms.DateField(
        label=_("Until the end of"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("On the newsroom’s clock."),
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class EmergencyForm(PlainWords, forms.Form):
    """Asked of whoever wrote in a text and publishes it alone, where the newsroom requires a second person."""

    emergency = forms.CharField(
        label=_("Emergency: why it cannot wait for a second person"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It goes live at once, is marked, and is listed until another editor clears it."),
    )
