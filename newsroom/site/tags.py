"""One tag across all types of content."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.models import Tag
from newsroom.publishing.tagged import shown, tagged
from timeline.models import EventEdition

MOST = 20
"""How many of a type the page lists; the type's own list, filtered by the tag, has the rest."""


def tag(request, slug):
    tag = get_object_or_404(Tag, slug=slug)
    [survivor] = shown([tag])
    found = {
        "articles": tagged(ArticleEdition.objects.live(request.at), survivor).order_by("-first_live_from", "-pk"),
        "questions": tagged(QuestionEdition.objects.live(request.at), survivor).order_by("topic__position", "topic__slug", "position", "pk"),
        "events": tagged(EventEdition.objects.live(request.at), survivor).order_by("-first_day", "-last_day", "-pk"),
    }
    counts = {name: editions.count() for name, editions in found.items()}
    if not any(counts.values()):
        raise Http404
    if survivor != tag:
        return redirect("tag", survivor.slug, permanent=True)
    return render(request, "tag.html", {"tag": tag, "counts": counts, **{name: editions[:MOST] for name, editions in found.items()}})
