from django.urls import path

from krets.overview.today import views

app_name = "today"

urlpatterns = [
    path("", views.today, name="today"),
    path("todos/", views.everything, name="all"),
    path("todos/late/", views.late, name="late"),
    path("todos/put-off/", views.put_off, name="put_off"),
    path("todos/of/<slug:key>/", views.kind, name="kind"),
    path("todos/<int:pk>/", views.todo, name="todo"),
    path("todos/<int:pk>/snooze/", views.snooze, name="snooze"),
    path("todos/<int:pk>/owner/", views.owner, name="owner"),
    path("todos/<int:pk>/closing/", views.closing, name="closing"),
    path("todos/<int:pk>/undo/", views.undo, name="undo"),
]
