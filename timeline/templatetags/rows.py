"""An event's row in the list; the marks, axis and columns of the picture. Not templates, which take several times as long for a hundred."""

from django import template
from django.utils.html import conditional_escape as safe
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.models import Certainty
from timeline.zoom import window_words

from .timeline import by_measure, certainty_mark, clock_time, date_under, drawn, escape, grouped, thousands

register = template.Library()


# --- The list -----------------------------------------------------------------------------------------------------------
@register.simple_tag
def event_row(event, deeds, year):
    """A live edition of an event with what it did, under the heading of a year."""
    text = event.text
    lang = _lang(text)
    time = f'<br><span class="row-time">{escape(clock_time(event))}</span>' if event.time else ""
    summary = f'\n    <p class="row-summary"{lang}>{escape(text.summary)}</p>' if text.summary else ""
    return mark_safe(f"""<li class="row event">
  <p class="row-date">{safe(date_under(year, event.date))}{time}</p>
  <div class="row-text">
    <p class="kicker">{certainty_mark(event.certainty)} {escape(event.get_certainty_display())} · {escape(event.get_kind_display())}</p>
    <h3 class="row-title"{lang}><a href="{escape(event.get_absolute_url())}">{escape(text.title)}</a></h3>{summary}
  </div>{_deeds(deeds)}
</li>
""")


def _deeds(deeds):
    """As `_deeds.html` writes them, in a row."""
    rows = "".join(_by_measure(measure, done) for measure, done in by_measure(deeds))
    return f'\n  <div class="row-margin"><dl class="deeds">{rows}</dl></div>' if rows else ""


def _by_measure(measure, deeds):
    name = measure.text
    done = "".join(f"<dd>{safe(deed.words)}</dd>" for deed in deeds)
    return f'<div><dt{_lang(name)}><a href="{escape(measure.get_absolute_url())}">{escape(name.name)}</a></dt>{done}</div>\n'


def _lang(text):
    return f' lang="{text.language}"' if text.is_foreign else ""


# --- The picture --------------------------------------------------------------------------------------------------------
@register.simple_tag
def axis_ticks(drawing, picture, base):
    """The periods of the axis: a line for each, and where it has room its name, a link to its window."""
    return mark_safe("\n".join([_tick(one, drawing.plot_length, picture, base) for one in drawing.ticks]))


def _tick(tick, length, picture, base):
    top, opacity, y, weight = (-16, "0.3", -5, ' font-weight="650"') if tick.is_major else (0, "0.14", 13, "")
    rule = f'<path class="drawing-rule" d="M{tick.left} {top}V{length}" stroke="currentColor" opacity="{opacity}"/>'
    if not tick.text:
        return rule
    address = escape(f"{base}{picture.address_of(tick.period)}")
    return f'{rule}<a href="{address}"><text x="{tick.left}" dx="4" y="{y}"{weight}>{escape(tick.text)}</text></a>'


@register.simple_tag
def column_bars(drawing, picture, base):
    """The columns of a drawing with their numbers, each a link to its window."""
    separator = thousands()
    return mark_safe("\n".join([_bar(one, picture, base, separator) for one in drawing.columns]))


def _bar(column, picture, base, separator):
    count = grouped(column.count, separator)
    events = ngettext("%(total)s event", "%(total)s events", column.count) % {"total": count}
    words = _("%(period)s: %(events)s") % {"period": _period_words(column), "events": events}
    place = f'x="{column.left}" y="{column.top}" width="{column.width}" height="{column.height}"'
    number = f'<text x="{column.middle}" y="{column.top}" dy="-5">{count}</text>'
    return f'<a href="{escape(f"{base}{picture.address_of(column.period)}")}"><title>{escape(words)}</title><rect {place}/>{number}</a>'


@register.simple_tag
def column_rows(picture):
    """The same as the rows of a table."""
    separator = thousands()
    return mark_safe("\n  ".join([_table_row(one, picture, separator) for one in picture.wide.columns]))


def _table_row(column, picture, separator):
    link = f'<a href="{escape(picture.address_of(column.period))}">{escape(_period_words(column))}</a>'
    return f'<tr><th scope="row">{link}</th><td>{grouped(column.count, separator)}</td></tr>'


def _period_words(column):
    return window_words(column.period.first_day, column.period.last_day)


@register.simple_tag
def event_marks(marks, base):
    """EventMarks as links in SVG; `base` is what stands before each address."""
    return mark_safe("\n".join([_event_mark(mark, base) for mark in marks]))


def _event_mark(mark, base):
    event, y = mark.event, mark.y
    arrows = "".join(
        f'<path d="M{x} {y}{arrow}" fill="none" stroke="currentColor" stroke-width="1.6"/>'
        for x, arrow, is_there in ((mark.doubt_left, BEFORE, mark.runs_on_before), (mark.doubt_right, AFTER, mark.runs_on_after))
        if is_there
    )
    doubt = (
        f'<path d="{mark.doubt}" stroke="currentColor" stroke-width="1.6" stroke-dasharray="1.6 2.6" fill="none"/>' if mark.doubt else ""
    )
    shape = _shape(mark) if mark.is_shown else ""
    return f"""<a href="{escape(f"{base}{event.address}")}"><title>{escape(event.hint)}</title>{doubt}{shape}{arrows}
<g class="drawing-words" fill="currentColor" {AROUND}>{_words(mark)}</g></a>"""


BEFORE, AFTER = "m6 -5l-5 5l5 5", "m-6 -5l5 5l-5 5"
AROUND = 'stroke="#fbf8f1" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'


def _shape(mark):
    """A dot for a day, a bar for more: full, empty or half."""
    certainty = mark.event.certainty
    if mark.event.is_day:
        return f'<g transform="translate({mark.middle} {mark.y})">{drawn("timeline/_event_shape.html", certainty=certainty)}</g>'
    if certainty == Certainty.CONFIRMED:
        bar = f'<rect y="-4" width="{mark.bar_width}" height="8" fill="currentColor"/>'
    else:
        bar = f'<rect x="0.9" y="-3.1" width="{mark.inner}" height="6.2" fill="none" stroke="currentColor" stroke-width="1.8"/>'
    if certainty == Certainty.DISPUTED:
        bar += f'<rect width="{mark.bar_width}" height="4" fill="currentColor"/>'
    return f'<g transform="translate({mark.left} {mark.y})">{bar}</g>'


def _words(mark):
    words, y = mark.words, mark.y
    lang = f' lang="{mark.event.language}"' if mark.event.language else ""
    told = ""
    if words.when:
        title = f'<tspan dx="8"{lang}>{escape(words.title)}</tspan>' if words.title else ""
        anchor = ' text-anchor="end"' if words.is_before else ""
        told = f'<text x="{words.at}" y="{y}" dy="4.5"{anchor}><tspan font-weight="650">{escape(words.when)}</tspan>{title}</text>'
    if words.below:
        x, below = words.below_left, enumerate(words.below)
        lines = "".join([f'<tspan x="{x}" dy="{18 if number else 22}">{escape(line)}</tspan>' for number, line in below])
        told += f'<text y="{y}"{lang}>{lines}</text>'
    return told
