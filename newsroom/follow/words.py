"""A notice in words: one sentence, the address at the desk, and a title only where no embargo can be broken."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from newsroom.publishing import languages
from newsroom.publishing.people import Notice

PUBLIC = (Notice.LIVE, Notice.BEHIND, Notice.DUE)
"""Told of what is live alone, so that its title is no secret."""


@dataclass(frozen=True)
class Told:
    """What is said of one edition. `title` is empty where it may be under embargo."""

    what: Notice
    type: str
    sentence: str
    title: str
    address: str
    moment: datetime

    @property
    def subject(self):
        return f"[{settings.NEWSROOM_NAME}] {self.sentence}"

    def letter(self):
        chosen = _("What you are told by mail is yours to choose: %(address)s") % {"address": settings.SITE_URL + reverse("admin:notices")}
        return "\n\n".join(filter(None, [self.sentence, self.title, self.address, chosen])) + "\n"

    def for_machines(self):
        told = {"what": self.what.value, "type": self.type, "text": self.sentence, "address": self.address, "at": self.moment.isoformat()}
        return {**told, "title": self.title} if self.title else told

    def for_slack(self):
        lines = [self.sentence, self.title, self.address]
        return {"text": "\n".join(line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for line in lines if line)}


def in_full(what, edition, decision):
    """The notice in the active language."""
    local = timezone.localtime(decision.effective_at) if decision.effective_at else None
    facts = {"name": decision.by_name, "time": date_format(local, "DATETIME_FORMAT") if local else "", "languages": named_behind(edition)}
    opts, document = edition._meta, edition._meta.get_field("document").related_model._meta
    return Told(
        what=what,
        type=document.model_name,
        sentence=_("%(type)s: %(sentence)s") % {"type": capfirst(opts.verbose_name), "sentence": sentence(what) % facts},
        title=str(edition) if settings.NOTIFY_TITLES or what in PUBLIC else "",
        address=settings.SITE_URL + reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[edition.pk]),
        moment=decision.effective_at or decision.at,
    )


def sentence(what):
    """What happened, before its facts are filled in."""
    return {
        Notice.REVIEW: _("%(name)s has sent a text for review."),
        Notice.LEGAL: _("%(name)s has sent a text to legal, to be cleared."),
        Notice.RETURNED: _("%(name)s has returned a text."),
        Notice.APPROVED: _("%(name)s has approved a text."),
        Notice.ALONE: _("%(name)s has published a text alone. Somebody else has to clear it."),
        Notice.SOON: _("A text goes live on %(time)s."),
        Notice.LIVE: _("A text is live since %(time)s."),
        Notice.SHARED: _("%(name)s has shared a text with you."),
        Notice.DUE: _("A page is due for review: is it still right?"),
        Notice.BEHIND: _("A text is missing or out of date: %(languages)s."),
    }[what]


def languages_behind(edition):
    """The languages in which the edition has no text, or an older one."""
    return [code for code in languages.LANGUAGES if not edition.has_text(code) or edition.is_behind(code)]


def named_behind(edition):
    return ", ".join(str(get_language_info(code)["name_translated"]) for code in languages_behind(edition))
