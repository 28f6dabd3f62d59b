"""Where the events that a page shows can be taken away."""

from django import template
from django.urls import reverse

register = template.Library()


@register.inclusion_tag("timeline/_take_away.html")
def take_away(asked):
    """Links to the events of a Filter in every format."""
    query = asked.query().rstrip("?")
    files = {name: reverse(f"timeline:export-{name}") + query for name in ("csv", "json", "ics")}
    return {**files, "page": reverse("timeline:take-away") + query}
