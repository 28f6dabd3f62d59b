"""A value as the desk says it: with its label, its language, and the names that stand for keys."""

import re
from html import unescape

from django.db.models import ForeignKey, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from .. import languages
from ..richtext import RichTextField

FIGURE = re.compile("<figure([^>]*)><figcaption>([^<]*)</figcaption></figure>")
"""A picture, as sanitised rich text writes it."""


def language_name(code):
    """A language's name in the language of the desk."""
    return get_language_info(code)["name_translated"]


def full_name(person):
    """How `name_of` says the person in this column, in SQL."""
    names = Trim(Concat(f"{person}__first_name", Value(" "), f"{person}__last_name"))
    return Coalesce(NullIf(names, Value("")), f"{person}__username")


def with_language(label, code):
    return _("%(label)s (%(language)s)") % {"label": capfirst(label), "language": language_name(code)}


def labels(model):
    """{column: label} of the columns that hold a text of one language."""
    return {
        f"{name}_{code}": with_language(model._meta.get_field(name).verbose_name, code)
        for name in languages.translated_fields(model)
        for code in languages.LANGUAGES
    }


def label_of(model, name):
    """How the desk calls a field, a kind of child, or the tags."""
    if name in getattr(model, "CHILDREN", ()):
        return capfirst(model._meta.get_field(name).related_model._meta.verbose_name_plural)
    return capfirst(_("tags") if name == "tags" else model._meta.get_field(name).verbose_name)


def in_words(model, name, value):
    """What a snapshot of `model` holds under `name`, as plain text: one line a child, choices and keys by their names."""
    if value in ("", None, [], {}):
        return "–"
    if name == "tags":
        return ", ".join(value)
    if name in getattr(model, "CHILDREN", ()):
        child = model._meta.get_field(name).related_model
        return "\n".join(f"{number}. {_child(child, row)}" for number, row in enumerate(value, start=1))
    field = model._meta.get_field(name)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, ForeignKey):
        return str(field.related_model._base_manager.filter(pk=value).first() or value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _plain(value) if isinstance(field, RichTextField) else str(value)


def _child(model, row):
    """A child's facts, then its texts, without what is empty."""
    facts = [(name, value) for name, value in row.items() if name not in languages.LANGUAGES and value is not False]
    texts = [(name, value) for code in languages.LANGUAGES for name, value in row.get(code, {}).items()]
    return " · ".join(in_words(model, name, value) for name, value in facts + texts if value not in ("", None))


def _plain(html):
    """Rich text as plain text, a line a block; of a picture all that is said of it."""
    html = FIGURE.sub(_picture, html)
    for end in ("</p>", "</li>", "<br>"):
        html = html.replace(end, f"{end}\n")
    return unescape(strip_tags(html)).strip()


def _picture(figure):
    said = dict(re.findall(r'data-(alt|credit)="([^"]*)"', figure[1]))
    return f"{_('[picture]')} {' · '.join(filter(None, (said.get('alt'), figure[2], said.get('credit'))))}\n"
