from django.urls import path

from krets.register.mandates import views

app_name = "mandates"

urlpatterns = [
    path("", views.held, name="held"),
    path("give/", views.give, name="give"),
    path("give/<int:person_id>/", views.give_to, name="give_to"),
    path("give/new/", views.give_new, name="give_new"),
    path("<int:mandate_id>/agreement/", views.agree, name="agree"),
    path("<int:mandate_id>/end/", views.end, name="end"),
]
