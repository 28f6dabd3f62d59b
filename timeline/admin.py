from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from newsroom.library.shown import opened
from newsroom.publishing.desk.choosers import DocumentAdmin
from newsroom.publishing.desk.editions import EditionAdmin
from newsroom.publishing.desk.inlines import ChildInline
from newsroom.search.desk import FullText

from . import views
from .in_force import Verb
from .models import Actor, ActorEdition, Effect, EventActor, EventEdition, EventSource, Measure, MeasureEdition

# Beside every effect, what it is for, with an example.
EFFECT_HELP = {
    Verb.ORDERS: _("announced, not yet effective: “prohibited after 45 days”"),
    Verb.STARTS: _("takes effect, now or on the day given below: “in force from 20 September”"),
    Verb.SETS_DEADLINE: _("names a day: “to be sold by 20 September”"),
    Verb.EXTENDS: _("moves the day: “from 20 September to 12 November”"),
    Verb.SUSPENDS: _("a court stays it, as a whole or in the part named below: “the download ban is stayed”"),
    Verb.RESUMES: _("the stay is lifted: “the ban applies again from 1 December”"),
    Verb.AMENDS: _("changes its terms, not whether it holds: “two more companies are named”"),
    Verb.ANNULS: _("declared void: “the order exceeds the law”"),
    Verb.ENDS: _("revoked, expired or fulfilled: “revoked on 9 June 2021”"),
}


admin.site.register([Measure, Actor], DocumentAdmin)


class EffectInline(ChildInline):
    model = Effect
    autocomplete_fields = ["measure"]

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "verb":
            helped = [(verb, format_html(_("{}: {}"), label, EFFECT_HELP[verb])) for verb, label in Effect.VERB_LABELS.items()]
            kwargs["choices"] = [("", "---------"), *helped]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


class EventActorInline(ChildInline):
    model = EventActor
    autocomplete_fields = ["actor"]


class SourceInline(ChildInline):
    model = EventSource


@admin.register(EventEdition)
class EventAdmin(FullText, EditionAdmin):
    autocomplete_fields = ["statement"]
    facts = ["date", "time", "zone", "certainty", "kind", "statement", "tags"]
    inlines = [EffectInline, EventActorInline, SourceInline]
    list_filter = [*EditionAdmin.list_filter, "kind", "certainty"]

    def page(self, request, edition):
        return views.event_page(request, opened(edition))


@admin.register(MeasureEdition)
class MeasureAdmin(FullText, EditionAdmin):
    facts = ["nature", "deadline_means", "checked_through"]
    list_filter = [*EditionAdmin.list_filter, "nature"]

    def page(self, request, edition):
        return views.measure_page(request, edition)


@admin.register(ActorEdition)
class ActorAdmin(FullText, EditionAdmin):
    pass
