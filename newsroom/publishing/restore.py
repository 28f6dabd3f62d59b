"""A draft made to say again what a snapshot says: an older save, or what was chosen where two people wrote at once."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignKey
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from . import languages
from .drafts import last_number, lock_draft, save_draft
from .recall import recalled
from .richtext import RichTextField
from .snapshot import facts, snapshot, write


@transaction.atomic
def rewrite(draft, data, by, seen):
    """Make the draft's content that of the snapshot, as one more save of `by`; returns its revision.

    Raises ValidationError where the draft has been saved since its revision `seen`, or cannot hold what the snapshot says.
    """
    lock_draft(draft)
    if last_number(draft) != seen:
        raise ValidationError(_("The draft was saved once more while you were choosing. Please choose again."), code="changed")
    data, _left_out = fitting(draft, data)
    write(draft, data)
    return save_draft(draft, by)


def brought_back(draft, save):
    """What the draft would say, were this revision restored: of another edition's save, not what that said of itself in public."""
    if save.object_id == draft.pk:
        return save.data
    own = snapshot(draft)
    notes = {code: {**save.data[code], "note": own[code]["note"]} for code in languages.LANGUAGES}
    return {**save.data, **notes, "change": own["change"]}


def fitting(draft, data):
    """The snapshot as a draft can hold it today, and what that leaves out: (snapshot, [in words]).

    A save may name a picture, a tag or a page that is gone since, or fields that the type has no more. Raises ValidationError for
    values that no form would accept: a refused save keeps what was typed as it was typed.
    """
    copy, left_out = recalled(draft, data), []
    kept = copy._prefetched_objects_cache
    _without_missing(copy, left_out)
    for name in draft.CHILDREN:
        kept[name] = [row for row in kept[name] if _without_missing(row, left_out)]
    if "tags" in kept:
        left_out += [tag.slug for tag in kept["tags"] if tag.pk < 0]
        kept["tags"] = [tag for tag in kept["tags"] if tag.pk > 0]
    for row in (copy, *(row for name in draft.CHILDREN for row in kept[name])):
        _check(row)
    return snapshot(copy), left_out


def _without_missing(row, left_out):
    """Empties what names something that is gone; False where the row is nothing without it."""
    for field in row._meta.concrete_fields:
        if isinstance(field, RichTextField) and hasattr(field, "language") and (text := getattr(row, field.attname)):
            left_out += field.missing(text)
    for field in facts(type(row)):
        value = getattr(row, field.attname)
        if isinstance(field, ForeignKey) and (value is None or not field.related_model._base_manager.filter(pk=value).exists()):
            if value is not None or not field.null:
                left_out.append(str(capfirst(field.verbose_name)))
            if not field.null:
                return False
            setattr(row, field.attname, None)
    return True


def _check(row):
    content = {field.name for field in facts(type(row))}
    content |= set(languages.columns(*languages.translated_fields(type(row))))
    try:
        row.clean_fields(exclude={field.name for field in row._meta.concrete_fields} - content)
    except ValidationError as error:
        labels = {name: capfirst(str(row._meta.get_field(name).verbose_name)) for name in error.message_dict}
        found = [f"{labels[name]}: {' '.join(messages)}" for name, messages in error.message_dict.items()]
        raise ValidationError(found) from None
