"""What the timeline can be filtered by: only what the public knows at a moment."""

from functools import cached_property

from django.db.models import Exists, OuterRef

from newsroom.publishing import languages
from newsroom.publishing.models import Tag
from newsroom.publishing.tagged import merges

from .models import ActorEdition, EventEdition, EventTag, MeasureEdition


class Choices:
    """The measures, actors and tags that are live at `at`, each sorted by its name in the reader's language."""

    kinds = EventEdition.Kind.choices

    def __init__(self, at):
        self.at = at

    @cached_property
    def measures(self):
        return by_name(MeasureEdition.objects.live(self.at))

    @cached_property
    def actors(self):
        return by_name(ActorEdition.objects.live(self.at))

    @cached_property
    def carried(self):
        """Every tag that a live event carries: {tag: the tag it has been merged into, or itself}."""
        is_live = Exists(EventEdition.objects.live(self.at).filter(pk=OuterRef("content_object")))
        tags = Tag.objects.filter(Exists(EventTag.objects.filter(is_live, tag=OuterRef("pk"))))
        return merged(tags)

    @property
    def tags(self):
        return sorted(set(self.carried.values()), key=lambda tag: (tag.label.casefold(), tag.pk))

    def carried_as(self, tag):
        """Ids of the tags under which live events carry `tag`: its own, and those of tags merged into it."""
        return [one.pk for one, into in self.carried.items() if into == tag]

    # --- By a name in any language, or a former one; None where the public knows no such name -----------------------------
    def measure(self, slug):
        return self._named(self.measures, MeasureEdition, slug)

    def actor(self, slug):
        return self._named(self.actors, ActorEdition, slug)

    def tag(self, slug):
        known = next((into for tag, into in self.carried.items() if slug in (tag.slug, into.slug)), None)
        if known is None and EventEdition.objects.history(self.at).filter(eventtag__tag__slug=slug).exists():
            [known] = merged(Tag.objects.filter(slug=slug)).values()
        return known

    def _named(self, live, model, slug):
        for edition in live:
            if slug in (edition.slug_in(language) for language in languages.LANGUAGES):
                return edition
        past = model.objects.history(self.at).with_slug(slug, languages.LANGUAGES).last()
        return past and next((edition for edition in live if edition.document_id == past.document_id), None)


def merged(tags):
    """{tag: the tag it has been merged into, or itself}"""
    tags = list(tags)
    into = merges() if any(tag.merged_into_id for tag in tags) else {}
    return {tag: into.get(tag.pk, tag) for tag in tags}


def by_name(editions):
    return sorted(editions, key=lambda edition: (edition.text.name.casefold(), edition.pk))
