"""The public pages of questions and answers."""

from itertools import groupby

from django.shortcuts import render

from newsroom.publishing import compare, history
from newsroom.publishing.addresses import resolve
from newsroom.publishing.parameters import choice
from newsroom.publishing.tagged import tags_of

from .models import QuestionEdition, Topic

BY_TOPIC = ("topic__position", "topic__slug", "position", "pk")


def question_list(request):
    editions, asked = found(request, QuestionEdition.objects.live(request.at))
    questions = history.with_last_change(editions, request.at).select_related("topic").order_by(*BY_TOPIC)
    return render(request, "faq/question_list.html", {"questions": questions, **asked})


def found(request, live):
    """The questions asked for among the live ones, in no order, and what was asked: {"topic", "topics" to choose from}."""
    topics = {topic.slug: topic for topic in Topic.objects.filter(pk__in=live.values("topic"))}
    topic = topics.get(choice(request, "topic", topics))
    return live.filter(topic=topic) if topic else live, {"topic": topic, "topics": topics.values()}


def detail(request, slug):
    return page(request, resolve(QuestionEdition.objects.select_related("topic").with_check(request.at), slug, request.at))


def page(request, edition):
    """The page of one edition: the one that stands, or a draft for those who may preview it."""
    known = history.entries(edition, request.at)
    context = {"edition": edition, "tags": tags_of(edition), "entries": known, "changed": history.last_change(known)}
    return render(request, "faq/question_detail.html", {**context, "answers": answers_over_time(known)})


def answers_over_time(known):
    """The entries that gave another short answer than the one before, oldest first; none where the answer never changed."""
    told = [entry for entry in known if entry.is_readable and not entry.edition.is_tombstone]
    answers = [next(same) for _answer, same in groupby(told, key=lambda entry: entry.edition.text.short_answer)]
    return answers if len(answers) > 1 else []


def history_list(request, slug):
    return render(request, "history_list.html", history.list_context(QuestionEdition, slug, request.at))


def history_edition(request, slug, number):
    context = history.edition_context(QuestionEdition, slug, number, request.at)
    return render(request, "history_edition.html", {**context, "body": "faq/_body.html"})


def comparison(request, slug, before, after):
    return render(request, "record/compare.html", compare.context(QuestionEdition, slug, before, after, request.at))
