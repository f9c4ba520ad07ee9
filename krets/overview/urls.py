from django.urls import include, path

app_name = "overview"

urlpatterns = [
    path("more/", include("krets.overview.more.urls")),
]
