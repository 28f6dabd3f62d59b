"""Any two editions or saves of a document, compared as the public comparison does, but whole: every field, in every language."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .. import compare, diff, languages
from ..comparison import Comparison, Line
from ..drafts import now
from ..models import Status
from ..policy import may_view, saves_open_to
from ..recall import recalled
from ..snapshot import snapshot
from .words import label_of, with_language

LEFT_OUT = {"translations"}
"""What a snapshot keeps of its translations is said in words instead."""


@dataclass(frozen=True)
class Side:
    """What can be compared: an edition as it stands (`e12`), or a save of one (`r12.3`: the third of edition 12)."""

    key: str
    label: str
    data: dict
    address: str


class Comparing:
    """A mixin of ModelAdmin."""

    def compare_step(self, request, edition):
        """Two sides, named or usual. Whoever sees this document alone chooses others here, having no page of saves to choose from."""
        keys = [request.GET[name] for name in ("a", "b") if request.GET.get(name)]
        sides = [self.side(request.user, edition, key) for key in (keys or self.usual_sides(request.user, edition))]
        sees_all = may_view(request.user, self.model)
        if len(sides) != 2 or None in sides:
            told = _("Please choose two to compare.") if sees_all or keys else _("There is nothing to compare yet: it was saved once.")
            self.message_user(request, told, messages.WARNING)
            return redirect(self.step("history", edition.pk)) if sees_all else self._back(edition)
        before, after = sides
        comparison = compare_snapshots(edition, before.data, after.data, request.user)
        context = {"before": before, "after": after, "comparison": comparison, "sees_all": sees_all}
        context["sides"] = [] if sees_all else self.sides(request.user, edition)
        return self._page(request, edition, "compare", _("What changed"), **context)

    def usual_sides(self, person, edition):
        """The keys of the two most often compared: what came before this edition and the edition itself, or its last two saves."""
        others, at = edition.document.editions.exclude(pk=edition.pk), edition.live_from or now()
        previous = others.standing(at).first() if edition.is_draft else others.history(at).last()
        if previous:
            return [f"e{previous.pk}", f"e{edition.pk}"]
        saves = saves_open_to(person, edition).values_list("number", flat=True)[:2]
        return [f"r{edition.pk}.{number}" for number in reversed(saves)]

    def side(self, person, edition, key):
        """What a key names, or None where that is nothing of this document."""
        kind, (pk, dot, number) = key[:1], key[1:].partition(".")
        other = edition.document.editions.filter(pk=pk).first() if _is_number(pk) else None
        if other is None or kind not in ("e", "r"):
            return None
        if kind == "e":
            return None if dot else Side(key, edition_label(other), snapshot(other), self._change_address(other.pk))
        save = saves_open_to(person, other).filter(number=number).first() if _is_number(number) else None
        if save is None:
            return None
        return Side(key, save_label(save), save.data, self.step("revision", other.pk, save.number) if may_view(person, self.model) else "")

    def sides(self, person, edition):
        """What can be chosen: [(key, label)]."""
        saves = saves_open_to(person, edition).defer("data")
        return [
            *((key, label) for key, label, _address in self.choices(person, edition)["editions"]),
            *((f"r{edition.pk}.{save.number}", save_label(save)) for save in saves),
        ]

    def choices(self, person, edition):
        """What the page of saves offers besides them: {"editions": [(key, label, address)], "usual": the two keys chosen at first}."""
        editions = sorted(edition.document.editions.all(), key=_newest_first)
        return {
            "editions": [(f"e{other.pk}", edition_label(other), self._change_address(other.pk)) for other in editions],
            "usual": self.usual_sides(person, edition),
        }


def _is_number(text):
    return text.isascii() and text.isdigit() and len(text) < 16


def _newest_first(edition):
    return (not edition.is_draft, -edition.live_from.timestamp() if edition.live_from else 0, -edition.pk)


def edition_label(edition):
    """“Live, from 1 June 2026, 12:00”, “Draft, as last saved”."""
    status = edition.status(now())
    if status == Status.DRAFT:
        return _("Draft, as last saved")
    return _("%(status)s, from %(when)s") % {"status": status.label, "when": _moment(edition.live_from)}


def save_label(save):
    said = {"number": save.number, "name": save.by_name, "when": _moment(save.at)}
    if save.is_refused:
        return _("Revision %(number)s, refused, by %(name)s, %(when)s") % said
    return _("Revision %(number)s, by %(name)s, %(when)s") % said


def _moment(at):
    return date_format(localtime(at), "DATETIME_FORMAT")


# --- Comparing ------------------------------------------------------------------------------------------------------------
class Names(compare.Names):
    """What keys are called at the desk: documents by their newest edition, live or not, where the person may read that type."""

    def __init__(self, editions, person):
        self.person = person
        super().__init__(editions, now())

    def editions_of(self, model):
        return model.objects.newest(self.at) if may_view(self.person, model) else model.objects.none()

    def knows(self, row):
        return True


def compare_snapshots(edition, before, after, person):
    """The Comparison of two snapshots of this edition's document, every line and group with its key ("kind", "en.title", "sources")."""
    model = type(edition)
    sides = [recalled(edition, data) for data in (before, after)]
    names = Names(sides, person)
    lines = _lines(*sides, model, names)
    if hasattr(model, "tags"):
        lines.append(compare.tags(*sides))
    lines += [one for code in languages.LANGUAGES if (one := _follows(*sides, code))]
    return Comparison("", lines, [_group(name, model, sides, names) for name in model.CHILDREN])


def _lines(one, two, model, names):
    """A line for each text in each language, then one for each fact. A side that has no such row is None."""
    texts = languages.translated_fields(model)
    columns = compare.columns_of(model, LEFT_OUT)
    found = []
    for code in languages.LANGUAGES:
        for column in (column for column in columns if column.name in texts):
            line = compare.line(one, two, column, code, names)
            found.append(replace(line, label=with_language(label_of(model, column.name), code), key=f"{code}.{column.name}"))
    facts = [column for column in columns if column.name not in texts]
    return found + [replace(compare.line(one, two, column, "", names), key=column.name) for column in facts]


def _follows(before, after, code):
    """Whether a translation follows its original; None where neither side has anything to say of it."""
    words = [_behind(edition, code) if edition.is_behind(code) else "" for edition in (before, after)]
    label = with_language(_("the original has changed since this text was written"), code)
    return Line(label, diff.whole(*words)) if any(words) else None


def _behind(edition, code):
    if edition.translations.get(code, {}).get("behind") == "original":
        return _("show the original instead")
    return _("show this text with a notice that the original has changed")


def _group(name, model, sides, names):
    child = model._meta.get_field(name).related_model
    olds, news = (getattr(edition, name).all() for edition in sides)
    return compare.group(name, model, olds, news, _signature, lambda one, two: _lines(one, two, child, names))


def _signature(row):
    """A child's content as plain values: all its facts, and its texts in every language."""
    texts = languages.translated_fields(type(row))
    columns = [column for column in compare.columns_of(type(row), set()) if column.name not in texts]
    words = {f"{name}_{code}": getattr(row, f"{name}_{code}") for name in texts for code in languages.LANGUAGES}
    return {**{column.name: column.value_from_object(row) for column in columns}, **words}
