from django.urls import path

from krets.welcome.calls import views

app_name = "calls"

urlpatterns = [
    path("", views.my_calls, name="list"),
    path("next/", views.next_call, name="next"),
    path("share/", views.share, name="share"),
    path("person/<int:person_id>/", views.person, name="person"),
    path("reports/<uuid:key>/undo/", views.undo, name="undo"),
    path("<int:pk>/", views.card, name="card"),
    path("<int:pk>/claim/", views.claim, name="claim"),
    path("<int:pk>/report/", views.report, name="report"),
    path("<int:pk>/draft/", views.draft, name="draft"),
    path("<int:pk>/decision/", views.decision, name="decision"),
    path("<int:pk>/let-go/", views.let_go, name="let_go"),
]
