from datetime import date

import pytest
import time_machine

from tests.conftest import NOON
from tests.rhythm.kit import CALL, COFFEE, LETTER, connected


@pytest.fixture(autouse=True)
def noon():
    """It is Monday 2 March, at one o'clock in Stockholm."""
    with time_machine.travel(NOON, tick=False):
        yield date(2026, 3, 2)


@pytest.fixture(autouse=True)
def routines():
    with connected(CALL, COFFEE, LETTER):
        yield
