from django.urls import path, re_path

from . import travel, views

app_name = "record"
urlpatterns = [
    path("memento/", travel.travel, name="travel"),
    path("memento/<path:rest>", travel.no_moment),
    re_path(r"^timemap/(?:(?P<after>[0-9]{14})/)?(?P<path>.+)$", travel.timemap, name="timemap"),
    path("record/", views.door, name="door"),
    path("record/entries.json", views.entries, name="entries"),
    path("record/verify.py", views.verify, name="verify"),
]
