"""Examples for the schema and the documentation: one invented story. A test holds each against the schema of its name."""

SITE = "https://newsroom.example"
API = f"{SITE}/api/v1"


def document(kind, path, slug, live_from):
    page = f"{SITE}/en/{path}/{slug}/"
    return {
        "id": "urn:uuid:2f1e8a52-6a1c-5d0e-9f57-0d5a3f3f6c11",
        "slug": slug,
        "status": "live",
        "address": page,
        "permanent": f"{SITE}/memento/{live_from.translate(str.maketrans('', '', '-T:Z'))}/en/{path}/{slug}/",
        "history": f"{page}history/",
        "api": f"{API}/{kind}/{slug}",
        "language": "en",
        "languages": ["en", "fr"],
        "is_translation_missing": False,
        "is_translation_behind": False,
        "first_live_from": "2020-08-15T09:00:00Z",
        "live_from": live_from,
        "entered_at": None,
        "change": {"code": "correction", "label": "Correction"},
        "note": {"text": "The deadline is 12 November, not 20 September.", "language": "en"},
        "updated": {"at": live_from, "change": {"code": "correction", "label": "Correction"}},
        "checked_at": "2020-11-20T10:30:00Z",
    }


def code(code, label):
    return {"code": code, "label": label}


def reference(kind, path, slug, title):
    return {"slug": slug, "title": title, "language": "en", "address": f"{SITE}/en/{path}/{slug}/", "api": f"{API}/{kind}/{slug}"}


DATE = {"edtf": "2020-08-14~", "first_day": "2020-08-13", "last_day": "2020-08-15", "words": "about 14 August 2020"}
SOURCE = {
    "kind": code("official", "official record"),
    "title": "Order regarding the acquisition",
    "publisher": "Official gazette",
    "author": "",
    "published": {"edtf": "2020-08-19", "first_day": "2020-08-19", "last_day": "2020-08-19", "words": "19 August 2020"},
    "accessed": "2022-06-01",
    "address": "https://gazette.example/2020/18360",
    "archived_address": "",
    "language": "en",
    "excerpt": "not later than 90 days after the date of this order",
    "is_translated": False,
}
TAG = {"slug": "law", "label": "Law", "api": f"{API}/tags/law"}
SALE = reference("measures", "timeline/measures", "sale-of-operations", "Sale of the operations")
ORDER = reference("events", "timeline", "order-to-sell", "Order to sell the operations")
ANSWER = reference("articles", "articles", "our-answer", "Our answer to the order")
EFFECT = {
    "measure": SALE,
    "verb": code("sets_deadline", "sets a deadline for"),
    "part": "",
    "effective": None,
    "deadline": "2020-11-12",
    "counted_from": "signed + 90 days",
    "certainty": code("confirmed", "confirmed"),
    "words": "sets deadline 12 November 2020, formerly 20 September 2020 (reported)",
}
STANDING = {
    "on": "2020-10-01",
    "state": code("ordered", "ordered"),
    "possible": [],
    "words": "ordered about 14 August 2020",
    "deadline": "2020-11-12",
    "former_deadlines": [{"day": "2020-09-20", "certainty": code("reported", "reported")}],
    "deadline_words": "deadline 12 November 2020, formerly 20 September 2020 (reported)",
    "caution": "",
}
PRESIDENT = {"slug": "president", "name": "The president", "description": "", "language": "en", "events": f"{API}/events?actor=president"}
BEHIND = {"event": ORDER, "date": DATE, "certainty": EFFECT["certainty"], "effects": [EFFECT["words"]], "sources": [SOURCE]}
HONESTY = "A summary from the sources cited, incomplete; not legal advice."

EXAMPLES = {
    "Article": document("articles", "articles", "our-answer", "2020-08-16T10:30:00Z")
    | {
        "kind": code("statement", "Statement"),
        "title": "Our answer to the order",
        "summary": "We disagree, and say why.",
        "html": "<p>We disagree with the order.</p>",
        "byline": "",
        "picture": None,
        "elsewhere": "",
        "claims": [
            {
                "said": "The data are kept abroad.",
                "who": "A senator",
                "said_on": DATE,
                "publisher": "Daily paper",
                "source": "https://daily.example/senator",
                "status": code("answered", "Answered"),
                "answer": "They are not.",
                "language": "en",
            }
        ],
        "attachments": [],
        "tags": [TAG],
        "sources": [SOURCE],
    },
    "Question": document("questions", "faq", "are-data-sold", "2020-08-16T10:30:00Z")
    | {
        "topic": {"slug": "data", "label": "Data"},
        "question": "Are data sold?",
        "short_answer": "No.",
        "html": "<p>We have never sold any.</p>",
        "tags": [TAG],
        "sources": [SOURCE],
    },
    "Event": document("events", "timeline", "order-to-sell", "2020-08-16T10:30:00Z")
    | {
        "date": DATE,
        "time": "16:00",
        "zone": "America/New_York",
        "kind": code("order", "Order"),
        "certainty": code("confirmed", "confirmed"),
        "title": "Order to sell the operations",
        "summary": "The order gives ninety days.",
        "html": "<p>The order was signed on a Friday.</p>",
        "effects": [EFFECT],
        "actors": [PRESIDENT],
        "statement": ANSWER,
        "tags": [TAG],
        "sources": [SOURCE],
    },
    "Measure": document("measures", "timeline/measures", "sale-of-operations", "2020-08-16T10:30:00Z")
    | {
        "name": "Sale of the operations",
        "description": "The operations are to be sold to another company.",
        "jurisdiction": "United States",
        "nature": code("public_act", "Public act"),
        "deadline_means": code("comply_by", "the last day to comply"),
        "checked_through": "2022-06-17",
        "life": [{"state": code("ordered", "ordered"), "first_day": "2020-08-14", "last_day": "2020-11-12"}],
        "earlier_spans": 0,
        "events": f"{API}/events?measure=sale-of-operations",
    },
    "InForce": {
        "measure": SALE,
        "nature": code("public_act", "Public act"),
        "remark": "",
        "checked_through": "2022-06-17",
        "standing": STANDING,
        "last_known": None,
        "events": [BEHIND],
        "event_count": 1,
    },
    "TagUse": {
        "slug": "law",
        "label": "Law",
        "address": f"{SITE}/en/tags/law/",
        "api": f"{API}/tags/law",
        "carried_by": ["articles", "events"],
        "articles": f"{API}/articles?tag=law",
        "events": f"{API}/events?tag=law",
    },
    "Index": {
        "notice": None,
        "name": "Newsroom",
        "languages": ["en", "fr"],
        "zone": "America/New_York",
        "documentation": f"{API}/docs",
        "openapi": f"{API}/openapi.json",
        "doors": [{"name": "tags", "address": f"{API}/tags", "about": "The tags that live articles, questions and events carry."}],
    },
    "Problem": {
        "type": f"{API}/docs#bad-parameter",
        "title": "A value cannot be read",
        "status": 400,
        "detail": "Write a year, a month or a day, for example 2020, 2020-08 or 2020-08-06.",
        "parameter": "from",
        "value": "August",
    },
}
LISTS = {"Articles": "Article", "Questions": "Question", "Events": "Event", "Measures": "Measure", "Tags": "TagUse"}
NEXT = {"Events": f"{API}/events?from=2020-08&limit=1&at=20220617202000&cursor=order-to-sell"}
ENVELOPE = {"notice": None, "language": "en", "at": None, "changed_at": "2022-06-17T20:20:00Z"}
DAY = ENVELOPE | {"on": "2020-10-01", "zone": "America/New_York", "honesty": HONESTY}


def answer(of, **content):
    return ENVELOPE | ({"honesty": HONESTY} if of == "Measure" else {}) | content


ANSWERS = {f"One{item.removesuffix('Use')}": answer(item, item=EXAMPLES[item]) for item in LISTS.values()}
ANSWERS |= {name: answer(item, next=NEXT.get(name), items=[EXAMPLES[item]]) for name, item in LISTS.items()}
ANSWERS["Events"]["count"] = 12
ANSWERS |= {"AllInForce": DAY | {"items": [EXAMPLES["InForce"]]}, "OneInForce": DAY | {"item": EXAMPLES["InForce"]}}
EXAMPLES |= ANSWERS
