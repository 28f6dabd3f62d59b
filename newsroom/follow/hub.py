"""Telling a WebSub hub that feeds have changed (W3C WebSub §6; the publish ping is the one all hubs take)."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from newsroom.publishing import languages
from newsroom.publishing.models import Verb

from .feeds import FORMATS, feeds_with
from .outbox import queue
from .post import post

PUBLIC = (Verb.PUBLISH, Verb.SCHEDULE, Verb.WITHDRAW)


def on_decision(sender, instance, created, **kwargs):
    """Queue a ping for the moment at which a decision makes an edition public: no network here, ever."""
    if created and instance.verb in PUBLIC:
        announce(instance.edition, instance.effective_at, feeds_with(instance.edition))


def on_erasure(sender, instance, created, **kwargs):
    """The same for an erasure, which changes what an edition says, and is news itself."""
    if created:
        model = instance.content_type.model_class()
        edition = model.objects.get(pk=instance.object_id)
        announce(edition, instance.at, dict.fromkeys([*feeds_with(edition), "corrections"]))


def announce(edition, moment, feeds):
    if settings.HUB_URL and feeds:
        queue("hub", moment, edition, feeds=list(feeds))


def ping(message):
    """A sender: tells the hub about every feed that has the edition, unless it never went live. Raises Refused and OSError."""
    edition = message.about
    if not settings.HUB_URL or edition is None or not type(edition).objects.history(timezone.now()).filter(pk=edition.pk).exists():
        return False
    fields = [("hub.mode", "publish"), *(("hub.url", topic) for topic in topics(message.data["feeds"]))]
    post(settings.HUB_URL, urlencode(fields).encode(), "application/x-www-form-urlencoded")
    return True


def topics(feeds):
    """The addresses of these feeds, by name, in each language and format."""
    found = []
    for code in languages.LANGUAGES:
        with translation.override(code):
            found += [settings.SITE_URL + reverse(f"follow:{name}", args=[format]) for name in feeds for format in FORMATS]
    return found
