"""“Cite this”, for the templates of every type."""

from django import template

from newsroom.record.citation import cite as citation_of

register = template.Library()


@register.simple_tag(takes_context=True)
def cite(context, edition, entries):
    """The Citation of an edition as it is shown on this page, or None where there is nothing public to cite."""
    return citation_of(edition, entries, context["request"].at)
