"""From editions to what the schemas hold: plain dicts, in the reader's language. Nothing here asks the database by itself."""

from html import unescape

from django.utils.html import strip_tags

from newsroom.follow.items import portable
from newsroom.library.illustrations import illustrated
from newsroom.publishing import languages
from newsroom.publishing.dates import OPEN_END, OPEN_START, in_words, parse
from newsroom.publishing.identity import id_of, permanent_address
from newsroom.publishing.models import Change

from .addresses import absolute, api_address

NAMES = {"articleedition": "article", "questionedition": "question", "eventedition": "event", "measureedition": "measure"}


# --- Small parts --------------------------------------------------------------------------------------------------------
def named(row, field):
    """A choice of a row, by its code and its label."""
    return {"code": getattr(row, field), "label": getattr(row, f"get_{field}_display")()}


def coded(choice):
    return {"code": choice.value, "label": str(choice.label)}


def known_date(text):
    """A date as known, or None where there is none."""
    if not text:
        return None
    known = parse(text)
    first = None if known.first_day == OPEN_START else known.first_day
    last = None if known.last_day == OPEN_END else known.last_day
    return {"edtf": text, "first_day": first, "last_day": last, "words": in_words(known)}


def plain(html):
    """The words of a sentence of a page."""
    return unescape(strip_tags(str(html)))


def tag(request, one):
    return {"slug": one.slug, "label": one.label, "api": api_address(request, "tag", one.slug)}


def source(row):
    texts = {name: getattr(row, name) for name in ("title", "publisher", "author", "address", "archived_address", "language", "excerpt")}
    return {
        **texts,
        "kind": named(row, "kind"),
        "published": known_date(row.published),
        "accessed": row.accessed,
        "is_translated": row.is_translated,
    }


def api_address_of(request, edition):
    return api_address(request, NAMES[edition._meta.model_name], edition.slug_here)


def reference(request, edition):
    """What leads to another document."""
    return {
        "slug": edition.slug_here,
        "title": getattr(edition.text, edition.TITLE),
        "language": edition.text.language,
        "address": absolute(edition.get_absolute_url()),
        "api": api_address_of(request, edition),
    }


# --- Documents ----------------------------------------------------------------------------------------------------------
def document(request, edition):
    """What every document says of itself. `edition` has what `answers.whole` adds to it."""
    text, told, address = edition.text, edition.told, absolute(edition.get_absolute_url())
    updated = {"at": edition.changed_at, "change": coded(Change(edition.changed_as))} if edition.changed_at else None
    return {
        "id": id_of(edition),
        "slug": edition.slug_here,
        "status": "withdrawn" if edition.is_tombstone else "live",
        "address": address,
        "permanent": permanent_address(edition),
        "history": f"{address}history/",
        "api": api_address_of(request, edition),
        "language": text.language,
        "languages": [code for code in languages.LANGUAGES if edition.has_text(code)],
        "is_translation_missing": text.is_missing,
        "is_translation_behind": text.is_behind,
        "first_live_from": edition.first_live_from,
        "live_from": edition.live_from,
        "entered_at": edition.recorded_at,
        "change": named(edition, "change"),
        "note": {"text": told.note, "language": told.language} if told.note else None,
        "updated": updated,
        "checked_at": edition.checked_at,
    }


def article(request, edition, tags):
    text, address = edition.text, absolute(edition.get_absolute_url())
    return {
        **document(request, edition),
        "kind": named(edition, "kind"),
        "title": text.title,
        "summary": text.summary,
        "html": portable(illustrated(text.body, edition), address),
        "byline": text.byline,
        "picture": picture(edition) if edition.shown_picture else None,
        "elsewhere": edition.address,
        "claims": [claim(row) for row in edition.claims.all()],
        "attachments": [attachment(row) for row in edition.attachments.all()],
        "tags": [tag(request, one) for one in tags],
        "sources": [source(row) for row in edition.sources.all()],
    }


def picture(edition):
    file, text = edition.shown_picture, edition.text
    return {
        "address": absolute(file.file.url),
        "width": file.width,
        "height": file.height,
        "alt": edition.alt,
        "caption": text.picture_caption,
        "credit": edition.picture_credit,
    }


def attachment(row):
    return {"title": row.name, "address": absolute(row.file.address), "type": "application/pdf", "bytes": row.file.size}


def claim(row):
    text = row.text
    return {
        "said": text.said,
        "who": text.who,
        "said_on": known_date(row.said_on),
        "publisher": row.source_publisher,
        "source": row.source_address,
        "status": named(row, "status"),
        "answer": text.answer,
        "language": text.language,
    }


def question(request, edition, tags):
    text, address = edition.text, absolute(edition.get_absolute_url())
    return {
        **document(request, edition),
        "topic": {"slug": edition.topic.slug, "label": edition.topic.label},
        "question": text.question,
        "short_answer": text.short_answer,
        "html": portable(illustrated(text.answer, edition), address),
        "tags": [tag(request, one) for one in tags],
        "sources": [source(row) for row in edition.sources.all()],
    }


# --- The timeline -------------------------------------------------------------------------------------------------------
def event(request, edition, tags, deeds, actors, statement):
    """An event with what it did (`deeds`), whom it names and our statement about it, as `follow.events.told` finds them."""
    text, address = edition.text, absolute(edition.get_absolute_url())
    return {
        **document(request, edition),
        "date": known_date(edition.date),
        "time": f"{edition.time:%H:%M}" if edition.time else None,
        "zone": edition.zone,
        "kind": named(edition, "kind"),
        "certainty": named(edition, "certainty"),
        "title": text.title,
        "summary": text.summary,
        "html": portable(illustrated(text.body, edition), address),
        "effects": [effect(request, deed) for deed in deeds],
        "actors": [actor(request, one) for one in actors],
        "statement": reference(request, statement) if statement else None,
        "tags": [tag(request, one) for one in tags],
        "sources": [source(row) for row in edition.sources.all()],
    }


def effect(request, deed):
    row = deed.effect
    return {
        "measure": reference(request, deed.measure),
        "verb": named(row, "verb"),
        "part": row.text.scope,
        "effective": known_date(row.effective),
        "deadline": row.deadline,
        "counted_from": row.text.counted_from,
        "certainty": named(row, "certainty"),
        "words": plain(deed.words),
    }


def actor(request, edition):
    text = edition.text
    events = api_address(request, "events", actor=edition.slug_here)
    return {"slug": edition.slug_here, "name": text.name, "description": text.description, "language": text.language, "events": events}


def measure(request, edition, life):
    """A measure with its `life`, a timeline.lines.Life; None for one that was withdrawn."""
    text = edition.text
    return {
        **document(request, edition),
        "name": text.name,
        "description": text.description,
        "jurisdiction": text.jurisdiction,
        "nature": named(edition, "nature"),
        "deadline_means": named(edition, "deadline_means"),
        "checked_through": life.checked_through if life else edition.checked_through,
        "life": [span(one) for one in life.spans] if life else [],
        "earlier_spans": life.former_spans if life else 0,
        "events": api_address(request, "events", measure=edition.slug_here),
    }


def span(one):
    return {"state": {"code": one.state, "label": str(one.state_words)}, "first_day": one.first_day, "last_day": one.last_day}
