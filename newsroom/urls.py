from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.conf.urls.i18n import i18n_patterns
from django.views.static import serve

urlpatterns = [
    path("admin/", admin.site.urls),
]
