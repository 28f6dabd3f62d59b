"""Pictures and attachments. A picture's words are copied into the edition that shows it, so they are frozen with it."""

from contextvars import ContextVar
from pathlib import PurePath

from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.publishing.models import Child
from newsroom.publishing.plaintext import refuse_control_characters

from . import renditions
from .files import attachment_path, picture_path
from .intake import as_pdf, re_encoded

PER_CENT = [MaxValueValidator(100)]


key_to = ContextVar("what opens a picture's file, by its name, on pages that are not public yet", default=lambda name: "")


class Picture(models.Model):
    """One picture file, stored under a name nobody can guess. Replacing a picture means uploading another one."""

    title = models.CharField(_("title"), max_length=200, validators=[refuse_control_characters], help_text=_("For the desk only."))
    key = ""  # set in memory by whoever shows a page that is not public yet
    file = models.ImageField(_("file"), upload_to=picture_path, width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField(
        _("what the picture shows"), max_length=300, blank=True, validators=[refuse_control_characters],
        help_text=_("For those who cannot see it. Copied into each text that takes the picture, where it can be changed."),
    )  # fmt: skip
    credit = models.CharField(_("credit"), max_length=200, blank=True, validators=[refuse_control_characters])
    focus_x = models.PositiveSmallIntegerField(_("point that matters, from the left (%)"), default=50, validators=PER_CENT)
    focus_y = models.PositiveSmallIntegerField(_("point that matters, from the top (%)"), default=50, validators=PER_CENT)
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-added_at", "-pk"]

    def __str__(self):
        return self.title

    @property
    def address(self):
        """Where a page finds its file."""
        return self._address_of(self.file.name)

    @property
    def sharing_address(self):
        """Where other sites find the cut that they show beside a link."""
        return self._address_of(renditions.sharing_name(self))

    @property
    def sources(self):
        """What a page offers besides the file itself, best packed first: [(media type, the value of a `srcset`)]."""
        widths = renditions.widths(self.width)
        return [(f"image/{format_}", ", ".join(self._candidate(width, format_) for width in widths)) for format_ in renditions.FORMATS]

    def _candidate(self, width, format_):
        return f"{self._address_of(renditions.copy_name(self.file.name, width, format_))} {width}w"

    def _address_of(self, name):
        key = self.key or key_to.get()(self.file.name)
        return default_storage.url(name) + (f"?key={key}" if key else "")

    def clean(self):
        super().clean()
        if self.file and not self.file._committed:
            self.file = re_encoded(self.file.file)


class PictureManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().select_related("picture")


class Illustration(models.Model):
    """That the text of an edition shows a picture: noted whenever a draft is saved, frozen with it. A type of edition adds `edition`."""

    picture = models.ForeignKey(Picture, models.PROTECT, related_name="+")
    is_described = models.BooleanField()

    objects = PictureManager()

    class Meta:
        abstract = True
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["edition", "picture"], name="%(class)s_once")]
        indexes = [models.Index(fields=["edition"], condition=models.Q(is_described=False), name="%(class)s_debt")]

    def __str__(self):
        return str(self.picture)


class Attachment(models.Model):
    """One PDF, as it was uploaded, under a name nobody can guess. Like a picture it is never swapped."""

    key = ""  # set in memory by whoever shows a page that is not public yet
    title = models.CharField(_("title"), max_length=200, validators=[refuse_control_characters])
    file = models.FileField(_("file"), upload_to=attachment_path)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("PDF file")
        verbose_name_plural = _("PDF files")
        ordering = ["-added_at", "-pk"]
        default_permissions = ()

    def __str__(self):
        return self.title

    @property
    def address(self):
        """Where readers of the active language find it, at the moment they read."""
        name = PurePath(self.file.name).name
        return reverse("attachment", args=[name]) + (f"?key={self.key}" if self.key else "")

    def clean(self):
        super().clean()
        if self.file and not self.file._committed:
            as_pdf(self.file.file)


class AttachedManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().select_related("file")


class Attached(Child):
    """A PDF that belongs to an edition, with its title in each language. A type of edition adds `edition`."""

    title = models.CharField(_("title of the attachment"), max_length=200, blank=True, validators=[refuse_control_characters])
    file = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name=_("PDF file"))

    objects = AttachedManager()

    class Meta(Child.Meta):
        abstract = True
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self):
        return self.name

    @property
    def name(self):
        """Its title for a reader. What the file was called is no part of the edition."""
        return self.text.title or gettext("PDF file")
