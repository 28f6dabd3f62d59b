"""Shapes for states and certainties, and what pages of the timeline say in more than one place."""

from functools import lru_cache
from html import escape  # Django's own asks of each text first whether it is lazy

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from newsroom.publishing.dates import in_words, on_date_in_words
from newsroom.publishing.models import Source
from timeline.in_force import checked
from timeline.windows import month_name
from timeline.words import date_in_words, states_with_words

register = template.Library()
MOST_MARKS = 200


# --- Shapes -------------------------------------------------------------------------------------------------------------
@register.simple_tag
def state_mark(state):
    """The shape of a measure's state. Its word always stands beside it."""
    return drawn("timeline/_state_mark.html", state=str(state))


INKS = {  # the light colours of site.css, for a drawing that stands alone
    "ordered": "#8a5600", "suspended": "#1f5f6b", "suspended_in_part": "#1f5f6b", "deadline_passed": "#8f2a1d",
    "ended": "#5c564d", "annulled": "#5c564d", "not_known": "#5c564d", "uncertain": "#5c564d",
}  # fmt: skip


@register.filter
def ink(state):
    """The colour of a state where no style sheet is; "" for that of the text."""
    return INKS.get(state, "")


@register.simple_tag
def certainty_mark(certainty):
    """The shape of an event's certainty. Its word always stands beside it."""
    return drawn("timeline/_certainty_mark.html", certainty=str(certainty))


@lru_cache
def drawn(template_name, **context):
    """A shape: it has no words, so it is the same on all pages."""
    return render_to_string(template_name, context)


@register.inclusion_tag("timeline/_legend.html")
def legend():
    """Every state's shape with its words."""
    return {"states": states_with_words()}


# --- Sources ------------------------------------------------------------------------------------------------------------
@register.filter
def by_kind(sources):
    """The sources under the names of their kinds, each record once: [(kind, [source])]."""
    records = {(source.publisher, source.published, source.address): source for source in sources}.values()
    return [(kind.label, found) for kind in Source.Kind if (found := [source for source in records if source.kind == kind])]


# --- Words --------------------------------------------------------------------------------------------------------------
@register.simple_tag
def date_under(year, date):
    """A date (EDTF) in words; its year is there for those who cannot see that it stands under the year's heading."""
    words = date_in_words(date)
    tail = f"\N{NO-BREAK SPACE}{year}"
    if not words.endswith(tail):
        return words
    return format_html('{}<span class="visually-hidden">{}</span>', words.removesuffix(tail), tail)


@register.simple_tag
def clock_time(event):
    """An event's time of day and its zone: “23:59, America/New_York”."""
    return f"{event.time:%H:%M}, {event.zone}"


@register.simple_tag(takes_context=True)
def checked_through(context, measure):
    """The last day that is known of a measure at the page's moment."""
    return checked(measure.checked_through, timezone.localdate(context["request"].at))


@register.simple_tag
def in_force_on(day):
    """“In force on 1 October 2020”."""
    return _("In force %(on_day)s") % {"on_day": on_date_in_words(day.isoformat())}


@register.simple_tag
def in_force_on_both(days):
    """“In force on 1 October 2020, and on 10 December 2020”."""
    earlier, later = (on_date_in_words(day.isoformat()) for day in days)
    return _("In force %(earlier)s, and %(later)s") % {"earlier": earlier, "later": later}


@register.simple_tag
def day_words(day):
    """“1 October 2020”"""
    return in_words(day.isoformat())


@register.simple_tag
def month_names():
    return " ".join(month_name(month) for month in range(1, 13))


@register.simple_tag
def change_before(changes, day):
    return changes.before(day)


@register.simple_tag
def change_after(changes, day):
    return changes.after(day)


@register.simple_tag
def iso_days(days):
    return " ".join(day.isoformat() for day in days[-MOST_MARKS:])


@register.simple_tag
def later_of(day, other):
    return max(day, other).isoformat()


@register.filter
def by_measure(deeds):
    """What an event did, under each measure once: [(measure, [Deed])]."""
    found = {}
    for deed in deeds:
        found.setdefault(deed.measure, []).append(deed)
    return list(found.items())


# --- The form -----------------------------------------------------------------------------------------------------------
@register.filter
def grouped(number, separator=""):
    """A count as it is read: “66,667”, « 66 667 ». Who has many of them asks for `thousands()` once."""
    return f"{number:,}".replace(",", separator or thousands()) if number > 999 else str(number)


def thousands():
    """What stands between the thousands in the reader's language."""
    return get_format("THOUSAND_SEPARATOR")


@register.simple_tag
def offered(options):
    """The options of a list, (value, words, whether it is chosen, its count or None). Not a template: hundreds of them take it 20 ms."""
    rows, separator = [], thousands()
    for value, words, is_chosen, count in options:
        told = "" if count is None else f" ({grouped(count, separator)})"
        rows.append(f'<option value="{escape(value)}"{" selected" if is_chosen else ""}>{escape(str(words))}{told}</option>')
    return mark_safe("\n".join(rows))


# --- Addresses ----------------------------------------------------------------------------------------------------------
@register.simple_tag
def period_address(picture, period):
    """The address of the filtered timeline in another window: a Period of its picture."""
    return picture.address_of(period)


@register.simple_tag
def page_address(asked, page):
    """The address of another page of the filtered timeline, from its parameters."""
    return asked.query(**page)


@register.simple_tag
def window_links(asked, windows):
    """Links to the same filter in other windows, each with its count. Not a template, for the same reason as `offered`."""
    rows, separator = [], thousands()
    for one in windows:
        current = ' aria-current="true"' if one.is_chosen else ""
        count = f'<span class="windows-count"> ({grouped(one.count, separator)})</span>'
        rows.append(f'<li><a href="{escape(asked.query_in(one.text, one.text))}"{current}>{escape(one.words)}{count}</a></li>')
    return mark_safe("\n".join(rows))
