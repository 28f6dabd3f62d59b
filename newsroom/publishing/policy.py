"""Who may do what at the desk, and what a draft must have before anybody can make it public."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from . import languages, minor
from .drafts import authors, last_number, name_of
from .models import Change, Decision, Document, Revision, Share, Verb
from .people import account_of
from .querysets import TOMBSTONES
from .stages import approval, legal_clearance, needs_legal


def is_permitted(person, action, model):
    return person.has_perm(f"{model._meta.app_label}.{action}_{model._meta.model_name}")


def may_publish(person, model):
    """True for an editor of this content type."""
    return is_permitted(person, "publish", model)


def may_view(person, model):
    """True for whoever may read all there is of this content type."""
    return is_permitted(person, "view", model) or is_permitted(person, "change", model)


def may_read(person, edition):
    """True for whoever may view the type, and for whom the document is shared with today. Whoever may read may comment."""
    if is_anothers(person, edition):
        return False
    return may_view(person, type(edition)) or Share.of(type(edition)).filter(document_id=edition.document_id, person=person.pk).exists()


def saves_open_to(person, edition):
    """The saves of an edition that this person may read: all, or, of what is shared with them, those that stood since it is."""
    saves = Revision.about(edition).select_related("by").order_by("-number")
    if may_view(person, type(edition)):
        return saves
    saves, shared = saves.filter(is_refused=False), Share.of(type(edition)).filter(document_id=edition.document_id, person=person.pk)
    stood = saves.filter(at__lte=shared.values("since")[:1]).values("number")[:1]
    return saves.filter(number__gte=Coalesce(Subquery(stood), 0)) if shared.exists() else saves.none()


def is_anothers(person, edition):
    """True of a draft that somebody else practises with."""
    return edition.is_practice and edition.document.owner_id != person.pk


def may_see(person, field):
    """False for a column that names a document of another type, whose title this person has no business to know."""
    other = field.related_model
    return other is None or not issubclass(other, Document) or may_view(person, other.editions.rel.related_model)


def may_write(person, model):
    """True for whoever may write everything in a draft of this type."""
    return is_permitted(person, "change", model)


def translates(person, model):
    """The one language that a translator writes in drafts of this type; "" for everybody else."""
    if may_write(person, model) or not may_view(person, model) or not person.has_perm("publishing.translate"):
        return ""
    return account_of(person).language


def may_edit(person, model):
    """True for whoever may change something in a draft of this type."""
    return may_write(person, model) or bool(translates(person, model))


def may_clear_legal(person, edition):
    return person.has_perm("publishing.clear_legal") and may_read(person, edition)


def check_permission(edition, by):
    """Raises PermissionDenied. `by` is None for a command, which may do what whoever runs it may."""
    if by is not None and not may_publish(by, type(edition)):
        raise PermissionDenied


def lacks_second_person(edition, by):
    """True where `by` wrote in this text, and nobody who did not has approved it as it stands."""
    return by is not None and by.pk in authors(edition) and approval(edition) is None


def check_second_person(edition, by, at, emergency):
    """Raises ValidationError where the newsroom requires a second person and there was none.

    `emergency` is the reason why publishing now (`at` is None) cannot wait for one; it is marked, and waits to be cleared.
    """
    if settings.SECOND_PERSON != "require" or (emergency and at is None) or not lacks_second_person(edition, by):
        return
    message = _("You wrote in this text, so another editor has to publish it, or to approve it first.")
    raise ValidationError(message, code="second_person")


def check_legal(edition, by):
    """Raises ValidationError where legal has to clear the text and has not cleared it as it stands."""
    if by is not None and needs_legal(edition) and legal_clearance(edition) is None:
        raise ValidationError(_("Legal has not cleared this text as it stands now."), code="legal")


def check_seen(edition, number):
    """Raises ValidationError where the draft has been saved since its revision `number`: nobody publishes what they have not read."""
    if number is not None and number != last_number(edition):
        raise ValidationError(_("Somebody has saved this draft since you opened it. Please read it again first."), code="changed")


def check_ready(edition, moment):
    """Raises ValidationError, one message for everything that is missing before the public can read this draft at `moment`."""
    missing = []
    if not edition.is_draft:
        raise ValidationError(_("This edition is not a draft any more."), code="not_a_draft")
    if edition.is_practice:
        raise ValidationError(_("This draft is for practice: it can never be published."), code="practice")
    original = edition.original_language
    for name in () if edition.is_tombstone else edition.REQUIRED:
        if not getattr(edition, f"{name}_{original}"):
            field = edition._meta.get_field(name).verbose_name
            missing.append(_("“%(field)s” is empty in the original language.") % {"field": field})
    past = edition.document.editions.history(moment).exclude(pk=edition.pk)
    has_past = past.exists()
    if edition.change == Change.FIRST and has_past:
        missing.append(_("This page has been public before: say whether this is an update, a correction or a minor change."))
    if edition.change != Change.FIRST and not has_past:
        missing.append(_("Nothing of this page has been public yet: the kind of change must be “First publication”."))
    if edition.change != Change.FIRST and not getattr(edition, f"note_{original}"):
        before = past.exclude(change__in=TOMBSTONES).last()
        untold = before and not edition.is_tombstone and edition.untold(before)
        missing.append(untold or _("The public note is empty: say in one sentence what changed."))
    missing += minor.refusals(edition, moment)
    if missing:
        raise ValidationError(missing)


def refusals(*checks):
    """The messages of what these checks, each called without arguments, refuse."""
    found = []
    for check in checks:
        try:
            check()
        except ValidationError as error:
            found += error.messages
    return found


def not_cleared(model):
    """Publications of this content type by their own author that no other editor has cleared yet, newest first.

    What was taken back before it went live needs nobody's eyes any more, and nothing does where the newsroom asks for no second person.
    """
    if settings.SECOND_PERSON == "off":
        return Decision.objects.none()
    type_ = ContentType.objects.get_for_model(model)
    settled = Decision.objects.filter(content_type=type_, verb__in=(Verb.CLEAR, Verb.CANCEL, Verb.HOLD)).values("object_id")
    return Decision.objects.filter(content_type=type_, is_alone=True).exclude(object_id__in=settled)


def clear(edition, by):
    """A second editor has read what was published alone, and stands by it.

    Raises ValidationError for whoever wrote or published it, PermissionDenied for anybody but an editor.
    """
    check_permission(edition, by)
    alone = Decision.about(edition).filter(is_alone=True).first()
    if alone is None or by.pk in (alone.by_id, *authors(edition)):
        raise ValidationError(_("Somebody who neither wrote nor published this text has to clear it."), code="second_person")
    return Decision.objects.create(edition=edition, verb=Verb.CLEAR, by=by, by_name=name_of(by))


def text_gaps(edition):
    """Languages without a text, and languages whose text follows an older original: ([codes], [codes])."""
    missing = [code for code in languages.LANGUAGES if not edition.has_text(code)]
    return missing, [code for code in languages.LANGUAGES if edition.is_behind(code)]
