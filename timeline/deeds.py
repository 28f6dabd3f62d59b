"""What events did to measures, in the order and the words of a page."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from .knowledge import DATES, Knowledge
from .models import Effect, MeasureEdition
from .words import effect_words


@dataclass(frozen=True)
class Deed:
    """One effect of an event on a live measure, in words. `before` is the deadline that it moved."""

    effect: Effect
    measure: MeasureEdition
    words: SafeString
    before: date | None = None


def deed(row, knowledge):
    measure = knowledge.measures[row.measure_id]
    before = knowledge.deadline_before(row, measure) if row.verb in DATES else None
    return Deed(row, measure, effect_words(row, measure, before), before and before.day)


def deeds_of(events, at, measures=None, dated=None):
    """What each of these live events did to live measures: {edition id: [Deed]}.

    `measures`, if the page has them, saves a query; `dated` (`Catalogue.dated`) saves the database from looking for them.
    """
    knowledge = Knowledge.of_events(at, events, measures, dated)
    deeds = {event.pk: [] for event in events}
    for row in sorted(knowledge.rows.values(), key=lambda row: (row.position, row.pk)):
        deeds[row.edition_id].append(deed(row, knowledge))
    return deeds


def deeds_in(edition, measures):
    """What one edition of an event, live or not, says that it did to `measures`: [Deed], without the deadlines that stood before."""
    by_document = {measure.document_id: measure for measure in measures}
    known = [(row, by_document[row.measure_id]) for row in edition.effects.all() if row.measure_id in by_document]
    return [Deed(row, measure, effect_words(row, measure)) for row, measure in known]
