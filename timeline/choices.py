"""What the timeline can be filtered by: only what the public knows at a moment."""

from functools import cached_property, lru_cache

from django.db import connection

from newsroom.publishing import languages
from newsroom.publishing.models import Tag
from newsroom.publishing.tagged import merges

from .matches import Matches, asked_at
from .models import ActorEdition, EventEdition, MeasureEdition

OF_TAG = tuple(field.attname for field in Tag._meta.concrete_fields)


class Choices:
    """The measures, actors and tags that are live at `at`, each sorted by its name in the reader's language."""

    kinds = EventEdition.Kind.choices

    def __init__(self, at, catalogue):
        self.at, self.catalogue = at, catalogue

    @cached_property
    def measures(self):
        return self.catalogue.measures.live(*asked_at(self.at))

    @cached_property
    def actors(self):
        return self.catalogue.actors.live(*asked_at(self.at))

    def offered(self, name):
        """What the filter offers as a "measure" or an "actor": (document id, slug, name) in the reader's language."""
        return {"measure": self.catalogue.measures, "actor": self.catalogue.actors}[name].offered(*asked_at(self.at))

    @cached_property
    def carried(self):
        """Every tag that a live event carries: [(tag, the tag it has been merged into, or itself)]."""
        return merged(tags_of(tuple(rows_of_tags(Matches(self.catalogue, self.at).carried("tag")))))

    @cached_property
    def tag_groups(self):
        """{slug of a tag that a reader is shown: ids of the tags under which live events carry it: its own, and those merged into it}"""
        groups = {}
        for tag, into in self.carried:
            groups.setdefault(into.slug, []).append(tag.pk)
        return groups

    @property
    def tags(self):
        """(tag, its name in the reader's language), sorted by that."""
        shown = {tag.slug: tag for _carried, tag in self.carried}.values()
        return sorted(((tag, tag.label) for tag in shown), key=lambda one: (one[1].casefold(), one[0].pk))

    def carried_as(self, tag):
        return self.tag_groups.get(tag.slug, [])

    # --- By a name in any language, or a former one; None where the public knows no such name -----------------------------
    def measure(self, slug):
        return self._named(self.measures, MeasureEdition, slug)

    def actor(self, slug):
        return self._named(self.actors, ActorEdition, slug)

    def tag(self, slug):
        known = next((into for tag, into in self.carried if slug in (tag.slug, into.slug)), None)
        if known is None and EventEdition.objects.history(self.at).filter(eventtag__tag__slug=slug).exists():
            [(_named, known)] = merged(Tag.objects.filter(slug=slug))
        return known

    def _named(self, live, model, slug):
        for edition in live:
            if slug in (edition.slug_in(language) for language in languages.LANGUAGES):
                return edition
        past = model.objects.history(self.at).with_slug(slug, languages.LANGUAGES).last()
        return past and next((edition for edition in live if edition.document_id == past.document_id), None)


def rows_of_tags(ids):
    """Tuples of OF_TAG, by slug. Written by hand: a question about a hundred numbers takes Django longer to write than to ask.

    Nor is it a Prepared, as there may be more numbers than PostgreSQL binds to one question (65,535).
    """
    columns = ", ".join(map(connection.ops.quote_name, OF_TAG))
    with connection.cursor() as cursor:
        numbers = ", ".join(map(str, sorted(ids))) or "NULL"
        cursor.execute(f"SELECT {columns} FROM {Tag._meta.db_table} WHERE id IN ({numbers}) ORDER BY slug")
        return cursor.fetchall()


@lru_cache(4)
def tags_of(rows):
    """Tags, from tuples of OF_TAG: hundreds of them would otherwise be made for each page."""
    return [Tag.from_db(None, OF_TAG, row) for row in rows]


def merged(tags):
    """[(tag, the tag it has been merged into, or itself)]"""
    tags = list(tags)
    into = merges() if any(tag.merged_into_id for tag in tags) else {}
    return [(tag, into.get(tag.pk, tag)) for tag in tags]
