from django.contrib import admin

from newsroom.library.shown import opened
from newsroom.publishing.admin import VocabularyAdmin
from newsroom.publishing.desk.editions import EditionAdmin
from newsroom.publishing.desk.inlines import ChildInline
from newsroom.search.desk import FullText

from . import views
from .models import QuestionEdition, QuestionSource, Topic


class SourceInline(ChildInline):
    model = QuestionSource


@admin.register(QuestionEdition)
class QuestionAdmin(FullText, EditionAdmin):
    facts = ["topic", "position", "tags"]
    inlines = [SourceInline]
    list_filter = [*EditionAdmin.list_filter, "topic"]

    def page(self, request, edition):
        return views.page(request, opened(edition))


@admin.register(Topic)
class TopicAdmin(VocabularyAdmin):
    fields = ["name_en", "name_fr", "slug", "position"]
    list_display = ["named", "address", "position"]
    search_fields = ["name_en", "name_fr", "slug"]
