from django.urls import include, path

app_name = "overview"

urlpatterns = [
    path("", include("krets.overview.today.urls")),
    path("search/", include("krets.overview.search.urls")),
    path("more/", include("krets.overview.more.urls")),
]
