from django.urls import include, path

app_name = "office"

urlpatterns = [
    path("trail/", include("krets.office.trail.urls")),
]
