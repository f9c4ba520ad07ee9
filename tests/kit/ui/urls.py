"""A few addresses for the interface's own tests."""

from django.http import HttpResponse
from django.urls import path, register_converter

from krets.kit.ui.converters import UnitSlug

register_converter(UnitSlug, "unit")


def _nothing(request, **kwargs):
    return HttpResponse(status=204)


urlpatterns = [
    path("<unit:unit>/", _nothing, name="today"),
    path("<unit:unit>/members/", _nothing, name="members"),
    path("<unit:unit>/members/<int:pk>/", _nothing, name="person"),
    path("<unit:unit>/members/imports/", _nothing, name="imports"),
    path("-/me/", _nothing, name="me"),
]
