"""Events, measures and actors that the public reads since YESTERDAY, in few words."""

import re
from datetime import timedelta

from tests.factories import NOON, live
from timeline.models import ActorEdition, EventEdition, MeasureEdition

YESTERDAY = NOON - timedelta(days=1)


def measure(name="Ban", at=YESTERDAY, **more):
    facts = {"checked_through": "2022-06-17", "nature": "public_act", "deadline_means": "comply_by"}
    return live(MeasureEdition, word=name, at=at, is_short=True, **facts | more)


def actor(name="Amazon", at=YESTERDAY, **more):
    return live(ActorEdition, word=name, at=at, is_short=True, **more)


def event(title="Signed", date="2020-08-14", *effects, at=YESTERDAY, **more):
    facts = {"date": date, "time": None, "zone": "", "statement": None, "certainty": "confirmed", "kind": "order", "effects": list(effects)}
    return live(EventEdition, word=title, at=at, is_short=True, **facts | more)


def effect(on, verb, deadline=None, scope="", **more):
    """An effect on the measure of an edition, for `event`."""
    texts = {code: {"scope": scope, "counted_from": ""} for code in ("en", "fr")}
    return {"measure": on.document_id, "verb": verb, "effective": "", "deadline": deadline, "certainty": "confirmed"} | texts | more


def texts(**fields):
    """One language's texts of an event: `en=texts(title="…")`."""
    return {"slug": "", "title": "", "summary": "", "body": "", "note": ""} | fields


def plain(html):
    """The words of a page or a sentence as they are read; a struck date stands between ~ and ~."""
    words = re.sub(r"</?s>", "~", re.sub(r"(?s)<svg.*?</svg>", "", html))
    words = re.sub(r"</?(?:a|cite|code|span|strong|time)\b[^>]*>", "", words)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", words).replace("\xa0", " ")).strip()
