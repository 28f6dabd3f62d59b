"""What the answers hold. The schema that programs read, and the documentation that people read, are made from these."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, Field

from .examples import EXAMPLES


class Part(BaseModel):
    """A schema with the example of its name."""

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        if cls.__name__ in EXAMPLES:
            cls.model_config = {**cls.model_config, "json_schema_extra": {"examples": [EXAMPLES[cls.__name__]]}}


# --- Small parts --------------------------------------------------------------------------------------------------------
class Named(Part):
    code: str = Field(description=_("Never changes; in English in every language."))
    label: str = Field(description=_("In the language asked for."))


class KnownDate(Part):
    edtf: str = Field(description=_("As written: EDTF, levels 0 and 1 (ISO 8601-2)."))
    first_day: date | None = Field(description=_("The first possible day; null where the start is open."))
    last_day: date | None = Field(description=_("The last possible day; null where the end is open."))
    words: str = Field(description=_("In plain words of the language asked for."))


class Words(Part):
    text: str
    language: str = Field(description=_("The language of the text, which is the original’s where there is no translation."))


class Tag(Part):
    slug: str
    label: str
    api: str = Field(description=_("The address of this in the API, at the same moment."))


class Reference(Part):
    slug: str
    title: str
    language: str = Field(description=_("The language of the title."))
    address: str = Field(description=_("The page."))
    api: str = Field(description=_("The address of this in the API, at the same moment."))


class Actor(Part):
    slug: str
    name: str
    description: str
    language: str
    events: str = Field(description=_("The address of the events that name it in the API."))


class Source(Part):
    kind: Named
    title: str
    publisher: str
    author: str
    published: KnownDate | None
    accessed: date | None = Field(description=_("The day on which it was read."))
    address: str
    archived_address: str
    language: str
    excerpt: str
    is_translated: bool = Field(description=_("Whether the excerpt is a translation."))


class Changed(Part):
    at: datetime
    change: Named


# --- Documents ----------------------------------------------------------------------------------------------------------
class Document(Part):
    """What every document says of itself."""

    id: str = Field(description=_("Never changes, in any language and under any address; the same as in the feeds."))
    slug: str = Field(description=_("The last part of the address, in the language asked for."))
    status: str = Field(description=_("live, or withdrawn: kept as it was, so that it can still be checked; it no longer holds."))
    address: str = Field(description=_("The page."))
    permanent: str = Field(description=_("The page as it stood when this edition went live; cite this."))
    history: str = Field(description=_("The page with all editions and what changed between them."))
    api: str = Field(description=_("The address of this in the API, at the same moment."))
    language: str = Field(description=_("The language of the texts, which is the original’s where there is no translation."))
    languages: list[str] = Field(description=_("The languages that it has a text in."))
    is_translation_missing: bool
    is_translation_behind: bool = Field(description=_("Whether the original has changed since this translation was made."))
    first_live_from: datetime = Field(description=_("First published."))
    live_from: datetime = Field(description=_("When this edition went live."))
    entered_at: datetime | None = Field(description=_("When it was entered from sources, where that was after it went live."))
    change: Named = Field(description=_("What this edition is to the one before it."))
    note: Words | None = Field(description=_("The public note: what changed, and why."))
    updated: Changed | None = Field(description=_("The last change of what it says: translations and minor changes do not count."))
    checked_at: datetime | None = Field(description=_("When somebody last read this edition again and found it still right."))


class Picture(Part):
    address: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str


class Attachment(Part):
    title: str
    address: str = Field(description=_("There while the document is live."))
    type: str
    bytes: int


class Claim(Part):
    said: str
    who: str
    said_on: KnownDate | None
    publisher: str
    source: str
    status: Named
    answer: str
    language: str


class Article(Document):
    kind: Named
    title: str
    summary: str
    html: str = Field(description=_("The text; every address in it is absolute."))
    byline: str
    picture: Picture | None
    elsewhere: str = Field(description=_("Where it was published, for a link or a post on another site."))
    claims: list[Claim]
    attachments: list[Attachment]
    tags: list[Tag]
    sources: list[Source]


class Topic(Part):
    slug: str
    label: str


class Question(Document):
    topic: Topic
    question: str
    short_answer: str
    html: str = Field(description=_("The answer with its reasons; every address in it is absolute."))
    tags: list[Tag]
    sources: list[Source]


class Effect(Part):
    measure: Reference
    verb: Named
    part: str = Field(description=_("The part it is about; empty for the whole."))
    effective: KnownDate | None = Field(description=_("Where that is not the date of the event."))
    deadline: date | None
    counted_from: str = Field(description=_("How the day is counted."))
    certainty: Named
    words: str = Field(description=_("All of it in words, with the deadline that stood before."))


class Event(Document):
    date: KnownDate
    time: str | None = Field(pattern="^[0-9]{2}:[0-9]{2}$", description=_("The time of day, if known: 14:30."))
    zone: str = Field(description=_("The IANA time zone of that time."))
    kind: Named
    certainty: Named
    title: str
    summary: str
    html: str = Field(description=_("The text; every address in it is absolute."))
    effects: list[Effect]
    actors: list[Actor]
    statement: Reference | None = Field(description=_("Our statement about it."))
    tags: list[Tag]
    sources: list[Source]


class Span(Part):
    state: Named
    first_day: date
    last_day: date


class Measure(Document):
    name: str
    description: str
    jurisdiction: str
    nature: Named
    deadline_means: Named
    checked_through: date = Field(description=_("The last day for which somebody checked the record; nothing later is known here."))
    life: list[Span] = Field(description=_("Its states, one after the other, through the last day that was checked."))
    earlier_spans: int = Field(description=_("How many states there were before these."))
    events: str = Field(description=_("The address of the events that act on it in the API."))


# --- In force -----------------------------------------------------------------------------------------------------------
class FormerDeadline(Part):
    day: date
    certainty: Named


class Standing(Part):
    on: date
    state: Named
    possible: list[Named] = Field(description=_("The states there may be, where the state is uncertain."))
    words: str = Field(description=_("The state in words, with its date and its parts."))
    deadline: date | None
    former_deadlines: list[FormerDeadline] = Field(description=_("The days that were the deadline before, the oldest first."))
    deadline_words: str
    caution: str


class Behind(Part):
    event: Reference
    date: KnownDate
    certainty: Named
    effects: list[str] = Field(description=_("What the event did to the measure, in words."))
    sources: list[Source]


class InForce(Part):
    measure: Reference
    nature: Named
    remark: str
    checked_through: date = Field(description=_("The last day for which somebody checked the record; nothing later is known here."))
    standing: Standing = Field(description=_("The measure at the end of the day asked about."))
    last_known: Standing | None = Field(description=_("The measure on the last day that was checked, where the day asked about is later."))
    events: list[Behind] = Field(description=_("The events that decide the state, and the latest others behind it."))
    event_count: int = Field(description=_("How many events there are behind it."))


# --- Tags ---------------------------------------------------------------------------------------------------------------
class TagUse(Part):
    slug: str
    label: str
    address: str = Field(description=_("The page."))
    api: str = Field(description=_("The address of this in the API, at the same moment."))
    carried_by: list[str] = Field(description=_("Which live content carries it: articles, questions, events."))
    articles: str | None = Field(description=_("The address of the articles that carry it in the API."))
    events: str | None = Field(description=_("The address of the events that carry it in the API."))


# --- Answers ------------------------------------------------------------------------------------------------------------
class Answer(Part):
    notice: str | None = Field(description=_("What must be known of the whole site: that it is a demonstration, for instance."))
    language: str = Field(description=_("The language asked for."))
    at: datetime | None = Field(description=_("The moment asked for; null for the present."))
    changed_at: datetime | None = Field(description=_("When anything on the site last changed by then."))


class List(Answer):
    next: str | None = Field(
        description=_("The address of the items that follow, at the moment of this answer; null at the end. Follow it as it is.")
    )


class Articles(List):
    items: list[Article]


class Questions(List):
    items: list[Question]


class Events(List):
    count: int = Field(description=_("How many events match, on all pages."))
    items: list[Event]


class Measures(List):
    honesty: str
    items: list[Measure]


class Tags(List):
    items: list[TagUse]


class Day(Answer):
    on: date = Field(description=_("The day asked about, which is the day of the moment where none is."))
    zone: str = Field(description=_("The time zone in which days are counted."))
    honesty: str


class AllInForce(Day):
    items: list[InForce]


class OneInForce(Day):
    item: InForce


class OneArticle(Answer):
    item: Article


class OneQuestion(Answer):
    item: Question


class OneEvent(Answer):
    item: Event


class OneMeasure(Answer):
    honesty: str
    item: Measure


class OneTag(Answer):
    item: TagUse


class Door(Part):
    name: str
    address: str
    about: str


class Index(Part):
    notice: str | None
    name: str
    languages: list[str]
    zone: str
    documentation: str
    openapi: str
    doors: list[Door]


class Problem(Part):
    """RFC 9457."""

    type: str = Field(description=_("The address of an explanation."))
    title: str
    status: int
    detail: str
    parameter: str | None = Field(None, description=_("The parameter that is wrong."))
    value: str | None = Field(None, description=_("What was given for it."))
    retracted_at: datetime | None = None
