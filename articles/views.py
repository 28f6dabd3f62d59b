"""The public pages of articles."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Value
from django.shortcuts import render

from newsroom.publishing import compare, history, languages
from newsroom.publishing.addresses import by_slug, resolve
from newsroom.publishing.models import Tag
from newsroom.publishing.parameters import choice, page_of, read
from newsroom.publishing.prepared import Prepared, gathered
from newsroom.publishing.querysets import NEWEST_FIRST, now_beyond
from newsroom.publishing.tagged import carried, named, same_as, shown, tagged, tags_of

from .models import ArticleEdition

PER_PAGE = 20
ANY = "any kind"
"""Stands for each kind in the question which kinds there are; no kind is called so."""
NAMED_BY = ("original_language", "translations", "first_live_from", *languages.columns("title", "slug"))
"""What a link to an article shows of it."""
MOST_PINNED = 3
"""How many stand above the others; any more stand in their places."""


def article_list(request):
    live = ArticleEdition.objects.live(request.at)
    editions, asked = found(request, live)
    at_top = list(pinned(editions, request.at))
    editions = editions.exclude(pk__in=[edition.pk for edition in at_top])
    page = page_of(request, editions.order_by(*NEWEST_FIRST).values_list("pk", flat=True), PER_PAGE)  # a late page skips ids alone
    shown_here = history.with_last_change(live.filter(pk__in=page.rows), request.at).order_by(*NEWEST_FIRST)
    shown_here = [*at_top, *shown_here] if page.number == 1 else shown_here
    context = {"page": page, "editions": shown_here, "kinds": kinds_of(live), **asked}
    return render(request, "articles/article_list.html", context)


def pinned(editions, at):
    """Those of the editions (live at `at`) that stand above the others, newest first."""
    editions = editions.filter(is_pinned=True).annotate(is_at_top=Value(True))
    return history.with_last_change(editions, at).order_by(*NEWEST_FIRST)[:MOST_PINNED]


CARRIED = Prepared(Tag, lambda tags, at, now: carried(tags, ArticleEdition.objects.live_as_known(at, now)))


def found(request, live):
    """The articles asked for among the live ones, in no order, and what was asked: {"kind", "tag", "tags" to choose from}."""
    kind = choice(request, "kind", ArticleEdition.Kind.values)
    tags = {tag.slug: tag for tag in shown(CARRIED.ask(at=request.at, now=now_beyond(request.at)))}
    tag = tags.get(read(request, "tag")) or older_tag(request, live)
    editions = live.filter(kind=kind) if kind else live
    editions = tagged(editions, same_as(tag)[1]) if tag else editions
    return editions, {"kind": kind, "tag": tag, "tags": tags.values()}


def older_tag(request, live):
    """The tag asked for, where only older articles carry it; None where none is asked for. Raises BadParameter where no article does."""
    slug = read(request, "tag")
    tag = named(slug, live) if slug else None
    choice(request, "tag", [slug] if tag else [])
    return tag


def kinds_of(editions):
    """The kinds that occur among these editions, with their names, in the order they are declared."""
    # Each kind is looked for by its index: to collect the kinds of all editions would read every one. The question is written once.
    sql, values = editions.filter(kind=ANY).order_by(*NEWEST_FIRST).values("pk")[:1].query.sql_with_params()
    kinds = list(ArticleEdition.Kind)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join([f'EXISTS ({sql})'] * len(kinds))}",
            [kind.value if value == ANY else value for kind in kinds for value in values],
        )
        return [(kind.value, kind.label) for kind, is_found in zip(kinds, cursor.fetchone(), strict=True) if is_found]


STANDING = Prepared(
    ArticleEdition,
    lambda editions, slug, at, now, kind: by_slug(editions.select_related("picture").with_check(at, kind), slug, at, now)[:1],
)


def detail(request, slug):
    def ask(slug, at, now):
        return STANDING.first(slug=slug, at=at, now=now, kind=ContentType.objects.get_for_model(ArticleEdition).pk)

    return page(request, resolve(ArticleEdition.objects, slug, request.at, ask))


def page(request, edition):
    """The page of one edition: the one that stands, or a draft for those who may preview it."""
    newer, older = neighbours(edition, request.at)
    known = history.entries(edition, request.at)
    context = {"edition": edition, "tags": tags_of(edition), "entries": known, "changed": history.last_change(known)}
    gathered(edition, *edition.CHILDREN)
    return render(request, "articles/article_detail.html", {**context, "newer": newer, "older": older})


def beside(editions, at, now, document):
    """What the pages of other articles are called, as of `at`."""
    return editions.live_as_known(at, now).exclude(document=document).only(*NAMED_BY)


NEWER = Prepared(ArticleEdition, lambda editions, moment, pk, **then: beside(editions, **then).newer_than(moment, pk)[:1])
OLDER = Prepared(ArticleEdition, lambda editions, moment, pk, **then: beside(editions, **then).older_than(moment, pk)[:1])


def neighbours(edition, at):
    """The live articles first published just after this one and just before it, each None where there is none."""
    here = {"moment": edition.first_live_from or at, "pk": edition.pk, "document": edition.document_id}
    then = {"at": at, "now": now_beyond(at)}
    return NEWER.first(**here, **then), OLDER.first(**here, **then)


def history_list(request, slug):
    return render(request, "history_list.html", history.list_context(ArticleEdition, slug, request.at))


def history_edition(request, slug, number):
    context = history.edition_context(ArticleEdition, slug, number, request.at)
    return render(request, "history_edition.html", {**context, "body": "articles/_edition.html"})


def comparison(request, slug, before, after):
    return render(request, "record/compare.html", compare.context(ArticleEdition, slug, before, after, request.at))
