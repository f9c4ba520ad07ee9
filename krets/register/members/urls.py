from django.urls import path

from krets.register.members import views

urlpatterns = [
    path("", views.members, name="list"),
    path("choices/", views.choose, name="choose"),
    path("new/", views.add, name="add"),
    path("<int:person_id>/details/<slug:section>/", views.details, name="details"),
    path("<int:person_id>/end/", views.end, name="end"),
    path("<int:person_id>/membership/", views.resume, name="resume"),
    path("<int:person_id>/death/", views.deceased, name="deceased"),
    path("<int:person_id>/life/", views.undo_deceased, name="undo-deceased"),
    path("<int:person_id>/calls/", views.calls, name="calls"),
    path("<int:person_id>/quiet/", views.quiet, name="quiet"),
]
