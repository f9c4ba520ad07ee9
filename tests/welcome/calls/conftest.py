"""A new member, and the call that the routine owes her."""

import sqlite3

import pytest
from django.db import connection, connections
from django.utils import timezone

from krets.welcome.calls.models import Call
from tests.welcome.kit import changed, new_member


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def today(now):
    return timezone.localdate(now)


@pytest.fixture
def amina(cast):
    person = new_member(cast.bjorkvik)
    changed(person)
    return person


@pytest.fixture
def call(amina):
    return Call.objects.get(person=amina)


@pytest.fixture
def on_disk(tmp_path):
    """Return what puts the threads' connections on a file, as in the product.

    The tests' SQLite lives in memory, where threads that wait for each other are refused instead.
    """
    settings = connections.settings["default"]
    before = settings["NAME"]

    def move():
        if connection.vendor != "sqlite":
            return
        connection.ensure_connection()
        with sqlite3.connect(tmp_path / "krets.sqlite3") as file:
            connection.connection.backup(file)
            # As the product's file is from its first day: the change itself waits for nobody.
            file.execute("PRAGMA journal_mode=WAL")
        file.close()
        settings["NAME"] = str(tmp_path / "krets.sqlite3")

    yield move
    settings["NAME"] = before
