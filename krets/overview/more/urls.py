from django.urls import path

from krets.overview.more import views

app_name = "more"

urlpatterns = [path("", views.more, name="more")]
