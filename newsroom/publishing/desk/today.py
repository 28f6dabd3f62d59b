"""The first page of the desk: what waits for whom, in as many questions to the database for one text as for thirty."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import CharField, DateTimeField, ExpressionWrapper, F, Value
from django.urls import reverse
from django.utils.text import capfirst

from ..drafts import edition_types, now
from ..models import Edition, Release, Share
from ..policy import may_publish, may_view
from ..releases import count_in, releases_of
from .panels import AMONG, PANELS, Panel

MOST = 8
"""Rows of a panel; the lists show the rest."""


@dataclass(frozen=True)
class Row:
    """`release` and how many texts are in it, where the edition stands for all of them."""

    edition: Edition
    moment: datetime | None
    remark: str
    release: Release | None = None
    number: int = 0


@dataclass(frozen=True)
class Shown:
    """A panel with what it found. `lists`: (name, address) of the lists that show all of it, where there is more."""

    panel: Panel
    rows: list
    lists: list


def context(person):
    """What the first page shows this person."""
    at = now()
    seen = [model for model in edition_types() if may_view(person, model)]
    peopled = with_any(seen, at)
    panels = shown([(panel, asked(panel, peopled[panel.among], person, at)) for panel in PANELS])
    panels = [replace(panel, rows=with_releases(panel.rows, seen)) if panel.panel.value == "scheduled" else panel for panel in panels]
    return {
        "at": at,
        "panels": [panel for panel in panels if panel.rows],
        "is_all_quiet": not any(panel.rows for panel in panels),
        "is_staff_here": bool(seen),
        "may_hold": any(may_publish(person, model) for model in seen),
        "shared": shared_with(person),
    }


def with_any(models, at):
    """{"": the types, one of AMONG: those of them that have any such edition}. One query."""
    parts = [
        find(model, at).order_by().values_list(Value(among), Value(model._meta.label)) for among, find in AMONG.items() for model in models
    ]
    there = set(parts[0].union(*parts[1:])) if parts else set()
    return {"": models, **{among: [model for model in models if (among, model._meta.label) in there] for among in AMONG}}


def asked(panel, models, person, at):
    """{model: editions} of the types about which this panel asks this person something."""
    found = {model: panel.find(model, person, at) for model in models}
    return {model: editions for model, editions in found.items() if editions is not None}


def shown(questions):
    """The panels as Shown. One query a panel, and then one a type."""
    found = [(panel, asked, first_of(panel, asked)) for panel, asked in questions]
    ids = {}
    for _panel, _asked, rows in found:
        for label, pk, _moment, _remark in rows:
            ids.setdefault(label, set()).add(pk)
    editions = {model._meta.label: model.objects.in_bulk(ids[model._meta.label]) for model in edition_types() if model._meta.label in ids}
    return [
        Shown(panel, [_row(panel, editions[label][pk], *rest) for label, pk, *rest in rows[:MOST]], lists(panel, asked, len(rows) > MOST))
        for panel, asked, rows in found
    ]


def first_of(panel, asked):
    """(label of the type, id, moment, remark) of the panel's first editions, one more than it shows."""
    parts = []
    for model, editions in asked.items():
        # Wrapped, because a union takes its columns' kinds from its first part.
        columns = {"found_at": ExpressionWrapper(F("moment"), DateTimeField()), "said": ExpressionWrapper(F("remark"), CharField())}
        label = Value(model._meta.label, output_field=CharField())
        parts.append(editions.order_by().annotate(label=label, **columns).values_list("label", "pk", "found_at", "said"))
    if not parts:
        return []
    order = ("-found_at", "-pk") if panel.is_latest_first else ("found_at", "pk")
    return list(parts[0].union(*parts[1:], all=True).order_by(*order)[: MOST + 1])


def _row(panel, edition, moment, remark):
    said = edition.is_tombstone and panel.said_of_tombstone or panel.said
    return Row(edition, moment, said % {"remark": remark.strip()} if remark and said else "")


def with_releases(rows, seen):
    """The rows, those that stand for a release with its name and how much of it this person may see. Two queries, and none for no row."""
    releases = releases_of([row.edition for row in rows]) if rows else {}
    numbers = count_in(releases.values(), seen) if releases else {}
    return [replace(row, release=found, number=numbers[found.pk]) if (found := releases.get(row.edition)) else row for row in rows]


def lists(panel, asked, has_more):
    if not has_more:
        return []
    names = [(model, f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") for model in asked]
    return [(capfirst(model._meta.verbose_name_plural), f"{reverse(name)}?status={panel.value}") for model, name in names]


def scheduled(models):
    """Everything of these types that is scheduled, soonest first."""
    moment = now()
    waiting = [edition for model in models for edition in model.objects.scheduled(moment).select_related("document")]
    return sorted(waiting, key=lambda edition: (edition.live_from, edition.pk))


def shared_with(person):
    """The newest edition of every document that is shared with this person today."""
    found = [(model, Share.of(model).filter(person=person.pk).values("document_id")) for model in edition_types()]
    return [edition for model, documents in found for edition in model.objects.filter(document__in=documents).newest(now())]
