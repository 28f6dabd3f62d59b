"""Documents, editions and what is remembered about them. DESIGN.md's words; docs/architecture.md tells the story."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from . import languages
from .children import Child, Source
from .log import AboutEdition, Check, Comment, Decision, Revision, Verb
from .people import Account, Share
from .plaintext import refuse_control_characters
from .previews import PreviewLink, PreviewOpening
from .querysets import LOGGED, PRACTICE, TOMBSTONES, EditionQuerySet
from .releases import Member, Release
from .texts import Text, is_behind, text_of_edition
from .unsaved import Autosave

__all__ = [
    "OPEN", "AboutEdition", "Account", "Autosave", "Change", "Check", "Child",
    "Comment", "Decision", "Document", "Edition", "Labelled", "Lane", "Member", "Release", "Revision",
    "PreviewLink", "PreviewOpening", "Share", "Slug", "Source", "Status", "Tag", "Verb",
]  # fmt: skip

# "Never ends". PostgreSQL's infinity and datetime.max both overflow in Python.
OPEN = datetime(9000, 1, 1, tzinfo=UTC)


class Change(models.TextChoices):
    """What an edition is to the one before it."""

    FIRST = "first", _("First publication")
    UPDATE = "update", _("Update")
    CORRECTION = "correction", _("Correction")
    MINOR = "minor", _("Minor change")
    TRANSLATION = "translation", _("Translation")
    WITHDRAWAL = "withdrawal", _("Withdrawal")
    RETRACTION = "retraction", _("Retraction")


class Lane(models.TextChoices):
    """Where a draft waits. A document has at most one draft in each; once live, the lane means nothing any more."""

    WORKING = "working", _("Next edition")
    CORRECTION = "correction", _("Correction of the live edition")
    PASSING = "passing", _("Made and published in one step")
    PRACTICE = PRACTICE, _("To practise with")


class Document(models.Model):
    """The lasting identity of an article, a question, an event …: no content of its own."""

    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner"))
    review_every = models.PositiveIntegerField(_("review every (days)"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        edition = self.editions.order_by(F("live_from").desc(nulls_last=True), "-pk").first()
        return str(edition) if edition else f"{self._meta.verbose_name} {self.pk}"


LIVE_BY = ("live_from", "live_until", "change", "document")
"""The columns by which EditionQuerySet.live chooses."""


class Edition(models.Model):
    """One version of a document's content in all its languages: a draft while `live_from` is null, immutable from then on.

    Concrete types add `document`, their content and these names: TITLE (the text that names it; a language without it has no
    text), REQUIRED (texts that the original must have before it can be published), CHILDREN (related names of its children), NOT_COPIED
    (facts that a duplicate leaves out), SUITS_PRACTICE (a title alone makes a draft of it, so that newcomers can try the desk with one).
    """

    IS_CHILD = False
    TITLE = "title"
    REQUIRED = ("title",)
    CHILDREN = ()
    DERIVED = ()
    NOT_COPIED = ()
    SUITS_PRACTICE = False

    slug = models.SlugField(
        _("address"),
        max_length=120,
        blank=True,
        help_text=_("Part of the page’s address. Left empty, it is made from the title."),
    )
    original_language = models.CharField(_("original language"), max_length=5, choices=settings.LANGUAGES, default=languages.LANGUAGES[0])
    lane = models.CharField(max_length=12, choices=Lane, default=Lane.WORKING, editable=False)
    live_from = models.DateTimeField(_("live from"), null=True, editable=False)
    live_until = models.DateTimeField(_("live until"), default=OPEN, editable=False)
    first_live_from = models.DateTimeField(_("first published"), null=True, editable=False)
    recorded_at = models.DateTimeField(_("entered later, on"), null=True, editable=False)
    change = models.CharField(_("kind of change"), max_length=12, choices=Change, default=Change.FIRST)
    note = models.TextField(
        _("public note"),
        blank=True,
        max_length=600,
        validators=[refuse_control_characters],
        help_text=_("One sentence for the public: what changed, and why. Needed for everything but a first publication."),
    )
    translations = models.JSONField(default=dict, editable=False)
    behind = models.CharField(max_length=40, default="", blank=True, editable=False)
    words = models.TextField(default="", blank=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")
        ordering = ["-live_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(live_from__isnull=True) | Q(live_until__gte=F("live_from")), name="%(app_label)s_%(class)s_period"
            ),
            models.CheckConstraint(condition=~Q(lane=PRACTICE) | Q(live_from__isnull=True), name="%(app_label)s_%(class)s_practice"),
            models.UniqueConstraint(
                fields=["document", "lane"], condition=Q(live_from__isnull=True), name="%(app_label)s_%(class)s_one_draft_a_lane"
            ),
        ]
        indexes = [
            # With all that `live` asks, so that skipping editions of other moments does not read them.
            models.Index(F("first_live_from").desc(), F("id").desc(), *map(F, LIVE_BY), name="%(class)s_newest"),
            models.Index(F("document"), F("live_from").desc(), name="%(class)s_document"),
            models.Index(F("live_until"), F("live_from"), name="%(class)s_period"),
            models.Index(F("live_from"), name="%(class)s_live_from"),
            models.Index(fields=["recorded_at"], condition=Q(recorded_at__isnull=False), name="%(class)s_recorded"),
            models.Index(fields=["live_from"], condition=Q(change="retraction"), name="%(class)s_retracted"),
            models.Index(fields=["live_from"], condition=Q(change__in=LOGGED), name="%(class)s_logged"),
            models.Index(fields=["live_from"], condition=Q(behind__gt=""), name="%(class)s_behind"),
        ]

    def __str__(self):
        return self.title_in(languages.current()) or f"{self._meta.verbose_name} {self.pk}"

    @property
    def text(self):
        """This edition's words for a reader of the active language."""
        return text_of_edition(self, languages.current())

    @property
    def told(self):
        """The public note as `told.note`: in the active language, or else in the original, so that no reason is ever lost (law 7)."""
        here = languages.current()
        return Text(self, here, self.original_language, is_missing=not getattr(self, f"note_{here}"))

    @property
    def is_draft(self):
        return self.live_from is None

    @property
    def is_practice(self):
        return self.lane == Lane.PRACTICE

    @property
    def is_cancelled(self):
        return self.live_from is not None and self.live_until == self.live_from

    @property
    def is_tombstone(self):
        return self.change in TOMBSTONES

    @property
    def is_first(self):
        return self.change == Change.FIRST

    def title_in(self, language):
        """The title in a language, or in the original where it has none there."""
        title = getattr(self, f"{self.TITLE}_{language}") or getattr(self, f"{self.TITLE}_{self.original_language}")
        return title or ""

    def slug_in(self, language):
        return getattr(self, f"slug_{language}") or getattr(self, f"slug_{self.original_language}") or ""

    @property
    def slug_here(self):
        """The address in the active language."""
        return self.slug_in(languages.current())

    def has_text(self, language):
        return bool(getattr(self, f"{self.TITLE}_{language}"))

    def is_behind(self, language):
        """True where the text of `language` follows an original that has since been changed."""
        return is_behind(language, self.original_language, self.has_text(language), self.translations)

    def untold(self, before):
        """What the public note has to tell of, since it differs from the public edition `before`: a sentence for the desk, or ""."""
        return ""

    def status(self, at):
        """The derived status at a moment: draft, scheduled, live, superseded, withdrawn or cancelled."""
        if self.is_draft:
            return Status.DRAFT
        if self.is_cancelled:
            return Status.CANCELLED
        if at < self.live_from:
            return Status.SCHEDULED
        if at >= self.live_until:
            return Status.SUPERSEDED
        return Status.WITHDRAWN if self.is_tombstone else Status.LIVE


class Status(models.TextChoices):
    """Derived from the period, never stored (law 3)."""

    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CANCELLED = "cancelled", _("Cancelled")


class Labelled:
    """A row of a vocabulary with a `slug` and a `name` a language."""

    def __str__(self):
        return self.label

    @property
    def label(self):
        """The name in the active language, or in the first language that has one."""
        names = (getattr(self, f"name_{code}") for code in (languages.current(), *languages.LANGUAGES))
        return next(filter(None, names), self.slug)


class Tag(Labelled, TagBase):
    """A label across content types. Renaming changes the label, merging points to another; neither touches an edition."""

    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("merged into"))

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["slug"]


class Slug(models.Model):
    """Reserves an address, in every language at once, so that no two documents of a type can ever claim it.

    Pages are found through editions' own slugs, never here: a reservation may belong to a text under embargo.
    """

    type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    slug = models.CharField(max_length=120)
    document_id = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["type", "slug"], name="publishing_slug_once")]
        indexes = [models.Index(fields=["type", "document_id"], name="publishing_slug_document")]

    def __str__(self):
        return self.slug
