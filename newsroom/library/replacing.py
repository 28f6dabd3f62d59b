"""Another picture in the place of one: in drafts alone, so that nothing public changes until somebody publishes them."""

from django.db import transaction

from newsroom.publishing.drafts import draft_from, draft_in, lock, now, save_draft
from newsroom.publishing.models import Lane

from .illustrations import with_another
from .richtext import texts_of
from .shown import fields_of, shown_by, users_of


@transaction.atomic
def replace(old, new, by):
    """Show `new` in every draft that shows `old`, and begin one where something scheduled or live does. Returns these drafts.

    A document whose next edition is being written with another picture is left alone, and so is what has been withdrawn.
    """
    return [_with(draft, old, new, by) for edition in users_of(old) for draft in _drafts(edition, old, by)]


def _drafts(edition, old, by):
    document = lock(edition.document)
    shown = [document.editions.working().filter(**{path: old}) for model, path in shown_by() if model is type(edition)]
    showing = list({draft.pk: draft for drafts in shown for draft in drafts}.values())
    ended = edition.live_until <= now() or edition.is_tombstone
    if showing or ended or draft_in(document, Lane.WORKING):
        return showing
    return [draft_from(edition, by)]


def _with(draft, old, new, by):
    """The draft's own picture, and those inside its texts, with the words they had."""
    for name in fields_of(type(draft)):
        if getattr(draft, f"{name}_id") == old.pk:
            setattr(draft, name, new)
    for column in texts_of(type(draft)):
        setattr(draft, column.attname, with_another(getattr(draft, column.attname), old.pk, new.pk))
    draft.save()
    save_draft(draft, by)
    return draft
