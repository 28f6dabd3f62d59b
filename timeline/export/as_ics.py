"""iCalendar (RFC 5545, with the properties of RFC 7986), to be subscribed to.

An event is one VEVENT for ever: its UID never changes, its SEQUENCE counts its editions. What is withdrawn stays, as cancelled;
what is retracted stays as cancelled too, without a word of what it said, and whatever was asked for, as in the feeds.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from newsroom.publishing.dates import OPEN_END, OPEN_START, in_words
from newsroom.publishing.identity import id_of, lasting_id, permanent_address
from newsroom.publishing.models import Change
from newsroom.publishing.moments import moments
from timeline.models import Certainty, EventEdition

from .about import stamp
from .reading import numbers, whole, words_of

REFRESH = timedelta(hours=1)
END = b"END:VCALENDAR\r\n"
ONE_DAY = timedelta(days=1)


def write(about):
    """The parts of the file, as bytes."""
    yield calendar(about).to_ical(sorted=False).removesuffix(END)
    standing = EventEdition.objects.standing(about.at).with_retraction(about.at)
    readable = standing.exclude(change=Change.RETRACTION).filter(retracted_by__isnull=True)
    for events in whole(about, readable):
        yield b"".join(one(told, about).to_ical(sorted=False) for told in events)
    retracted = retractions(standing)
    number = numbers(retracted, about.now)
    yield b"".join(gone(edition, number[edition.document_id]).to_ical(sorted=False) for edition in retracted) + END


def calendar(about):
    described = " ".join([_("As known at %(moment)s.") % {"moment": stamp(about.known_at)}, about.address, about.notice])
    top = Calendar()
    top.add("prodid", f"-//{settings.NEWSROOM_NAME}//timeline//{about.language.upper()}")
    top.add("version", "2.0")
    top.add("uid", lasting_id(about.page))
    for name in ("name", "x-wr-calname"):
        top.add(name, vText(about.title))
    for name in ("description", "x-wr-caldesc"):
        top.add(name, vText(described))
    top.add("last-modified", about.changed_at)
    top.add("url", about.page)
    top.add("source", about.here, parameters={"VALUE": "URI"})
    top.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    top.add("x-published-ttl", "PT1H")
    return top


# --- Events -----------------------------------------------------------------------------------------------------------
def one(told, about):
    """A VEVENT."""
    edition = told.edition
    event = entry(edition, told.number)
    for name, value in days(edition).items():
        event.add(name, value)
    language = {"LANGUAGE": edition.text.language}
    if edition.is_tombstone:
        event.add("summary", _("Withdrawn: %(title)s") % {"title": edition.text.title}, parameters=language)
        event.add("status", "CANCELLED")
        event.add("description", "\n\n".join([edition.told.note, permanent_address(edition)]))
    else:
        event.add("summary", edition.text.title, parameters=language)
        event.add("status", "CONFIRMED" if edition.certainty == Certainty.CONFIRMED else "TENTATIVE")
        event.add("description", "\n\n".join(filter(None, paragraphs(told, about))))
        event.add("categories", [edition.get_kind_display(), *(tag.label for tag in told.tags)])
    event.add("url", settings.SITE_URL + edition.get_absolute_url())
    return event


def entry(edition, number):
    event = Event()
    event.add("uid", id_of(edition))
    event.add("dtstamp", edition.live_from)
    event.add("last-modified", edition.live_from)
    event.add("created", edition.first_live_from)
    event.add("sequence", number - 1)
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    return event


def days(edition):
    """DTSTART and DTEND: every possible day of the date as known, the end exclusive; a moment in UTC where the time of day is known."""
    first_day, last_day = edition.first_day, edition.last_day
    if edition.time and first_day == last_day:
        known = moments(datetime.combine(first_day, edition.time), ZoneInfo(edition.zone))
        if len(known) == 1:
            return {"dtstart": known[0]}
    if last_day == OPEN_END:
        return {"dtstart": first_day}
    return {"dtstart": last_day if first_day == OPEN_START else first_day, "dtend": last_day + ONE_DAY}


def paragraphs(told, about):
    edition, text = told.edition, told.edition.text
    time = f", {edition.time:%H:%M} {edition.zone}" if edition.time else ""
    yield text.summary
    yield f"{in_words(edition.date)}{time} · {edition.get_certainty_display()} · {edition.get_kind_display()}"
    yield "\n".join(words_of(deed) for deed in told.deeds)
    yield "\n".join(source(row) for row in edition.sources.all())
    yield f"{permanent_address(edition)}\n{about.notice}"


def source(row):
    said = ", ".join(filter(None, [row.publisher, row.title, row.author, row.published and in_words(row.published)]))
    return " ".join(filter(None, [row.get_kind_display() + _(": ") + said, row.address]))


# --- Retracted --------------------------------------------------------------------------------------------------------
def retractions(standing):
    """The retractions among them, and those that came after the moment that is read."""
    later = list(standing.filter(retracted_by__isnull=False).values_list("retracted_by", flat=True))
    now = standing.filter(change=Change.RETRACTION, retracted_by__isnull=True)
    return [*now.order_by("document"), *EventEdition.objects.filter(pk__in=later).order_by("document")]


def gone(edition, number):
    """A VEVENT on the day of the retraction, since its own would tell."""
    event = entry(edition, number)
    event.add("dtstart", timezone.localdate(edition.live_from))
    event.add("summary", _("Retracted"))
    event.add("status", "CANCELLED")
    event.add("description", edition.told.note)
    return event
