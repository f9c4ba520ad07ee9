"""Real browsers in the hands of people on errands, against the programs as they are run."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import expect, sync_playwright

from tests.journeys import serving
from tests.journeys.browsing import FLAGS, Tab

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FAILED = pytest.StashKey()
PATIENCE = 20_000  # ms; a machine that runs the whole check is busy


PICTURES = Path(__file__).parent / "pictures"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Let the fixtures know how the test went."""
    report = yield
    item.stash.setdefault(FAILED, []).append(report.failed)
    return report


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        told = "No Chromium was found: install one, or name it in CHROMIUM."
        pytest.fail(told) if os.environ.get("CI") else pytest.skip(told)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory, worker_id):
    """The data folder of a demo. Copy it; do not run it.

    Whoever writes a journey names a folder made before in JOURNEYS_DEMO, and waits less.
    """
    if made_before := os.environ.get("JOURNEYS_DEMO"):
        return Path(made_before)
    return _made_once("lived-in", serving.make_demo, tmp_path_factory, worker_id)


@pytest.fixture(scope="session")
def untouched(tmp_path_factory, worker_id):
    """The data folder of Krets on the first day. Copy it; do not run it."""
    return _made_once("untouched", serving.make_empty, tmp_path_factory, worker_id)


def _made_once(name, make, tmp_path_factory, worker_id):
    """Return a folder that is made by the first of all test processes to ask for it."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared if worker_id == "master" else shared.parent
    folder = shared / name
    with suppress(FileExistsError):
        (shared / f"{name}.making").mkdir()
        make(shared / f"{name}.new")
        (shared / f"{name}.new").rename(folder)
    serving.wait_for(folder)
    return folder


@pytest.fixture(scope="session")
def shown(lived_in, tmp_path_factory):
    """A demo that is only looked at: nobody may change anything in it."""
    yield from _served(serving.demo, lived_in, tmp_path_factory)


@pytest.fixture
def demo(lived_in, tmp_path_factory):
    """A demo of the test's own."""
    yield from _served(serving.demo, lived_in, tmp_path_factory)


@pytest.fixture
def empty(untouched, tmp_path_factory):
    """Krets on the first day: nobody there, and a link to set it up."""
    yield from _served(serving.empty, untouched, tmp_path_factory)


def _served(start, folder, tmp_path_factory):
    data = tmp_path_factory.mktemp("data") / "data"
    shutil.copytree(folder, data)
    server = start(data)
    yield server
    server.stop()


@pytest.fixture
def opened(chromium, request):
    """Return a function that opens a tab. What a tab has noted fails the test at its end.

    Of a test that fails there is a picture of each tab in the folder `pictures`.
    """
    tabs = []

    def open_tab(server, **options):
        tab = Tab(chromium, server, **options)
        tab.page.set_default_timeout(PATIENCE)
        tabs.append(tab)
        return tab

    yield open_tab
    failed = any(request.node.stash.get(FAILED, []))
    for number, tab in enumerate(tabs):
        if failed or tab.faults:
            tab.page.screenshot(full_page=True, path=PICTURES / f"{request.node.name}-{number}.png")
    faults = [fault for tab in tabs for fault in tab.done()]
    if faults and not failed:
        pytest.fail("\n".join(faults), pytrace=False)


@pytest.fixture(params=["phone", "desktop"])
def device(request):
    """What the errand is done on: a small telephone or a desk."""
    return {"phone": request.param == "phone"}
