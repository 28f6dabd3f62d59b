"""What the first page of the desk asks of every content type; each question is a filter of the lists too."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Upper
from django.utils.translation import gettext_lazy as _

from ..drafts import edition_types
from ..models import Decision, Revision, Verb
from ..policy import may_publish, may_view, not_cleared
from ..releases import one_each
from ..stages import ROUND, Stage, in_stage, with_stage
from ..upkeep import due
from .words import full_name


@dataclass(frozen=True)
class Panel:
    """A question about a type's editions.

    `find` takes (model, person, at) and returns editions with `moment` and `remark`, or None where the person is not asked. `said`
    says the remark, `said_of_tombstone` that of an edition that withdraws another; `value` is the lists' `?status=` that shows all of them.
    """

    value: str
    title: str
    find: Callable
    said: str = ""
    said_of_tombstone: str = ""
    is_latest_first: bool = False
    is_filter: bool = True
    among: str = ""
    """Of DRAFTS or AHEAD alone: a type that has none is not asked, which spares the first page most of its work."""


DRAFTS, AHEAD = "drafts", "ahead"
AMONG = {DRAFTS: lambda model, at: model.objects.working(), AHEAD: lambda model, at: model.objects.scheduled(at)}


def saves(editions):
    return Revision.objects.filter(content_type=_type(editions), object_id=OuterRef("pk"), is_refused=False).order_by("-number")


def decided(editions, *verbs):
    """Adds when the last decision of these was made, and by whom."""
    last = Decision.objects.filter(content_type=_type(editions), object_id=OuterRef("pk"), verb__in=verbs).order_by("-pk")
    return editions.annotate(moment=Subquery(last.values("at")[:1]), remark=Subquery(last.values("by_name")[:1]))


def saved(editions):
    """Adds when the draft was saved last."""
    return editions.annotate(moment=Subquery(saves(editions).values("at")[:1]), remark=nothing())


def nothing():
    return Value("", output_field=CharField())


def _type(editions):
    return ContentType.objects.get_for_model(editions.model)


def written_by(editions, person):
    return Exists(saves(editions).filter(by=person.pk).order_by())


# --- The questions ------------------------------------------------------------------------------------------------------
def to_review(model, person, at):
    """In review, and not this person's own where the newsroom asks for a second one."""
    if not may_publish(person, model):
        return None
    editions = in_stage(model, Stage.IN_REVIEW)
    editions = editions if settings.SECOND_PERSON == "off" else editions.exclude(written_by(editions, person))
    return decided(editions, *ROUND)


def for_legal(model, person, at):
    """Drafts that legal has to clear (stages.needs_legal) and has not cleared as they stand."""
    if not person.has_perm("publishing.clear_legal"):
        return None
    editions = with_stage(model.objects.working())
    about = Decision.objects.filter(content_type=_type(editions), object_id=OuterRef("pk"))
    asked = about.filter(verb__in=(Verb.ASK_LEGAL, Verb.RETURN)).order_by("-pk")
    editions = editions.alias(legal_asked=Subquery(asked.values("verb")[:1]))
    wanted = Q(legal_asked=Verb.ASK_LEGAL)
    if {"all", model.document.field.related_model._meta.model_name} & set(settings.LEGAL_CLEARANCE):
        wanted |= Q(stage=Stage.IN_REVIEW)
    cleared = Exists(about.filter(verb=Verb.CLEAR_LEGAL, revision=OuterRef("last_saved")))
    return decided(editions.filter(wanted).exclude(cleared), Verb.ASK_LEGAL, Verb.SUBMIT)


def returned(model, person, at):
    editions = in_stage(model, Stage.RETURNED)
    return decided(editions.filter(written_by(editions, person)), *ROUND)


def mine(model, person, at):
    """Drafts this person wrote in; what is returned or approved stands elsewhere on the page."""
    editions = with_stage(model.objects.working()).exclude(stage__in=(Stage.RETURNED, Stage.APPROVED))
    return saved(editions.filter(written_by(editions, person)))


def approved(model, person, at):
    return decided(in_stage(model, Stage.APPROVED), *ROUND)


def waiting(model, person, at):
    """A release stands there once."""
    seen = [other for other in edition_types() if may_view(person, other)]
    return one_each(model.objects.scheduled(at), seen).annotate(moment=F("live_from"), remark=nothing())


def changed(model, person, at):
    """Drafts of what is live."""
    live = model.objects.live(at).filter(document=OuterRef("document")).order_by()
    return saved(model.objects.working().filter(Exists(live)))


def behind(model, person, at):
    """What is live with a text that follows an older original; the remark names the languages."""
    return model.objects.live(at).filter(behind__gt="").annotate(moment=F("live_from"), remark=Upper("behind"))


def alone(model, person, at):
    decisions = not_cleared(model).filter(object_id=OuterRef("pk")).order_by("-pk")
    editions = model.objects.filter(pk__in=not_cleared(model).order_by().values("object_id"))
    return editions.annotate(moment=Subquery(decisions.values("effective_at")[:1]), remark=Subquery(decisions.values("by_name")[:1]))


def due_for_review(model, person, at):
    """The remark names the owner."""
    return due(model, at).annotate(moment=F("due_at"), remark=Coalesce(full_name("document__owner"), nothing()))


BY, WITHDRAWN_BY = _("by %(remark)s"), _("withdrawn by %(remark)s")
PANELS = [
    Panel("to-review", _("Waiting for your review"), to_review, BY, among=DRAFTS),
    Panel("for-legal", _("Waiting for legal"), for_legal, BY, among=DRAFTS),
    Panel("returned-to-me", _("Returned to you"), returned, BY, among=DRAFTS),
    Panel("approved", _("Approved: stands ready"), approved, BY, is_filter=False, among=DRAFTS),
    Panel("scheduled", _("Scheduled"), waiting, is_filter=False, among=AHEAD),
    Panel("not-cleared", _("Published or withdrawn alone, not yet cleared"), alone, BY, WITHDRAWN_BY, is_latest_first=True),
    Panel("mine", _("Your drafts"), mine, is_latest_first=True, among=DRAFTS),
    Panel("changed", _("Live, with changes not public yet"), changed, is_latest_first=True, among=DRAFTS),
    Panel("behind", _("Texts behind their original"), behind, "%(remark)s"),
    Panel("due", _("Due for review"), due_for_review, "%(remark)s"),
]
"""In the order of the first page. Whoever knows more of a type adds to it."""
