"""What spans all content and is small: the urgent banner."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.publishing.models import Document, Edition
from newsroom.publishing.plaintext import refuse_control_characters

validate_address = RegexValidator(r"^(/[^/\\]|https?://)\S*$", _("An address begins with / or with https://."))


class Banner(Document):
    class Meta:
        verbose_name = _("urgent banner")
        verbose_name_plural = _("urgent banners")


class BannerEdition(Edition):
    """One sentence above every page's content while it is live."""

    TITLE = "message"
    REQUIRED = ("message",)

    document = models.ForeignKey(Banner, models.PROTECT, related_name="editions", editable=False)
    message = models.CharField(_("message"), max_length=300, blank=True, validators=[refuse_control_characters])
    address = models.CharField(
        _("leads to"),
        max_length=600,
        blank=True,
        validators=[validate_address],
        help_text=_("The address of the page that says more, such as /en/articles/our-answer/."),
    )

    class Meta(Edition.Meta):
        verbose_name = _("urgent banner")
        verbose_name_plural = _("urgent banners")

    def get_absolute_url(self):
        return self.address
