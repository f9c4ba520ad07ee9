import pytest
import time_machine

from tests.conftest import NOON


@pytest.fixture
def noon():
    """It is Monday 2 March, at one o'clock in Stockholm."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def as_siv(client, cast, noon):
    client.force_login(cast.siv.account)
    return client
