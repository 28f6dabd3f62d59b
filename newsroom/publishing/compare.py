"""Any two editions of a document, compared field by field and word by word, as a reader of one language sees them."""

from django.db.models import FileField, ForeignKey, URLField, prefetch_related_objects
from django.http import Http404
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from . import diff, languages
from .addresses import Gone, resolve
from .children import with_children
from .comparison import Comparison, Group, Line, Row
from .dates import in_words, validate_partial_date
from .history import entries, retraction_of
from .models import Document
from .pairs import moved, paired
from .richtext import RichTextField
from .snapshot import facts
from .tokens import plain, rich

NOT_COMPARED = {"change", "note", "translations", "original_language"}


def context(model, slug, before, after, at):
    """What `record/compare.html` needs: two editions of a document by their numbers. Raises as `resolve` does,
    Http404 for numbers that are none or not in order, and Gone where a retraction took an edition away."""
    standing = resolve(model.objects, slug, at)
    known = entries(standing, at)
    if not 1 <= before < after <= len(known):
        raise Http404
    chosen = known[before - 1], known[after - 1]
    for entry in chosen:
        if not entry.is_readable:
            raise Gone(retraction_of(entry, known))
    one, two = chosen
    readable, root = [entry.number for entry in known if entry.is_readable], standing.get_absolute_url() + "history/"
    comparison = compare_all([(one.edition, two.edition)], at)[0]
    return {
        "subject": standing, "entries": known, "before": one, "after": two, "comparison": comparison,
        "elsewhere": [(code, in_language(standing, one, two, code)) for code in comparison.elsewhere],
        "earlier": [(f"{root}{number}..{after}/", number, number == before) for number in readable if number < after],
        "later": [(f"{root}{before}..{number}/", number, number == after) for number in readable if number > before],
    }  # fmt: skip


def in_language(subject, before, after, code):
    """The address of the same comparison in another language."""
    with translation.override(code):
        return f"{subject.get_absolute_url()}history/{before.number}..{after.number}/"


# --- Making them ----------------------------------------------------------------------------------------------------------
def compare_all(pairs, at):
    """A Comparison for each (edition, edition) pair, all of one type, in a fixed number of queries, however many they are."""
    editions = [edition for pair in pairs for edition in pair]
    if not editions:
        return []
    model = type(editions[0])
    prefetch_related_objects(editions, *model.CHILDREN, *(["tags"] if hasattr(model, "tags") else []))
    names = Names(editions, at)
    return [_compare(before, after, names) for before, after in pairs]


class Names:
    """What the keys in these editions are called, for a reader at `at`. What is not public then has no name, and is not shown."""

    def __init__(self, editions, at):
        rows = [*editions, *(child for edition in editions for name in edition.CHILDREN for child in getattr(edition, name).all())]
        wanted = {}
        for row in rows:
            for fact in facts(type(row)):
                if isinstance(fact, ForeignKey) and getattr(row, fact.attname):
                    wanted.setdefault(fact.related_model, set()).add(getattr(row, fact.attname))
        self.at = at
        self._names = {model: self.named(model, keys) for model, keys in wanted.items()}

    def named(self, model, keys):
        """{key: name} of the rows of another model."""
        if issubclass(model, Document):
            editions = self.editions_of(model.editions.rel.related_model).filter(document__in=keys)
            return {edition.document_id: edition.title_in(languages.current()) for edition in editions}
        file = next((one.name for one in model._meta.fields if isinstance(one, FileField)), None)
        return {key: getattr(row, file).url if file else str(row) for key, row in model._base_manager.in_bulk(keys).items()}

    def editions_of(self, model):
        """The editions by which documents of another type are called."""
        return model.objects.live(self.at)

    def of(self, fact, key):
        return self._names.get(fact.related_model, {}).get(key, "")

    def knows(self, row):
        """False for a child that is about a document nobody can read."""
        keys = [fact for fact in facts(type(row)) if isinstance(fact, ForeignKey) and issubclass(fact.related_model, Document)]
        return all(self.of(fact, getattr(row, fact.attname)) for fact in keys if getattr(row, fact.attname))


def _compare(before, after, names):
    wanted = languages.current()
    language = wanted if before.has_text(wanted) or after.has_text(wanted) else after.original_language
    lines = [line(before, after, column, language, names) for column in columns_of(type(after))]
    if hasattr(after, "tags"):
        lines.append(tags(before, after))
    return Comparison(
        language,
        lines,
        [_group(name, before, after, language, names) for name in after.CHILDREN],
        not before.has_text(language),
        not after.has_text(language),
        [code for code in languages.LANGUAGES if code != language and _texts(before, code) != _texts(after, code)],
    )


def columns_of(model, left_out=NOT_COMPARED):
    """The fields that are compared: what names it first, where it is found last, the others in their order."""
    texts = languages.translated_fields(model)
    content = {column.name for column in facts(model)} | set(texts)
    columns = [column for column in model._meta.concrete_fields if column.name in content - left_out]
    return sorted(columns, key=lambda column: (column.name != getattr(model, "TITLE", ""), column.name == "slug"))


def line(before, after, column, language, names):
    """One field; a side that has no such row is None."""
    label = capfirst(str(column.verbose_name))
    if column.name in languages.translated_fields(column.model):
        one, two = (_text(row, column.name, language) for row in (before, after))
        if column.name == "slug":
            return Line(label, diff.whole(one, two))
        tokens = rich if isinstance(column, RichTextField) else plain
        return Line(label, diff.compare(tokens(one), tokens(two)), language)
    one, two = (_fact(row, column, names) for row in (before, after))
    if before and after and column.value_from_object(before) == column.value_from_object(after):
        return Line(label, diff.whole(two, two))
    if one == two:
        return Line(label, _told_apart(one, two))
    return Line(label, diff.compare(plain(one), plain(two)) if _is_prose(column) else diff.whole(one, two))


def _is_prose(column):
    is_text = column.get_internal_type() in ("TextField", "CharField") and not isinstance(column, URLField)
    return is_text and not column.choices and validate_partial_date not in column.validators


def _told_apart(one, two):
    """Two values that differ and are called the same."""
    return [diff.Piece(diff.REMOVED, one), diff.Piece(diff.ADDED, two)] if one else []


def _text(row, name, language):
    return (getattr(row, f"{name}_{language}") or "") if row else ""


def _fact(row, column, names):
    """A fact in the reader's words; "" where there is none."""
    value = row and column.value_from_object(row)
    if value in (None, "", False):
        return ""
    if isinstance(column, ForeignKey):
        return names.of(column, value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if value is True:
        return _("yes")
    if hasattr(value, "hour"):
        return f"{value:%H:%M}"
    is_date = validate_partial_date in column.validators or hasattr(value, "isoformat")
    return _day(str(value)) if is_date else str(value)


def _day(text):
    """A date in words; a save that was refused may hold one that cannot be read."""
    try:
        return in_words(text)
    except ValueError:
        return text


def tags(before, after):
    one, two = ({tag.pk: tag.label for tag in edition.tags.all()} for edition in (before, after))
    kinds = {key: diff.SAME if key in one and key in two else diff.REMOVED if key in one else diff.ADDED for key in one | two}
    ordered = sorted((one | two).items(), key=lambda item: (item[1].casefold(), item[0]))
    pieces = [[diff.Piece(diff.SAME, ", "), diff.Piece(kinds[key], label)] for key, label in ordered]
    return Line(capfirst(_("tags")), [piece for pair in pieces for piece in pair][1:], key="tags")


def _texts(edition, code):
    """The words of one language, of the edition and of its children."""
    rows = with_children(edition)
    return [_text(row, name, code) for row in rows for name in languages.translated_fields(type(row)) if name not in ("slug", "note")]


# --- Children -------------------------------------------------------------------------------------------------------------
def _group(name, before, after, language, names):
    columns = columns_of(type(after)._meta.get_field(name).related_model)
    sides = [[row for row in getattr(edition, name).all() if names.knows(row)] for edition in (before, after)]

    def lines(one, two):
        return [line(one, two, column, _language_of(one, two, language), names) for column in columns]

    return group(name, type(after), *sides, lambda row: _signature(row, columns, language), lines)


def group(name, model, olds, news, signature, lines):
    """Two lists of children: which row became which, by their signatures (dicts of plain values), and what became of it, by its lines."""
    pairs = paired(*([signature(row) for row in rows] for rows in (olds, news)))
    elsewhere = moved(pairs)
    rows = []
    for old, new in pairs:
        one, two = (None if at is None else rows_[at] for at, rows_ in ((old, olds), (new, news)))
        compared = lines(one, two)
        state = "added" if one is None else "removed" if two is None else "changed" if any(one.is_changed for one in compared) else "same"
        rows.append(Row(old, new, state, new in elsewhere, compared))
    return Group(capfirst(str(model._meta.get_field(name).related_model._meta.verbose_name_plural)), rows, name)


def _signature(row, columns, language):
    texts = languages.translated_fields(type(row))
    words = {name: _text(row, name, language) or _text(row, name, row.edition.original_language) for name in texts}
    return {column.name: words[column.name] if column.name in texts else column.value_from_object(row) for column in columns}


def _language_of(one, two, language):
    """A row without words of this language on either side is compared in the original, as it is shown."""
    rows = [row for row in (one, two) if row]
    texts = languages.translated_fields(type(rows[0]))
    has_words = not texts or any(_text(row, name, language) for row in rows for name in texts)
    return language if has_words else rows[-1].edition.original_language
