"""The desk's forms: the draft, the moment it goes live, and the reason it is withdrawn."""

from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from js_asset import Script

from .. import languages
from ..drafts import check_slug
from ..models import Change, Lane, Tag
from ..moments import moments
from ..publish import HOLD, KEEP

CHANGE_HELP = {
    Change.FIRST: gettext_lazy("nothing of this page was public before"),
    Change.UPDATE: gettext_lazy("something new happened: “Adds that the deadline moved to 12 November.”"),
    Change.CORRECTION: gettext_lazy("we were wrong: “We wrote 45 days; the order says 90.”"),
    Change.MINOR: gettext_lazy("wording only, no fact: “Mends a spelling mistake.”"),
    Change.TRANSLATION: gettext_lazy("the same text, now in another language: “Adds the French text.”"),
}


def language_name(code):
    """A language's name in the language of the desk."""
    return get_language_info(code)["name_translated"]


class TagsField(forms.ModelMultipleChoiceField):
    """Tags as a list of boxes to tick: no typing, so no new tag by a slip."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(queryset=Tag.objects.filter(merged_into=None), required=False, label=gettext_lazy("Tags"), **kwargs)


class DraftForm(forms.ModelForm):
    """A draft, all its languages at once."""

    class Media:
        js = [Script("desk/draft.js", type="module")]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "change" in self.fields:
            offered = [Change.CORRECTION] if self.instance.lane == Lane.CORRECTION else list(CHANGE_HELP)
            self.fields["change"].choices = [(change, f"{change.label}: {CHANGE_HELP[change]}") for change in offered]
        if "tags" in self.fields:
            self.fields["tags"] = TagsField()
            self.initial["tags"] = list(self.instance.tags.all()) if self.instance.pk else []
        for code in languages.LANGUAGES:
            if f"behind_{code}" in self.fields:
                self._ask_about_behind(code)

    def _ask_about_behind(self, code):
        if not self.instance.pk or not self.instance.is_behind(code):
            del self.fields[f"behind_{code}"]
            return
        field = self.fields[f"behind_{code}"]
        field.label = _("The original has changed since this text was written (%(language)s)") % {"language": language_name(code)}
        self.initial[f"behind_{code}"] = self.instance.translations[code].get("behind", "notice")

    def clean(self):
        data = super().clean()
        original = data.get("original_language") or self.instance.original_language
        title = f"{self.instance.TITLE}_{original}"
        if title in self.fields and not data.get(title) and title not in self.errors:
            self.add_error(title, _("Please give it a title in its original language; everything else can wait."))
        for code in languages.LANGUAGES:
            if slug := data.get(f"slug_{code}"):
                try:
                    check_slug(self.instance, slug)
                except ValidationError as error:
                    self.add_error(f"slug_{code}", error)
        return data

    def behind(self):
        """{language: "notice", "right" or "original"}: what was said of translations that have fallen behind."""
        return {code: said for code in languages.LANGUAGES if (said := self.cleaned_data.get(f"behind_{code}"))}


def behind_field():
    return forms.ChoiceField(
        required=False,
        choices=[
            ("notice", gettext_lazy("show this text with a notice that the original has changed")),
            ("right", gettext_lazy("this text is still right")),
            ("original", gettext_lazy("show the original instead")),
        ],
    )


# One field a language; the form leaves out those of translations that are not behind.
for code in languages.LANGUAGES:
    DraftForm.declared_fields[f"behind_{code}"] = behind_field()


class MomentForm(forms.Form):
    """A moment to come, on the newsroom's clock."""

    at = forms.DateTimeField(
        label=gettext_lazy("Goes live on"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )
    which = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(settings.TIME_ZONE)
        self.fields["at"].help_text = _("Time in %(zone)s.") % {"zone": settings.TIME_ZONE}
        self.fields["at"].to_python = self._wall_clock

    def _wall_clock(self, value):
        """The naive time typed in: which moment it means is settled in clean()."""
        for pattern in self.fields["at"].input_formats:
            try:
                return self.fields["at"].strptime(value, pattern)
            except (ValueError, TypeError):
                continue
        if value in self.fields["at"].empty_values:
            return None
        raise ValidationError(_("Please give a day and a time, such as 2026-11-12 09:30."))

    def clean(self):
        data = super().clean()
        wall = data.get("at")
        if wall is None:
            return data
        found = moments(wall, self.zone)
        if not found:
            self.add_error("at", _("Clocks in %(zone)s skip this time (summer time begins). Please choose another.") % {"zone": self.zone.key})
        elif len(found) == 2 and self.data.get("which") not in ("0", "1"):
            self._ask_which(found)
        else:
            data["at"] = found[int(self.data.get("which") or 0) if len(found) == 2 else 0]
        return data

    def _ask_which(self, found):
        choices = [(str(number), self._described(moment)) for number, moment in enumerate(found)]
        self.fields["which"] = forms.ChoiceField(label=_("Which of the two?"), choices=choices, required=False, widget=forms.RadioSelect)
        self.add_error("at", _("Clocks in %(zone)s show this time twice (summer time ends). Please say which you mean.") % {"zone": self.zone.key})

    def _described(self, moment):
        local = moment.astimezone(self.zone)
        first = local.fold == 0
        words = _("the first time, %(name)s (%(utc)s UTC)") if first else _("the second time, %(name)s (%(utc)s UTC)")
        return words % {"name": local.tzname(), "utc": date_format(moment, "H:i")}


class LaterForm(forms.Form):
    """For each edition that is scheduled already: does it still go out after this one?"""

    def __init__(self, *args, scheduled=(), **kwargs):
        super().__init__(*args, **kwargs)
        for edition in scheduled:
            when = date_format(edition.live_from.astimezone(ZoneInfo(settings.TIME_ZONE)), "DATETIME_FORMAT")
            self.fields[f"later_{edition.pk}"] = forms.ChoiceField(
                label=_("“%(title)s”, scheduled for %(when)s") % {"title": edition, "when": when},
                choices=[(HOLD, _("hold it: take it back, its text becomes a draft")), (KEEP, _("keep it: it goes live then, as planned"))],
                initial=HOLD,
                widget=forms.RadioSelect,
            )

    def choices(self):
        """{edition id: KEEP or HOLD} for publish()."""
        return {int(name.removeprefix("later_")): value for name, value in self.cleaned_data.items()}


class WithdrawForm(forms.Form):
    """How a live page leaves, and what the public is told."""

    change = forms.ChoiceField(
        label=gettext_lazy("What happens to the text"),
        widget=forms.RadioSelect,
        choices=[
            (Change.WITHDRAWAL, gettext_lazy("Withdraw: it stays readable under a dated notice")),
            (Change.RETRACTION, gettext_lazy("Retract: nobody can read it any more; the reason and the date stay")),
        ],
        initial=Change.WITHDRAWAL,
    )

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, **kwargs)
        for code in languages.LANGUAGES:
            self.fields[f"note_{code}"] = forms.CharField(
                label=_("Public reason (%(language)s)") % {"language": language_name(code)},
                required=code == edition.original_language,
                max_length=600,
                widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
            )

    def notes(self):
        return {code: self.cleaned_data[f"note_{code}"] for code in languages.LANGUAGES}
