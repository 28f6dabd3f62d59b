from django.contrib import admin
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from js_asset import Script

from newsroom.library.forms import WORDS
from newsroom.library.models import Picture
from newsroom.library.shown import with_key
from newsroom.publishing import languages
from newsroom.publishing.desk.choosers import DocumentAdmin
from newsroom.publishing.desk.editions import EditionAdmin
from newsroom.publishing.desk.inlines import ChildInline
from newsroom.publishing.desk.panels import PANELS, Panel, nothing
from newsroom.search.desk import FullText

from . import views
from .models import Article, ArticleEdition, ArticleSource, Claim

admin.site.register(Article, DocumentAdmin)


class ClaimInline(ChildInline):
    model = Claim


class SourceInline(ChildInline):
    model = ArticleSource


class PictureFilter(admin.SimpleListFilter):
    title = _("picture")
    parameter_name = "picture"

    def lookups(self, request, model_admin):
        return [("undescribed", _("Not described in every language: left out there"))]

    def queryset(self, request, queryset):
        return undescribed(queryset) if self.value() else queryset


def undescribed(editions):
    """Those of the editions whose picture some reader of a text does not see, because it says in their language nothing of it."""
    lacking = Q()
    for code in languages.LANGUAGES:
        lacking |= (Q(**{f"picture_alt_{code}": ""}) | Q(**{f"picture_alt_{code}": None})) & Q(**{f"title_{code}__gt": ""})
    return editions.filter(lacking, picture__isnull=False, is_decorative=False)


def live_undescribed(model, person, at):
    """The desk's first page lists what is owed to those who cannot see a picture."""
    editions = undescribed(model.objects.live(at)) if model is ArticleEdition else model.objects.none()
    return editions.annotate(moment=F("live_from"), remark=nothing())


PANELS.append(Panel("undescribed", _("Pictures without a description"), live_undescribed))


@admin.register(ArticleEdition)
class ArticleAdmin(FullText, EditionAdmin):
    facts = ["kind", "tags", "picture", "is_decorative", "picture_credit", "address"]
    autocomplete_fields = ["picture"]
    inlines = [ClaimInline, SourceInline]
    list_filter = [*EditionAdmin.list_filter, "kind", PictureFilter]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and db_field.related_model is Picture:
            field.widget.attrs.update(WORDS)
        return field

    def page(self, request, edition):
        if edition.picture:
            with_key(edition.picture)
        return views.page(request, edition)

    def save_model(self, request, obj, form, change):
        """Another picture brings its own words, but for those that were written just now."""
        if "picture" in form.changed_data:
            obj.take_words(kept=form.changed_data)
        super().save_model(request, obj, form, change)

    class Media:
        js = [Script("desk/pictures.js", type="module")]
