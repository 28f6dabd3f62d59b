"""The forms of the picture library."""

from pathlib import PurePath

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from newsroom.publishing import languages
from newsroom.publishing.desk.forms import PlainWords
from newsroom.publishing.desk.inlines import ChildForm

from .intake import as_pdf
from .models import Attachment, Picture

# What static/desk/pictures.js says beside an edition's picture field.
WORDS = {
    "data-drop": _("Drop or paste a picture here, or choose a file"),
    "data-busy": _("Uploading…"),
    "data-taken": _("Taken into the library."),
    "data-refused": _("The picture could not be uploaded. Please try again."),
    "data-cut": _("Beside a link it is cut so:"),
}
TEXTS = ["title", *languages.columns("alt"), "credit"]


class PictureForm(PlainWords, forms.ModelForm):
    """A picture and its words. Without a title it is called as its file was."""

    class Meta:
        model = Picture
        fields = ["file", *TEXTS]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"focus_x", "focus_y"} & set(self.fields):
            self.fields[name].required = False  # left empty, it stays
        if "file" in self.fields and "title" in self.fields:
            self.fields["title"].required = False
            # The file is judged by its content: what it is called says nothing.
            told = _("JPEG, PNG, WebP, AVIF or GIF, up to 20 MB. It can be dropped or pasted here.")
            self.fields["file"] = forms.FileField(label=capfirst(_("file")), help_text=told)

    def clean(self):
        data = super().clean()
        if "title" in self.fields and not data.get("title") and (file := data.get("file")):
            data["title"] = PurePath(file.name).stem[:200]
        return data


class ReplacementForm(PictureForm):
    """Another file, with the words of the picture it stands in for unless others are given."""

    def __init__(self, *args, old, **kwargs):
        words = {name: getattr(old, name) for name in TEXTS}
        super().__init__(*args, initial=words, **kwargs)


class AttachedForm(ChildForm):
    """An attachment of a draft: its titles, and its file, which another can take the place of while it is a draft.

    A whole PDF is in `file` by now (attaching.py): what is left in `upload` is refused here.
    """

    upload = forms.FileField(required=False, label=capfirst(_("PDF file")))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].required, self.fields["file"].widget = False, forms.HiddenInput()
            self.fields["upload"].help_text = self._about_file()
        else:  # a translator's
            self.fields.pop("upload", None)

    def _about_file(self):
        """Which file there is, attached already or since a save that was refused."""
        chosen = str(self["file"].value() or "")
        if chosen.isdecimal() and (file := Attachment.objects.filter(pk=chosen).first()):
            if file.pk == self.instance.file_id:
                return f"{file.title}.pdf"
            return _("%(name)s is uploaded already, and will be attached when you save.") % {"name": f"{file.title}.pdf"}
        return _("A PDF, up to 20 MB. Nobody can open it before this text is live.")

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload:
            try:
                as_pdf(upload)
            except forms.ValidationError as error:
                raise forms.ValidationError(error.messages) from None
        return upload

    def clean(self):
        data = super().clean()
        if "file" in self.fields and not (data.get("file") or data.get("upload") or "upload" in self.errors):
            self.add_error("upload", _("Please choose a PDF."))
        return data

    def save(self, commit=True):
        if "file" in self.changed_data and not any(getattr(self.instance, f"title_{code}") for code in languages.LANGUAGES):
            setattr(self.instance, f"title_{self.instance.edition.original_language}", self.instance.file.title)
        return super().save(commit)
