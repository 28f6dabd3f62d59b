"""What the desk tells its people: by mail, each as they want it, and by webhook to where they meet.

A decision queues a notice, in its own transaction. When the notice is due, and still true, it becomes a message for every
person and every webhook; each of these asks once more whether it is true before it speaks.
"""

import hashlib
import json
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation

from newsroom.publishing import upkeep
from newsroom.publishing.drafts import authors
from newsroom.publishing.models import Decision, Verb
from newsroom.publishing.people import Notice, account_of
from newsroom.publishing.policy import may_read, not_cleared
from newsroom.publishing.stages import Stage, approval, legal_clearance, needs_legal, stage_of

from . import words
from .models import Message
from .outbox import queue
from .post import post

AHEAD = timedelta(hours=1)
OF_REVIEW = {Verb.SUBMIT: Notice.REVIEW, Verb.ASK_LEGAL: Notice.LEGAL, Verb.RETURN: Notice.RETURNED, Verb.APPROVE: Notice.APPROVED}
NOTICE, MAIL, HOOK = "notice", "staff mail", "webhook"


def on_decision(sender, instance, created, **kwargs):
    """Queue what staff are told of a decision: at once, an hour before it takes effect, and when it does."""
    if not created or not is_anybody_told():
        return
    for what, due_at in followed_by(instance):
        queue(NOTICE, due_at, instance.edition, what=what, decision=instance.pk)
    if instance.verb in (Verb.PUBLISH, Verb.SCHEDULE):
        remind(instance.edition, instance.effective_at)


def on_share(sender, instance, created, **kwargs):
    """Somebody from outside may read a document from now on: they alone are told."""
    if not (created and settings.NOTIFY_BY_MAIL) or Notice.SHARED in account_of(instance.person).unwanted:
        return
    about = {"content_type": instance.content_type, "document_id": instance.document_id}
    decision = Decision.objects.filter(verb=Verb.SHARE, **about).first()
    queue(MAIL, instance.since, decision.edition, what=Notice.SHARED, decision=decision.pk, to=instance.person_id)


def on_check(sender, instance, created, **kwargs):
    """Somebody has read again what is live: the next reading is due so much later."""
    if created and is_anybody_told():
        remind(instance.edition, instance.at)


def on_upkeep(sender, instance, created, **kwargs):
    """Somebody may have said how often a document is read again."""
    at = timezone.now()
    live = None if created or not is_anybody_told() else instance.editions.live(at).with_check(at).first()
    if live:
        remind(live, live.checked_at or live.live_from)


def is_anybody_told():
    return settings.NOTIFY_BY_MAIL or bool(settings.NOTIFY_WEBHOOKS)


def remind(edition, since):
    """Queue that a document is due for review, once."""
    if not edition.document.review_every:
        return
    made = Decision.about(edition).filter(effective_at__isnull=False).first()
    told, due_at = {"what": Notice.DUE, "decision": made.pk}, since + timedelta(days=edition.document.review_every)
    if not Message.objects.filter(kind=NOTICE, due_at=due_at, data=told, outcome=Message.Outcome.WAITING).exists():
        queue(NOTICE, due_at, edition, **told)


def followed_by(decision):
    """What a decision is followed by: [(Notice, moment)]."""
    if decision.verb in OF_REVIEW:
        return [(OF_REVIEW[decision.verb], decision.at)]
    if decision.verb not in (Verb.PUBLISH, Verb.SCHEDULE):
        return []
    then, told = decision.effective_at, [(Notice.LIVE, decision.effective_at)]
    if decision.is_alone and settings.SECOND_PERSON != "off":
        told.append((Notice.ALONE, decision.at))
    if then - AHEAD > decision.at:
        told.append((Notice.SOON, then - AHEAD))
    if words.languages_behind(decision.edition):
        told.append((Notice.BEHIND, then))
    return told


def is_true(what, edition, decision):
    """Does it still hold, now?"""
    at = timezone.now()
    live = type(edition).objects.live(at).filter(pk=edition.pk)
    holds = {
        Notice.REVIEW: lambda: stage_of(edition) == Stage.IN_REVIEW,
        Notice.LEGAL: lambda: edition.is_draft and needs_legal(edition) and not legal_clearance(edition),
        Notice.RETURNED: lambda: stage_of(edition) == Stage.RETURNED,
        Notice.APPROVED: lambda: edition.is_draft and approval(edition) is not None,
        Notice.ALONE: lambda: not_cleared(type(edition)).filter(pk=decision.pk).exists(),
        Notice.SOON: lambda: type(edition).objects.scheduled(at).filter(pk=edition.pk).exists(),
        Notice.LIVE: live.exists,
        Notice.SHARED: lambda: True,  # or else its reader may not read it any more
        Notice.DUE: upkeep.due(type(edition), at).filter(pk=edition.pk).exists,
        Notice.BEHIND: lambda: live.exists() and words.languages_behind(edition) != [],
    }
    return bool(holds[what]())


# --- To whom ------------------------------------------------------------------------------------------------------------
def people(what, edition, decision):
    """Whom it concerns, and who may read the text and sign in today."""
    opts, wrote, by = edition._meta, authors(edition), {decision.by_id}
    publishers = f"{opts.app_label}.publish_{opts.model_name}"
    concerned = {
        Notice.REVIEW: lambda: holders(publishers) - wrote - by,
        Notice.LEGAL: lambda: holders("publishing.clear_legal") - by,
        Notice.RETURNED: lambda: wrote - by,
        Notice.APPROVED: lambda: wrote - by,
        Notice.ALONE: lambda: holders(publishers) - wrote - by,
        Notice.SOON: lambda: holders(publishers) | wrote,
        Notice.LIVE: lambda: holders(publishers) | wrote,
        Notice.DUE: lambda: {edition.document.owner_id} - {None} or holders(publishers),
        Notice.BEHIND: lambda: holders("publishing.translate", account__language__in=words.languages_behind(edition)),
    }
    found = get_user_model().objects.filter(pk__in=concerned[what](), is_active=True).select_related("account").order_by("pk")
    return [person for person in found if reads(person, edition)]


def holders(permission, **more):
    """The ids of those who have a permission."""
    return set(get_user_model().objects.with_perm(permission).filter(**more).values_list("pk", flat=True))


def reads(person, edition):
    return bool(person.email) and not account_of(person).is_expired and may_read(person, edition)


def mark_of(url):
    """What stands for a webhook's address in the outbox: the address itself lets whoever knows it write there."""
    return hashlib.sha256(url.encode()).hexdigest()[:16]


# --- The senders --------------------------------------------------------------------------------------------------------
def found(message):
    """(Notice, edition, decision) of a message, or None where there is nothing to tell any more."""
    what, edition = Notice(message.data["what"]), message.about
    decision = Decision.objects.filter(pk=message.data["decision"]).first()
    return (what, edition, decision) if edition is not None and decision and is_true(what, edition, decision) else None


@transaction.atomic
def spread(message):
    """A sender: one message for everybody whom a notice concerns, and for every webhook."""
    if (known := found(message)) is None:
        return False
    what, edition, decision = known
    if settings.NOTIFY_BY_MAIL:
        for person in people(what, edition, decision):
            if what not in account_of(person).unwanted:
                queue(MAIL, message.due_at, edition, **message.data, to=person.pk)
    for url in settings.NOTIFY_WEBHOOKS:
        queue(HOOK, message.due_at, edition, **message.data, to=mark_of(url))
    return True


def mail(message):
    """A sender: a notice to one person. Raises what the mail server makes Django raise."""
    person = get_user_model().objects.filter(pk=message.data["to"], is_active=True).first()
    known = found(message)
    if known is None or person is None or not reads(person, known[1]) or not settings.NOTIFY_BY_MAIL:
        return False
    with translation.override(settings.NOTIFY_LANGUAGE):
        told = words.in_full(*known)
        EmailMessage(told.subject, told.letter(), to=[person.email], headers={"Auto-Submitted": "auto-generated"}).send()
    return True


def call(message):
    """A sender: a notice to one webhook. Raises Refused and OSError."""
    url = next((url for url in settings.NOTIFY_WEBHOOKS if mark_of(url) == message.data["to"]), None)
    known = found(message)
    if known is None or url is None:
        return False
    with translation.override(settings.NOTIFY_LANGUAGE):
        told = words.in_full(*known)
    body = told.for_slack() if url.startswith("slack+") else told.for_machines()
    post(url.removeprefix("slack+"), json.dumps(body).encode(), "application/json")
    return True
