"""The pictures of the README, taken anew from a fresh demo.

    pictures.py                    all of them, into docs/pictures/
    pictures.py today-phone call   only these

Made again whenever a page changes its looks; needs Chromium and a few minutes.
"""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402 -- the path stands first

django.setup()

from django.utils import timezone  # noqa: E402 -- set up first
from playwright.sync_api import sync_playwright  # noqa: E402 -- set up first

from tests.journeys import serving  # noqa: E402 -- set up first
from tests.journeys.browsing import FLAGS, Tab  # noqa: E402 -- set up first
from tests.journeys.member_file import next_file  # noqa: E402 -- set up first

FOLDER = ROOT / "docs" / "pictures"
LARGEST = 150_000
CALLERS = "SELECT person_id FROM register_mandate WHERE kind = 'caller' ORDER BY id"
RINGS_AMINA = """SELECT given_to_id FROM welcome_call JOIN register_person p ON p.id = person_id
    WHERE first_name = 'Amina' AND closed_at IS NULL"""
STORY = """SELECT person_id FROM welcome_attempt WHERE note_id IS NOT NULL
    GROUP BY 1 ORDER BY count(*) DESC, max(at) DESC LIMIT 1"""


def main(words):
    """Take the pictures named, or all. Return the exit status."""
    if unknown := [word for word in words if word not in PICTURES]:
        print(f"No such picture: {', '.join(unknown)}. There are: {', '.join(PICTURES)}.")
        return 2
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="krets-pictures-") as folder:
        data = Path(folder) / "data"
        serving.make_demo(data)
        server = serving.demo(data)
        try:
            sizes = take(server, words or PICTURES)
        finally:
            server.stop()
    for name, size in sizes.items():
        print(f"{size / 1000:6.0f} kB  {name}.png{'  too large' if size > LARGEST else ''}")
    return 1 if max(sizes.values()) > LARGEST else 0


def take(server, names):
    """Take each picture in a browser of its own; return {name: bytes}."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"
    sizes = {}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        for name in names:
            way, who, device = PICTURES[name]
            tab = Tab(browser, server, language="en", **device)
            tab.page.goto(link_of(server, who))
            tab.page.wait_for_url(re.compile(r"/bjorkvik/"))
            tab.speak("en")
            way(tab)
            file = FOLDER / f"{name}.png"
            tab.page.screenshot(path=file)
            sizes[name] = file.stat().st_size
            tab.context.close()
        browser.close()
    return sizes


def link_of(server, kind):
    """Return the link of one who holds the mandate; of the callers, of the one to ring Amina."""
    links = server.links[kind]
    if kind != "caller":
        return links[0]
    callers = [pk for (pk,) in server.rows(CALLERS)]
    return links[callers.index(server.rows(RINGS_AMINA)[0][0])]


def today(tab):
    tab.page.goto("/bjorkvik/")


def call(tab):
    tab.page.goto("/bjorkvik/")
    tab.tap("Call %(name)s", name="Amina")
    tab.page.wait_for_url(re.compile(r"/welcome/calls/\d+/"))


def preview(tab):
    tab.page.goto("/bjorkvik/register/imports/new/")
    file = next_file(timezone.localdate(), changed_every=40, gone=2)
    tab.page.set_input_files(
        "input[type=file]", {"name": "members.csv", "mimeType": "text/csv", "buffer": file}
    )
    tab.page.locator("#form button.button--main").click()
    tab.page.wait_for_selector("#save", state="attached")


def person(tab):
    (pk,) = tab.server.rows(STORY)[0]
    tab.page.goto(f"/bjorkvik/register/members/{pk}/")


PHONE = {"phone": True, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1200, "height": 800}}
PICTURES = {
    "today": (today, "membership_officer", DESK),
    "today-phone": (today, "caller", PHONE),
    "call": (call, "caller", PHONE),
    "person": (person, "membership_officer", DESK),
    "import": (preview, "membership_officer", DESK),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
