"""When two people save the same draft: the second save is refused, kept, and shown beside what the first one wrote."""

from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.text import capfirst

from .. import languages
from ..snapshot import facts, snapshot
from .forms import language_name


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
    found = []
    for code in languages.LANGUAGES:
        for name in languages.translated_fields(type(edition)):
            if theirs[code].get(name, "") != mine[code].get(name, ""):
                label = f"{capfirst(_label(edition, name))} ({language_name(code)})"
                found.append(Difference(f"{code}.{name}", label, in_words(theirs[code].get(name, "")), in_words(mine[code].get(name, ""))))
    for name in theirs:
        if name not in languages.LANGUAGES and name != "translations" and theirs[name] != mine.get(name):
            found.append(Difference(name, capfirst(_label(edition, name)), in_words(theirs[name]), in_words(mine.get(name))))
    return found


def merged(theirs, mine, keys):
    """`theirs`, with `mine` where `keys` says so."""
    data = {**theirs, **{code: dict(theirs[code]) for code in languages.LANGUAGES}}
    for key in keys:
        language, _dot, name = key.partition(".")
        if name:
            data[language][name] = mine[language][name]
        else:
            data[key] = mine[key]
    return data


def in_words(value):
    """A snapshot's value as plain text for a page."""
    if isinstance(value, list):
        return "\n".join(in_words(row) for row in value) or "–"
    if isinstance(value, dict):
        parts = [in_words(item) for item in value.values() if item not in ("", None, [], {})]
        return " · ".join(part for part in parts if part != "–")
    return strip_tags(str(value)).strip() if value not in ("", None) else "–"


def _label(edition, name):
    field = next((field for field in edition._meta.get_fields() if field.name == name), None)
    label = getattr(field, "verbose_name", None) or getattr(getattr(field, "related_model", None), "_meta", None)
    return str(getattr(label, "verbose_name_plural", label) or name)


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
            data[field.name] = post[prefix + field.name]
    for name in languages.translated_fields(model):
        for code in languages.LANGUAGES:
            if f"{prefix}{name}_{code}" in post:
                data.setdefault(code, {})[name] = post[f"{prefix}{name}_{code}"]
