from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from newsroom.api import views as api
from newsroom.library.views import attachment
from newsroom.publishing.desk.previewing import shared
from newsroom.record.views import corrections, record
from newsroom.site import oembed, sitemaps, tags, views

handler400 = "newsroom.site.views.bad_request"
handler404 = "newsroom.site.views.not_found"
handler500 = "newsroom.site.views.server_error"

urlpatterns = [
    path("admin/", include("newsroom.publishing.desk.accounts")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("newsroom.api.urls")),
    re_path(r"^memento/(?P<stamp>[0-9]{14})/api/v1/(?P<rest>[\s\S]*)$", api.past),
    path("", include("newsroom.record.urls")),
    path("", views.front_door, name="front-door"),
    path("preview/<str:token>/", shared, name="preview"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap-index"),
    re_path(r"^sitemap-(?P<section>pages|[a-z]+-[1-9][0-9]{0,4})\.xml$", sitemaps.section, name="sitemap"),
    path(".well-known/security.txt", views.security, name="security"),
    path("oembed", oembed.oembed, name="oembed"),
    path("healthz", views.health, name="health"),
    re_path(r"^media/(?P<name>[A-Za-z0-9_./-]+)$", views.media, name="media"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("", include("newsroom.follow.urls")),
        re_path(r"^attachments/(?P<name>[0-9a-f]{32}\.pdf)$", attachment, name="attachment"),
        path("articles/", include("articles.urls")),
        path("faq/", include("faq.urls")),
        path("timeline/", include("timeline.urls")),
        path("record/", record, name="record"),
        path("corrections/", corrections, name="corrections"),
        path("tags/<slug:slug>/", tags.tag, name="tag"),
        path("api/", api.page, name="data"),
    ),
]
