from django.contrib import admin
from js_asset import Script

from newsroom.library.attaching import Attaching
from newsroom.library.forms import WORDS, AttachedForm
from newsroom.library.models import Picture
from newsroom.library.shown import opened
from newsroom.publishing import languages
from newsroom.publishing.desk.choosers import DocumentAdmin
from newsroom.publishing.desk.editions import EditionAdmin
from newsroom.publishing.desk.inlines import ChildInline
from newsroom.search.desk import FullText

from . import views
from .models import Article, ArticleAttachment, ArticleEdition, ArticleSource, Claim

admin.site.register(Article, DocumentAdmin)


class ClaimInline(ChildInline):
    model = Claim


class AttachmentInline(ChildInline):
    model = ArticleAttachment
    form = AttachedForm

    def get_fields(self, request, obj=None):
        """A file is for those who may write everything."""
        may_upload = self.has_add_permission(request, obj)
        return [*languages.columns("title"), "file", *(["upload"] if may_upload else []), "position"]


class SourceInline(ChildInline):
    model = ArticleSource


@admin.register(ArticleEdition)
class ArticleAdmin(Attaching, FullText, EditionAdmin):
    facts = ["kind", "tags", "picture", "is_decorative", "picture_credit", "address", "is_pinned"]
    autocomplete_fields = ["picture"]
    inlines = [ClaimInline, AttachmentInline, SourceInline]
    list_filter = [*EditionAdmin.list_filter, "kind"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and db_field.related_model is Picture:
            field.widget.attrs.update(WORDS)
        return field

    def page(self, request, edition):
        return views.page(request, opened(edition))

    def save_model(self, request, obj, form, change):
        """Another picture brings its own words, but for those that were written just now."""
        if "picture" in form.changed_data:
            obj.take_words(kept=form.changed_data)
        super().save_model(request, obj, form, change)

    class Media:
        js = [Script("desk/pictures.js", type="module")]
