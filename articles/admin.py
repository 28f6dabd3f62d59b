from django.contrib import admin

from newsroom.library.shown import address_for_desk
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
        if edition.picture:
            edition.picture.address_in_preview = address_for_desk(edition.picture)
        return views.page(request, edition)
