from django.urls import path

from krets.register.profiles import views

urlpatterns = [
    path("<int:person_id>/", views.person, name="person"),
    path("<int:person_id>/history/", views.history, name="history"),
    path("<int:person_id>/looks/", views.looks, name="looks"),
    path("<int:person_id>/notes/", views.note, name="note"),
    path("<int:person_id>/words/", views.words, name="words"),
    path("<int:person_id>/contact/", views.contact, name="contact"),
    path("notes/<int:note_id>/", views.rewrite, name="rewrite"),
    path("notes/<int:note_id>/end/", views.unwrite, name="unwrite"),
]
