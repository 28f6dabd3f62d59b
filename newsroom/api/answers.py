"""Lists and single items: what is asked of the database, in as many queries for thirty items as for one."""

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.follow.events import told
from newsroom.library.richtext import gather
from newsroom.publishing import history, languages
from newsroom.publishing.addresses import resolve
from newsroom.publishing.tagged import merges
from timeline.deeds import deeds_in
from timeline.knowledge import Knowledge, live_measures
from timeline.lines import Life
from timeline.models import EventEdition, MeasureEdition

from . import facts
from .walk import following, limit_of

BESIDE = {ArticleEdition: ("picture",), QuestionEdition: ("topic",), EventEdition: (), MeasureEdition: ()}
PREFETCHED = {
    ArticleEdition: ("tags", "sources", "claims", "attachments"),
    QuestionEdition: ("tags", "sources"),
    EventEdition: ("tags", "sources", "actors"),
    MeasureEdition: (),
}


# --- Answers ------------------------------------------------------------------------------------------------------------
def envelope(request):
    """What every answer says of itself."""
    return {"notice": notice(), "language": languages.current(), "at": request.asked_at, "changed_at": request.changed_at}


def notice():
    words = _(
        "A demonstration built from press reports and public records. "
        "It is not run by, or affiliated with, any company or government named in it."
    )
    return words if settings.IS_DEMO else None


def honesty():
    return _("A summary from the sources cited, incomplete; not legal advice.")


def listed(request, model, ids, tell):
    """One page of a walk over editions; `ids` are theirs, in order, with one more where something follows."""
    most = limit_of(request)
    loaded = whole(model.objects.live(request.at).filter(pk__in=ids[:most]), request.at).in_bulk()
    rows = [loaded[pk] for pk in ids if pk in loaded]
    return {**envelope(request), "items": tell(request, rows), "next": following(request, rows[-1]) if rows and len(ids) > most else None}


def single(request, model, slug, tell):
    """The edition that stands under a slug. Raises as `resolve` does."""
    edition = resolve(whole(model.objects.all(), request.at), slug, request.at)
    return {**envelope(request), "item": tell(request, [edition])[0]}


def whole(editions, at):
    """The editions with all that an answer says of them."""
    editions = history.with_last_change(editions, at).with_check(at)
    return editions.select_related(*BESIDE[editions.model]).prefetch_related(*PREFETCHED[editions.model])


# --- Types --------------------------------------------------------------------------------------------------------------
def articles(request, editions):
    tags = told_of(editions)
    return [facts.article(request, one, tags[one.pk]) for one in editions]


def questions(request, editions):
    tags = told_of(editions)
    return [facts.question(request, one, tags[one.pk]) for one in editions]


def events(request, editions, measures=None):
    """`measures`, if they are known, save a query."""
    tags, more = told_of(editions), told(editions, request.at, measures)
    for edition in editions:
        if edition.is_tombstone:
            more[edition]["deeds"] = deeds_in(edition, live_measures(request.at))
    return [facts.event(request, one, tags[one.pk], **more[one]) for one in editions]


def measures(request, editions):
    knowledge = Knowledge.of_measures(request.at, editions)
    return [facts.measure(request, one, None if one.is_tombstone else Life(knowledge, one)) for one in editions]


def told_of(editions):
    """The tags of the editions (tags_of), whose texts' pictures are fetched at once."""
    gather(editions)
    return tags_of(editions)


def tags_of(editions):
    """The tags for a reader: {edition id: [Tag]}, merged ones replaced."""
    carried = {edition.pk: list(edition.tags.all()) for edition in editions}
    into = merges() if any(tag.merged_into_id for tags in carried.values() for tag in tags) else {}
    replaced = {pk: {into.get(tag.pk, tag) for tag in tags} for pk, tags in carried.items()}
    return {pk: sorted(tags, key=lambda tag: (tag.label.casefold(), tag.pk)) for pk, tags in replaced.items()}


def with_sources(lines):
    """The same lines, the events behind them with their sources."""
    prefetch_related_objects([event for line in lines for event, _deeds in line.behind], "sources")
    return lines
