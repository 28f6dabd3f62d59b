"""What events did to measures, and how measures stand, in words of the reader's language. Safe HTML: moved dates are struck through.

French agrees with “la mesure”, so public acts and commitments have words of their own.
"""

from dataclasses import replace
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from newsroom.publishing.dates import Precision, in_words, on_date_in_words, parse

from .in_force import State, Verb
from .models import Certainty, MeasureEdition

ACT, COMMITMENT = MeasureEdition.Nature
TAKES_EFFECT, COMPLY_BY = MeasureEdition.DeadlineMeans

STATES = {
    ACT: {
        State.NOT_KNOWN: pgettext_lazy("public act", "not known here"),
        State.NOT_YET_ORDERED: pgettext_lazy("public act", "not yet ordered"),
        State.ORDERED: pgettext_lazy("public act", "ordered"),
        State.IN_FORCE: pgettext_lazy("public act", "in force"),
        State.SUSPENDED: pgettext_lazy("public act", "suspended"),
        State.SUSPENDED_IN_PART: pgettext_lazy("public act", "suspended in part"),
        State.DEADLINE_PASSED: pgettext_lazy("public act", "deadline passed"),
        State.ENDED: pgettext_lazy("public act", "ended"),
        State.ANNULLED: pgettext_lazy("public act", "annulled"),
        State.UNCERTAIN: pgettext_lazy("public act", "uncertain"),
    },
    COMMITMENT: {
        State.NOT_KNOWN: pgettext_lazy("commitment", "not known here"),
        State.NOT_YET_ORDERED: pgettext_lazy("commitment", "not yet stated"),
        State.ORDERED: pgettext_lazy("commitment", "announced"),
        State.IN_FORCE: pgettext_lazy("commitment", "stated"),
        State.SUSPENDED: pgettext_lazy("commitment", "suspended"),
        State.SUSPENDED_IN_PART: pgettext_lazy("commitment", "suspended in part"),
        State.DEADLINE_PASSED: pgettext_lazy("commitment", "deadline passed"),
        State.ENDED: pgettext_lazy("commitment", "ended"),
        State.ANNULLED: pgettext_lazy("commitment", "taken back"),
        State.UNCERTAIN: pgettext_lazy("commitment", "uncertain"),
    },
}
MOST = 5
"""The most former deadlines, or parts, that a sentence names."""
LASTING = (State.IN_FORCE, State.SUSPENDED, State.SUSPENDED_IN_PART)
DONE = (State.ORDERED, State.ENDED, State.ANNULLED, State.DEADLINE_PASSED)

VERBS = {  # of the whole, of a part
    Verb.ORDERS: (gettext_lazy("orders"), gettext_lazy("orders in part ({part})")),
    Verb.STARTS: (gettext_lazy("starts"), gettext_lazy("starts in part ({part})")),
    Verb.SETS_DEADLINE: (gettext_lazy("sets a deadline"), gettext_lazy("sets a deadline for a part ({part})")),
    Verb.EXTENDS: (gettext_lazy("moves the deadline"), gettext_lazy("moves the deadline of a part ({part})")),
    Verb.SUSPENDS: (gettext_lazy("suspends"), gettext_lazy("suspends in part ({part})")),
    Verb.RESUMES: (gettext_lazy("resumes"), gettext_lazy("resumes in part ({part})")),
    Verb.AMENDS: (gettext_lazy("amends"), gettext_lazy("amends ({part})")),
    Verb.ANNULS: (gettext_lazy("annuls"), gettext_lazy("annuls in part ({part})")),
    Verb.ENDS: (gettext_lazy("ends"), gettext_lazy("ends in part ({part})")),
}
DEADLINES = {
    (COMPLY_BY, Verb.SETS_DEADLINE): gettext_lazy("sets deadline {day}"),
    (COMPLY_BY, Verb.EXTENDS): gettext_lazy("moves deadline to {day}"),
    (TAKES_EFFECT, Verb.SETS_DEADLINE): gettext_lazy("sets the day it takes effect: {day}"),
    (TAKES_EFFECT, Verb.EXTENDS): gettext_lazy("moves the day it takes effect to {day}"),
}
DOUBTS = {Certainty.REPORTED: gettext_lazy("(reported)"), Certainty.DISPUTED: gettext_lazy("(disputed)")}


def date_in_words(date):
    """`in_words`, remembered: a list says each of its dates more than once, and so do the lists after it."""
    return _in_words(date, get_language())


@lru_cache(10_000)
def _in_words(date, _language):
    return in_words(date)


def fill(sentence, **parts):
    """A translated sentence with its `{parts}` filled in, as safe HTML."""
    return format_html(str(sentence), **parts)


def doubt(certainty):
    """“ (reported)”, “ (disputed)”, or nothing."""
    return format_html(' <span class="doubt">{}</span>', DOUBTS[certainty]) if certainty in DOUBTS else ""


def day_words(day):
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), in_words(day.isoformat()))


def part_words(row):
    """The part an effect is about, marked where it is in another language than the page."""
    text = row.text
    return format_html('<span lang="{}">{}</span>', text.language, text.scope) if text.is_foreign else text.scope


def struck(deadlines):
    """in_force.Deadlines that were moved: the latest struck through, each with its doubt, and how many came before them."""
    item = pgettext("a former deadline", "{day}")  # French puts an article before each
    latest = [(fill(item, day=format_html("<s>{}</s>", day_words(day))), doubt(effect.certainty)) for day, effect in deadlines[-MOST:]]
    words = format_html_join(", ", "{}{}", latest)
    left_out = len(deadlines) - len(latest)
    if not left_out:
        return words
    return fill(
        ngettext("{number} other, then {deadlines}", "{number} others, then {deadlines}", left_out), number=left_out, deadlines=words
    )


def formerly(words, deadlines):
    return fill(_("{words}, formerly {deadlines}"), words=words, deadlines=struck(deadlines)) if deadlines else words


# --- An effect ----------------------------------------------------------------------------------------------------------
def effect_words(row, measure, before=None):
    """“sets deadline 12 November 2020, formerly 20 September 2020 (reported)”; `before` is the in_force.Deadline it replaces."""
    words = format_html("{}{}", _deed(row, measure), doubt(Certainty.least(row.certainty, row.edition.certainty)))
    return formerly(words, [before] if before else [])


def _deed(row, measure):
    day = row.deadline and day_words(row.deadline)
    part = row.text.scope and part_words(row)
    on_date = on_date_in_words(row.effective) if row.effective and row.effective != row.edition.date else ""
    return deed_words(fill, row.verb, measure.deadline_means, part, day, on_date)


def deed_words(fill, verb, deadline_means, part, day, on_date):
    """What an effect did, put together by `fill(sentence, **words)`, as HTML or as plain text; what there is none of is empty."""
    sentence = DEADLINES.get((deadline_means, verb))
    if sentence and day and not part:
        return fill(sentence, day=day)
    words = fill(VERBS[verb][bool(part)], part=part)
    if on_date:
        words = fill(_("{words} {on_date}"), words=words, on_date=on_date)
    return fill(_("{words}, deadline {day}"), words=words, day=day) if day else words


# --- A measure on a day -------------------------------------------------------------------------------------------------
def state_words(measure, state):
    """The state in one or two words: “suspended in part”."""
    return STATES[measure.nature][state]


def state_sentence(measure, standing, rows):
    """The state with its date and its parts: “suspended in part since 27 September 2020: App stores”. `rows` are Effects by id."""
    state = standing.state
    words = state_words(measure, state)
    if state == State.UNCERTAIN:
        possible = [str(state_words(measure, one)) for one in State if one in standing.possible]
        return fill(_("{state}: {possible}"), state=words, possible=get_text_list(possible, _("or")))
    if standing.since:
        row = rows[standing.since.id]
        date = _date_behind(measure, standing, row)
        words = fill(_("{state} {since}"), state=words, since=since(date) if state in LASTING else on_date_in_words(date))
        words += doubt(standing.since.certainty)
    parts = named_parts(standing)
    return fill(_("{state}: {parts}"), state=words, parts=_listed(rows, parts, len(standing.suspended_parts))) if parts else words


def named_parts(standing):
    """The suspensions of the parts that a sentence names: the latest."""
    return standing.suspended_parts[-MOST:] if standing.state == State.SUSPENDED_IN_PART else ()


def _date_behind(measure, standing, row):
    """The date (EDTF) from which the state holds."""
    if standing.state == State.DEADLINE_PASSED:
        return standing.deadline.isoformat()
    if standing.state == State.IN_FORCE and measure.deadline_means == TAKES_EFFECT and row.deadline:
        return row.deadline.isoformat()
    if standing.state == State.ORDERED:
        return row.edition.date
    return row.effective or row.edition.date


def _listed(rows, effects, count):
    words = format_html_join(", ", "{}", [(part_words(rows[effect.id]),) for effect in effects])
    more = count - len(effects)
    return fill(ngettext("{parts} and {number} more", "{parts} and {number} more", more), parts=words, number=more) if more else words


def since(date):
    """“since 14 August 2020”, “since about 17 August 2020”. French puts its prepositions elsewhere, so each form is a sentence."""
    known = parse(date)
    if known.is_period:
        return _("since a day within this period: %(period)s") % {"period": in_words(known)}
    point = known.start
    sure = replace(point, is_approximate=False, is_uncertain=False)
    words = in_words(replace(known, start=sure, end=sure))
    plain = {"day": words, "date": words}
    if point.precision == Precision.DAY:
        words = (_("since about %(day)s") if point.is_approximate else _("since %(day)s")) % plain
    else:
        words = (_("since about %(date)s") if point.is_approximate else _("since %(date)s")) % plain
    return _("%(words)s (uncertain)") % {"words": words} if point.is_uncertain else words


def deadline_sentence(measure, standing):
    """“deadline 12 November 2020, formerly 20 September 2020 (reported)”, or "" where none is known."""
    if standing.deadline is None:
        return ""
    moved = standing.former_deadlines
    if standing.state == State.DEADLINE_PASSED:  # its day has been said
        return fill(_("formerly {deadlines}"), deadlines=struck(moved)) if moved else ""
    if measure.deadline_means == COMPLY_BY:
        sentence = _("deadline {day}{doubt}")
    else:
        sentence = _("effective {day}{doubt}") if standing.state == State.IN_FORCE else _("due to take effect on {day}{doubt}")
    words = fill(sentence, day=day_words(standing.deadline), doubt=doubt(standing.deadline_effect.certainty))
    return formerly(words, moved)


def deadline_words(standing):
    """The day of the deadline with its doubt, or ""."""
    return standing.deadline and format_html("{}{}", day_words(standing.deadline), doubt(standing.deadline_effect.certainty))


def days_left(measure, standing, day):
    """How far a deadline is from `day`: “in 12 days”, “passed 3 days ago”; "" where none is, or where it has begun the measure."""
    if standing.deadline is None or (measure.deadline_means == TAKES_EFFECT and standing.deadline <= day):
        return ""
    number = (standing.deadline - day).days
    if number == 0:
        return _("the last day")
    if number > 0:
        return ngettext("in %(number)s day", "in %(number)s days", number) % {"number": number_format(number, force_grouping=True)}
    return ngettext("%(number)s day ago", "%(number)s days ago", -number) % {"number": number_format(-number, force_grouping=True)}


def states_with_words():
    """Every state with its words for acts and, where they differ, for commitments: [(state, words)]."""
    both = [(state, [str(STATES[ACT][state]), str(STATES[COMMITMENT][state])]) for state in State]
    return [(state, " / ".join(dict.fromkeys(words))) for state, words in both]
