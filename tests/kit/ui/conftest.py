"""Requests as they arrive: from a plain browser or from htmx, in a unit or outside."""

import pytest
from django.contrib.messages.storage.base import BaseStorage
from django.test import RequestFactory
from django.urls import resolve
from django_htmx.middleware import HtmxDetails


class KeptMessages(BaseStorage):
    """Messages of one request, kept in a list."""

    def _get(self, *args, **kwargs):
        return [], True

    def _store(self, messages, response, *args, **kwargs):
        return []


@pytest.fixture
def ask():
    """Return a function that makes a request for an address of `tests.kit.ui.urls`."""

    def make(address="/bjorkvik/members/", method="get", data=None, **headers):
        request = getattr(RequestFactory(headers=headers), method)(address, data)
        request.htmx = HtmxDetails(request)
        request._messages = KeptMessages(request)
        request.resolver_match = resolve(request.path, "tests.kit.ui.urls")
        return request

    return make
