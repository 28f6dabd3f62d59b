"""A draft to try the desk with: one a person, shown to nobody else and never public; and what a newcomer has done so far."""

from django.db import transaction
from django.utils.translation import gettext as _

from . import languages
from .drafts import delete_draft, edition_types, save_draft
from .models import Decision, Lane, Revision, Verb
from .people import account_of
from .policy import may_write

PASSWORD, BEGUN, SAVED, PREVIEWED, SENT, HIDDEN = "password", "begun", "saved", "previewed", "sent", "hidden"


def practice_type():
    """The type of edition that newcomers practise with."""
    return next(model for model in edition_types() if model.SUITS_PRACTICE)


def type_for(person):
    """The same for this person; None where they may not write it."""
    return practice_type() if may_write(person, practice_type()) else None


def practice_of(person):
    """The person's practice draft, or None."""
    model = practice_type()
    return model.objects.drafts().filter(lane=Lane.PRACTICE, document__owner=person.pk).first()


@transaction.atomic
def begin(person):
    """The draft of a person who may write, made now where there is none."""
    if draft := practice_of(person):
        return draft
    model = type_for(person)
    here = languages.current()
    draft = model(document=model.document.field.related_model.objects.create(owner=person), lane=Lane.PRACTICE, original_language=here)
    setattr(draft, f"{model.TITLE}_{here}", _("Practice: write here what you like"))
    draft.save()
    save_draft(draft, None)
    note(person, BEGUN)
    return draft


def hide(person):
    """The checklist goes for good, and the practice draft with it."""
    if draft := practice_of(person):
        delete_draft(draft, person)
    note(person, HIDDEN)


def discard(sender, instance, **kwargs):
    """Whoever leaves takes their practice draft along."""
    if draft := practice_of(instance):
        delete_draft(draft, None)


# --- What was done ------------------------------------------------------------------------------------------------------
def is_hidden(person):
    return HIDDEN in account_of(person).first_steps


def note(person, step):
    """Remember that the person did this, if they have a checklist and have not hidden it."""
    account = account_of(person)
    if step not in account.first_steps and not is_hidden(person) and type_for(person) is not None:
        account.first_steps = [*account.first_steps, step]
        account.save()


def done(person):
    """The steps that the person has taken, whether to practise or in earnest."""
    found = set(account_of(person).first_steps)
    if Revision.objects.filter(by=person.pk, is_refused=False).exists():
        found.add(SAVED)
    if SENT not in found and Decision.objects.filter(by=person.pk, verb=Verb.SUBMIT).exists():
        found.add(SENT)
    return found
