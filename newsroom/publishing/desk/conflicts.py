"""When two people save the same draft: the second save is refused, kept, and shown beside what the first one wrote."""

from dataclasses import dataclass

from .. import languages
from ..snapshot import facts, snapshot
from .words import in_words, label_of, with_language


class Stale(Exception):
    """A save that began from an older revision than the draft's. `data` is the snapshot it would have made."""

    def __init__(self, data):
        super().__init__()
        self.data = data


@dataclass(frozen=True)
class Difference:
    """One field with two values. `key` names it in the form: "kind", "en.title", "sources"."""

    key: str
    label: str
    theirs: str
    mine: str


def differences(edition, theirs, mine):
    """Where two snapshots of the same edition differ, in the order of the form."""
    model, found = type(edition), []
    for code in languages.LANGUAGES:
        for name in languages.translated_fields(model):
            values = theirs[code].get(name, ""), mine[code].get(name, "")
            if values[0] != values[1]:
                label = with_language(label_of(model, name), code)
                found.append(Difference(f"{code}.{name}", label, *(in_words(model, name, value) for value in values)))
    for name in theirs:
        if name not in languages.LANGUAGES and name != "translations" and theirs[name] != mine.get(name):
            values = theirs[name], mine.get(name)
            found.append(Difference(name, label_of(model, name), *(in_words(model, name, value) for value in values)))
    return found


def typed(edition, post):
    """The snapshot that a form sent too late (its edition is public by now) would have made, as far as it can be read.

    Takes the raw values, since a form over a frozen edition cannot be validated any more.
    """
    data = snapshot(edition)
    _take(data, type(edition), post, "")
    for name in edition.CHILDREN:
        child = type(edition)._meta.get_field(name).related_model
        count = post.get(f"{name}-TOTAL_FORMS", "0")
        rows = [{} for _row in range(min(int(count), 1000) if count.isdecimal() else 0)]
        for number, row in enumerate(rows):
            _take(row, child, post, f"{name}-{number}-")
        data[name] = [row for row in rows if row]
    return data


def _take(data, model, post, prefix):
    for field in facts(model):
        if prefix + field.name in post:
            data[field.name] = post[prefix + field.name].replace("\0", "")
    for name in languages.translated_fields(model):
        for code in languages.LANGUAGES:
            if f"{prefix}{name}_{code}" in post:
                data.setdefault(code, {})[name] = post[f"{prefix}{name}_{code}"].replace("\0", "")  # PostgreSQL's JSON has no NUL
