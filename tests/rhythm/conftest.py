import pytest

from tests.rhythm.kit import CALL, COFFEE, connected


@pytest.fixture
def routines():
    """Only a call within two days, and a coffee after ten that waits for it."""
    with connected(CALL, COFFEE):
        yield
