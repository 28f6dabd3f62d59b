"""The timeline's filter: query parameters in, events out. Every value is understood, or the page says which one is not."""

from datetime import date
from urllib.parse import urlencode

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from newsroom.publishing import languages
from newsroom.publishing.dates import OPEN_END, OPEN_START, in_words, parse_window
from newsroom.publishing.parameters import BadParameter, choice, read
from newsroom.publishing.tagged import same_as
from newsroom.search.matching import matching, words_of

from . import catalogue
from .choices import Choices
from .matches import Matches
from .models import Effect, EventActor, EventEdition, EventTag
from .order import BACKWARD, FORWARD, place
from .pages import by_title, event_named, page_of
from .windows import Windows
from .words import date_in_words

MOST_WORDS = 8  # each one is looked for among all words, and by an export in every text
NAMES = ("from", "to", "since", "until", "kind", "measure", "actor", "tag", "q", "order")
WINDOW = ("from", "to", "since", "until")
MOST_REACHED = 100  # events to choose from as an end of the window; of more, those on the page


class Filter:
    """What one request asks of the timeline.

    `typed` holds each parameter's text for the form, and `problems` a BadParameter for each that cannot be read. `first_day`
    and `last_day` bound the window, ends included, as dates or the events `since` and `until` do; those, `measure` and `actor` are
    live editions, `tag` is a Tag.
    """

    def __init__(self, request):
        self.request, self.at = request, request.at
        self.typed, self.problems, self.shown = {}, {}, []
        self.first_day = self._understood("from", lambda text: parse_window(text)[0])
        self.last_day = self._understood("to", lambda text: parse_window(text)[1])
        self.since, self.until = (self._understood(name, lambda slug: event_named(slug, self.at)) for name in ("since", "until"))
        self._reach()
        self.kind = self._understood("kind", lambda text: choice(request, "kind", EventEdition.Kind.values))
        self.measure = self._understood("measure", lambda slug: self.choices.measure(slug))
        self.actor = self._understood("actor", lambda slug: self.choices.actor(slug))
        self.tag = self._understood("tag", lambda slug: self.choices.tag(slug))
        self.words = self._understood("q", few_words)
        self.is_backward = self._understood("order", lambda text: choice(request, "order", ("asc", "desc"))) == "desc"
        if self.first_day and self.last_day and self.first_day > self.last_day:
            self._refuse(BadParameter("from", self.typed["from"], _("It is later than the end of the window, “to”.")))

    def _reach(self):
        """Narrow the window to the days from one event to the other, whichever of them comes first."""
        if self.since and self.until and place(self.until) < place(self.since):
            self.since, self.until = self.until, self.since
        if self.since and self.since.first_day != OPEN_START:
            self.first_day = max(self.first_day or OPEN_START, self.since.first_day)
        if self.until and self.until.last_day != OPEN_END:
            self.last_day = min(self.last_day or OPEN_END, self.until.last_day)

    @cached_property
    def catalogue(self):
        return catalogue.current()

    @cached_property
    def choices(self):
        return Choices(self.at, self.catalogue)

    def _understood(self, name, meaning):
        """What the parameter means, or None where it is missing or cannot be read."""
        try:
            self.typed[name] = read(self.request, name)
            value = self.typed[name] and meaning(self.typed[name])
        except ValueError as error:
            return self._refuse(BadParameter(name, self.typed[name], str(error)))
        except BadParameter as problem:
            return self._refuse(problem)
        if self.typed[name] and value is None:
            return self._refuse(BadParameter(name, self.typed[name], _("There is nothing by this name.")))
        return value or None

    def _refuse(self, problem):
        self.typed[problem.name] = problem.value
        self.problems[problem.name] = problem

    # --- Events -----------------------------------------------------------------------------------------------------------
    def page(self):
        """The Page of events that is asked for, or None where anything asked cannot be read. Raises Http404 past either end."""
        try:
            page = None if self.problems else page_of(self.request, self.matches, self.is_backward)
        except BadParameter as problem:
            return self._refuse(problem)
        self.shown = page.events if page else []
        return page

    @cached_property
    def matches(self):
        """The Matches of this filter: what `events` finds, counted and paged without the database."""
        chosen = {"kind": (self.kind,) if self.kind else None, "tag": self.tag and self.choices.carried_as(self.tag)}
        chosen |= {name: (getattr(self, name).document_id,) for name in ("measure", "actor") if getattr(self, name)}
        chosen = {name: values for name, values in chosen.items() if values is not None}
        words = words_of(self.words or "")
        return Matches(self.catalogue, self.at, (self.first_day, self.last_day), chosen, words, languages.current())

    def events(self, editions=None):
        """The events asked for, in the order asked for."""
        events = self.anywhere(editions)
        if self.first_day:
            events = events.filter(last_day__gte=self.first_day)
        if self.last_day:
            events = events.filter(first_day__lte=self.last_day)
        # The engines walk the index by day only where the day has a bound.
        return events.filter(first_day__gte=date.min).order_by(*(BACKWARD if self.is_backward else FORWARD))

    def anywhere(self, editions=None):
        """The events asked for among `editions` (by default what is live), inside the window or not, in no order."""
        events = EventEdition.objects.live(self.at) if editions is None else editions
        if self.kind:
            events = events.filter(kind=self.kind)
        if self.measure:
            events = events.filter(pk__in=Effect.objects.filter(measure=self.measure.document_id).values("edition"))
        if self.actor:
            events = events.filter(pk__in=EventActor.objects.filter(actor=self.actor.document_id).values("edition"))
        if self.tag:
            # What is not live any more may carry the tag in a way that nothing live does.
            tags = self.choices.carried_as(self.tag) if editions is None else same_as(self.tag)[1]
            events = events.filter(pk__in=EventTag.objects.filter(tag__in=tags).values("content_object"))
        return matching(events, self.words or "", *catalogue.SEARCHED)

    def neighbours(self):
        """The nearest events before and after an empty window, each an edition or None."""
        before, after = self.matches.nearest()
        found = EventEdition.objects.live(self.at).in_bulk([before, after])
        return found.get(before), found.get(after)

    # --- The form ---------------------------------------------------------------------------------------------------------
    @property
    def has_window(self):
        return bool(self.first_day or self.last_day)

    @property
    def is_detailed(self):
        """Whether a field that the form keeps folded away is in use."""
        return any(self.typed[name] for name in ("since", "until", "q", "actor", "tag", "order"))

    @cached_property
    def options(self):
        """What each list offers: {parameter: [(value, words, whether it is chosen, how many events it would show or None)]}."""
        choices, counts = self.choices, self.counts
        return {
            "kind": [(value, label, value == self.kind, counts["kind"].get(value)) for value, label in choices.kinds],
            **{name: self._offered(name, counts[name]) for name in ("measure", "actor")},
            "tag": [(one.slug, label, one == self.tag, counts["tag"].get(one.slug)) for one, label in choices.tags],
            **{name: self._reached(getattr(self, name)) for name in ("since", "until")},
            "order": [("desc", _("Newest first"), self.is_backward, None)],
        }

    @cached_property
    def reachable(self):
        """The events that a window may begin or end with: all that the other filters find, or, where they are many, those on the page."""
        if self.problems or (found := self.matches.in_any_window(MOST_REACHED)) is None or len(found) <= len(self.shown):
            return self.shown
        return by_title(found, self.at)

    @cached_property
    def _ends(self):
        """(event, its name in addresses, its date and title)"""
        known = {event.document_id: event for event in [*self.reachable, self.since, self.until] if event}
        return [(one, one.slug_here, f"{date_in_words(one.date)} – {one.text.title}") for one in sorted(known.values(), key=place)]

    def _reached(self, chosen):
        return [(slug, words, one == chosen, None) for one, slug, words in self._ends]

    def _offered(self, name, counts):
        chosen = getattr(self, name) and getattr(self, name).document_id
        return [(slug, words, document == chosen, counts.get(document)) for document, slug, words in self.choices.offered(name)]

    @cached_property
    def counts(self):
        """How many events each choice would show under the other filters: {parameter: {choice: number}}."""
        if self.problems:
            return {"kind": {}, "measure": {}, "actor": {}, "tag": {}}
        choices, counts = self.choices, self.matches.counts
        return {
            "kind": counts("kind", {value: [value] for value, _label in choices.kinds}),
            **{name: counts(name, {document: [document] for document, *_named in choices.offered(name)}) for name in ("measure", "actor")},
            "tag": counts("tag", choices.tag_groups),
        }

    @cached_property
    def windows(self):
        """Quick Windows, or None where the filter cannot be read."""
        return None if self.problems else Windows(self)

    # --- Addresses --------------------------------------------------------------------------------------------------------
    def query(self, leave_out=(), **more):
        """The query string of this filter in the reader's language, "?" included, without what is empty or left out."""
        named_here = {name: getattr(self, name).slug_here for name in ("since", "until", "measure", "actor") if getattr(self, name)}
        named_here |= {"tag": self.tag.slug} if self.tag else {}
        values = {**self.typed, **named_here, "order": "desc" if self.is_backward else "", **more}
        return "?" + urlencode([(name, value) for name, value in values.items() if value and name not in leave_out])

    def query_in(self, start, end):
        """The same in another window, of digits and hyphens: a page has a hundred of them."""
        return f"?from={start}&to={end}{self._rest}"

    @cached_property
    def _rest(self):
        rest = self.query(WINDOW)[1:]
        return rest and f"&{rest}"

    @property
    def chips(self):
        """One filter each: (words, the address without it)."""
        return self.window_chips + self.choice_chips

    @property
    def window_chips(self):
        chips = []
        if self.typed["from"] or self.typed["to"]:
            chips.append((self.window_in_words(), self.query(["from", "to"])))
        if self.since or self.until:
            chips.append((self.reach_in_words(), self.query(["since", "until"])))
        return chips

    @cached_property
    def choice_chips(self):
        labels = {
            "kind": self.kind and EventEdition.Kind(self.kind).label,
            "measure": self.measure and self.measure.text.name,
            "actor": self.actor and self.actor.text.name,
            "tag": self.tag and self.tag.label,
            "q": self.words and _("“%(words)s”") % {"words": self.words},
        }
        return [(label, self.query([name])) for name, label in labels.items() if label]

    def window_in_words(self):
        start, end = self.typed["from"] or "..", self.typed["to"] or ".."
        return in_words(start if start == end else f"{start}/{end}")

    def reach_in_words(self):
        titles = {name: event.text.title for name, event in (("since", self.since), ("until", self.until)) if event}
        if len(titles) == 2:
            return _("from “%(since)s” to “%(until)s”") % titles
        return (_("from “%(since)s” on") if self.since else _("to “%(until)s”")) % titles


def few_words(query):
    """The query as it is. Raises ValueError for one of more than MOST_WORDS different words."""
    if len(words_of(query)) > MOST_WORDS:
        raise ValueError(_("It has more than %(most)d words.") % {"most": MOST_WORDS})
    return query
