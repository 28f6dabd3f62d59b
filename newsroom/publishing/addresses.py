"""From a public address to the edition it shows. Only editions that have been public are looked at (law 1)."""

import re

from django.http import Http404

from . import languages
from .querysets import now_beyond

PUBLIC_PATH = re.compile(f"/(?:{'|'.join(languages.LANGUAGES)})/.*")
"""The path of a public page: its language, and what follows."""


class Moved(Exception):
    """The document has another address now: `edition` is the one that stands."""

    def __init__(self, edition):
        super().__init__(edition)
        self.edition = edition


class Gone(Exception):
    """The document has been retracted: `edition` is the retraction, which says why."""

    def __init__(self, edition):
        super().__init__(edition)
        self.edition = edition


def resolve(editions, slug, at, ask=None):
    """The edition that stands at `at` under this slug, in any language, today's or a former one of its document.

    `ask(slug, at, now)`, where it is given, answers as `by_slug` does; who comes by a former address is only led on.
    Raises Gone where it was retracted, be it after `at`, Moved where the reader's language knows it by another slug, and Http404.
    """
    now = now_beyond(at)
    edition = ask(slug, at, now) if ask else by_slug(editions, slug, at, now).first()
    edition = edition or _formerly(editions, slug, at)
    if edition is None:
        raise Http404
    if edition.change == "retraction" or edition.retracted_by:  # before any redirect, which would tell its other addresses
        raise Gone(editions.get(pk=edition.retracted_by or edition.pk))
    if edition.slug_in(languages.current()) != slug:
        raise Moved(edition)
    return edition


def by_slug(editions, slug, at, now):
    """Of the editions the one that stands under this slug itself, with its retraction as known `now`."""
    return editions.standing(at).with_retraction_known(at, now).with_slug(slug, languages.LANGUAGES)


def _formerly(editions, slug, at):
    past = editions.history(at).with_slug(slug, languages.LANGUAGES).last()
    return past and editions.standing(at).with_retraction(at).filter(document=past.document_id).first()
