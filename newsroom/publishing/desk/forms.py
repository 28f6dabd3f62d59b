"""The desk's forms: the draft, the moment it goes live, and the reason it is withdrawn."""

import re
from datetime import datetime
from html import unescape
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from js_asset import Script

from .. import languages
from ..drafts import check_slug, now
from ..models import Change, Lane, Tag
from ..moments import moments
from ..plaintext import refuse_control_characters
from ..publish import HOLD, KEEP, MERGE
from .words import language_name, with_language

# Beside every kind of change, what it is for, with an example.
CHANGE_HELP = {
    Change.FIRST: gettext_lazy("nothing of this page was public before: a new statement, a new question"),
    Change.UPDATE: gettext_lazy("something new happened: “Adds that the deadline moved to 12 November.”"),
    Change.CORRECTION: gettext_lazy("we were wrong: “We wrote 45 days; the order says 90.”"),
    Change.MINOR: gettext_lazy("wording only, no fact: “Mends a spelling mistake.”"),
    Change.TRANSLATION: gettext_lazy("the same text, now in another language: “Adds the French text.”"),
}


class PlainWords:
    """A mixin of forms: no text, rich or plain, may hold characters that hide or reorder words."""

    def clean(self):
        data = super().clean() or self.cleaned_data
        for name, value in list(data.items()):
            if isinstance(value, str):
                try:
                    refuse_control_characters(unescape(value))  # as a browser will read it
                except ValidationError as error:
                    self.add_error(name, error)
        return data


class TagsChooser(AutocompleteSelectMultiple):
    def build_attrs(self, *args, **kwargs):
        """Each tag can be taken away: a button for all of them would stand in their list without being one of them."""
        return {**super().build_attrs(*args, **kwargs), "data-allow-clear": "false"}


class TagsField(forms.ModelMultipleChoiceField):
    """Tags, found by typing: none but those there are, so no new one by a slip."""

    def __init__(self, model, **kwargs):
        widget = TagsChooser(model.tags.through._meta.get_field("tag"), admin.site)
        tags = Tag.objects.all()  # a draft may carry one that was merged since
        super().__init__(queryset=tags, required=False, label=gettext_lazy("Tags"), widget=widget, **kwargs)


class DraftForm(PlainWords, forms.ModelForm):
    """A draft, all its languages at once."""

    class Media:
        js = [Script("desk/draft.js", type="module"), Script("desk/keep.js", type="module")]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "change" in self.fields:
            self._offer(changes_for(self.instance))
        if "tags" in self.fields:
            self.fields["tags"] = TagsField(type(self.instance))
            self.initial["tags"] = list(self.instance.tags.all()) if self.instance.pk else []
        for code in languages.LANGUAGES:
            if f"behind_{code}" in self.fields:
                self._ask_about_behind(code)

    def _offer(self, changes):
        """The kinds of change that make sense, each with its help; the one that is left is chosen already."""
        named = [(change, format_html(_("<strong>{}</strong>: {}"), change.label, CHANGE_HELP[change])) for change in changes]
        self.fields["change"].choices = named
        if len(changes) == 1:
            self.initial["change"] = changes[0]

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


def changes_for(edition):
    """What this draft can be to the editions before it: nothing follows until something has been public, or is about to be."""
    if edition.lane == Lane.CORRECTION:
        return [Change.CORRECTION]
    following = [change for change in CHANGE_HELP if change != Change.FIRST]
    if edition.document_id is None:
        return [Change.FIRST]
    if edition.document.editions.history(now()).exists():
        return following
    return [Change.FIRST, *following] if edition.document.editions.scheduled(now()).exists() else [Change.FIRST]


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
    """A moment to come, on the newsroom's clock. A time that clocks show twice is asked about, one that they skip is refused."""

    SHAPE = re.compile("2[0-9]{3}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?")

    at = forms.CharField(label=gettext_lazy("Goes live on"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(settings.TIME_ZONE)
        self.fields["at"].help_text = _("Time in %(zone)s.") % {"zone": self.zone.key}
        wall = self._wall_clock()
        self.found = moments(wall, self.zone) if wall else None
        if self.found and len(self.found) == 2:
            self.fields["which"] = self._which()

    def _wall_clock(self):
        """The naive time typed in, or None where it cannot be read."""
        typed = self.data.get("at", "").strip()
        if not self.SHAPE.fullmatch(typed):
            return None
        try:
            return datetime.fromisoformat(typed)
        except ValueError:
            return None

    def _which(self):
        asked = _("Clocks in %(zone)s show this time twice (summer time ends). Please say which you mean.") % {"zone": self.zone.key}
        return forms.ChoiceField(
            label=_("Which of the two?"),
            choices=[(str(number), self._described(moment)) for number, moment in enumerate(self.found)],
            widget=forms.RadioSelect,
            error_messages={"required": asked, "invalid_choice": asked},
        )

    def _described(self, moment):
        local = moment.astimezone(self.zone)
        words = _("the second time, %(name)s (%(utc)s UTC)") if local.fold else _("the first time, %(name)s (%(utc)s UTC)")
        return words % {"name": local.tzname(), "utc": date_format(moment, "H:i")}

    def clean_at(self):
        if self.found is None:
            raise ValidationError(_("Please give a day and a time, such as 2026-11-12 09:30."))
        if not self.found:
            skipped = _("Clocks in %(zone)s skip this time (summer time begins). Please choose another.")
            raise ValidationError(skipped % {"zone": self.zone.key})
        return self.cleaned_data["at"]

    def moment(self):
        """The moment meant (aware, UTC), once the form is valid."""
        return self.found[int(self.cleaned_data.get("which", 0))]


class LaterForm(forms.Form):
    """For each edition that is scheduled already: does it still go out after this one?"""

    def __init__(self, *args, scheduled=(), **kwargs):
        super().__init__(*args, **kwargs)
        for edition in scheduled:
            when = date_format(edition.live_from.astimezone(ZoneInfo(settings.TIME_ZONE)), "DATETIME_FORMAT")
            self.fields[f"later_{edition.pk}"] = forms.ChoiceField(
                label=_("“%(title)s”, scheduled for %(when)s") % {"title": edition, "when": when},
                choices=[
                    (HOLD, _("hold it: take it back, its text becomes a draft")),
                    (MERGE, _("merge: take it back, and bring what changes now into its draft")),
                    (KEEP, _("keep it: it goes live then, as planned, without what changes now")),
                ],
                initial=HOLD,
                widget=forms.RadioSelect,
            )

    def choices(self):
        """{edition id: KEEP, HOLD or MERGE} for publish()."""
        return {int(name.removeprefix("later_")): value for name, value in self.cleaned_data.items()}


class HoldForm(PlainWords, forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason, for the log of decisions"), required=False, max_length=600)


class WithdrawForm(PlainWords, forms.Form):
    """How a live page leaves, and what the public is told. One that is withdrawn already can only be retracted."""

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
        if edition.is_tombstone:
            self.fields["change"].choices = [one for one in self.fields["change"].choices if one[0] == Change.RETRACTION]
            self.initial["change"] = Change.RETRACTION
        for code in languages.LANGUAGES:
            self.fields[f"note_{code}"] = forms.CharField(
                label=with_language(_("Public reason"), code),
                required=code == edition.original_language,
                max_length=600,
                widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
            )

    def notes(self):
        return {code: self.cleaned_data[f"note_{code}"] for code in languages.LANGUAGES}
