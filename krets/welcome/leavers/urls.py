from django.urls import path

from krets.welcome.leavers import views

app_name = "leavers"

urlpatterns = [
    path("", views.leavers, name="list"),
    path("<int:person_id>/call/", views.call, name="call"),
]
