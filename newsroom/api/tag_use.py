"""Tags: which live content carries them. A tag that was merged into another stands for that other."""

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.urls import reverse

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.addresses import Moved
from newsroom.publishing.models import Tag
from newsroom.publishing.tagged import merges
from timeline.models import EventEdition

from .addresses import absolute, api_address
from .walk import following, limit_of, rows_after

CARRIERS = {"articles": ArticleEdition, "questions": QuestionEdition, "events": EventEdition}


def listed(request):
    """One page of the tags, by their labels."""
    used, most = uses(request.at), limit_of(request)
    rows = rows_after(request, sorted(used, key=lambda tag: (tag.label.casefold(), tag.pk)))
    items = [item(request, tag, used[tag]) for tag in rows[:most]]
    return {"items": items, "next": following(request, rows[most - 1]) if len(rows) > most else None}


def single(request, slug):
    """One tag. Raises Http404, and Moved for one that was merged into another."""
    used = uses(request.at)
    tag = next((tag for tag in used if tag.slug == slug), None)
    if tag:
        return item(request, tag, used[tag])
    into = merges()
    merged = Tag.objects.filter(slug=slug, pk__in=into).first()
    if merged is None or into[merged.pk] not in used:
        raise Http404
    raise Moved(into[merged.pk])


def uses(at):
    """What live content carries each tag: {Tag: {names of CARRIERS}}."""
    carried = {name: Exists(items(model, at)) for name, model in CARRIERS.items()}
    used, into = {}, merges()
    for tag in Tag.objects.annotate(**carried):
        names = {name for name in CARRIERS if getattr(tag, name)}
        if names:
            used.setdefault(into.get(tag.pk, tag), set()).update(names)
    return used


def items(model, at):
    """That a live edition of a type carries the tag of the query outside."""
    is_live = Exists(model.objects.live(at).filter(pk=OuterRef("content_object")))
    return model.tags.through.objects.filter(is_live, tag=OuterRef("pk"))


def item(request, tag, names):
    lists = {name: api_address(request, name, tag=tag.slug) if name in names else None for name in ("articles", "events")}
    return {
        "slug": tag.slug,
        "label": tag.label,
        "address": absolute(reverse("tag", args=[tag.slug])),
        "api": api_address(request, "tag", tag.slug),
        "carried_by": [name for name in CARRIERS if name in names],
        **lists,
    }
