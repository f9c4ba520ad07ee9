"""A few addresses for the interface's own tests."""

from django.http import HttpResponse
from django.urls import path

import krets.urls  # noqa: F401 -- says how a unit looks in an address, which may be said only once


def _nothing(request, **kwargs):
    return HttpResponse(status=204)


urlpatterns = [
    path("<unit:unit>/", _nothing, name="today"),
    path("<unit:unit>/members/", _nothing, name="members"),
    path("<unit:unit>/members/<int:pk>/", _nothing, name="person"),
    path("<unit:unit>/members/imports/", _nothing, name="imports"),
    path("-/me/", _nothing, name="me"),
]
