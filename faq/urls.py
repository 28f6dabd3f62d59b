from django.urls import path

from . import views

app_name = "faq"
urlpatterns = [
    path("", views.question_list, name="list"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/history/", views.history_list, name="history"),
    path("<slug:slug>/history/<int:number>/", views.history_edition, name="history-edition"),
    path("<slug:slug>/history/<int:before>..<int:after>/", views.comparison, name="comparison"),
]
