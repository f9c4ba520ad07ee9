from django.urls import path

from krets.register.organisation import views

urlpatterns = [path("-/set-up/<str:token>/", views.set_up, name="set_up")]
