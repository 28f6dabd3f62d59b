"""Rich text that may show pictures of the library, and the notes of which it shows."""

from django.db.models import prefetch_related_objects
from django.db.models.signals import post_save
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import create_sanitizer

from newsroom.publishing.richtext import EXTENSIONS, RichTextField

from .illustrations import illustrated, pictures_in, tidied
from .models import Picture
from .shown import opened

# What static/desk/richtext.js says, in the desk's language.
WORDS = {
    "picture": _("Picture"),
    "choose": _("Choose a picture"),
    "search": _("Search the library"),
    "none": _("No picture is called so."),
    "upload": _("Or take in another: choose a file, drop it here or paste it"),
    "busy": _("Uploading…"),
    "refused": _("The picture could not be uploaded. Please try again."),
    "unreachable": _("The library cannot be reached. Please try again."),
    "words": _("What is said of this picture"),
    "alt": _("What the picture shows"),
    "alt_help": _("For those who cannot see it."),
    "decorative": _("The picture is decorative: it says nothing that the text does not say"),
    "caption": _("Caption"),
    "credit": _("Credit"),
    "done": _("Done"),
    "cancel": _("Cancel"),
    "remove": _("Take it out of the text"),
    "undescribed": _("Not described: readers are not shown it."),
    "open": _("Change what is said of this picture"),
}
EXTENSION = {"Picture": {"library": reverse_lazy("admin:library_picture_changelist"), "words": WORDS}}


class IllustratedField(RichTextField):
    """Rich text with pictures. Its model has a kind of Illustration, by which it is known who shows which."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, extensions=EXTENSIONS | EXTENSION, sanitize=[tidied, create_sanitizer], **kwargs)

    def pre_save(self, model_instance, add):
        html = super().pre_save(model_instance, add)
        if wanted := pictures_in(html):
            html = tidied(html, known(wanted))
            setattr(model_instance, self.attname, html)
        return html

    def missing(self, html):
        wanted = pictures_in(html)
        return [str(_("Picture"))] * len(wanted.keys() - known(wanted))

    def as_read(self, edition, html):
        return illustrated(html, opened(edition))


def known(wanted):
    """Those of the ids that are a picture's."""
    return set(Picture.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()


def texts_of(model):
    """The columns, one a language, in which an edition of this type may show pictures."""
    return [field for field in model._meta.concrete_fields if isinstance(field, IllustratedField) and hasattr(field, "language")]


def gather(editions):
    """Fetch the pictures inside the texts of many editions at once, one query a type; none where no text has one."""
    by_type = {}
    for edition in editions:
        if any("<figure" in (getattr(edition, field.attname) or "") for field in texts_of(type(edition))):
            by_type.setdefault(type(edition), []).append(edition)
    for found in by_type.values():
        prefetch_related_objects(found, "illustrations")


def note(sender, instance, **kwargs):
    """After each save of a draft: which pictures its texts show, and whether all of them are described."""
    if not instance.is_draft:
        return
    found = {}
    for field in texts_of(sender):
        for key, is_described in pictures_in(getattr(instance, field.attname)).items():
            found[key] = found.get(key, True) and is_described
    rows = instance.illustrations
    if dict(rows.values_list("picture", "is_described")) != found:
        rows.all().delete()
        kind = rows.model
        kind.objects.bulk_create(kind(edition=instance, picture_id=key, is_described=is_said) for key, is_said in found.items())


def watch(model):
    post_save.connect(note, sender=model, dispatch_uid=f"illustrations of {model._meta.label}")
