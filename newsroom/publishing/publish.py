"""The only code that sets a period (law 4): publish, schedule, cancel, hold, reschedule, withdraw, and the importer's entry.

Every function is one transaction of its own; call none of them inside another. All moments are aware datetimes.
"""

from django.core.exceptions import ValidationError
from django.db.models import F, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from . import minor
from .commit import LEAD, check_ahead, earliest, fresh, in_one_transaction, in_order, in_time
from .drafts import bare, draft_from, draft_in, lock, name_of, remember, save_draft, take_up
from .merge import chosen, merge
from .models import OPEN, Change, Decision, Lane, Verb
from .policy import check_legal, check_permission, check_ready, check_second_person, check_seen, lacks_second_person
from .releases import Member, check_no_release, companions, named
from .snapshot import digest, snapshot, write

KEEP, HOLD, MERGE = "keep", "hold", "merge"
"""What happens to an edition that is scheduled already when another one goes live before it."""


@in_one_transaction
def publish(edition, by, at=None, *, later=None, seen=None, reason="", emergency=""):
    """Make a draft public at `at` (a whole second at least LEAD ahead; None: as soon as possible). Returns the Decision.

    `later` says what happens to each edition already scheduled for after `at`: {edition id: KEEP, HOLD or MERGE}, by default HOLD.
    `seen` is the number of the revision that `by` has read (None: whatever is there). `emergency` is the reason why it cannot wait
    for a second person, where the newsroom requires one.
    Raises ValidationError where the draft is not ready, was saved since, `at` is past, or `by` may not publish it.
    """
    check_no_release(edition)
    moment = at or earliest(timezone.now())
    decision = go_live(edition, by, at, moment, later=later, seen=seen, reason=reason, emergency=emergency)
    in_time(moment)
    return decision


@in_one_transaction
def publish_together(editions, by, at=None, *, seen=None, reason=""):
    """Make drafts of several documents public at one second: all of them or, when one is refused, none. Returns the Decisions.

    `seen` is {edition: the number of the revision that `by` has read}. Raises ValidationError, naming the text, as `publish` does.
    """
    moment = at or earliest(timezone.now())
    decisions = []
    for edition in in_order(editions):
        with named(edition):
            decisions.append(go_live(edition, by, at, moment, seen=(seen or {}).get(edition), reason=reason))
    in_time(moment)
    return decisions


@in_one_transaction
def move_together(editions, by, at, *, reason=""):
    """Reschedule several editions to one second, all or none. Returns the Decisions, one for each of `in_order(editions)`."""
    decisions, soonest = [], at
    for edition in in_order(editions):
        with named(edition):
            decisions.append(move(edition, by, at, reason))
            soonest = min(soonest, edition.live_from)
    in_time(soonest)
    return decisions


@in_one_transaction
def cancel(edition, by, *, reason=""):
    """Take back a scheduled edition: its period becomes empty and its content a draft, where there is room. Returns the draft or None."""
    document = fresh(edition)
    check_permission(edition, by)
    draft, _count = take_back(edition, document, by, Verb.CANCEL, reason)
    hold_misfits(document, edition.live_from, by)
    in_time(edition.live_from)
    return draft


@in_one_transaction
def reschedule(edition, by, at, *, reason=""):
    """Cancel a scheduled edition and publish the same content at `at` instead, in one step. Returns the Decision."""
    check_no_release(edition)
    decision = move(edition, by, at, reason)
    in_time(min(at, edition.live_from))
    return decision


@in_one_transaction
def withdraw(edition, by, change, notes, *, reason=""):
    """Publish a tombstone over the live edition: `change` is withdrawal or retraction, `notes` the public reason by language.

    What stands withdrawn, and so can still be read, can be retracted too.
    Everything scheduled for the document is held, so that no old text comes back unnoticed. Returns the Decision.
    """
    document = fresh(edition)
    check_permission(edition, by)
    editions, now = document.editions, timezone.now()
    readable = editions.standing(now).exclude(change=Change.RETRACTION) if change == Change.RETRACTION else editions.live(now)
    if not readable.filter(pk=edition.pk).exists():
        raise ValidationError(_("Only what is live can be withdrawn."), code="not_live")
    tombstone = draft_from(edition, by, lane=Lane.PASSING, change=change)
    if change == Change.RETRACTION:
        write(tombstone, bare(tombstone))
    for language, note in notes.items():
        setattr(tombstone, f"note_{language}", note)
    save_draft(tombstone, by)
    moment = earliest(timezone.now())
    check_ready(tombstone, moment)
    decision = put_live(tombstone, document, moment, by, Verb.WITHDRAW, reason)
    settle_later(tombstone, document, by, {})
    in_time(moment)
    return decision


def hold(editions, by, *, reason=""):
    """Take back every scheduled edition among `editions` (an iterable of any types), all or, when refused, none.

    What is live, or about to be, is left alone. Returns how many were held.
    """
    return _hold(in_order(edition for edition in editions if not edition.is_draft), by, reason)


@in_one_transaction
def _hold(editions, by, reason):
    held, soonest = 0, OPEN
    for edition in editions:
        document = fresh(edition)
        check_permission(edition, by)
        if is_waiting(edition):
            _draft, count = take_back(edition, document, by, Verb.HOLD, reason)
            held += count + hold_misfits(document, edition.live_from, by)
            soonest = min(soonest, edition.live_from)
    in_time(soonest)
    return held


@in_one_transaction
def record(edition, moment, recorded_at):
    """Enter an edition that was public elsewhere at `moment`, in the past: the importer's alone. Pages before `recorded_at` say so.

    Editions of a document are entered oldest first, and none once the document has been public here: that would rewrite what
    was read. Returns the Decision, or raises ValidationError.
    """
    document = lock(edition.document)
    public = document.editions.filter(live_from__isnull=False).exclude(live_until=F("live_from"))
    if moment.microsecond or moment > timezone.now() or public.filter(Q(recorded_at=None) | Q(live_from__gte=moment)).exists():
        raise ValidationError(_("Only whole seconds of the past can be entered, oldest first, before a page is public here."), code="past")
    check_ready(edition, moment)
    edition.recorded_at = recorded_at
    return put_live(edition, document, moment, None, Verb.IMPORT, "")


# --- The steps ----------------------------------------------------------------------------------------------------------
def go_live(edition, by, at, moment, *, later=None, seen=None, reason="", emergency=""):
    """What `publish` does, inside a transaction of the caller's."""
    document = fresh(edition)
    check_permission(edition, by)
    check_second_person(edition, by, at, emergency)
    check_legal(edition, by)
    check_seen(edition, seen)
    check_ahead(moment)
    check_ready(edition, moment)
    before = document.editions.standing(moment).first()
    decision = put_live(edition, document, moment, by, Verb.SCHEDULE if at else Verb.PUBLISH, emergency or reason)
    settle_later(edition, document, by, later or {}, before)
    return decision


def move(edition, by, at, reason):
    """What `reschedule` does, inside a transaction of the caller's."""
    document = fresh(edition)
    check_permission(edition, by)
    check_ahead(at)
    take_back(edition, document, by, Verb.CANCEL, reason, keep_draft=False)
    hold_misfits(document, edition.live_from, by, until=at)
    copy = take_up(edition, Lane.PASSING)
    Member.follow(edition, copy)
    check_ready(copy, at)
    decision = put_live(copy, document, at, by, Verb.SCHEDULE, reason)
    hold_misfits(document, at, by)
    return decision


def put_live(edition, document, moment, by, verb, reason):
    """Set the period, end the one before it and stop at the one after it, and write the decision."""
    if document.editions.standing(moment).filter(live_from=moment).exists():
        raise ValidationError(_("Another edition goes live at this very second. Please choose another moment."), code="taken")
    is_alone = lacks_second_person(edition, by)
    take_place(edition, document, moment)
    data = snapshot(edition)
    return Decision.objects.create(
        edition=edition, verb=verb, by=by, by_name=name_of(by), effective_at=moment, reason=reason,
        is_alone=is_alone, snapshot=data, digest=digest(data),
    )  # fmt: skip


def take_place(edition, document, moment):
    """Set the period: the edition that stands at the moment ends, and the next one ends this."""
    document.editions.standing(moment).update(live_until=moment)
    after = document.editions.scheduled(moment).aggregate(Min("live_from"))["live_from__min"]
    first = document.editions.history(moment).aggregate(Min("first_live_from"))["first_live_from__min"]
    edition.live_from, edition.live_until, edition.first_live_from = moment, after or OPEN, first or moment
    edition.save()


def settle_later(edition, document, by, choices, before=None):
    """Keep, hold or merge what is scheduled after this edition, which has just got its period in place of `before`.

    Nothing is kept behind a first publication: it was written to follow another one, and says when that one was published.
    """
    waiting = list(document.editions.scheduled(edition.live_from))
    waiting.sort(key=lambda later: choices.get(later.pk) != MERGE)  # first, as long as there is room for its draft
    for later in waiting:
        choice = HOLD if edition.is_first else choices.get(later.pk, HOLD)
        if choice == MERGE:
            merge_later(later, document, by, before, edition)
        elif choice == HOLD:
            take_back(later, document, by, Verb.HOLD, "")
    hold_misfits(document, edition.live_from, by)
    edition.refresh_from_db(fields=["live_until"])


def merge_later(later, document, by, before, edition):
    """Take a scheduled edition back, and bring what has just changed into its draft; `by` has to read that, and schedule it anew.

    What both changed stays as the draft has it, and is kept beside it as a refused revision for the page that asks which stays.
    """
    draft, _count = take_back(later, document, by, Verb.HOLD, "")
    if draft is None:
        raise ValidationError(_("Only one edition can be merged, and only where there is no draft. Please hold the others."), code="merge")
    other = snapshot(edition)
    merged, conflicts = merge(snapshot(before), snapshot(draft), other)
    write(draft, merged)
    save_draft(draft, by)
    Decision.objects.create(edition=draft, verb=Verb.MERGE, by=by, by_name=name_of(by), effective_at=edition.live_from)
    if conflicts:
        remember(draft, by, is_refused=True, data=chosen(snapshot(draft), other, conflicts))


def hold_misfits(document, moment, by, until=OPEN):
    """Hold what is scheduled between two moments as minor or a translation, and is more than that to the edition it follows by now.

    To be called wherever editions get other neighbours than those they were checked against. Returns how many were held.
    """
    held = 0
    for later in document.editions.scheduled(moment):
        if later.live_from < until and minor.refusals(later, later.live_from):
            take_back(later, document, by, Verb.HOLD, _("It would have followed another edition than the one it was checked against."))
            held += 1
    return held


def is_waiting(edition):
    """True while an edition is scheduled and there is still time to take it back."""
    return not edition.is_draft and not edition.is_cancelled and edition.live_from - LEAD >= timezone.now()


def take_back(edition, document, by, verb, reason, keep_draft=True):
    """Empty a scheduled edition's period, let the one before it run on, and keep the content as a draft where there is room.

    What waits behind a first publication is held with it: an update cannot be the first thing the public reads.
    Returns the draft, or None, and how many editions were taken back.
    """
    if not is_waiting(edition):
        message = _("This edition is no longer waiting: it is live, or about to be. Withdraw or correct it instead.")
        raise ValidationError(message, code="live")
    followers = list(document.editions.scheduled(edition.live_from)) if edition.is_first else []
    editions, until = type(edition).objects, edition.live_until
    editions.filter(pk=edition.pk).update(live_until=edition.live_from)
    editions.filter(document=document, live_until=edition.live_from).exclude(live_from=edition.live_from).update(live_until=until)
    edition.live_until = edition.live_from
    Decision.objects.create(
        edition=edition, verb=verb, by=by, by_name=name_of(by), effective_at=edition.live_from, reason=reason,
        digest=digest(snapshot(edition)),
    )  # fmt: skip
    together = companions(edition) if keep_draft else []  # before the release goes on with the draft
    has_room = keep_draft and not edition.is_tombstone and not draft_in(document, Lane.WORKING)
    draft = take_up(edition, Lane.WORKING) if has_room else None
    if draft:
        Member.follow(edition, draft)
    for follower in followers:
        take_back(follower, document, by, Verb.HOLD, reason)
    return draft, 1 + len(followers) + hold_companions(together, by, reason)


def hold_companions(others, by, reason):
    """Hold what was to go live with an edition that has been taken back: of a release a reader never sees half. Returns how many."""
    held = 0
    for other in others:
        document = fresh(other)
        if is_waiting(other):  # one before it may have taken it along
            check_permission(other, by)
            held += take_back(other, document, by, Verb.HOLD, reason)[1] + hold_misfits(document, other.live_from, by)
    return held
