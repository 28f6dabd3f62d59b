"""One tag across all types of content."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.models import Change, Tag
from newsroom.publishing.querysets import NEWEST_FIRST, TOMBSTONES
from newsroom.publishing.tagged import same_as, tagged
from timeline.models import EventEdition

MOST = 20
"""How many of a type the page lists; the type's own list, filtered by the tag, has the rest."""
FOUND = {
    "articles": (ArticleEdition, NEWEST_FIRST),
    "questions": (QuestionEdition, ("topic__position", "topic__slug", "position", "pk")),
    "events": (EventEdition, ("-first_day", "-last_day", "-pk")),
}


def tag(request, slug):
    asked = get_object_or_404(Tag, slug=slug)
    tag, same = same_as(asked)
    found = {name: tagged(model.objects.live(request.at), same).order_by(*order) for name, (model, order) in FOUND.items()}
    found = {name: list(editions[: MOST + 1]) for name, editions in found.items()}
    if not any(found.values()):
        request.past.was_there = any(was_carried(model.objects, same, request.now) for model, _order in FOUND.values())
        raise Http404
    if tag != asked:
        return redirect("tag", tag.slug, permanent=True)
    context = {"tag": tag, "more": [name for name, rows in found.items() if len(rows) > MOST]}
    return render(request, "tag.html", {**context, **{name: rows[:MOST] for name, rows in found.items()}})


def was_carried(editions, tags, now):
    """True where a text that can still be read in the past carried one of the tags (ids)."""
    public = editions.history(now).order_by()
    retracted = public.filter(change=Change.RETRACTION).values("document")
    return tagged(public.exclude(change__in=TOMBSTONES).exclude(document__in=retracted), tags).exists()
