"""“Cite this”, for the templates of every type."""

from django import template

from newsroom.record import citation

register = template.Library()


def is_preview(request):
    """A page that is not public has no address of its own to be cited by."""
    return getattr(request, "is_preview", False)


@register.simple_tag(takes_context=True)
def cite(context, edition, entries):
    """The Citation of an edition as it is shown on this page, or None where there is nothing public to cite."""
    request = context["request"]
    return None if is_preview(request) else citation.cite(edition, entries, request.at)


@register.simple_tag(takes_context=True)
def cite_page(context):
    """The Citation of this page as it stands, by the title it gives itself; None where nothing has been public yet."""
    request = context["request"]
    return None if is_preview(request) else citation.cite_page(context["page_title"], request.past, request.at)


@register.simple_block_tag(takes_context=True)
def page_title(context, content):
    """Shows the page's title, and keeps it for its citation."""
    context["page_title"] = content
    return content
