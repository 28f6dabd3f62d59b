"""The picture of what a filter finds: reads the record, and hands days and words to `picture`, which draws."""

from functools import cached_property
from urllib.parse import unquote

from django.conf import settings
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsroom.publishing.dates import OPEN_END, OPEN_START, Unbound, in_words, parse

from .filter import WINDOW
from .knowledge import Knowledge
from .models import Certainty, MeasureEdition
from .pages import by_title
from .picture.drawing import NARROW, WIDE, Content, Group, draw
from .picture.events import Dated
from .picture.measures import SEVERAL, DeadlineDay, MeasureLife
from .picture.scale import DAY, MONTH, period_of
from .words import DOUBTS, STATES
from .zoom import earlier, later, levels, window_words

MOST_EVENTS = 36
"""The most events drawn one by one; of more, each period shows how many."""
MOST_MEASURES = 6
ACT, COMMITMENT = MeasureEdition.Nature


class Picture:
    """What a Filter without problems finds, drawn for wide and for narrow pages. Two queries."""

    def __init__(self, asked):
        self.asked, self.at = asked, asked.at
        self.total = asked.matches.count

    @cached_property
    def is_dense(self):
        return self.total > MOST_EVENTS

    @cached_property
    def editions(self):
        """The events drawn one by one, in the order of the timeline."""
        if self.is_dense:
            return []
        return by_title(self.asked.matches.page(MOST_EVENTS), self.at)

    # --- The days it shows ------------------------------------------------------------------------------------------------
    @cached_property
    def span(self):
        """(first day, last day): the window asked for; on an open side as far as anything drawn goes, in whole months."""
        days = self._days()
        first, last = self.asked.first_day, self.asked.last_day
        if first is None:
            first = period_of(min([*days, *filter(None, [last])], default=self.knowledge.known_on), MONTH, 1)[0]
        if last is None:
            last = period_of(max([*days, first]), MONTH, 1)[1]
        return first, last

    def _days(self):
        if self.is_dense:
            periods = [parse(window.text) for window in self.asked.windows.years]
            return [day for period in periods for day in (period.first_day, period.last_day)]
        told = [one.deadline.day for measure in self.measures for one in self.knowledge.deadlines(measure)]
        days = [day for event in self.editions for day in (event.first_day, event.last_day)]
        return [day for day in days + told if day not in (OPEN_START, OPEN_END)]

    # --- Measures ---------------------------------------------------------------------------------------------------------
    @cached_property
    def knowledge(self):
        """What decides the states of the measures drawn; where there are too many events, of the one asked for."""
        if self.asked.measure or self.is_dense:
            return Knowledge.of_drawing(self.at, [self.asked.measure] if self.asked.measure and self.total else [])
        return Knowledge.of_drawing(self.at, self.asked.choices.measures, [event.pk for event in self.editions])

    @cached_property
    def all_measures(self):
        """Those that the events act on, in the order in which they began."""
        effects = self.knowledge.effects
        found = [measure for pk, measure in self.knowledge.measures.items() if effects.get(pk)]
        return sorted(found, key=lambda measure: effects[measure.document_id][0].place)

    @property
    def measures(self):
        return self.all_measures[:MOST_MEASURES]

    # --- The drawings -----------------------------------------------------------------------------------------------------
    @cached_property
    def content(self):
        first_day, last_day = self.span
        return Content(
            first_day=first_day,
            last_day=last_day,
            title=_("Timeline: %(window)s") % {"window": window_words(first_day, last_day)},
            lines=self._lines(),
            events=[dated(event) for event in self.editions],
            total=self.total,
            count=lambda *window: self.asked.matches.in_window(window),
            groups=self._groups(),
            legend=legend(),
            foot=self._foot(),
            name=name_of,
        )

    @cached_property
    def wide(self):
        return draw(self.content, WIDE)

    @cached_property
    def narrow(self):
        return draw(self.content, NARROW)

    # --- Other windows ----------------------------------------------------------------------------------------------------
    @cached_property
    def levels(self):
        return levels(self._focus, self.span)

    @cached_property
    def list_address(self):
        return reverse("timeline:list")

    def address_of(self, period):
        """The address of the same filter in the window of a Period."""
        return self.list_address + self.asked.query_in(*period.window)

    @property
    def whole_address(self):
        return self.list_address + self.asked.query(WINDOW)

    @property
    def svg_address(self):
        return reverse("timeline:export-svg") + self.asked.query()

    @property
    def earlier(self):
        return earlier(self.span) if self.asked.has_window else None

    @property
    def later(self):
        return later(self.span) if self.asked.has_window else None

    @property
    def _focus(self):
        """The day to look at more closely: of the middle event, or in the fullest column."""
        if self.is_dense:
            return max(self.wide.columns, key=lambda column: column.count).period.first_day
        days = [day for event in self.editions for day in (event.first_day, event.last_day) if self.span[0] <= day <= self.span[1]]
        return sorted(days)[len(days) // 2] if days else self.span[0]

    # --- Words ------------------------------------------------------------------------------------------------------------
    def _lines(self):
        count = ngettext("%(total)s event", "%(total)s events", self.total) % {"total": number_format(self.total, force_grouping=True)}
        chips = [str(words) for words, _address in self.asked.choice_chips]
        lines = [" · ".join([*chips, count])]
        if self.is_dense:
            lines.append(_("Each column shows how many events fall within its period. A shorter period shows them one by one."))
        if len(self.all_measures) > MOST_MEASURES:
            lines.append(_("%(drawn)d of %(total)d measures are drawn.") % {"drawn": MOST_MEASURES, "total": len(self.all_measures)})
        return lines

    @cached_property
    def lives(self):
        """{measure: MeasureLife}"""
        return {measure: life_of(measure, self.knowledge) for measure in self.measures}

    def _groups(self):
        acts = [life for measure, life in self.lives.items() if measure.nature == ACT]
        commitments = [life for measure, life in self.lives.items() if measure.nature == COMMITMENT]
        note = _("Stated by the company; not independently verified.")
        groups = [Group(_("Public acts"), "", acts), Group(_("Company commitments"), note, commitments)]
        return [group for group in groups if group.measures]

    def _foot(self):
        known = _("%(newsroom)s, as known on %(day)s.") % {
            "newsroom": settings.NEWSROOM_NAME,
            "day": in_words(self.knowledge.known_on.isoformat()),
        }
        lines = [f"{known} {_('A summary from the sources cited, incomplete; not legal advice.')}", readable(self.address)]
        if settings.IS_DEMO:
            lines.append(
                _(
                    "A demonstration built from press reports and public records. It is not run by, or affiliated with, any company "
                    "or government named in it."
                )
            )
        return lines

    @property
    def description(self):
        """What the drawing shows, for those who do not see it; the table says the rest."""
        if self.is_dense:
            return _("Columns on an axis of time, as high as each period has events.")
        return _("Events on an axis of time; below them measures as bars whose shape shows their state.")

    @property
    def address(self):
        """Where this timeline is read, at the moment it is read at."""
        return settings.SITE_URL + self.list_address + self.asked.query().removesuffix("?")


def readable(address):
    """An address as a person reads it, for print."""
    return unquote(address)


# --- Words --------------------------------------------------------------------------------------------------------------
def legend():
    """The words of the shapes that are no states."""
    return {**{one.value: str(one.label) for one in Certainty}, "deadline": _("deadline"), "moved": _("moved")}


def name_of(period, is_full):
    """A period on the axis: “August 2020”; where a longer one stands above it “Aug.”, and of days “6”."""
    if is_full:
        return window_words(period.first_day, period.last_day)
    if period.unit == DAY:
        first, last = period.first_day.day, period.last_day.day
    elif period.unit == MONTH:
        first, last = format_date(period.first_day, "N"), format_date(period.last_day, "N")
    else:
        first, last = period.first_day.year, period.last_day.year
    return str(first) if first == last else f"{first}–{last}"


def without_year(words, year):
    return words.removesuffix(f"\N{NO-BREAK SPACE}{year}")


def dated(event):
    """An event as `picture` draws it."""
    known = parse(event.date)
    return Dated(
        first_day=event.first_day,
        last_day=event.last_day,
        written_first=event.first_day if isinstance(known.start, Unbound) else known.start.first_day,
        written_last=event.last_day if isinstance(known.end, Unbound) else known.end.last_day,
        certainty=event.certainty,
        when=without_year(in_words(known), event.last_day.year),
        title=event.text.title,
        hint=_("%(date)s: %(title)s (%(certainty)s)")
        % {"date": in_words(known), "title": event.text.title, "certainty": event.get_certainty_display()},
        language=event.text.language if event.text.is_foreign else "",
        address=event.get_absolute_url(),
    )


def life_of(measure, knowledge):
    """A measure as `picture` draws it."""
    told, places, replaced = knowledge.deadlines(measure), {}, {}
    for number, one in enumerate(told):
        if one.before:
            replaced[number] = places.get(one.before.day)
        places[one.deadline.day] = number
    moved = set(replaced.values())
    return MeasureLife(
        name=measure.text.name,
        language=measure.text.language if measure.text.is_foreign else "",
        address=measure.get_absolute_url(),
        bars=knowledge.bars(measure),
        deadlines=[deadline_day(one.deadline, number in moved, replaced.get(number)) for number, one in enumerate(told)],
        checked_through=knowledge.checked_through(measure),
        words={**{state: str(words) for state, words in STATES[measure.nature].items()}, SEVERAL: _("several states")},
    )


def deadline_day(deadline, is_moved, replaces):
    doubt = f" {DOUBTS[deadline.effect.certainty]}" if deadline.effect.certainty in DOUBTS else ""
    words = in_words(deadline.day.isoformat())
    return DeadlineDay(deadline.day, without_year(words, deadline.day.year) + doubt, words + doubt, is_moved, replaces)
