"""Measures on a day, from the lines of the page “In force” to what the schemas hold."""

from django.utils.translation import gettext as _

from timeline.in_force import State
from timeline.models import Certainty, MeasureEdition
from timeline.words import state_words

from .facts import coded, known_date, named, plain, reference, source


def in_force(request, line):
    """One Line, with the events behind it and their sources loaded."""
    measure = line.measure
    is_commitment = measure.nature == MeasureEdition.Nature.COMPANY_COMMITMENT
    return {
        "measure": reference(request, measure),
        "nature": named(measure, "nature"),
        "remark": _("Stated by the company; not independently verified.") if is_commitment else "",
        "checked_through": line.checked_through,
        "standing": standing(line),
        "last_known": standing(line.last_known) if line.last_known else None,
        "events": [behind(request, event, deeds) for event, deeds in line.behind],
        "event_count": line.count_behind,
    }


def standing(line):
    possible = line.standing.possible if line.state == State.UNCERTAIN else ()
    former = [(one.day, coded(Certainty(one.effect.certainty))) for one in line.standing.former_deadlines]
    return {
        "on": line.day,
        "state": state(line.measure, line.state),
        "possible": [state(line.measure, one) for one in State if one in possible],
        "words": plain(line.sentence),
        "deadline": line.standing.deadline,
        "former_deadlines": [{"day": day, "certainty": certainty} for day, certainty in former],
        "deadline_words": plain(line.deadline),
        "caution": _("Outcome not recorded; no end recorded.") if line.has_passed else "",
    }


def state(measure, state):
    return {"code": state, "label": str(state_words(measure, state))}


def behind(request, event, deeds):
    return {
        "event": reference(request, event),
        "date": known_date(event.date),
        "certainty": named(event, "certainty"),
        "effects": [plain(deed.words) for deed in deeds],
        "sources": [source(row) for row in event.sources.all()],
    }
