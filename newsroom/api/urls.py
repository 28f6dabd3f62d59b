from django.urls import path, re_path

from . import views
from .door import dated, door
from .operations import api

app_name = "api"
TIMELESS = ("index",)


def data(pattern):
    """An operation behind the door, and in time."""
    view = pattern.callback if pattern.name in TIMELESS else dated(pattern.callback)
    return path(pattern.pattern._route, door(view), name=pattern.name.replace("_", "-"))


urlpatterns = [
    path("openapi.json", door(views.openapi), name="openapi"),
    path("docs", views.docs, name="docs"),
    *(data(pattern) for pattern in api.urls[0] if pattern.name != "api-root"),
    re_path(r"^(?P<rest>[\s\S]*)$", door(views.nothing)),
]
