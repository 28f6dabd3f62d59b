"""Documents, for the fields that point to one: found by any title they ever had."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path

from .. import languages
from ..drafts import now
from ..policy import may_read, may_view
from ..querysets import PRACTICE


class DocumentAdmin(admin.ModelAdmin):
    """It has no pages of its own: the address of a document leads to its newest edition."""

    search_fields = ["pk"]
    ordering = ["-pk"]

    @property
    def editions(self):
        return self.model.editions.rel.related_model

    def get_urls(self):
        view = self.admin_site.admin_view(self.newest_edition)
        return [path("<int:pk>/change/", view, name=f"{self.opts.app_label}_{self.opts.model_name}_change")]

    def newest_edition(self, request, pk):
        edition = self.editions.objects.filter(document=pk).newest(now()).first()
        if edition is None:
            raise Http404
        if not may_read(request.user, edition):
            raise PermissionDenied
        return redirect(f"admin:{edition._meta.app_label}_{edition._meta.model_name}_change", edition.pk)

    def get_queryset(self, request):
        practice = self.editions.objects.drafts().filter(lane=PRACTICE)
        return super().get_queryset(request).exclude(pk__in=practice.values("document"))

    def has_module_permission(self, request):
        return False

    def has_view_permission(self, request, obj=None):
        return may_view(request.user, self.editions)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    has_delete_permission = has_change_permission

    def get_search_results(self, request, queryset, search_term):
        titles = Q(*((f"{self.editions.TITLE}_{code}__icontains", search_term) for code in languages.LANGUAGES), _connector=Q.OR)
        return queryset.filter(pk__in=self.editions.objects.filter(titles).order_by().values("document")), False
