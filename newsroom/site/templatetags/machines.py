"""What a page says to machines besides its words."""

from django import template
from django.conf import settings

import articles.structured
import faq.structured
import timeline.structured
from newsroom.publishing.parameters import query_of
from newsroom.publishing.prepared import gathered
from newsroom.publishing.structured import script

register = template.Library()
DETAIL = {
    "articles:detail": articles.structured.data,
    "faq:detail": faq.structured.data,
    "timeline:detail": timeline.structured.event_data,
    "timeline:measure": timeline.structured.measure_data,
}


@register.simple_tag(takes_context=True)
def structured_data(context):
    """The JSON-LD of a document's own page, or of the list of questions; of nothing else, and of no tombstone."""
    request, edition = context.get("request"), context.get("edition")
    match = request and request.resolver_match
    name = match.view_name if match else ""
    if name in DETAIL and edition and not edition.is_tombstone:
        if hasattr(edition, "sources"):
            gathered(edition, "sources")  # the page lists them too, and asks no second time
        return script(DETAIL[name](edition, context))
    if name == "faq:list" and "questions" in context:
        return script(faq.structured.list_data(context["questions"], settings.SITE_URL + request.path + query_of(request)))
    return ""
