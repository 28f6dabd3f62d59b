"""What pages say to machines: JSON-LD in the words of schema.org. Nothing is in it that the page or its history does not say."""

import json
from datetime import UTC

from django.conf import settings
from django.utils.safestring import mark_safe

from .dates import parse
from .identity import permanent_address
from .models import Change, Source

# Nothing in a text may end the element or begin another one; JSON reads the escapes as the characters.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
KINDS = {Source.Kind.PRESS: "NewsArticle", Source.Kind.COURT: "Legislation", Source.Kind.OFFICIAL: "DigitalDocument"}


def script(data):
    """The element that holds it. A block of data is not run, so that the policy for scripts has nothing against it."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # escaped above


def page(edition, entries, kind, **facts):
    """What every document's page says, as `kind`. `entries` is the history known at the moment that is read; empty facts are left out."""
    text, address = edition.text, settings.SITE_URL + edition.get_absolute_url()
    known = [entry for entry in entries if entry.is_readable and entry.edition.live_from <= edition.live_from]
    return said(
        {"@type": kind, "@id": address, "url": address},
        inLanguage=text.language,
        datePublished=moment(edition.first_live_from),
        dateModified=moment(edition.live_from),
        version=len(known),
        archivedAt=permanent_address(edition),
        publisher=publisher(),
        citation=[source(row) for row in edition.sources.all()] if hasattr(edition, "sources") else [],
        correction=[correction(entry) for entry in known if entry.edition.change == Change.CORRECTION],
        **facts,
    )


def said(data, **facts):
    return {**data, **{name: value for name, value in facts.items() if value}}


def publisher():
    return {"@type": "Organization", "name": settings.NEWSROOM_NAME, "url": settings.SITE_URL + "/"}


def correction(entry):
    told = entry.edition.told
    return said(
        {"@type": "CorrectionComment", "url": settings.SITE_URL + entry.address},
        text=told.note,
        inLanguage=told.language,
        datePublished=moment(entry.edition.live_from),
    )


def source(row):
    return said(
        {"@type": KINDS.get(row.kind, "CreativeWork"), "name": row.title or row.publisher},
        publisher={"@type": "Organization", "name": row.publisher},
        creditText=row.author,
        datePublished=iso(row.published),
        url=row.address,
        archivedAt=row.archived_address,
        inLanguage=row.language,
    )


# --- Dates --------------------------------------------------------------------------------------------------------------
def moment(value):
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def iso(date):
    """A date as known (EDTF), as ISO 8601 with no more digits than are sure; "" where not even the year is, or where there is no date."""
    return sure(*days_of(date)) if date else ""


def days_of(date):
    known = parse(date)
    return known.first_day, known.last_day


def sure(first_day, last_day):
    """The day, month or year that holds all possible days."""
    if first_day == last_day:
        return first_day.isoformat()
    if first_day.year != last_day.year:
        return ""
    return f"{first_day:%Y-%m}" if first_day.month == last_day.month else f"{first_day.year:04}"
