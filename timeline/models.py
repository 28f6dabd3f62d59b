"""Events, the measures they act on, and the people and organisations they name."""

from datetime import time
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from newsroom.library.models import Illustration
from newsroom.library.richtext import IllustratedField
from newsroom.publishing.dates import in_words, parse, validate_partial_date
from newsroom.publishing.models import Child, Document, Edition, Source, Tag
from newsroom.publishing.plaintext import refuse_control_characters

from .in_force import Verb
from .zones import validate_zone


class Certainty(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    REPORTED = "reported", _("reported")
    DISPUTED = "disputed", _("disputed")

    @staticmethod
    def least(of_effect, of_event):
        """An effect is no more certain than its event."""
        return of_event if of_effect == Certainty.CONFIRMED else of_effect


def address_of(page, slug):
    """`reverse`, which is asked once for what stands before the slug: a list names sixty of them."""
    return f"{before_slug(page)}{slug}/" if slug else reverse(page, args=[slug])


def before_slug(page):
    return _before_slug(page, get_script_prefix(), get_language())


@lru_cache(256)
def _before_slug(page, _prefix, _language):
    return reverse(page, args=["_"]).removesuffix("_/")


# --- Measures -----------------------------------------------------------------------------------------------------------
class Measure(Document):
    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")


class MeasureEdition(Edition):
    class Nature(models.TextChoices):
        PUBLIC_ACT = "public_act", _("Public act")
        COMPANY_COMMITMENT = "company_commitment", _("Company commitment")

    class DeadlineMeans(models.TextChoices):
        TAKES_EFFECT = "takes_effect", _("the day it takes effect")
        COMPLY_BY = "comply_by", _("the last day to comply")

    TITLE = "name"
    REQUIRED = ("name",)

    document = models.ForeignKey(Measure, models.PROTECT, related_name="editions", editable=False)
    name = models.CharField(_("name"), max_length=200, blank=True, validators=[refuse_control_characters])
    description = models.TextField(_("description"), max_length=1200, blank=True, validators=[refuse_control_characters])
    jurisdiction = models.CharField(_("jurisdiction"), max_length=100, blank=True, validators=[refuse_control_characters])
    nature = models.CharField(_("nature"), max_length=20, choices=Nature, default=Nature.PUBLIC_ACT)
    deadline_means = models.CharField(_("a deadline is"), max_length=20, choices=DeadlineMeans, default=DeadlineMeans.COMPLY_BY)
    checked_through = models.DateField(
        _("checked through"), help_text=_("The last day for which somebody checked the record. After it, pages say “not known here”.")
    )

    class Meta(Edition.Meta):
        verbose_name = _("measure")
        verbose_name_plural = _("measures")

    def get_absolute_url(self):
        return address_of("timeline:measure", self.slug_here)


# --- Actors -------------------------------------------------------------------------------------------------------------
class Actor(Document):
    class Meta:
        verbose_name = _("person or organisation")
        verbose_name_plural = _("people and organisations")


class ActorEdition(Edition):
    TITLE = "name"
    REQUIRED = ("name",)

    document = models.ForeignKey(Actor, models.PROTECT, related_name="editions", editable=False)
    name = models.CharField(_("name"), max_length=200, blank=True, validators=[refuse_control_characters])
    description = models.CharField(_("description"), max_length=300, blank=True, validators=[refuse_control_characters])

    class Meta(Edition.Meta):
        verbose_name = _("person or organisation")
        verbose_name_plural = _("people and organisations")

    def get_absolute_url(self):
        return reverse("timeline:list") + f"?actor={self.slug_here}"


# --- Events -------------------------------------------------------------------------------------------------------------
class Event(Document):
    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")


class EventTag(ItemBase):
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="event_items")
    content_object = models.ForeignKey("EventEdition", models.CASCADE)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="timeline_tag_once")]


class EventEdition(Edition):
    class Kind(models.TextChoices):
        ORDER = "order", _("Order")
        COURT = "court", _("Court decision")
        LEGISLATION = "legislation", _("Legislation")
        DEADLINE = "deadline", _("Deadline")
        COMPANY = "company", _("Company step")
        STATEMENT = "statement", _("Statement")
        REPORT = "report", _("Press report")

    CHILDREN = ("effects", "actors", "sources")
    DERIVED = ("first_day", "last_day")

    document = models.ForeignKey(Event, models.PROTECT, related_name="editions", editable=False)
    title = models.CharField(_("title"), max_length=200, blank=True, validators=[refuse_control_characters])
    summary = models.TextField(_("summary"), max_length=600, blank=True, validators=[refuse_control_characters])
    body = IllustratedField(_("text"))
    date = models.CharField(
        _("date, as known"), max_length=40, validators=[validate_partial_date],
        help_text=_("2020-08-14, or less: 2020-08, 2020. About: 2020-08-17~. Doubtful: 2020?. From … to: 2020-08-14/2020-11-12."),
    )  # fmt: skip
    first_day = models.DateField(_("first possible day"), editable=False)
    last_day = models.DateField(_("last possible day"), editable=False)
    time = models.TimeField(_("time of day, if known"), null=True, blank=True)
    zone = models.CharField(
        _("time zone of that time"), max_length=60, blank=True, validators=[validate_zone], help_text=_("For instance America/New_York.")
    )
    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty, default=Certainty.CONFIRMED)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.ORDER)
    statement = models.ForeignKey(
        "articles.Article", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("our statement about it")
    )
    tags = TaggableManager(through=EventTag, blank=True)

    class Meta(Edition.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            *Edition.Meta.indexes,
            models.Index(fields=["first_day", "time", "last_day", "document"], name="event_by_place"),  # their order: `order.FORWARD`
        ]

    def get_absolute_url(self):
        return address_of("timeline:detail", self.slug_here)

    def clean(self):
        super().clean()
        if isinstance(self.time, time) and not self.zone:
            raise ValidationError({"zone": _("A time of day needs its time zone.")})

    # Django makes a dictionary of all labels for each one that it is asked for.
    def get_kind_display(self):
        return str(self.Kind(self.kind).label)

    def get_certainty_display(self):
        return str(Certainty(self.certainty).label)

    @property
    def when(self):
        """The date, and the time of day where it is known, in words of the active language."""
        return in_words(self.date) + (f", {self.time:%H:%M}, {self.zone}" if self.time else "")

    def untold(self, before):
        if before.certainty != Certainty.CONFIRMED or (self.date, self.time, self.zone) == (before.date, before.time, before.zone):
            return ""
        words = {"before": before.when, "after": self.when}
        return _("A confirmed date changes, from “%(before)s” to “%(after)s”: say so in the public note, and why.") % words

    def save(self, *args, **kwargs):
        known = parse(self.date)
        self.first_day, self.last_day = known.first_day, known.last_day
        super().save(*args, **kwargs)


class Effect(Child):
    """What an event does to a measure, in whole or in part."""

    VERB_LABELS = {
        Verb.ORDERS: _("orders"),
        Verb.STARTS: _("starts"),
        Verb.SETS_DEADLINE: _("sets a deadline for"),
        Verb.EXTENDS: _("moves the deadline of"),
        Verb.SUSPENDS: _("suspends"),
        Verb.RESUMES: _("resumes"),
        Verb.AMENDS: _("amends"),
        Verb.ANNULS: _("annuls"),
        Verb.ENDS: _("ends"),
    }

    edition = models.ForeignKey(EventEdition, models.CASCADE, related_name="effects", db_index=False)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+", verbose_name=_("measure"))
    verb = models.CharField(_("effect"), max_length=15, choices=list(VERB_LABELS.items()))
    scope = models.CharField(
        _("only this part"),
        max_length=200,
        blank=True,
        validators=[refuse_control_characters],
        help_text=_("Left empty: the whole measure."),
    )
    effective = models.CharField(
        _("effective, as known"),
        max_length=40,
        blank=True,
        validators=[validate_partial_date],
        help_text=_("Left empty: the event’s date."),
    )
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    counted_from = models.CharField(
        _("how the day is counted"), max_length=200, blank=True, validators=[refuse_control_characters], help_text=_("“signed + 90 days”")
    )
    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty, default=Certainty.CONFIRMED)

    class Meta(Child.Meta):
        verbose_name = _("effect")
        verbose_name_plural = _("effects on measures")
        indexes = [
            models.Index(fields=["measure", "verb"], name="effect_by_measure"),
            models.Index(fields=["edition", "position", "id"], name="effect_in_order"),
        ]

    def __str__(self):
        return self.get_verb_display()

    def clean(self):
        super().clean()
        if self.verb in (Verb.SETS_DEADLINE, Verb.EXTENDS) and not self.deadline:
            raise ValidationError({"deadline": _("This effect needs the day of the deadline.")})


class EventActor(Child):
    edition = models.ForeignKey(EventEdition, models.CASCADE, related_name="actors")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="+", verbose_name=_("person or organisation"))

    class Meta(Child.Meta):
        verbose_name = _("person or organisation named")
        verbose_name_plural = _("people and organisations named")

    def __str__(self):
        return str(self.actor)


class EventSource(Source):
    edition = models.ForeignKey(EventEdition, models.CASCADE, related_name="sources", db_index=False)

    class Meta(Source.Meta):
        indexes = [models.Index(fields=["edition", "position", "id"], name="eventsource_in_order")]


class EventIllustration(Illustration):
    edition = models.ForeignKey(EventEdition, models.CASCADE, related_name="illustrations")
