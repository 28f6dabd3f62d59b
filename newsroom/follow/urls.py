from django.urls import re_path

from . import views

FORMAT = r"feed\.(?P<format>atom|rss|json)$"

app_name = "follow"
urlpatterns = [
    re_path(rf"^{FORMAT}", views.everything, name="everything"),
    re_path(rf"^articles/{FORMAT}", views.articles, name="articles"),
    re_path(rf"^timeline/{FORMAT}", views.timeline, name="timeline"),
    re_path(rf"^corrections/{FORMAT}", views.corrections, name="corrections"),
]
