"""Tags as the public meets them: one that was merged into another stands for that other."""

from functools import cache

from .models import Tag
from .prepared import Prepared
from .querysets import NEWEST_FIRST

RECENT = 500


def merges():
    """Where merged tags ended up, in however many steps: {id of a merged tag: Tag}."""
    step = {tag.pk: tag.merged_into for tag in Tag.objects.filter(merged_into__isnull=False).select_related("merged_into")}
    return {pk: _end(tag, step) for pk, tag in step.items()}


def _end(tag, step):
    seen = set()
    while tag.pk in step and tag.pk not in seen:
        seen.add(tag.pk)
        tag = step[tag.pk]
    return tag


def shown(tags):
    """These tags for a reader: merged ones replaced, each once, sorted by their labels."""
    tags = list(tags)
    into = merges() if any(tag.merged_into_id for tag in tags) else {}
    return sorted({into.get(tag.pk, tag) for tag in tags}, key=lambda tag: (tag.label.casefold(), tag.pk))


def tags_of(edition):
    """The edition's tags for a reader."""
    return shown(_tags_of(type(edition)).ask(edition=edition.pk))


@cache
def _tags_of(model):
    items = model.tags.through.objects
    return Prepared(Tag, lambda tags, edition: tags.filter(pk__in=items.filter(content_object=edition).values("tag")))


def carried(tags, editions):
    """Those of the tags that the RECENT newest of these editions (both querysets) carry: what a list offers to choose from."""
    recent = editions.order_by(*NEWEST_FIRST).values("pk")[:RECENT]
    items = editions.model.tags.through.objects.filter(content_object__in=recent)
    return tags.filter(pk__in=items.values("tag"))


def named(slug, editions):
    """The tag for a reader that is called so and that one of these editions (a queryset) carries, or None."""
    tag = Tag.objects.filter(slug=slug).first()
    survivor, same = same_as(tag) if tag else (None, [])
    return survivor if tagged(editions, same).exists() else None


def same_as(tag):
    """The tag that this one was merged into (or itself), and the ids of all tags that now mean it."""
    into = merges()
    survivor = into.get(tag.pk, tag)
    return survivor, [survivor.pk, *(pk for pk, end in into.items() if end == survivor)]


def tagged(editions, tags):
    """Those of the editions (a queryset) that carry one of the tags (ids)."""
    items = editions.model.tags.through.objects.filter(tag__in=tags)
    return editions.filter(pk__in=items.values("content_object"))
