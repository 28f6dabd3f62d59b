"""Questions the public asks, each with a short answer first."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from newsroom.library.models import Illustration
from newsroom.library.richtext import IllustratedField
from newsroom.publishing.models import Document, Edition, Labelled, Source, Tag
from newsroom.publishing.plaintext import refuse_control_characters


class Topic(Labelled, models.Model):  # noqa: DJ008 — Labelled has it
    """What questions are grouped by: a vocabulary, like tags. Renaming one changes a label and no edition."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=100, validators=[refuse_control_characters])
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "slug"]


class Question(Document):
    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")


class QuestionTag(ItemBase):
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="question_items")
    content_object = models.ForeignKey("QuestionEdition", models.CASCADE)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="faq_tag_once")]


class QuestionEdition(Edition):
    TITLE = "question"
    REQUIRED = ("question", "short_answer")
    CHILDREN = ("sources",)

    document = models.ForeignKey(Question, models.PROTECT, related_name="editions", editable=False)
    question = models.CharField(_("question"), max_length=250, blank=True, validators=[refuse_control_characters])
    short_answer = models.CharField(
        _("short answer"), max_length=300, blank=True, validators=[refuse_control_characters],
        help_text=_("The answer in a word or a sentence: “No.” The reasons come after it."),
    )  # fmt: skip
    answer = IllustratedField(_("answer"))
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+", verbose_name=_("topic"))
    position = models.PositiveIntegerField(_("position"), default=100, help_text=_("Lower comes first within its topic."))
    tags = TaggableManager(through=QuestionTag, blank=True)

    class Meta(Edition.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def get_absolute_url(self):
        return reverse("faq:detail", args=[self.slug_here])


class QuestionSource(Source):
    edition = models.ForeignKey(QuestionEdition, models.CASCADE, related_name="sources")


class QuestionIllustration(Illustration):
    edition = models.ForeignKey(QuestionEdition, models.CASCADE, related_name="illustrations")
