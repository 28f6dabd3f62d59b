"""What events say besides their own words, looked up for all of them at once."""

from articles.models import ArticleEdition
from timeline.deeds import deeds_of
from timeline.models import ActorEdition


def told(events, at, measures=None):
    """What the templates of an event need, as live at `at`: {event: {"deeds", "actors", "statement"}}. `measures` as for `deeds_of`."""
    deeds = deeds_of(events, at, measures)
    named = {row.actor_id for event in events for row in event.actors.all()}
    actors = by_document(ActorEdition.objects.live(at).filter(document__in=named))
    statements = by_document(ArticleEdition.objects.live(at).filter(document__in={event.statement_id for event in events}))
    return {
        event: {
            "deeds": deeds[event.pk],
            "actors": [actors[row.actor_id] for row in event.actors.all() if row.actor_id in actors],
            "statement": statements.get(event.statement_id),
        }
        for event in events
    }


def by_document(editions):
    return {edition.document_id: edition for edition in editions}
