"""Events as the lines of a table, fast: no edition becomes an object, children come joined, and shared words are made once."""

import json
from functools import lru_cache

from django.conf import settings
from django.db import connection
from django.db.models import TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _

from newsroom.publishing import languages
from newsroom.publishing.dates import OPEN_END, OPEN_START, in_words, on_date_in_words
from newsroom.publishing.identity import ids_of_documents
from newsroom.publishing.querysets import EditionQuerySet
from newsroom.publishing.texts import shown_to
from timeline.models import Certainty, Effect, Event, EventActor, EventEdition, EventSource
from timeline.words import DOUBTS, deed_words

from .about import stamp
from .carried import Carried
from .cells import safe
from .reading import Place

COLUMNS = (
    "id", "title", "summary", "language", "translation", "date", "date_in_words", "first_day", "last_day", "time", "zone", "certainty",
    "kind", "who", "effects", "tags", "sources", "address", "permanent_address", "published_at", "updated_at", "as_known_at", "export",
    "notice",
)  # fmt: skip
ITEM, PART = "\x1e", "\x1f"
"""Between children, and between the fields of one. No text of ours can hold them."""
BETWEEN = " | "
TEXTS = ("slug", "title", "summary")
FACTS = ("pk", "document", "original_language", "date", "zone", "certainty", "kind")
AS_TEXT = ("first_day", "last_day", "time", "live_from", "first_live_from", "translations")
UNBOUND = {OPEN_START.isoformat(), OPEN_END.isoformat()}
TEXTS_FROM = len(FACTS) + len(AS_TEXT) + 3  # kinds of children
AT = {code: place for place, code in enumerate(languages.LANGUAGES)}
MISSING, BEHIND = "missing", "behind"


class Lines:
    """The lines of an export, `about` the events of a filter."""

    def __init__(self, about):
        self.about, self.wanted, choices = about, about.language, about.asked.choices
        self.measures = {one.document_id: (one.text.name, one.deadline_means) for one in choices.measures}
        self.actors = {one.document_id: one.text.name for one in choices.actors}
        tags = sorted((tag.slug, ids) for tag, ids in choices.tag_groups.items())
        self.carried = Carried(about.asked.matches, tags, BETWEEN)
        page = reverse("timeline:detail", args=["_"]).removesuffix("_/")
        self.page, self.path = settings.SITE_URL + page, "/" + page.removeprefix(get_script_prefix())
        self.past, self.id_of = f"{settings.SITE_URL}/memento/", ids_of_documents(Event)
        self.tail = (stamp(about.known_at), safe(about.address), safe(about.notice))
        for shared in ("who", "what", "phrase", "in_words"):
            setattr(self, shared, lru_cache(2048)(getattr(self, shared)))

    # --- Reading ----------------------------------------------------------------------------------------------------------
    def rows(self):
        """The events asked for, in their order, as tuples of texts: facts, children, and texts by language."""
        events = self.about.asked.events(EditionQuerySet(EventEdition).live(self.about.at))
        events = events.annotate(**{f"{name}_text": Cast(name, TextField()) for name in AS_TEXT}, **children())
        texts = [f"{name}_{code}" for code in languages.LANGUAGES for name in TEXTS]
        return events.values_list(*FACTS, *(f"{name}_text" for name in AS_TEXT), *children(), *texts)

    def place(self, row):
        _edition, document, *_facts = row
        first_day, last_day, time = row[len(FACTS) : len(FACTS) + 3]
        return Place(first_day, time, last_day, document)

    # --- Writing ----------------------------------------------------------------------------------------------------------
    def line(self, row):
        """The cells of COLUMNS but for those that all lines share, which are the `tail`; None for what came after the filter was asked."""
        edition, document, original, date, zone, certainty, kind, first_day, last_day, time, live_from, first_live_from, follows = row[:13]
        actors, effects, sources = row[13:TEXTS_FROM]
        if (tags := self.carried.of(edition)) is None:
            return None
        language, state = self.wanted, ""
        slug, title, summary = texts_in(row, language)
        if original != language:
            language, state = self.shown(original, title, follows)
            slug, title, summary = slug or texts_in(row, original)[0], *texts_in(row, language)[1:]
        return (
            self.id_of(document),
            safe(title or ""),
            safe(summary or ""),
            language,
            state,
            date,
            self.in_words(date),
            "" if first_day in UNBOUND else first_day,
            "" if last_day in UNBOUND else last_day,
            (time or "")[:5],
            zone,
            certainty,
            kind,
            self.who(actors),
            self.what(effects, language, original, certainty) if effects else "",
            tags,
            safe((sources or "").replace(ITEM, BETWEEN)),
            f"{self.page}{slug}/",
            f"{self.past}{digits(live_from)}{self.path}{slug}/",
            iso(first_live_from),
            iso(live_from),
        )

    def shown(self, original, title, follows):
        """(language, what is to be said of it), for a text in another original language."""
        is_missing, is_behind = shown_to(self.wanted, original, bool(title), json.loads(follows) if title else {})
        return original if is_missing else self.wanted, MISSING if is_missing else BEHIND if is_behind else ""

    def in_words(self, date):
        return in_words(date)

    def who(self, joined):
        """The names of the people and organisations that are live."""
        names = [self.actors[key] for key in map(int, (joined or "").split()) if key in self.actors]
        return safe(BETWEEN.join(names))

    def what(self, joined, language, original, certainty):
        """What the event did to measures that are live, in words."""
        rows = [item.split(PART) for item in joined.split(ITEM)]
        known = [row for row in rows if int(row[0]) in self.measures]
        return safe(BETWEEN.join(self.deed(row, language, original, certainty) for row in known))

    def deed(self, row, language, original, of_event):
        measure, verb, deadline, effective, certainty, *parts = row
        part = parts[AT[language]] or parts[AT[original]]
        doubt = of_event if certainty == Certainty.CONFIRMED else certainty
        return self.phrase(int(measure), verb, bool(part), deadline, effective, doubt).replace(PART, part)

    def phrase(self, measure, verb, is_part, deadline, effective, doubt):
        """What `deed` says, with PART in the place of the part."""
        name, deadline_means = self.measures[measure]
        day, on_date = deadline and in_words(deadline), effective and on_date_in_words(effective)
        words = deed_words(fill, verb, deadline_means, PART if is_part else "", day, on_date)
        return name + _(": ") + (f"{words} {DOUBTS[doubt]}" if doubt in DOUBTS else words)


def fill(sentence, **words):
    return str(sentence).format(**words)


# --- Moments ------------------------------------------------------------------------------------------------------------
def iso(moment):
    """The database's text of a moment, “2020-11-12 17:00:00+00”, in ISO 8601."""
    return f"{moment[:10]}T{moment[11:19]}Z"


def texts_in(row, language):
    start = TEXTS_FROM + AT[language] * len(TEXTS)
    return row[start : start + len(TEXTS)]


def digits(moment):
    """The same as in a memento's address."""
    return moment[:19].replace("-", "").replace(":", "").replace(" ", "")


# --- Children -----------------------------------------------------------------------------------------------------------
def children():
    """Each event's children as one text, in their order: annotations."""
    scopes = "".join(f" || '{PART}' || COALESCE(scope_{code}, '')" for code in languages.LANGUAGES)
    facts = f" || '{PART}' || ".join(["measure_id", "verb", "COALESCE(CAST(deadline AS text), '')", OF_ITS_OWN, "certainty"])
    kinds = " ".join("WHEN %s THEN %s" for _kind in EventSource.Kind)
    after = "".join(f" || CASE {name} WHEN '' THEN '' ELSE '{mark}' || {name} END" for name, mark in SOURCE)
    return {
        "actors_joined": joined(EventActor, "CAST(actor_id AS text)", separator=" "),
        "effects_joined": joined(Effect, facts + scopes),
        "sources_joined": joined(EventSource, f"CASE kind {kinds} END || publisher{after}", parameters=labels()),
    }


OF_ITS_OWN = "CASE effective WHEN timeline_eventedition.date THEN '' ELSE effective END"  # the event's day is said already
SOURCE = (("title", ", "), ("author", ", "), ("published", ", "), ("address", " "), ("archived_address", " "))


def labels():
    return [text for kind in EventSource.Kind for text in (kind.value, kind.label + _(": "))]


def joined(model, item, separator=ITEM, parameters=()):
    table = connection.ops.quote_name(model._meta.db_table)
    mine = f"FROM {table} WHERE edition_id = timeline_eventedition.id"
    if connection.vendor == "postgresql":
        sql = f"SELECT string_agg({item}, '{separator}' ORDER BY position, id) {mine}"
    else:
        sql = f"SELECT group_concat(item, '{separator}') FROM (SELECT {item} AS item {mine} ORDER BY position, id)"
    return RawSQL(sql, parameters, output_field=TextField())
