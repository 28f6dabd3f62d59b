from django.urls import path

from . import embed, views
from .export import views as export

app_name = "timeline"
urlpatterns = [
    path("", views.event_list, name="list"),
    path("embed/", embed.embed, name="embed"),
    path("export/", export.taking, name="take-away"),
    path("export.csv", export.export_csv, name="export-csv"),
    path("export.json", export.export_json, name="export-json"),
    path("export.ics", export.export_ics, name="export-ics"),
    path("export.svg", views.export_svg, name="export-svg"),
    path("in-force/", views.in_force, name="in-force"),
    path("measures/", views.measure_list, name="measures"),
    path("measures/<slug:slug>/", views.measure, name="measure"),
    path("measures/<slug:slug>/history/", views.measure_history, name="measure-history"),
    path("measures/<slug:slug>/history/<int:number>/", views.measure_history_edition, name="measure-history-edition"),
    path("measures/<slug:slug>/history/<int:before>..<int:after>/", views.measure_comparison, name="measure-comparison"),
    path("<slug:slug>/", views.event, name="detail"),
    path("<slug:slug>/history/", views.event_history, name="history"),
    path("<slug:slug>/history/<int:number>/", views.event_history_edition, name="history-edition"),
    path("<slug:slug>/history/<int:before>..<int:after>/", views.event_comparison, name="comparison"),
]
