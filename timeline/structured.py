"""Events and measures for machines: schema.org's Event and Legislation.

A day that moved is an Event that was rescheduled: the event itself, where an update (no correction) of its page gave it another
date, and the deadline of a measure, where it was moved. A deadline is cancelled where its measure was over before it came.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from newsroom.publishing import structured
from newsroom.publishing.dates import Point, parse
from newsroom.publishing.models import Change
from newsroom.publishing.moments import moments
from newsroom.publishing.structured import said, sure

from .in_force import State, Verb
from .models import EventEdition, MeasureEdition

SCHEDULED, RESCHEDULED, CANCELLED = (f"https://schema.org/Event{state}" for state in ("Scheduled", "Rescheduled", "Cancelled"))
LEGAL_FORCE = {
    State.IN_FORCE: "InForce",
    State.SUSPENDED_IN_PART: "PartiallyInForce",
    **dict.fromkeys((State.NOT_YET_ORDERED, State.ORDERED, State.SUSPENDED, State.ENDED, State.ANNULLED), "NotInForce"),
}
"""What can be said of it; a state that is uncertain or not known is left out."""
ACTS = (EventEdition.Kind.ORDER, EventEdition.Kind.LEGISLATION)
CHANGES = {
    "legislationAmends": (Verb.AMENDS, Verb.EXTENDS, Verb.SETS_DEADLINE),
    "legislationCommences": (Verb.STARTS,),
    "legislationChanges": (Verb.SUSPENDS, Verb.RESUMES),
    "legislationRepeals": (Verb.ANNULS, Verb.ENDS),
}


# --- Events -----------------------------------------------------------------------------------------------------------
def event_data(edition, context):
    text, deeds = edition.text, context["deeds"]
    when = {**days(edition), **status(edition, context["entries"])}
    happened = said({"@type": "Event", "name": text.title}, description=text.summary, **when)
    return structured.page(
        edition,
        context["entries"],
        "WebPage",
        name=text.title,
        description=text.summary,
        mainEntity=happened,
        about=[act(edition, deeds)] if edition.kind in ACTS else [reference(deed.measure) for deed in deeds],
        mentions=[
            *(deadline(deed.measure, deed.effect.deadline, deed.before) for deed in deeds if deed.effect.deadline),
            *({"@type": "Thing", "name": actor.text.name} for actor in context["actors"]),
        ],
        keywords=[tag.label for tag in context["tags"]],
    )


def days(edition):
    """startDate and endDate, with no more digits than are known; the moment, where the time of day is."""
    known = parse(edition.date)
    if edition.time and known.is_one_day:
        found = moments(datetime.combine(known.first_day, edition.time), ZoneInfo(edition.zone))
        if len(found) == 1:
            return {"startDate": found[0].astimezone(ZoneInfo(edition.zone)).isoformat()}
    ends = [sure(*end.widened()) if isinstance(end, Point) else "" for end in (known.start, known.end)]
    return {"startDate": ends[0], "endDate": ends[1] if known.is_period else ""}


def status(edition, entries):
    """EventRescheduled, where an update of the page gave the event the date it has, after another."""
    before, moved = None, {}
    for entry in entries:
        one = entry.edition
        if not entry.is_readable or one.live_from > edition.live_from:
            continue
        if before and one.date != before.date and one.change == Change.UPDATE:
            moved = {"eventStatus": RESCHEDULED, "previousStartDate": days(before)["startDate"]}
        before = one
    return moved or {"eventStatus": SCHEDULED}


def deadline(measure, day, before=None, is_off=False):
    """The deadline of a measure as an Event of its own. `before` is the day it was moved from."""
    name = _("Deadline: %(measure)s") % {"measure": measure.text.name}
    state = CANCELLED if is_off else RESCHEDULED if before else SCHEDULED
    known = {"@type": "Event", "name": name, "startDate": day.isoformat(), "eventStatus": state}
    return said(known, previousStartDate=before and before.isoformat())


def act(edition, deeds):
    """The act that the event was, and what it did to others."""
    done = {
        name: [reference(deed.measure) for deed in deeds if deed.effect.verb in verbs and is_act(deed.measure)]
        for name, verbs in CHANGES.items()
    }
    return said({"@type": "Legislation", "name": edition.text.title}, legislationDate=days(edition)["startDate"][:10], **done)


def is_act(measure):
    return measure.nature == MeasureEdition.Nature.PUBLIC_ACT


def reference(measure):
    address = settings.SITE_URL + measure.get_absolute_url()
    return {"@type": "Legislation" if is_act(measure) else "CreativeWork", "@id": address, "name": measure.text.name}


# --- Measures -----------------------------------------------------------------------------------------------------------
def measure_data(edition, context):
    text, today = edition.text, context["today"]
    facts = {"name": text.name, "abstract": text.description, "subjectOf": last_deadline(today)}
    if is_act(edition):
        ordered = today.standing.ordered_by
        facts |= {
            "legislationJurisdiction": text.jurisdiction,
            "legislationDate": ordered and sure(*ordered.announced),
            "legislationLegalForce": force(today.state),
        }
    return structured.page(edition, context["entries"], "Legislation" if is_act(edition) else "CreativeWork", **facts)


def last_deadline(line):
    """The deadline told last, as an Event: cancelled, where the measure was over before it came."""
    line = line.last_known or line
    told = line.knowledge.deadlines(line.measure)
    if not told:
        return None
    (day, _effect), before = told[-1]
    since = line.standing.since
    is_off = line.state in (State.ENDED, State.ANNULLED) and since is not None and since.effective[0] <= day
    return deadline(line.measure, day, before and before.day, is_off)


def force(state):
    return state in LEGAL_FORCE and f"https://schema.org/{LEGAL_FORCE[state]}"
