"""Pages of the filtered timeline: by number up to MOST_NUMBERED, then by the event they follow, so that each costs what the first does."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from newsroom.publishing import languages
from newsroom.publishing.parameters import BadParameter, page_number, read
from newsroom.publishing.prepared import Prepared
from newsroom.publishing.querysets import now_beyond

from .catalogue import place_of
from .models import EventEdition

PER_PAGE = 30
MOST_NUMBERED = 100
LAST = "last"


@dataclass
class Page:
    """`events` are live editions, `before` is how many come before them, and `total` how many there are on all pages."""

    events: list
    before: int
    total: int

    def __iter__(self):
        return iter(self.events)

    def __len__(self):
        return len(self.events)

    @property
    def first(self):
        return self.before + 1

    @property
    def last(self):
        return self.before + len(self.events)

    @property
    def pages(self):
        return max(1, -(-self.total // PER_PAGE))

    @property
    def number(self):
        """None for a page that has none."""
        number, rest = divmod(self.before, PER_PAGE)
        return None if rest or number >= MOST_NUMBERED else number + 1

    @property
    def is_only(self):
        return len(self.events) == self.total

    # --- Where the others are: parameters, None where there is no such page ---------------------------------------------
    @property
    def next(self):
        if self.last >= self.total:
            return None
        return numbered(self.number + 1) if self.number and self.number < MOST_NUMBERED else {"after": self.events[-1].slug_here}

    @property
    def previous(self):
        if not self.before:
            return None
        number, rest = divmod(self.before, PER_PAGE)
        return {"before": self.events[0].slug_here} if rest or number > MOST_NUMBERED else numbered(number)

    @property
    def end(self):
        """The last page, from any other one."""
        if self.last >= self.total:
            return None
        return numbered(self.pages) if self.pages <= MOST_NUMBERED else {"page": LAST}


def numbered(number):
    return {"page": "" if number == 1 else number}


def page_of(request, matches, is_backward):
    """The Page that is asked for. Raises BadParameter for what cannot be read, Http404 past either end."""
    asked = {name: read(request, name) for name in ("page", "after", "before")}
    given = [name for name, value in asked.items() if value]
    if len(given) > 1:
        raise BadParameter(given[-1], asked[given[-1]], _("Only one of “page”, “after” and “before” can be given."))
    if asked["after"]:
        found = matches.beyond(place_named(request, "after"), PER_PAGE, is_backward)
    elif asked["before"]:
        found = matches.beyond(place_named(request, "before"), PER_PAGE, not is_backward)[::-1]
    elif asked["page"] == LAST:
        found = matches.page(PER_PAGE, is_backward=not is_backward)[::-1]
    else:
        found = matches.page(PER_PAGE, PER_PAGE * (number_of(request, matches) - 1), is_backward)
    if given and not found:
        raise Http404
    return shown(found, matches, request.at, is_backward)


def number_of(request, matches):
    number = page_number(request)
    if number > MOST_NUMBERED and PER_PAGE * (number - 1) < matches.count:
        message = _("Pages are numbered up to %(most)d. “Next page” leads on from there.")
        raise BadParameter("page", str(number), message % {"most": MOST_NUMBERED})
    return number


def place_named(request, name):
    """The place of the event that `?after=` or `?before=` names, in any language or by a former name, whether it still matches or not."""
    slug, at = read(request, name), request.at
    known = event_named(slug, at) or EventEdition.objects.history(at).with_slug(slug, languages.LANGUAGES).last()
    if known is None:
        raise BadParameter(name, slug, _("There is nothing by this name."))
    return place_of(known)


def event_named(slug, at):
    """The live edition of the event that is called so in any language, or was before; None where there is none. One query."""
    return CALLED.first(at=at, now=now_beyond(at), slug=slug)


def called(editions, at, now, slug):
    # An address is one document's for good, so there is no last one to look for, for which PostgreSQL would read thousands.
    same = EventEdition.objects.history(at).with_slug(slug, languages.LANGUAGES).order_by().values("document")
    return editions.live_as_known(at, now).filter(document__in=same)


CALLED = Prepared(EventEdition, called)
LIVE = Prepared(EventEdition, lambda editions, at, now, ids: editions.live_as_known(at, now).filter(pk__in=ids))
TITLED = Prepared(
    EventEdition, lambda editions, **asked: LIVE.write(editions, **asked).defer("body", "summary", *languages.columns("body", "summary"))
)


def by_title(found, at):
    """These live editions (ids), in the same order, without their longer texts."""
    return live_ones(found, at, TITLED)


def live_ones(found, at, question=LIVE):
    """These live editions (ids), in the same order. One query."""
    editions = {one.pk: one for one in question.ask(at=at, now=now_beyond(at), ids=tuple(found))} if found else {}
    return [editions[pk] for pk in found if pk in editions]


def shown(found, matches, at, is_backward):
    events = live_ones(found, at)
    return Page(events, matches.rank(place_of(events[0]), is_backward) if events else 0, matches.count)
