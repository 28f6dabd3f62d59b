"""Statements and everything else the newsroom says in prose."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from newsroom.library.illustrations import first_described
from newsroom.library.models import Attached, Illustration
from newsroom.library.richtext import IllustratedField, gather
from newsroom.publishing import languages
from newsroom.publishing.dates import validate_partial_date
from newsroom.publishing.models import LIVE_BY, Child, Document, Edition, Source, Tag
from newsroom.publishing.plaintext import refuse_control_characters


class Article(Document):
    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")


class ArticleTag(ItemBase):
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="article_items")
    content_object = models.ForeignKey("ArticleEdition", models.CASCADE)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="articles_tag_once")]


def undescribed():
    """Editions whose picture some reader of a text does not see, because it says in their language nothing of it."""
    lacking = Q()
    for code in languages.LANGUAGES:
        lacking |= (Q(**{f"picture_alt_{code}": ""}) | Q(**{f"picture_alt_{code}": None})) & Q(**{f"title_{code}__gt": ""})
    return Q(lacking, picture__isnull=False, is_decorative=False)


class ArticleEdition(Edition):
    class Kind(models.TextChoices):
        STATEMENT = "statement", _("Statement")
        PRESS_RELEASE = "press_release", _("Press release")
        POST = "post", _("Post")
        CLAIM = "claim", _("Claim and answer")
        ROADMAP = "roadmap", _("Roadmap")
        POLICY = "policy", _("Policy")
        UPDATE = "update", _("News")
        LINK = "link", _("Link")
        POST_ELSEWHERE = "post_elsewhere", _("Post elsewhere")
        REPORTER_STATEMENT = "reporter_statement", _("Statement to a reporter")

    CHILDREN = ("claims", "attachments", "sources")
    NOT_COPIED = ("is_pinned",)
    lacks_words = staticmethod(undescribed)
    SUITS_PRACTICE = True

    document = models.ForeignKey(Article, models.PROTECT, related_name="editions", editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.STATEMENT)
    title = models.CharField(_("title"), max_length=200, blank=True, validators=[refuse_control_characters])
    summary = models.TextField(_("summary"), max_length=600, blank=True, validators=[refuse_control_characters])
    body = IllustratedField(_("text"))
    byline = models.CharField(_("byline"), max_length=200, blank=True, validators=[refuse_control_characters])
    picture = models.ForeignKey("library.Picture", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture"))
    picture_alt = models.CharField(
        _("what the picture shows"), max_length=300, blank=True, validators=[refuse_control_characters],
        help_text=_("For those who cannot see it."),
    )  # fmt: skip
    is_decorative = models.BooleanField(
        _("the picture is decorative"), default=False,
        help_text=_("It says nothing that the text does not say. Any other picture is left out of the page until it is described."),
    )  # fmt: skip
    picture_caption = models.CharField(_("caption"), max_length=300, blank=True, validators=[refuse_control_characters])
    picture_credit = models.CharField(_("credit"), max_length=200, blank=True, validators=[refuse_control_characters])
    address = models.URLField(_("address elsewhere"), max_length=600, blank=True, help_text=_("For a link, or a post on another site."))
    is_pinned = models.BooleanField(
        _("pinned to the top"), default=False,
        help_text=_("Of the home page and of the list of articles, for as long as this edition is live."),
    )  # fmt: skip
    tags = TaggableManager(through=ArticleTag, blank=True)
    is_at_top = False
    """Set in memory where a list shows it above the others."""

    class Meta(Edition.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            *Edition.Meta.indexes,
            models.Index(F("kind"), F("first_live_from").desc(), F("id").desc(), *map(F, LIVE_BY), name="article_by_kind"),
            models.Index(F("first_live_from").desc(), F("id").desc(), *map(F, LIVE_BY), condition=Q(is_pinned=True), name="article_pinned"),
            models.Index(F("live_from"), condition=undescribed(), name="article_undescribed"),
        ]

    def get_absolute_url(self):
        return reverse("articles:detail", args=[self.slug_here])

    def get_kind_display(self):
        return str(self.Kind(self.kind).label)  # Django’s own makes a dictionary of all labels for each one

    @property
    def shown_picture(self):
        """The picture, where the reader is told what it shows, or need not be; None otherwise: nobody is given one without its words."""
        return self.picture if self.picture and (self.is_decorative or self.text.picture_alt) else None

    @property
    def named_picture(self):
        """(picture, its words) to show beside a link: the one above the text, or else the first described one inside it; or (None, "")."""
        if self.shown_picture:
            return self.shown_picture, self.alt
        gather([self])
        return first_described(self.text.body, self)

    def take_words(self, kept):
        """The words of the library's picture, copied: from now on they are this text's (law 1). Columns named in `kept` stay."""
        words = {f"picture_alt_{code}": getattr(self.picture, f"alt_{code}", "") or "" for code in languages.LANGUAGES}
        words["picture_credit"] = self.picture.credit if self.picture else ""
        for column, said in words.items():
            if column not in kept:
                setattr(self, column, said)

    @property
    def alt(self):
        """What the reader who cannot see the picture is told: nothing of one that says nothing."""
        return "" if self.is_decorative else self.text.picture_alt


class Claim(Child):
    """What was said, by whom, when; and our answer."""

    class Status(models.TextChoices):
        ANSWERED = "answered", _("Answered")
        DECLINED = "declined", _("Answer declined")
        AWAITING = "awaiting", _("Awaiting an answer")

    edition = models.ForeignKey(ArticleEdition, models.CASCADE, related_name="claims")
    said = models.TextField(_("what was said"), blank=True, validators=[refuse_control_characters])
    who = models.CharField(_("by whom"), max_length=200, blank=True, validators=[refuse_control_characters])
    said_on = models.CharField(
        _("said on"), max_length=40, blank=True, validators=[validate_partial_date], help_text=_("As known: 2020-08-14, 2020-08 or 2020.")
    )
    source_publisher = models.CharField(_("where it was said"), max_length=200, blank=True, validators=[refuse_control_characters])
    source_address = models.URLField(_("address"), max_length=600, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ANSWERED)
    answer = models.TextField(_("our answer"), blank=True, validators=[refuse_control_characters])

    class Meta(Child.Meta):
        verbose_name = _("claim")
        verbose_name_plural = _("claims and our answers")

    def __str__(self):
        return self.text.said[:80]


class ArticleSource(Source):
    edition = models.ForeignKey(ArticleEdition, models.CASCADE, related_name="sources")


class ArticleAttachment(Attached):
    edition = models.ForeignKey(ArticleEdition, models.CASCADE, related_name="attachments")


class ArticleIllustration(Illustration):
    edition = models.ForeignKey(ArticleEdition, models.CASCADE, related_name="illustrations")
