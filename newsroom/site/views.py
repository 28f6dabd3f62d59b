"""The home page, the error pages, and what machines ask of every site."""

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpResponse, HttpResponseServerError
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.static import serve

from articles.models import ArticleEdition
from articles.views import MOST_PINNED, pinned
from faq.models import QuestionEdition
from faq.views import BY_TOPIC
from newsroom.library.models import Picture
from newsroom.library.renditions import make, names, original_of
from newsroom.library.shown import is_retracted, opens
from newsroom.publishing import languages
from newsroom.publishing.history import with_last_change
from newsroom.publishing.prepared import Prepared
from newsroom.publishing.querysets import NEWEST_FIRST, now_beyond
from timeline.views import in_force_today

LATEST, MAIN_QUESTIONS = 8, 8
PINNED = Prepared(ArticleEdition, lambda editions, at, now: pinned(editions.live_as_known(at, now), at))
NEWEST = Prepared(
    ArticleEdition,
    lambda editions, at, now: with_last_change(editions.live_as_known(at, now), at).order_by(*NEWEST_FIRST)[: LATEST + MOST_PINNED],
)
QUESTIONS = Prepared(QuestionEdition, lambda questions, at, now: questions.live_as_known(at, now).order_by(*BY_TOPIC)[:MAIN_QUESTIONS])
FIVE_MINUTES = 300


def front_door(request):
    """To the home page in the reader's language."""
    response = redirect("home")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def home(request):
    then = {"at": request.at, "now": now_beyond(request.at)}
    at_top = PINNED.ask(**then)
    others = [edition for edition in NEWEST.ask(**then) if edition not in at_top]
    latest = [*at_top, *others][:LATEST]
    questions = QUESTIONS.ask(**then)
    return render(request, "home.html", {"latest": latest, "questions": questions, **in_force_today(request.at)})


# --- Files --------------------------------------------------------------------------------------------------------------
def media(request, name):
    """A picture that a page has shown, or a copy of it. Its content never changes, but a cache must soon hear that it was retracted: 410.

    One that no page has shown yet is there for whoever has the desk's `key` alone; it is kept by no cache, and neither is its absence.
    """
    original = original_of(name)
    is_gone = is_retracted(original, request.at)
    if is_gone is None and not opens(original, request.GET.get("key", "")):
        response = plain_text("There is no such picture.", status=404)
    else:
        response = HttpResponse(status=410) if is_gone else file_called(request, name, original)
    patch_cache_control(response, **({"private": True, "no_store": True} if is_gone is None else {"public": True, "max_age": FIVE_MINUTES}))
    return response


def file_called(request, name, original):
    """A picture's file, or the copy of it by this name, made now where it is asked for first. Raises Http404."""
    if name != original:
        picture = get_object_or_404(Picture, file=original)
        if name not in names(picture):
            raise Http404
        try:
            make(picture, name)
        except OSError:
            raise Http404 from None
    return serve(request, name, document_root=settings.MEDIA_ROOT)


def robots(request):
    rules = ["Disallow: /"] if settings.IS_DEMO else ["Disallow: /admin/", f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return plain_text("User-agent: *", *rules)


def plain_text(*lines, status=200):
    return HttpResponse("\n".join([*lines, ""]), status=status, content_type="text/plain; charset=utf-8")


def security(request):
    """Whom to tell about a security problem (RFC 9116), where the newsroom has said whom."""
    if not settings.PRESS_EMAIL:
        raise Http404
    until = (request.at + timedelta(days=180)).replace(hour=0, minute=0, second=0)
    return plain_text(
        f"Contact: mailto:{settings.PRESS_EMAIL}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(languages.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    )


@never_cache
def health(request):
    """200 where the database answers, 503 where it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return plain_text("database not reachable", status=503)
    return plain_text("ok")


# --- Errors -------------------------------------------------------------------------------------------------------------
def not_found(request, exception):
    if past := getattr(request, "past", None):  # what Django refuses at once has none
        past.is_absent = True
    return render(request, "404.html", status=404)


def bad_request(request, exception):
    """What Django refuses before any view reads it."""
    return HttpResponse(standing_alone("400_plain.html"), status=400)


def server_error(request):
    return HttpResponseServerError(standing_alone("500.html"))


def standing_alone(template):
    """A page that needs neither the request nor the database."""
    context = {"newsroom_name": settings.NEWSROOM_NAME, "is_demo": settings.IS_DEMO, "language": languages.current()}
    return render_to_string(template, context)
