from django.urls import path, register_converter

from krets.welcome.letters import views
from krets.welcome.letters.converters import Kind, Language

register_converter(Kind, "letter_kind")
register_converter(Language, "letter_language")

app_name = "letters"

urlpatterns = [
    path("", views.letters, name="list"),
    path("person/<int:person_id>/", views.to_person, name="person"),
    path("missed/", views.letters, {"kind": "missed"}, name="missed_list"),
    path("missed/<int:person_id>/", views.to_person, {"kind": "missed"}, name="missed"),
    path("fee/", views.letters, {"kind": "fee"}, name="fee_list"),
    path("fee/<int:person_id>/", views.to_person, {"kind": "fee"}, name="fee"),
    path("<letter_kind:kind>/print/", views.printed_sheets, name="print"),
    path("<letter_kind:kind>/printed/", views.marks, name="printed"),
    path("<letter_kind:kind>/printed/undo/", views.undo, name="undo"),
    path("<letter_kind:kind>/words/<letter_language:language>/", views.words, name="words"),
]
