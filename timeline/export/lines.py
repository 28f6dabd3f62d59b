"""Events as the lines of a table, fast: no edition becomes an object, children come joined, and shared words are made once."""

import json
from functools import lru_cache

from django.conf import settings
from django.db import connection
from django.db.models import Case, Q, TextField, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Concat
from django.urls import get_script_prefix
from django.utils.translation import gettext as _

from newsroom.publishing import languages
from newsroom.publishing.dates import OPEN_END, OPEN_START, in_words, on_date_in_words
from newsroom.publishing.identity import ids_of_documents
from newsroom.publishing.querysets import EditionQuerySet
from newsroom.publishing.texts import shown_to
from timeline.models import Certainty, Effect, Event, EventEdition, EventSource, before_slug
from timeline.words import DOUBTS, deed_words

from .about import stamp
from .carried import Carried
from .cells import written
from .reading import Place

COLUMNS = (
    "id", "title", "summary", "language", "translation", "date", "date_in_words", "first_day", "last_day", "time", "zone", "certainty",
    "kind", "who", "effects", "tags", "sources", "address", "permanent_address", "published_at", "updated_at", "as_known_at", "export",
    "notice",
)  # fmt: skip
ITEM, PART = "\x1e", "\x1f"
"""Between effects, and between the fields of one. No text of ours can hold them."""
BETWEEN, CELL = " | ", '","'
TEXTS = ("slug", "title", "summary")
FACTS = ("pk", "document", "original_language", "date", "zone", "certainty", "kind")
AS_TEXT = ("first_day", "last_day", "time", "live_from", "first_live_from")
UNBOUND = {OPEN_START.isoformat(), OPEN_END.isoformat()}
AT = {code: place for place, code in enumerate(languages.LANGUAGES)}
MISSING, BEHIND = "missing", "behind"


class Lines:
    """The lines of an export, `about` the events of a filter."""

    def __init__(self, about):
        self.about, self.wanted, choices = about, about.language, about.asked.choices
        self.measures = {one.document_id: (one.text.name, one.deadline_means) for one in choices.measures}
        people = {one.document_id: one.text.name for one in choices.actors}
        tags = sorted(choices.tag_groups.items())
        self.carried = Carried(about.asked.matches, people, tags, BETWEEN)
        page = before_slug("timeline:detail")
        self.page, self.path = settings.SITE_URL + page, "/" + page.removeprefix(get_script_prefix())
        self.past, self.id_of = f"{settings.SITE_URL}/memento/", ids_of_documents(Event)
        self.tail = CELL.join([stamp(about.known_at), *written(about.address, about.notice)])
        for shared in ("what", "phrase", "in_words"):
            setattr(self, shared, lru_cache(2048)(getattr(self, shared)))

    # --- Reading ----------------------------------------------------------------------------------------------------------
    def rows(self):
        """The events asked for, in their order, as tuples of texts: facts, children, the wanted language's texts and the original's."""
        events = self.about.asked.events(EditionQuerySet(EventEdition).live(self.about.at))
        more = {f"{name}_text": Cast(name, TextField()) for name in AS_TEXT} | children() | {"original": original(self.wanted)}
        return events.annotate(**more).values_list(*FACTS, *more, *(f"{name}_{self.wanted}" for name in TEXTS))

    def place(self, row):
        _edition, document, *_facts = row
        first_day, last_day, time = row[len(FACTS) : len(FACTS) + 3]
        return Place(first_day, time, last_day, document)

    # --- Writing ----------------------------------------------------------------------------------------------------------
    def line(self, row):
        """The cells of COLUMNS as one text, but for its first and last quotation mark; None for what came after the filter was asked."""
        (
            edition, document, original, date, zone, certainty, kind, first_day, last_day, time, live_from, first_live_from,
            effects, sources, in_original, slug, title, summary,
        ) = row  # fmt: skip
        if (named := self.carried.of(edition)) is None:
            return None
        who, tags = named
        language, state = self.wanted, ""
        if in_original:
            language, state, slug, title, summary = self.shown(original, in_original.split(PART), slug, title, summary)
        title, summary, sources = written(title or "", summary or "", sources or "")
        updated = iso(live_from)
        return CELL.join((
            self.id_of(document), title, summary, language, state,
            date, self.in_words(date), "" if first_day in UNBOUND else first_day, "" if last_day in UNBOUND else last_day,
            time[:5] if time else "", zone, certainty, kind,
            who, self.what(effects, language, original, certainty) if effects else "", tags, sources,
            f"{self.page}{slug}/", f"{self.past}{digits(live_from)}{self.path}{slug}/",
            updated if first_live_from == live_from else iso(first_live_from), updated, self.tail,
        ))  # fmt: skip

    def shown(self, original, in_original, slug, title, summary):
        """(language, what is to be said of it, slug, title, summary) for a text whose original is in another language."""
        follows, *texts = in_original
        is_missing, is_behind = shown_to(self.wanted, original, bool(title), json.loads(follows))
        if is_missing:
            return original, MISSING, slug or texts[0], *texts[1:]
        return self.wanted, BEHIND if is_behind else "", slug or texts[0], title, summary

    def in_words(self, date):
        return in_words(date)

    def what(self, joined, language, original, certainty):
        """What the event did to measures that are live, in words."""
        rows = [item.split(PART) for item in joined.split(ITEM)]
        known = [row for row in rows if int(row[0]) in self.measures]
        [words] = written(BETWEEN.join(self.deed(row, language, original, certainty) for row in known))
        return words

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


def digits(moment):
    """The same as in a memento's address."""
    return moment[:19].replace("-", "").replace(":", "").replace(" ", "")


# --- Texts --------------------------------------------------------------------------------------------------------------
def original(wanted):
    """What `Lines.shown` needs of an original in another language, joined by PART: an annotation, null where nothing of it is shown."""
    is_whole = Q(**{f"{name}_{wanted}__gt": "" for name in ("slug", "title")}, behind="")
    codes = {code: in_parts("translations", *(f"{name}_{code}" for name in TEXTS)) for code in languages.LANGUAGES}
    others = [When(original_language=code, then=texts) for code, texts in codes.items()]
    return Case(When(Q(original_language=wanted) | is_whole, then=None), *others, output_field=TextField())


def in_parts(*columns):
    """Columns as one text."""
    texts = [text for name in columns for text in (Value(PART), Cast(name, TextField()))]
    return Concat(*texts[1:], output_field=TextField())


# --- Children -----------------------------------------------------------------------------------------------------------
def children():
    """Each event's children as one text, in their order: annotations."""
    scopes = "".join(f" || '{PART}' || COALESCE(scope_{code}, '')" for code in languages.LANGUAGES)
    facts = f" || '{PART}' || ".join(["measure_id", "verb", "COALESCE(CAST(deadline AS text), '')", OF_ITS_OWN, "certainty"])
    kinds = " ".join("WHEN %s THEN %s" for _kind in EventSource.Kind)
    after = "".join(f" || CASE {name} WHEN '' THEN '' ELSE '{mark}' || {name} END" for name, mark in SOURCE)
    return {
        "effects_joined": joined(Effect, facts + scopes, ITEM),
        "sources_joined": joined(EventSource, f"CASE kind {kinds} END || publisher{after}", BETWEEN, labels()),
    }


OF_ITS_OWN = "CASE effective WHEN timeline_eventedition.date THEN '' ELSE effective END"  # the event's day is said already
SOURCE = (("title", ", "), ("author", ", "), ("published", ", "), ("address", " "), ("archived_address", " "))


def labels():
    return [text for kind in EventSource.Kind for text in (kind.value, kind.label + _(": "))]


def joined(model, item, separator, parameters=()):
    """An index gives them in their order, so that nothing is sorted."""
    mine = f"FROM {model._meta.db_table} WHERE edition_id = timeline_eventedition.id ORDER BY edition_id, position, id"
    join = "string_agg" if connection.vendor == "postgresql" else "group_concat"
    return RawSQL(f"SELECT {join}(item, '{separator}') FROM (SELECT {item} AS item {mine}) AS mine", parameters, output_field=TextField())
