"""How far a draft's review has come: derived from decisions, never stored.

An approval, and a clearance by legal, hold for exactly the text that was read: its revision, and the digest of its snapshot. They
fall with any edit.
"""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, F, OuterRef, Subquery, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from .models import Decision, Revision, Verb
from .snapshot import digest, snapshot

ROUND = (Verb.SUBMIT, Verb.RETURN, Verb.APPROVE)


class Stage(TextChoices):
    """Where a draft is between its writer and the public. One never sent, and one changed since it was approved, has none."""

    IN_REVIEW = "in_review", _("In review")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")


def with_stage(editions):
    """Adds `stage`, a Stage's value or "", to each edition; what is no draft has none."""
    stage = Case(
        When(live_from__isnull=False, then=Value("")),
        When(last_verb=Verb.SUBMIT, then=Value(Stage.IN_REVIEW)),
        When(last_verb=Verb.RETURN, then=Value(Stage.RETURNED)),
        When(last_verb=Verb.APPROVE, last_read=F("last_saved"), then=Value(Stage.APPROVED)),
        default=Value(""),
    )
    return editions.annotate(**review(editions.model)).annotate(stage=stage)


def review(model):
    """{name: expression}: the last decision of an edition's review, the revision it was about, and the last there is."""
    about = {"content_type": ContentType.objects.get_for_model(model), "object_id": OuterRef("pk")}
    last = Decision.objects.filter(**about, verb__in=ROUND).order_by("-pk")
    saves = Revision.objects.filter(**about, is_refused=False).order_by("-number")
    facts = {"last_verb": last.values("verb"), "last_read": last.values("revision"), "last_saved": saves.values("number")}
    return {name: Subquery(query[:1]) for name, query in facts.items()}


def in_stage(model, stage):
    """The drafts of this type in this stage: `with_stage`, asked the other way round, which costs a database less to plan."""
    verb = {Stage.IN_REVIEW: Verb.SUBMIT, Stage.RETURNED: Verb.RETURN, Stage.APPROVED: Verb.APPROVE}[stage]
    drafts = model.objects.working().alias(**review(model)).filter(last_verb=verb)
    return drafts.filter(last_read=F("last_saved")) if stage == Stage.APPROVED else drafts


def stage_of(edition):
    """The edition's Stage, or ""."""
    return with_stage(type(edition).objects.filter(pk=edition.pk)).values_list("stage", flat=True).first() or ""


def last_in_round(edition):
    """The latest decision of the edition's review, or None."""
    return Decision.about(edition).filter(verb__in=ROUND).first()


def approval(edition):
    """The decision that approved exactly what the edition says now, or None."""
    last = last_in_round(edition)
    return last if last and last.verb == Verb.APPROVE and holds(last, edition) else None


def holds(decision, edition):
    """True where the edition still says what it said when this was decided."""
    last_saved = Revision.about(edition).filter(is_refused=False).last()
    return last_saved is not None and decision.revision == last_saved.number and decision.digest == digest(snapshot(edition))


# --- Legal --------------------------------------------------------------------------------------------------------------
def needs_legal(edition):
    """True where legal has to clear the text: the newsroom always asks for this type, or somebody asked when they sent the draft."""
    always = {"all", edition.document._meta.model_name} & set(settings.LEGAL_CLEARANCE)
    return bool(always) or asked_legal(edition) is not None


def asked_legal(edition):
    """The decision that sent the draft to legal, or None. A return ends it: whoever sends the draft again says so anew."""
    last = Decision.about(edition).filter(verb__in=(Verb.ASK_LEGAL, Verb.RETURN)).first()
    return last if last and last.verb == Verb.ASK_LEGAL else None


def legal_clearance(edition):
    """The decision by which somebody of legal cleared exactly what the edition says now, or None."""
    last = Decision.about(edition).filter(verb=Verb.CLEAR_LEGAL).first()
    return last if last and holds(last, edition) else None


def inherited(edition):
    """The decisions that an unchanged copy of the edition inherits: what its review has come to, and what it was merged with."""
    return [one for one in (approval(edition), asked_legal(edition), legal_clearance(edition), merged(edition)) if one]


def merged(edition):
    """The decision that brought into the draft what went live beside it (its `effective_at`), or None."""
    return Decision.about(edition).filter(verb=Verb.MERGE).first()
