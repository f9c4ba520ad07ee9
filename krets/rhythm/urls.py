from django.urls import include, path

app_name = "rhythm"

urlpatterns = [
    path("routines/", include("krets.rhythm.routines.urls")),
]
