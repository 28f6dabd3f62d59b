"""What is done to a release as one: sent for review, approved, made public, moved and held, all of it or nothing."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from .drafts import last_number, lock, now
from .models import Member
from .policy import check_permission, may_edit
from .publish import hold, move_together, publish_together
from .releases import named
from .review import approve, submit
from .stages import Stage, stage_of


@transaction.atomic
def add(release, edition, by):
    """Raises ValidationError for what is no draft, is in a release already, or this person may not write; and once the release is out."""
    lock(edition.document)
    edition.refresh_from_db(fields=["live_from"])
    if not may_edit(by, type(edition)) or not edition.is_draft or edition.is_practice:
        raise ValidationError(_("Only a draft that you may write can be added."), code="not_a_draft")
    if Member.of(edition).exists():
        raise ValidationError(_("This text is in a release already."), code="taken")
    check_not_out(release)
    return Member.objects.create(release=release, edition=edition)


@transaction.atomic
def take_out(release, member):
    """Raises ValidationError for a text that is scheduled: the release would go on without what it was approved with."""
    if edition := member.edition:
        lock(edition.document)
        edition.refresh_from_db(fields=["live_from", "live_until"])
        if is_out(edition):
            check_not_out(release)
    member.delete()


@transaction.atomic
def dissolve(release):
    """The release alone: its drafts stay."""
    check_not_out(release)
    release.delete()


def is_out(edition):
    """True for what is scheduled, or has been public."""
    return not (edition.is_draft or edition.is_cancelled)


def check_not_out(release):
    """Raises ValidationError where a text of it is scheduled, or has been public."""
    out = [edition.live_from for edition in release.editions if is_out(edition)]
    if out and min(out) > now():
        raise ValidationError(_("The release is scheduled. Hold it first."), code="scheduled")
    if out:
        raise ValidationError(_("The release is public already: it stays as it went out."), code="public")


def seen(release):
    """What `read` must be given back: the revision of each text as it stands."""
    return {f"{edition._meta.label}.{edition.pk}": last_number(edition) for edition in release.editions}


def check_read(release, read):
    """Raises ValidationError where a text was added, taken out or saved since `read` (as `seen` gave it)."""
    if read is not None and read != seen(release):
        raise ValidationError(_("The release has changed since you opened it. Please read it again first."), code="changed")


@transaction.atomic
def submit_all(release, by):
    for edition in release.editions:
        if stage_of(edition) not in (Stage.IN_REVIEW, Stage.APPROVED):
            with named(edition):
                submit(edition, by)


@transaction.atomic
def approve_all(release, by, read=None):
    check_read(release, read)
    for edition in release.editions:
        if stage_of(edition) != Stage.APPROVED:
            with named(edition):
                approve(edition, by)


def publish_all(release, by, at=None, read=None):
    editions = release.editions
    if not editions:
        raise ValidationError(_("There is nothing in this release yet."), code="empty")
    check_read(release, read)
    return publish_together(editions, by, at, seen={edition: last_number(edition) for edition in editions})


def move_all(release, by, at):
    return move_together(release.editions, by, at)


def hold_all(release, by):
    for edition in release.editions:
        check_permission(edition, by)
    return hold(release.editions, by)
