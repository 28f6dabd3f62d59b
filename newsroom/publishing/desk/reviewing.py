"""The steps of a review: send, read, approve or return, comment, clear for legal, and share with somebody from outside."""

from functools import partial

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Subquery
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ..drafts import authors, last_number
from ..models import Comment, Decision, Revision, Share, Verb
from ..policy import may_clear_legal, may_edit, may_publish
from ..practice import SENT, note
from ..review import approve, clear_legal, comment, give_back, share, submit, unshare
from ..snapshot import snapshot
from ..stages import Stage, last_in_round, legal_clearance, needs_legal, stage_of
from .reading import Reading, number
from .review_forms import CommentForm, ReturnForm, ShareForm, SubmitForm

SAID = (Verb.SUBMIT, Verb.RETURN, Verb.APPROVE, Verb.ASK_LEGAL, Verb.CLEAR_LEGAL)
COMMENTERS = "Commenters"
"""The group of those who see only what is shared with them."""


class Reviewing(Reading):
    """A mixin of ModelAdmin."""

    REVIEW_STEPS = ("submit", "review", "comment", "clear_legal", "share", "unshare")

    def submit_step(self, request, edition):
        self._require_draft(edition, may_edit(request.user, self.model))
        form = SubmitForm(request.POST or None, asks_legal=not needs_legal(edition))
        if (
            request.method == "POST"
            and form.is_valid()
            and not edition.is_practice
            and self._attempt(request, partial(submit, edition, request.user, **form.cleaned_data))
        ):
            self.message_user(request, _("Sent for review."), messages.SUCCESS)
            return self._back(edition)
        if request.method == "POST" and edition.is_practice:
            note(request.user, SENT)
            told = _(
                "Sent, for practice: nobody was told. In earnest an editor would now read it, and approve it or return it with a comment."
            )
            self.message_user(request, told, messages.SUCCESS)
            return redirect("admin:index")
        return self._page(request, edition, "submit", _("Send for review"), forms=[form], **self._readiness(request, edition))

    def review_step(self, request, edition):
        """The text as it is now, to be approved or returned exactly as it stands here."""
        self._require_draft(edition, may_publish(request.user, self.model))
        form = ReturnForm(request.POST if "return" in request.POST else None)
        seen = number(request.POST.get("seen"))
        if request.method == "POST" and "return" not in request.POST:
            if self._attempt(request, partial(approve, edition, request.user, seen=seen)):
                self.message_user(request, _("Approved, exactly as it stands. Any change of the text ends the approval."), messages.SUCCESS)
                return self._back(edition)
        elif form.is_valid() and self._attempt(request, partial(give_back, edition, request.user, form.cleaned_data["reason"], seen=seen)):
            self.message_user(request, _("Returned, with your comment."), messages.SUCCESS)
            return self._back(edition)
        seen = last_number(edition)
        context = {"seen": seen, "rows": self.everything_in(edition, snapshot(edition)), "return_form": form}
        return self._page(
            request, edition, "review", _("Review"), **context, **self._readiness(request, edition), **self.about_review(request, edition)
        )

    def comment_step(self, request, edition):
        form = CommentForm(request.POST or None)
        if form.is_valid():
            comment(edition, request.user, form.cleaned_data["text"])
        for errors in form.errors.values():
            self.message_user(request, " ".join(errors), messages.ERROR)
        return self._back(edition)

    def clear_legal_step(self, request, edition):
        self._require_draft(edition, may_clear_legal(request.user, edition))
        seen = number(request.POST.get("seen"))
        if request.method == "POST" and self._attempt(request, partial(clear_legal, edition, request.user, seen=seen)):
            self.message_user(request, _("Cleared for legal, exactly as it stands. Any change of the text ends that."), messages.SUCCESS)
        return self._back(edition)

    def share_step(self, request, edition):
        self._require_draft(edition, may_publish(request.user, self.model), is_any=True)
        people = get_user_model().objects.filter(groups__name=COMMENTERS, is_active=True).order_by("username")
        form = ShareForm(request.POST or None, people=people)
        if (
            request.method == "POST"
            and form.is_valid()
            and self._attempt(request, partial(share, edition, request.user, **form.cleaned_data))
        ):
            self.message_user(request, _("Shared. They find it on the first page of the desk."), messages.SUCCESS)
            return self._back(edition)
        shares = Share.of(self.model).filter(document_id=edition.document_id).select_related("person")
        return self._page(request, edition, "share", _("Share with a commenter"), forms=[form], shares=shares, people=people)

    def unshare_step(self, request, edition):
        self._require_draft(edition, may_publish(request.user, self.model), is_any=True)
        person = get_user_model().objects.filter(pk=number(request.POST.get("person"))).first()
        if request.method == "POST" and person and self._attempt(request, partial(unshare, edition, request.user, person)):
            self.message_user(request, _("Not shared any more."), messages.SUCCESS)
        return self._back(edition)

    # --- What a page says of it -----------------------------------------------------------------------------------------
    def about_review(self, request, edition):
        """How far the review has come, who may do what next, and what has been said."""
        is_draft, stage, last = edition.is_draft, stage_of(edition), last_in_round(edition)
        editor = may_publish(request.user, self.model) and not edition.is_practice
        is_author = request.user.pk in authors(edition)
        legal = needs_legal(edition) if is_draft else False
        return {
            "stage": Stage(stage) if stage else None,
            "last_word": last if is_draft else None,
            "is_fallen": is_draft and last is not None and last.verb == Verb.APPROVE and not stage,
            "may_submit": is_draft and may_edit(request.user, self.model) and stage not in (Stage.IN_REVIEW, Stage.APPROVED),
            "may_review": is_draft and editor and not (is_author and stage == ""),
            "may_share": editor,
            "needs_legal": legal,
            "legal": legal_clearance(edition) if legal else None,
            "may_clear_legal": legal and may_clear_legal(request.user, edition),
            "last_saved": last_number(edition),
            "discussion": discussion(edition),
            "comment_form": CommentForm(),
        }

    @staticmethod
    def _require_draft(edition, is_allowed, is_any=False):
        if not is_allowed:
            raise PermissionDenied
        if not (is_any or edition.is_draft):
            raise Http404


def discussion(edition):
    """What was said about an edition while it was written, in order: comments, and the decisions of its review.

    A draft made from a cancelled edition goes on where that one was: its saves say since when.
    """
    decisions = Decision.about(edition).filter(verb__in=SAID)
    comments = Comment.about(edition)
    if edition.is_draft:
        begun = Revision.about(edition).order_by("number").values("at")[:1]
        of_document = {"content_type": ContentType.objects.get_for_model(edition), "document_id": edition.document_id}
        comments = Comment.objects.filter(**of_document, at__gte=Subquery(begun))
    return sorted([*comments, *decisions], key=lambda one: one.at)
