from django.urls import path

from krets.register.imports import views

app_name = "imports"

urlpatterns = [
    path("", views.listed, name="list"),
    path("new/", views.new, name="new"),
    path("<int:import_id>/", views.seen, name="seen"),
    path("<int:import_id>/progress/", views.progress, name="progress"),
    path("<int:import_id>/columns/", views.columns, name="columns"),
    path("<int:import_id>/again/", views.again, name="again"),
    path("<int:import_id>/near/<int:row_id>/", views.near, name="near"),
    path("<int:import_id>/warned/<int:row_id>/", views.suggestion, name="suggestion"),
    path("<int:import_id>/faults/", views.faults, name="faults"),
    path("<int:import_id>/faults/again/", views.ask_again, name="ask_again"),
    path("<int:import_id>/figures/<slug:part>/", views.figures, name="figures"),
    path("<int:import_id>/right/", views.right, name="right"),
    path("<int:import_id>/missing/", views.missing, name="missing"),
    path("<int:import_id>/save/", views.save, name="save"),
    path("<int:import_id>/stop/", views.stop, name="stop"),
    path("<int:import_id>/left-out.csv", views.rejected_file, name="left_out"),
    path("<int:import_id>/rows/<slug:kind>/", views.all_of_a_kind, name="kind"),
]
