from django.contrib import admin

from newsroom.publishing.desk.choosers import DocumentAdmin
from newsroom.publishing.desk.editions import EditionAdmin
from newsroom.publishing.desk.inlines import ChildInline

from . import views
from .models import Article, ArticleEdition, ArticleSource, Claim

admin.site.register(Article, DocumentAdmin)


class ClaimInline(ChildInline):
    model = Claim


class SourceInline(ChildInline):
    model = ArticleSource


@admin.register(ArticleEdition)
class ArticleAdmin(EditionAdmin):
    facts = ["kind", "tags", "picture", "picture_credit", "address"]
    inlines = [ClaimInline, SourceInline]
    list_filter = [*EditionAdmin.list_filter, "kind"]

    def page(self, request, edition):
        return views.page(request, edition)
