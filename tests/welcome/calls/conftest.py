"""A new member, and the call that the routine owes her."""

import pytest

from krets.welcome.calls.models import Call
from tests.welcome.kit import changed, new_member


@pytest.fixture
def amina(cast):
    person = new_member(cast.bjorkvik)
    changed(person)
    return person


@pytest.fixture
def call(amina):
    return Call.objects.get(person=amina)
