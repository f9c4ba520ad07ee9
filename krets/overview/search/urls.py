from django.urls import path

from krets.overview.search import views

app_name = "search"

urlpatterns = [
    path("", views.search, name="search"),
]
