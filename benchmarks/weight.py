"""What a page weighs on its way to a telephone, and when its main thing is there to be read.

    python benchmarks/weight.py [--pages today,person] [--times 5]

Of each page, as brotli sends it: the first view in all and by kind, the second view, when the
browser has kept what may be kept, and the largest contentful paint in the median. Chromium is
slowed to a common telephone: a processor four times slower, 1.6 Mbit/s, 150 ms there and back.
"""

import argparse
import os
import re
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from playwright.sync_api import sync_playwright

from benchmarks import common
from tests.journeys import serving
from tests.journeys.browsing import FLAGS, PHONE

KB = 1000
BUDGET = {"all": 60, "html": 10, "css": 12, "font": 21, "script": 15, "own": 3, "second": 12}
LCP = 1500
SLOWER = 4
NETWORK = {"latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
KINDS = {"document": "html", "stylesheet": "css", "font": "font", "script": "script"}
VENDORED = "htmx"

# Who opens it, and where it is; {newcomer} and {call} are asked of the demo.
PAGES = {
    "today": ("membership_officer", "/bjorkvik/"),
    "members": ("membership_officer", "/bjorkvik/register/members/"),
    "person": ("membership_officer", "/bjorkvik/register/members/{newcomer}/"),
    "edit": ("membership_officer", "/bjorkvik/register/members/{newcomer}/details/reach/"),
    "upload": ("membership_officer", "/bjorkvik/register/imports/new/"),
    "letters": ("membership_officer", "/bjorkvik/welcome/letters/"),
    "welcome": ("membership_officer", "/bjorkvik/welcome/"),
    "calls": ("caller", "/bjorkvik/welcome/calls/"),
    "call": ("membership_officer", "/bjorkvik/welcome/calls/{call}/"),
    "mandates": ("chair", "/bjorkvik/register/mandates/"),
    "trail": ("auditor", "/bjorkvik/office/trail/"),
    "my page": ("caller", "/-/me/"),
    "sign-in": (None, "/-/sign-in/"),
}
WATCH = """new PerformanceObserver((list) => {
  window.largest = list.getEntries().at(-1).startTime;
}).observe({type: 'largest-contentful-paint', buffered: true})"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", default=",".join(PAGES), help="some of them, with commas")
    parser.add_argument("--times", type=int, default=5, help="how often the paint is timed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="krets-weight-") as folder:
        data = Path(folder) / "data"
        serving.make_demo(data)
        server = serving.demo(data)
        try:
            told = weigh_all(server, options.pages.split(","), options.times)
        finally:
            server.stop()
    tell(told)


def weigh_all(server, names, times):
    """Return {page: figures}."""
    rows = {
        "newcomer": server.rows("SELECT id FROM register_person WHERE first_name = 'Amina'")[0][0],
        "call": server.rows("SELECT min(id) FROM welcome_call WHERE closed_at IS NULL")[0][0],
    }
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        told = {}
        for name in names:
            kind, address = PAGES[name]
            told[name] = weigh(browser, server, kind, address.format(**rows), times)
        browser.close()
    return told


def weigh(browser, server, kind, address, times):
    """Open a page in a browser that knows nothing, then again; then slowly, some times."""
    context = browser.new_context(base_url=server.address, **PHONE)
    signed_in = sign_in(context, server, kind)
    context.close()
    context = browser.new_context(base_url=server.address, storage_state=signed_in, **PHONE)
    first, second = views(context, address)
    context.close()
    paints = [paint(browser, server, signed_in, address) for _time in range(times)]
    return {**first, "second": second, "lcp": round(statistics.median(paints))}


def sign_in(context, server, kind):
    if kind:
        page = context.new_page()
        page.goto(server.links[kind][0])
        page.wait_for_url(re.compile(r"/bjorkvik/"))
    return context.storage_state()


def views(context, address):
    """Return (kB by kind of the first view, kB of the second in all)."""
    page = context.new_page()
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes, kinds = {}, {}
    wire.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told}))
    wire.on(
        "Network.loadingFinished",
        lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]}),
    )
    page.goto(address, wait_until="networkidle")
    first = by_kind(sizes, kinds)
    sizes.clear()
    page.goto(address, wait_until="networkidle")
    return first, by_kind(sizes, kinds)["all"]


def by_kind(sizes, kinds):
    """Return kB by kind, all of them, and of the scripts our own."""
    told = dict.fromkeys(["all", "html", "css", "font", "script", "own", "rest"], 0)
    for number, received in sizes.items():
        answer = kinds[number]
        # Without the headers, which no budget names.
        size = max(0, received - answer["response"]["encodedDataLength"])
        kind = KINDS.get(answer["type"].lower(), "rest")
        told["all"] += size
        told[kind] += size
        if kind == "script" and VENDORED not in answer["response"]["url"]:
            told["own"] += size
    return {kind: round(size / KB, 1) for kind, size in told.items()}


def paint(browser, server, signed_in, address):
    """Return the milliseconds to the largest contentful paint on a slow telephone."""
    # Waiting evaluates text in the page when the paint is late, which our policy forbids.
    context = browser.new_context(
        base_url=server.address, storage_state=signed_in, bypass_csp=True, **PHONE
    )
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", {"offline": False, **NETWORK})
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(WATCH)
    page.goto(address, wait_until="networkidle")
    took = page.wait_for_function("window.largest").json_value()
    context.close()
    return took


def tell(told):
    """Print the table with the budget in its last row, and the JSON line."""
    columns = ["all", "html", "css", "font", "script", "own", "rest", "second", "lcp"]
    rows = [[name, *(figures[each] for each in columns)] for name, figures in told.items()]
    budget = [BUDGET.get(each, "") for each in columns[:-1]]
    common.table(["page, kB", *columns[:-1], "lcp, ms"], [*rows, ["budget", *budget, LCP]])
    above = [
        f"{name}: {each} {figures[each]}"
        for name, figures in told.items()
        for each, most in {**BUDGET, "lcp": LCP}.items()
        if figures[each] > most
    ]
    print("Above the budget: " + "; ".join(above) if above else "All within the budget.")
    common.tell("weight", {"budget": {**BUDGET, "lcp": LCP}, "pages": told, "above": above})


if __name__ == "__main__":
    main()
