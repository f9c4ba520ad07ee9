from django.urls import include, path

app_name = "register"

urlpatterns = [
    path("mandates/", include("krets.register.mandates.urls")),
]
