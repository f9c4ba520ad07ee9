"""The pages of somebody who is not signed in yet, and those for when something is wrong."""

import shutil
import sqlite3

from playwright.sync_api import expect

from tests.journeys import looking, serving

LANGUAGES = ("sv", "en")
# An address that a browser lets pass, and that no message would reach.
ANSWERS = (
    {"association": "Björkvik", "organisation": "Framtidspartiet"},
    {"first_name": "Siv", "last_name": "Öberg"},
    {"email": "siv@example"},
)


def test_every_page_before_signing_in(shown, opened):
    for language in LANGUAGES:
        for name, phone in (("phone", True), ("desk", False)):
            tab = opened(shown, language=language, phone=phone)
            tab.expected |= {404, 410}
            link = shown.run("login-link", "siv.oberg@example.org", "--base-url", shown.address)
            for address in ("/", link.strip(), "/-/t/used-long-ago/sign-in/", "/-/nothing-here/"):
                visit(tab, address)
            tab.page.goto("/")
            tab.page.locator("input[name=email]").fill(f"nobody.{name}.{language}@example.org")
            send(tab, "Make me a code")
            see(tab)
            tab.page.locator("input[name=code]").fill("000000")
            send(tab, "Sign in")
            see(tab)


def test_the_page_that_sets_up(empty, opened):
    for language in LANGUAGES:
        tab = opened(empty, language=language, phone=True)
        visit(tab, empty.said[-1])
        for page, answers in enumerate(ANSWERS, 1):
            for name, answer in answers.items():
                tab.page.locator(f"[name={name}]").fill(answer)
            if page < len(ANSWERS):
                tab.go_on()
        tab.page.locator(".finish .button--main").click()
        expect(tab.page.locator("[aria-invalid=true]")).to_have_count(1)
        see(tab)
        visit(tab, "/")


def test_what_is_said_when_the_fault_is_ours(lived_in, opened, tmp_path):
    shutil.copytree(lived_in, tmp_path / "data")
    server = serving.demo(tmp_path / "data")
    try:
        for language in LANGUAGES:
            tab = opened(server, language=language, phone=True)
            tab.page.goto(server.links["membership_officer"][0])
            tab.page.wait_for_url("**/bjorkvik/")
            tab.speak(language)
            with sqlite3.connect(tmp_path / "data" / "krets.sqlite3", timeout=20) as database:
                database.execute("ALTER TABLE rhythm_todo RENAME TO taken_away")
            tab.page.goto("/bjorkvik/")
            tab.sees("Something went wrong on our side")
            assert tab.faults.pop().startswith("500")
            see(tab)
            with sqlite3.connect(tmp_path / "data" / "krets.sqlite3", timeout=20) as database:
                database.execute("ALTER TABLE taken_away RENAME TO rhythm_todo")
        assert "OperationalError" in server.told()
    finally:
        server.stop()


def test_a_form_that_was_open_too_long_keeps_what_was_typed(shown, opened):
    for language in LANGUAGES:
        tab = opened(shown, language=language, phone=True, java_script_enabled=False)
        tab.expected.add(403)
        tab.page.goto("/-/sign-in/")
        tab.page.locator("input[name=email]").fill("somebody@example.org")
        tab.context.clear_cookies()
        send(tab, "Make me a code")
        tab.look()
        expect(tab.page.locator("[value='somebody@example.org']")).to_have_count(1)


def visit(tab, address):
    tab.page.goto(address)
    see(tab)


def see(tab):
    tab.look()
    tab.faults += looking.violations(tab.page)


def send(tab, words):
    with tab.page.expect_navigation():
        tab.tap(words)
