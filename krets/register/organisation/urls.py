from django.urls import path

from krets.register.organisation import views

urlpatterns = [
    path("-/set-up/<str:token>/", views.set_up, name="set_up"),
    path("-/set-up/<str:token>/<slug:step>/", views.set_up, name="set_up_step"),
    # A link of which something was left behind, or that has got something at its end.
    path("-/set-up/", views.lost, name="set_up_lost"),
    path("-/set-up/<path:rest>", views.lost, name="set_up_astray"),
]
