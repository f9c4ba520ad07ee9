from django.urls import path

from krets.office.trail import views

app_name = "trail"

urlpatterns = [path("", views.trail, name="trail")]
