"""What only a browser can tell: that scripts, styles and policy agree."""

import os
from pathlib import Path

import pytest

from krets.kit.ui import style

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.kit.ui.browser_urls")]

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


@pytest.fixture(scope="module")
def chromium():
    # Playwright runs a loop of its own; Django would refuse the database beside it.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(autouse=True)
def _served(settings):
    settings.DEBUG = True
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [Path(__file__).parent / "templates"]}]


@pytest.fixture
def tab(chromium, live_server):
    """Return a function that opens an address; what the policy stopped stands in `.stopped`."""
    contexts = []

    def open_tab(address, **options):
        context = chromium.new_context(
            base_url=live_server.url, **{"locale": "en", "reduced_motion": "reduce", **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.stopped = []
        page.on(
            "console",
            lambda line: page.stopped.append(line.text) if "Security Policy" in line.text else None,
        )
        page.on("pageerror", lambda error: page.stopped.append(str(error)))
        page.goto(address)
        return page

    yield open_tab
    for context in contexts:
        context.close()


def test_a_refused_form_changes_in_place_and_the_summary_takes_focus(tab):
    page = tab("/-/trial/")

    page.click("#save")

    playwright.expect(page.locator(".faults")).to_be_focused()
    playwright.expect(page.locator("#id_name")).to_have_attribute("aria-invalid", "true")
    assert page.stopped == []


def test_a_saved_form_changes_in_place_and_says_so_above(tab):
    page = tab("/-/trial/")

    page.fill("#id_name", "Bo")
    page.click("#save")

    playwright.expect(page.locator("#said")).to_have_text("Bo")
    playwright.expect(page.locator("#flashes .flash__text")).to_have_text("It is saved.")
    playwright.expect(page.locator("#flashes button")).to_have_count(1)


def test_the_same_works_without_scripts(tab):
    page = tab("/-/trial/", java_script_enabled=False)

    page.fill("#id_name", "Bo")
    page.click("#save")

    playwright.expect(page.locator("#flashes .flash__text")).to_have_text("It is saved.")


def test_what_is_gone_is_told_in_words_and_changes_nothing(tab):
    page = tab("/-/trial/")

    page.click("#gone")

    playwright.expect(page.locator("#flashes .flash")).to_have_count(1)
    playwright.expect(page.locator("#there")).to_have_text("Untouched")


def test_without_network_it_is_told_in_words(tab):
    page = tab("/-/trial/")

    page.context.set_offline(True)
    page.click("#gone")

    playwright.expect(page.locator("#flashes [data-state=watch]")).to_have_count(1)


def test_without_network_no_form_is_sent_and_nothing_typed_is_lost(tab):
    page = tab("/-/trial/")
    field = page.locator("#plain [name=words]")

    page.context.set_offline(True)
    field.fill("Ring efter sex")
    field.press("Enter")

    playwright.expect(page.locator("#flashes [data-state=watch]")).to_have_count(1)
    playwright.expect(field).to_have_value("Ring efter sex")


def test_a_form_is_sent_once_krets_has_answered(tab):
    page = tab("/-/trial/")
    page.locator("#plain [name=words]").fill("Ring efter sex")

    with page.expect_navigation():
        page.locator("#plain [name=words]").press("Enter")

    playwright.expect(page.locator("#plain [name=words]")).to_have_value("")


@pytest.mark.parametrize("answer", [{"status": 502}, None])
def test_a_form_that_does_not_reach_krets_stays_as_it_is(tab, answer):
    page = tab("/-/trial/")
    field = page.locator("#plain [name=words]")
    asked = "**/healthz?of=web"
    page.route(asked, lambda route: route.fulfill(**answer) if answer else route.abort())

    field.fill("Ring efter sex")
    field.press("Enter")

    playwright.expect(page.locator("#flashes")).to_have_text(
        "No contact with Krets. Nothing has been sent; what you wrote is still here. Try again."
    )
    playwright.expect(field).to_have_value("Ring efter sex")
    page.unroute(asked)
    with page.expect_navigation():
        field.press("Enter")


def test_whoever_is_signed_out_keeps_the_page_and_is_told(tab):
    page = tab("/-/trial/")
    field = page.locator("#out [name=words]")

    field.fill("Ring efter sex")

    playwright.expect(page.locator("#flashes")).to_contain_text("You have been signed out.")
    link = page.locator("#flashes a[target=_blank]")
    playwright.expect(link).to_have_text("Sign in in a new tab")
    playwright.expect(field).to_have_value("Ring efter sex")
    assert page.url.endswith("/-/trial/")


def test_a_form_with_an_old_token_is_sent_once_more_with_a_new_one(tab):
    page = tab("/-/trial/")
    field = page.locator("#renewing [name=words]")

    field.fill("Ring efter sex")
    field.press("Enter")

    playwright.expect(page.locator("#sent")).to_have_text("Ring efter sex")
    playwright.expect(page.locator("#flashes .flash")).to_have_count(0)


def test_a_notice_goes_when_there_is_contact_again(tab):
    page = tab("/-/trial/")

    page.context.set_offline(True)
    page.locator("#search-page").fill("ami")
    playwright.expect(page.locator("#flashes")).to_contain_text("No contact with Krets.")
    page.context.set_offline(False)
    page.locator("#search-page").fill("amin")

    playwright.expect(page.locator("#found li")).to_have_text("4 letters")
    playwright.expect(page.locator("#flashes .flash")).to_have_count(0)


def test_search_answers_while_one_types_and_leaves_the_address_alone(tab):
    page = tab("/-/trial/")

    page.locator("#search-page").press_sequentially("ami")

    playwright.expect(page.locator("#found li")).to_have_text("3 letters")
    assert page.url.endswith("/-/trial/")


def test_the_slash_key_leads_to_the_search(tab):
    page = tab("/style/today/", viewport={"width": 1280, "height": 800})

    page.keyboard.press("/")

    playwright.expect(page.locator("[data-slash]")).to_be_focused()


def test_a_menu_closes_on_escape_and_gives_focus_back(tab):
    page = tab("/style/today/")

    page.locator(".later summary").first.click()
    page.keyboard.press("Escape")

    playwright.expect(page.locator(".later[open]")).to_have_count(0)
    playwright.expect(page.locator(".later summary").first).to_be_focused()


def test_a_dialog_opens_and_closes(tab):
    page = tab("/style/")

    page.locator("dialog-opener a").click()
    playwright.expect(page.locator("dialog[open]")).to_have_count(1)
    page.locator("dialog button[value=close]").click()

    playwright.expect(page.locator("dialog[open]")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", style.PAGES)
def test_every_part_fits_a_small_telephone_and_the_policy(tab, name, theme):
    page = tab(f"/style/{name}/", viewport={"width": 320, "height": 640}, color_scheme=theme)

    # Chromium may still lay the page out when it says that all has come: what counts is the end.
    page.wait_for_function("() => document.documentElement.scrollWidth === 320", timeout=5_000)
    assert page.stopped == []
