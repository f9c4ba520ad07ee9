from django.urls import path

from krets.welcome.path import views

app_name = "path"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("print/", views.printed, name="print"),
    path("<int:person_id>/<slug:key>/skip/", views.skip, name="skip"),
    path("<int:person_id>/<slug:key>/take-up/", views.take_up, name="take_up"),
]
