from django.urls import path

from krets.overview.my_page import views

urlpatterns = [
    path("", views.my_page, name="my_page"),
    path("<int:person_id>/story/", views.story, name="my_story"),
    path("<int:person_id>/details/", views.details, name="my_details"),
]
