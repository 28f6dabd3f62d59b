"""Where a page's feeds are."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from newsroom.follow.feeds import FORMATS
from timeline.filter import NAMES

register = template.Library()
FILTERED = {"timeline": [name for name in NAMES if name != "order"]}


@register.inclusion_tag("follow/_links.html", takes_context=True)
def feed_links(context, feed="everything"):
    """The <link>s to a feed in every format, by the page's own filter where the feed has one."""
    known = getattr(context.get("request"), "known_parameters", {})
    query = urlencode([(name, known[name]) for name in FILTERED.get(feed, ()) if known.get(name)])
    titles = {"everything": settings.NEWSROOM_NAME, "articles": _("Articles"), "timeline": _("Timeline"), "corrections": _("Corrections")}
    links = [(kind, reverse(f"follow:{feed}", args=[name]) + (f"?{query}" if query else "")) for name, kind in FORMATS.items()]
    return {"links": links, "title": titles[feed]}
