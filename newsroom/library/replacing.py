"""Another picture in the place of one: in drafts alone, so that nothing public changes until somebody publishes them."""

from django.db import transaction

from newsroom.publishing.drafts import draft_from, draft_in, lock, now, save_draft
from newsroom.publishing.models import Lane

from .shown import shown_by, users_of


@transaction.atomic
def replace(old, new, by):
    """Show `new` in every draft that shows `old`, and begin one where something scheduled or live does. Returns these drafts.

    A document whose next edition is being written with another picture is left alone, and so is what has been withdrawn.
    """
    fields = dict(shown_by())
    drafts = []
    for model, field in fields.items():
        for edition in [one for one in users_of(old) if isinstance(one, model)]:
            drafts += [_with(draft, field, new, by) for draft in _drafts(edition, field, old, by)]
    return drafts


def _drafts(edition, field, old, by):
    document = lock(edition.document)
    showing = list(document.editions.working().filter(**{field: old}))
    ended = edition.live_until <= now() or edition.is_tombstone
    if showing or ended or draft_in(document, Lane.WORKING):
        return showing
    return [draft_from(edition, by)]


def _with(draft, field, picture, by):
    setattr(draft, field, picture)
    draft.save()
    save_draft(draft, by)
    return draft
