import socket

import pytest

from conftest import TalkedOutsideError


def test_a_test_reaches_no_other_machine():
    with pytest.raises(TalkedOutsideError), socket.socket() as one:
        one.connect(("192.0.2.1", 80))


def test_a_test_asks_no_other_machine_where_things_are():
    with pytest.raises(TalkedOutsideError):
        socket.getaddrinfo("elsewhere.example.org", 80)
