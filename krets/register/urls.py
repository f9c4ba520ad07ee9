from django.urls import include, path

from krets.register.members.urls import urlpatterns as members
from krets.register.profiles.urls import urlpatterns as profiles

app_name = "register"

urlpatterns = [
    # The list and the person page are one place to the reader, and two features to us.
    path("members/", include(([*members, *profiles], "members"))),
    path("imports/", include("krets.register.imports.urls")),
    path("mandates/", include("krets.register.mandates.urls")),
]
