from django.urls import include, path

app_name = "welcome"

urlpatterns = [
    path("", include("krets.welcome.path.urls")),
    path("calls/", include("krets.welcome.calls.urls")),
    path("leavers/", include("krets.welcome.leavers.urls")),
    path("letters/", include("krets.welcome.letters.urls")),
]
