from django.urls import path

from krets.rhythm.routines import views

app_name = "routines"

urlpatterns = [
    path("", views.routines, name="routines"),
    path("campaign/", views.campaign, name="campaign"),
    path("<slug:key>/", views.routine, name="routine"),
    path("<slug:key>/undo/", views.undo, name="undo"),
]
