"""JSON: one object, what it says of itself first, then the events. Names and shapes are the API's."""

import json

from django.conf import settings

from newsroom.publishing.dates import OPEN_END, OPEN_START, in_words
from newsroom.publishing.identity import id_of, permanent_address
from timeline.models import EventEdition

from .about import stamp
from .reading import whole, words_of


def write(about):
    """The parts of the file, as text."""
    head = json.dumps(head_of(about), ensure_ascii=False, indent=1).removesuffix("\n}")
    yield f'{head},\n "events": ['
    comma = ""
    for events in whole(about, EventEdition.objects.live(about.at)):
        yield comma + ",".join("\n  " + json.dumps(event(told), ensure_ascii=False) for told in events)
        comma = ","
    yield "\n ]\n}\n"


def head_of(about):
    return {
        "title": about.title,
        "language": about.language,
        "filter": about.filter,
        "as_known_at": stamp(about.known_at),
        "page": about.page,
        "address": about.here,
        "permanent": about.address,
        "notice": about.notice,
    }


def event(told):
    edition, text = told.edition, told.edition.text
    return {
        "id": id_of(edition),
        "title": text.title,
        "summary": text.summary,
        "language": text.language,
        "is_missing": text.is_missing,
        "is_behind": text.is_behind,
        "date": date(edition.date, edition),
        "time": edition.time and f"{edition.time:%H:%M}",
        "zone": edition.zone or None,
        "certainty": named(edition, "certainty"),
        "kind": named(edition, "kind"),
        "who": [reference(actor) for actor in told.who],
        "effects": [effect(deed) for deed in told.deeds],
        "tags": [{"slug": tag.slug, "label": tag.label} for tag in told.tags],
        "sources": [source(row) for row in edition.sources.all()],
        "address": settings.SITE_URL + edition.get_absolute_url(),
        "permanent": permanent_address(edition),
        "edition": told.number,
        "change": named(edition, "change"),
        "published_at": stamp(edition.first_live_from),
        "updated_at": stamp(edition.live_from),
    }


def date(text, known):
    first_day = None if known.first_day == OPEN_START else known.first_day.isoformat()
    last_day = None if known.last_day == OPEN_END else known.last_day.isoformat()
    return {"edtf": text, "words": in_words(text), "first_day": first_day, "last_day": last_day}


def named(row, field):
    return {"code": getattr(row, field), "label": getattr(row, f"get_{field}_display")()}


def reference(edition):
    return {"id": id_of(edition), "name": edition.text.name, "address": settings.SITE_URL + edition.get_absolute_url()}


def effect(deed):
    row = deed.effect
    return {
        "measure": reference(deed.measure),
        "verb": named(row, "verb"),
        "part": row.text.scope,
        "effective": row.effective or None,
        "deadline": row.deadline and row.deadline.isoformat(),
        "counted_from": row.text.counted_from,
        "certainty": named(row, "certainty"),
        "words": words_of(deed),
    }


def source(row):
    texts = {name: getattr(row, name) for name in ("title", "publisher", "author", "published", "address", "archived_address", "language")}
    return {"kind": named(row, "kind"), **texts}
