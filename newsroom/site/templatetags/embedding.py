"""Where other sites learn how to embed a page (oEmbed 1.0 §4, discovery)."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.http import urlencode

from newsroom.publishing.parameters import query_of
from newsroom.site.oembed import FRAMED

register = template.Library()
LINK = '<link rel="alternate" type="application/json+oembed" title="{}" href="{}/oembed?{}">'


@register.simple_tag(takes_context=True)
def oembed_links(context):
    """The <link> to the oEmbed answer about this page, where it can be embedded."""
    request = context.get("request")
    match = request and request.resolver_match
    if not match or match.view_name not in FRAMED or getattr(context.get("edition"), "is_tombstone", False):
        return ""
    address = settings.SITE_URL + request.path + query_of(request)
    return format_html(LINK, settings.NEWSROOM_NAME, settings.SITE_URL, urlencode({"url": address, "format": "json"}))
