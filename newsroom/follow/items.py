"""From editions to the items of a feed, in as many queries for fifty as for one."""

import re
from urllib.parse import urljoin

import nh3
from django.conf import settings
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.library.richtext import gather
from newsroom.publishing import languages
from newsroom.publishing.identity import id_of
from newsroom.publishing.models import Change
from newsroom.publishing.tagged import merges
from timeline.models import EventEdition

from .events import told
from .feeds import MOST, Item

NEWEST_FIRST = ("-live_from", "-pk")
PREFETCHED = {
    ArticleEdition: ("tags", "sources", "claims", "attachments"),
    QuestionEdition: ("tags", "sources"),
    EventEdition: ("tags", "sources", "actors"),
}
SUMMARY = {QuestionEdition: "short_answer"}
TEMPLATES = {
    ArticleEdition: "articles/_edition.html",
    QuestionEdition: "faq/_body.html",
    EventEdition: "follow/_event.html",
}
TAGS = nh3.ALLOWED_TAGS | {"section"}
ATTRIBUTES = {**nh3.ALLOWED_ATTRIBUTES, "time": {"datetime"}, "*": {"lang"}}


# --- Which ----------------------------------------------------------------------------------------------------------------
def standing(model, at):
    """What a feed may tell of a type: what stands at `at`, tombstones included; `retracted_by` names a later retraction."""
    editions = model.objects.standing(at).with_retraction(at)
    return editions.select_related("picture") if model is ArticleEdition else editions


def newest(querysets):
    """The editions that went live last, of all querysets together."""
    most = [editions.order_by(*NEWEST_FIRST)[:MOST].prefetch_related(*PREFETCHED[editions.model]) for editions in querysets]
    found = [edition for editions in most for edition in editions]
    return sorted(found, key=lambda edition: (edition.live_from, edition._meta.label, edition.pk), reverse=True)[:MOST]


# --- What they say ------------------------------------------------------------------------------------------------------
def items(editions, at):
    """The items for editions that stand at `at`, in their order."""
    instead = retractions(editions)
    editions = [instead.get((type(edition), edition.retracted_by), edition) for edition in editions]
    events = told([edition for edition in editions if isinstance(edition, EventEdition) and not edition.is_tombstone], at)
    into = merges()
    gather(editions)
    return [notice(one) if one.is_tombstone else whole(one, {"at": at, **events.get(one, {})}, into) for one in editions]


def retractions(editions):
    """What stands in the place of editions that were retracted since: {(type, id): the retraction}."""
    wanted = {}
    for edition in editions:
        if edition.retracted_by:
            wanted.setdefault(type(edition), []).append(edition.retracted_by)
    return {(model, one.pk): one for model, ids in wanted.items() for one in model.objects.filter(pk__in=ids)}


def whole(edition, more, into):
    """The item of a live edition. `more` is what its template needs besides it, `into` where merged tags ended up."""
    text, address = edition.text, settings.SITE_URL + edition.get_absolute_url()
    picture = getattr(edition, "shown_picture", None)
    tags = {tag.pk: tag for tag in (into.get(tag.pk, tag) for tag in edition.tags.all())}.values()
    return Item(
        id=id_of(edition),
        title=getattr(text, edition.TITLE),
        language=text.language,
        address=address,
        published=edition.first_live_from,
        updated=edition.live_from,
        summary=getattr(text, SUMMARY.get(type(edition), "summary")),
        html=html_of(edition, address, more),
        author=getattr(edition, "byline", "") and text.byline,
        tags=tuple(sorted((tag.slug, tag.label) for tag in tags)),
        image=urljoin(address, picture.file.url) if picture else "",
    )


def html_of(edition, address, more):
    """All that an edition's page says, with the public note of its change before it."""
    note, language = edition.told.note, edition.told.language
    context = {"edition": edition, "body": TEMPLATES[type(edition)], "note": note, "note_language": language}
    return rendered("follow/_item.html", {**more, **context}, address)


def rendered(template, context, address):
    """A template's HTML for a page of another site, seen from `address`."""
    return portable(get_template(template).render({**context, "language": languages.current()}), address)


def portable(html, address):
    """Sanitised HTML for another site: no class and no id, and every address absolute, seen from `address`."""

    def absolute(tag, name, value):
        return urljoin(address, value) if name in ("href", "src") else value

    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, attribute_filter=absolute, link_rel=None)
    return re.sub(r"\s*\n\s*", "\n", clean).strip()


# --- What is gone -------------------------------------------------------------------------------------------------------
def notice(edition):
    """The item of a tombstone: that it is gone, and the public note. A retraction says neither what it was called nor where it stood."""
    note, language = edition.told.note, edition.told.language
    is_retracted = edition.change == Change.RETRACTION
    return Item(
        id=id_of(edition),
        title=_("Retracted") if is_retracted else _("Withdrawn: %(title)s") % {"title": getattr(edition.text, edition.TITLE)},
        language=languages.current(),
        address="" if is_retracted else settings.SITE_URL + edition.get_absolute_url(),
        published=edition.first_live_from,
        updated=edition.live_from,
        summary=note,
        html=format_html('<p lang="{}">{}</p>', language, note),
        gone=edition.change,
    )
