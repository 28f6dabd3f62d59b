"""When a change may not be called minor, or a translation: pure rules over two snapshots, which refuse where they are in doubt.

A minor change is one of wording. Whatever a journalist could quote, check or hold us to stays as it is: facts, names, numbers,
dates, negations, quotations, short answers, addresses, and everything about effects. A translation leaves all of that alone,
and every word of the original: only texts of other languages may differ.
"""

from collections import Counter

from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from . import languages
from .models import Change
from .snapshot import snapshot
from .wording import Reading, turned_around

WORDING = {"title", "summary", "body", "question", "answer", "description", "picture_alt", "picture_caption", "message"}
"""Texts whose words may change. In every other text (a name, a short answer, what was said and by whom) any difference counts."""
PLACE = {"is_pinned"}
"""Facts of where a page stands in lists: no part of what it says."""
NO_CONTENT = {"change", "note", "slug", "translations"}


def refusals(edition, moment):
    """Why (in the desk's language) this edition, called a minor change or a translation, may not go live at `moment` as one.

    Empty for any other change. The edition may be a draft, or scheduled for `moment`.
    """
    if edition.change not in (Change.MINOR, Change.TRANSLATION):
        return []
    before = edition.document.editions.history(moment).exclude(pk=edition.pk).last()
    if before is None:
        return []
    is_minor = edition.change == Change.MINOR
    if before.is_tombstone:
        minor = _("Not a minor change: the page has been taken back, and this would bring it back.")
        return [minor if is_minor else _("Not just a translation: the page has been taken back, and this would bring it back.")]
    rule = reasons if is_minor else beyond_translation
    return rule(snapshot(before), snapshot(edition), lambda *path: label_of(type(edition), path))


def label_of(model, path):
    """What the desk calls a field, or a field of a child: ("sources", "address")."""
    if path == ("tags",):
        return capfirst(_("tags"))
    for name in path[:-1]:
        model = model._meta.get_field(name).related_model
    found = model._meta.get_field(path[-1])
    return capfirst(str(found.related_model._meta.verbose_name_plural if found.one_to_many else found.verbose_name))


def reasons(before, after, label=lambda *path: path[-1]):
    """Why the step from one snapshot to the other is no minor change: a sentence for each rule broken; empty where it is one.

    `label` gives the name of a field, by its path in the snapshot, for the sentence.
    """
    known = {code: _names(code, before) | _names(code, after) for code in languages.LANGUAGES}
    found = _facts(before, after, label) + _texts(before, after, known, label)
    for name in {**_children(before), **_children(after)}:
        olds, news = before.get(name, []), after.get(name, [])
        if len(olds) != len(news) or (name == "effects" and olds != news):
            found.append(_("Not a minor change: “%(field)s” differ.") % {"field": label(name)})
            continue
        for old, new in zip(olds, news, strict=True):
            found += _facts(old, new, label, name) + _texts(old, new, known, label, name)
    return list(dict.fromkeys(found))


def beyond_translation(before, after, label=lambda *path: path[-1]):
    """Why the step from one snapshot to the other is more than a translation: a sentence for each fact or original text that differs."""
    original = before["original_language"]
    paths = [(name,) for name in _differing(before, after, original)]
    for name in {**_children(before), **_children(after)}:
        olds, news = before.get(name, []), after.get(name, [])
        if len(olds) != len(news):
            paths.append((name,))
        else:
            paths += [(name, field) for old, new in zip(olds, news, strict=True) for field in _differing(old, new, original)]
    return [_("Not just a translation: “%(field)s” differs.") % {"field": label(*path)} for path in dict.fromkeys(paths)]


def _differing(before, after, original):
    """The names of the facts, and of the texts in the original language, that are not the same in both rows."""
    left_out = {*NO_CONTENT, *languages.LANGUAGES, *_children(before), *_children(after)}
    one, two = ({**row, **row.get(original, {})} for row in (before, after))
    return [name for name in dict.fromkeys([*one, *two]) if name not in left_out and one.get(name) != two.get(name)]


def _children(data):
    """The names of the lists of children, in their order."""
    return {name: None for name, value in data.items() if isinstance(value, list) and name != "tags"}


def _facts(before, after, label, *path):
    names = dict.fromkeys([*before, *after])
    facts = [name for name in names if name not in {*NO_CONTENT, *PLACE, *languages.LANGUAGES, *_children(before), *_children(after)}]
    differ = [name for name in facts if before.get(name) != after.get(name)]
    return [_("Not a minor change: the fact “%(field)s” differs.") % {"field": label(*path, name)} for name in differ]


def _texts(before, after, known, label, *path):
    found = []
    for code in languages.LANGUAGES:
        old, new = before.get(code, {}), after.get(code, {})
        for name in dict.fromkeys([*old, *new]):
            one, two = old.get(name, ""), new.get(name, "")
            if name in NO_CONTENT or one == two:
                continue
            rules = broken_rules(one, two, known[code]) if name in WORDING else [_("every word of it counts")]
            where = {"field": label(*path, name), "language": get_language_info(code)["name_translated"]}
            found += [_("Not a minor change: “%(field)s” (%(language)s): %(rule)s.") % {**where, "rule": rule} for rule in rules]
    return found


def _names(code, data):
    """The names that stand somewhere in the texts of one language."""
    rows = [data, *(row for name in _children(data) for row in data[name])]
    return frozenset(name for row in rows for text in row.get(code, {}).values() for name in Reading(text).names)


def broken_rules(before, after, known=frozenset()):
    """The rules that the step from one text (plain or HTML) to the other breaks, in words. `known` are names from the rest of the page."""
    if not before.strip() or not after.strip():
        return [_("the text is new") if after.strip() else _("the text is gone")]
    known = known | Reading(before).names | Reading(after).names
    one, two = Reading(before, known), Reading(after, known)
    rules = [
        (_("numbers differ (%(values)s)"), one.of_kind("number"), two.of_kind("number")),
        (_("dates differ (%(values)s)"), one.of_kind("date"), two.of_kind("date")),
        (_("negations differ (%(values)s)"), one.of_kind("negation"), two.of_kind("negation")),
        (_("names differ (%(values)s)"), one.of_kind("name"), two.of_kind("name")),
        (_("quotations differ (%(values)s)"), one.quotations, two.quotations),
        (_("links differ (%(values)s)"), one.links, two.links),
        (_("pictures differ"), one.pictures, two.pictures),
        (_("credits differ (%(values)s)"), one.credits, two.credits),
    ]
    found = [message % {"values": _difference(old, new)} for message, old, new in rules if old != new]
    if not found and one.marks != two.marks:
        found.append(_("names, numbers or negations stand in another order"))
    turned = "" if found else turned_around(one, two)
    return found + ([_("negations differ (%(values)s)") % {"values": turned}] if turned else [])


def _difference(before, after):
    """What one list has and the other has not: “19 → 20”; both lists where only the order differs."""
    gone, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
    sides = (gone.elements(), new.elements()) if gone or new else (before, after)
    return " → ".join(", ".join(side) or "–" for side in sides)
