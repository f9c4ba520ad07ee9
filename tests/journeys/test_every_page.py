"""Every page, by everyone who may see it: it fits, speaks one language, and is open to all."""

import re

import pytest
from django.utils import timezone

from krets.register.access.table import TABLE
from tests.journeys import looking
from tests.journeys.browsing import Tab
from tests.journeys.member_file import next_file, send_file
from tests.journeys.pages import (
    DARK,
    ELSEWHERE,
    KINDS,
    POSTED,
    ROWS,
    addresses_of,
    pages,
    without_rows,
)
from tests.register.access.routes import routes

LEAST = 24
SMALL = {"width": 320, "height": 640}
LOOKS = {
    "telephone": {"phone": True, "language": "sv"},
    "telephone in English": {"phone": True, "language": "en"},
    "desk": {"phone": False, "language": "sv"},
}


def may_see(route, kind):
    permission = getattr(route[1], "permission", None)
    return permission is None or kind in TABLE[permission]


WALK = [(kind, route[0]) for route in pages() for kind in KINDS if may_see(route, kind)]


def test_every_page_with_arguments_has_its_rows():
    assert without_rows() == []


def test_rows_are_of_pages_that_exist():
    assert (ROWS.keys() | POSTED | ELSEWHERE | DARK) - {
        name for name, _view, _words in routes()
    } == set()


@pytest.mark.parametrize(("kind", "route"), WALK, ids=lambda words: words)
def test_a_page_is_open_to_everyone(walkers, addresses, kind, route):
    found = []
    for address in addresses(kind, route):
        for look in LOOKS:
            walker = walkers(kind, look)
            found += [f"{address} on {look}: {fault}" for fault in seen(walker, address)]
        if route in DARK:
            walker = walkers(kind, "telephone")
            found += [
                f"{address} in the dark: {fault}" for fault in seen_in_the_dark(walker, address)
            ]

    if found:
        pytest.fail("\n".join(found), pytrace=False)


def seen(walker, address):
    """Open the address, look it over, and once more on the smallest telephone."""
    walker.faults.clear()
    size = walker.page.viewport_size
    walker.page.goto(address)
    found = looking.over(walker.page, walker.language, target=LEAST)
    found += looking.violations(walker.page)
    if walker.phone:
        walker.page.set_viewport_size(SMALL)
        found += looking.wide(walker.page)
        walker.page.set_viewport_size(size)
    return [*walker.faults, *found]


def seen_in_the_dark(walker, address):
    walker.page.emulate_media(color_scheme="dark")
    walker.page.goto(address)
    found = looking.violations(walker.page)
    walker.page.emulate_media(color_scheme="light")
    return found


@pytest.fixture(scope="module")
def looked_at(shown, opened_for_long):
    """A demo in the midst of work, which nobody may change any more."""
    set_to_work(shown, opened_for_long, next_file(timezone.localdate()))
    return shown


def set_to_work(server, opened, file):
    """Let one file wait, one be broken, and a call be in hand."""
    siv = opened(server)
    siv.sign_in()
    send_file(siv, file, "#finish")
    send_file(siv, b"\x00\x01 no list at all", "main .button--main")
    bo = opened(server)
    bo.sign_in("caller")
    bo.go("/bjorkvik/welcome/calls/")
    bo.page.locator("main form button").first.click()
    bo.page.wait_for_url(re.compile(r"/calls/\d+/"))


@pytest.fixture(scope="module")
def opened_for_long(chromium):
    """Return a function that opens a tab which stays open for all tests here."""
    tabs = []

    def open_tab(server, **options):
        tabs.append(Tab(chromium, server, **options))
        return tabs[-1]

    yield open_tab
    for tab in tabs:
        tab.context.close()


@pytest.fixture(scope="module")
def walkers(looked_at, opened_for_long):
    """Return a function that gives a signed-in tab of a kind of mandate, as it looks at pages."""
    tabs = {}

    def walker(kind, look):
        if (kind, look) not in tabs:
            tab = tabs[kind, look] = opened_for_long(looked_at, **LOOKS[look])
            tab.page.goto(looked_at.links[kind][0])
            tab.page.wait_for_url(re.compile(r"/[a-z]+/$"))
            tab.speak(tab.language)
        return tabs[kind, look]

    return walker


@pytest.fixture(scope="module")
def addresses(looked_at):
    """Return a function that gives a route's addresses for one who holds a kind of mandate."""
    return lambda kind, route: addresses_of(looked_at, kind, route)
