"""What belongs to one edition, row by row: its sources, claims, effects … They have no life of their own, and are frozen with it."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from . import languages
from .dates import validate_partial_date
from .plaintext import refuse_control_characters
from .texts import text_of_child


def with_children(edition):
    """The edition and its children, a list: every row that holds a text of it."""
    return [edition, *(child for name in edition.CHILDREN for child in getattr(edition, name).all())]


class Child(models.Model):
    """A row that belongs to one edition (`edition`) and is frozen with it."""

    IS_CHILD = True
    CHILDREN = ()
    DERIVED = ()

    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        default_permissions = ()

    @property
    def text(self):
        return text_of_child(self, languages.current())


class Source(Child):
    """Where a statement of ours can be checked."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("official record")
        COURT = "court", _("court record")
        PRESS = "press", _("press")
        COMPANY = "company", _("company")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PRESS)
    title = models.CharField(_("title"), max_length=300, blank=True, validators=[refuse_control_characters])
    publisher = models.CharField(_("publisher"), max_length=200, validators=[refuse_control_characters])
    author = models.CharField(_("author"), max_length=200, blank=True, validators=[refuse_control_characters])
    published = models.CharField(
        _("published"), max_length=40, blank=True, validators=[validate_partial_date], help_text=_("As known: 2020-08-14, 2020-08 or 2020.")
    )
    accessed = models.DateField(_("accessed"), null=True, blank=True)
    address = models.URLField(_("address"), max_length=600, blank=True)
    archived_address = models.URLField(_("archived address"), max_length=600, blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True, validators=[RegexValidator(r"^[a-z]{2,3}$")])
    excerpt = models.TextField(_("excerpt"), blank=True, validators=[refuse_control_characters])
    is_translated = models.BooleanField(_("the excerpt is a translation"), default=False)

    class Meta(Child.Meta):
        abstract = True
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self):
        return self.title or self.publisher
