"""Pictures. A picture's words are copied into the edition that shows it, so they are frozen with it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.publishing.plaintext import refuse_control_characters

from .files import picture_path
from .intake import re_encoded


class Picture(models.Model):
    """One picture file, stored under a name nobody can guess. Replacing a picture means uploading another one."""

    title = models.CharField(_("title"), max_length=200, validators=[refuse_control_characters], help_text=_("For the desk only."))
    address_in_preview = ""  # set in memory by whoever shows a page that is not public yet
    file = models.ImageField(_("file"), upload_to=picture_path, width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
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
        return self.address_in_preview or self.file.url

    def clean(self):
        super().clean()
        if self.file and not self.file._committed:
            self.file = re_encoded(self.file.file)
