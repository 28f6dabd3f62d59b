from django.urls import path, re_path

from . import views

app_name = "record"
urlpatterns = [
    path("memento/", views.travel, name="travel"),
    path("memento/<path:rest>", views.no_moment),
    re_path(r"^timemap/(?:(?P<after>[0-9]{14})/)?(?P<path>.+)$", views.timemap, name="timemap"),
]
