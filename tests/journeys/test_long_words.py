"""However long a word somebody writes, no page scrolls sideways."""

import re
import shutil
import sqlite3

import pytest

from tests.journeys import looking, serving
from tests.journeys.browsing import Tab
from tests.journeys.pages import addresses_of, pages
from tests.journeys.test_every_page import may_see, set_to_work

LONG = "Donaudampfschifffahrtsgesellschaftskapitän" * 3
SIGNS = "👩🏽‍🌾<b>&amp;" + LONG
WIDTHS = (320, 360, 1280)
# What people write, filled with one word without an end.
WRITTEN = {
    "register_person": {
        "last_name": 100,
        "said_as": 100,
        "email": 200,
        "street": 120,
        "city": 100,
        "care_of": 100,
        "country": 60,
        "union": 100,
        "occupation": 100,
        "language": 40,
    },
    "register_unit": {"name": 120},
    "register_membership": {"left_words": 120},
    "rhythm_todo": {"words": 120},
}


FILE = f"""Medlemsnummer;Förnamn;Efternamn;E-post;Gatuadress;Ort;Inträdd;{LONG}
{LONG[:40]};{LONG[:90]};{LONG[:90]};{LONG[:60]}@example.org;{LONG};{LONG[:90]};2026-01-02;{LONG}
;;;;{LONG};;;
99998;Ada;{LONG[:90]};not-{LONG};{LONG};{LONG[:90]};2091-01-01;{LONG}
"""


@pytest.fixture(scope="module")
def wordy(chromium, lived_in, tmp_path_factory):
    """A demo where everything is called by one long word; nobody may change anything in it."""
    data = tmp_path_factory.mktemp("wordy") / "data"
    shutil.copytree(lived_in, data)
    with sqlite3.connect(data / "krets.sqlite3") as database:
        for table, columns in WRITTEN.items():
            for column, most in columns.items():
                database.execute(f'UPDATE {table} SET "{column}" = ?', [SIGNS[:most]])  # noqa: S608 -- our own names only
        # The walk knows her by her name.
        database.execute(
            "UPDATE register_person SET last_name = 'Yusuf' WHERE first_name = 'Amina'"
        )
        database.execute("UPDATE register_tag SET word = substr(? || id, -60)", [LONG])
    database.close()
    server, tabs = serving.demo(data), []

    def open_tab(server):
        tabs.append(Tab(chromium, server))
        return tabs[-1]

    set_to_work(server, open_tab, FILE.encode())
    for tab in tabs:
        tab.context.close()
    yield server
    server.stop()


@pytest.mark.parametrize("kind", ["membership_officer", "chair", "caller", "auditor"])
def test_no_word_is_too_long_for_any_page(chromium, wordy, addresses_in, kind):
    tab = Tab(chromium, wordy, phone=True)
    tab.page.goto(wordy.links[kind][0])
    tab.page.wait_for_url(re.compile(r"/[a-z]+/$"))

    found = []
    for address in addresses_in(wordy, kind):
        tab.page.goto(address)
        for width in WIDTHS:
            tab.page.set_viewport_size({"width": width, "height": 780})
            found += [f"{address}: {fault}" for fault in looking.wide(tab.page)]

    tab.context.close()
    assert found == []


@pytest.fixture(scope="module")
def addresses_in():
    """Return a function that gives every address one who holds a kind of mandate may open."""

    def of(server, kind):
        found = [
            address
            for name, view, words in pages()
            if may_see((name, view, words), kind)
            for address in addresses_of(server, kind, name)
        ]
        assert found
        return found

    return of
