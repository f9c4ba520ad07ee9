from django.urls import path

from krets.register.mandates import views

app_name = "mandates"

urlpatterns = [
    path("", views.held, name="held"),
    path("give/", views.give, name="give"),
    path("<int:mandate_id>/agreement/", views.agree, name="agree"),
    path("<int:mandate_id>/end/", views.end, name="end"),
]
