"""Review: a draft is sent, read by a second person, and returned or approved; legal clears it where that is asked for.

Every function writes one append-only row, or two. What they add up to is stages.py's to say.
"""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .drafts import authors, last_number, lock_draft
from .log import name_of
from .models import Comment, Decision, Share, Verb
from .policy import check_permission, check_seen, may_clear_legal, may_edit, may_read
from .snapshot import digest, snapshot
from .stages import Stage, needs_legal, stage_of


def decide(edition, verb, by, reason=""):
    """Write a decision about exactly what the edition says now."""
    data = {"revision": last_number(edition), "digest": digest(snapshot(edition)), "reason": reason}
    return Decision.objects.create(edition=edition, verb=verb, by=by, by_name=name_of(by), **data)


def read_again(edition, seen=None):
    """Hold the draft as it is by now. Raises ValidationError where it is none any more, or not what `by` has read."""
    lock_draft(edition)
    edition.refresh_from_db()
    check_seen(edition, seen)


@transaction.atomic
def submit(edition, by, *, comment="", for_legal=False):
    """Send a draft for review, with a word to whoever reads it; to legal too, where that is wished. Returns the Decision."""
    if not may_edit(by, type(edition)) or edition.is_practice:
        raise PermissionDenied
    read_again(edition)
    if stage_of(edition) == Stage.IN_REVIEW:
        raise ValidationError(_("This draft is in review already."), code="in_review")
    if for_legal:
        decide(edition, Verb.ASK_LEGAL, by)
    return decide(edition, Verb.SUBMIT, by, comment)


@transaction.atomic
def give_back(edition, by, reason, *, seen=None):
    """Return a draft to its writer, who is told why. Returns the Decision."""
    check_permission(edition, by)
    read_again(edition, seen)
    if stage_of(edition) not in (Stage.IN_REVIEW, Stage.APPROVED):
        raise ValidationError(_("Only what is in review, or approved, can be returned."), code="not_in_review")
    return decide(edition, Verb.RETURN, by, reason)


@transaction.atomic
def approve(edition, by, *, seen=None):
    """Stand by exactly what the draft says now (`seen`: the revision that was read). Returns the Decision.

    Raises ValidationError for whoever wrote in it, unless the newsroom asks for no second person.
    """
    check_permission(edition, by)
    read_again(edition, seen)
    if settings.SECOND_PERSON != "off" and by.pk in authors(edition):
        raise ValidationError(_("You wrote in this text, so another editor has to approve it."), code="second_person")
    if stage_of(edition) == Stage.APPROVED:
        raise ValidationError(_("This text is approved already."), code="approved")
    return decide(edition, Verb.APPROVE, by)


@transaction.atomic
def clear_legal(edition, by, *, seen=None):
    """Clear exactly what the draft says now for legal. Returns the Decision."""
    if not may_clear_legal(by, edition):
        raise PermissionDenied
    read_again(edition, seen)
    if not needs_legal(edition):
        raise ValidationError(_("Nobody asked legal about this draft."), code="not_asked")
    return decide(edition, Verb.CLEAR_LEGAL, by)


def comment(edition, by, text):
    """Say something about an edition, for everybody at the desk who may read it. Returns the Comment."""
    if not may_read(by, edition):
        raise PermissionDenied
    return Comment.objects.create(edition=edition, by=by, by_name=name_of(by), revision=last_number(edition), text=text)


# --- People from outside the newsroom -----------------------------------------------------------------------------------
@transaction.atomic
def share(edition, by, person, until):
    """Let `person` read and comment on the edition's document until the end of the day `until`. Returns the Decision.

    Raises ValidationError for a day that has passed.
    """
    check_permission(edition, by)
    if until < timezone.localdate():
        raise ValidationError(_("This day has passed."), code="past")
    said = _("with %(name)s until %(day)s") % {"name": name_of(person), "day": date_format(until)}
    decision = decide(edition, Verb.SHARE, by, said)
    Share.objects.update_or_create(**_shared(edition, person), defaults={"until": until})
    return decision


@transaction.atomic
def unshare(edition, by, person):
    """Stop sharing the edition's document with `person`. Returns the Decision, or None where it was not shared."""
    check_permission(edition, by)
    count, _rows = Share.objects.filter(**_shared(edition, person)).delete()
    return decide(edition, Verb.UNSHARE, by, _("with %(name)s") % {"name": name_of(person)}) if count else None


def _shared(edition, person):
    return {"content_type": ContentType.objects.get_for_model(edition), "document_id": edition.document_id, "person": person}
