"""Without JavaScript: slower under the thumb, and everything works."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.member_file import GOOD, LEFT_OUT, NEWCOMER, member_file

CARD = re.compile(r"/welcome/calls/\d+/")
IMPORT = re.compile(r"/register/imports/\d+/$")
PERSON = re.compile(r"/register/members/\d+/$")


@pytest.fixture
def siv(demo, opened):
    tab = opened(demo, phone=True, java_script_enabled=False)
    tab.page.goto(demo.links["membership_officer"][0])
    tab.tap("Sign in")
    tab.page.wait_for_url("**/bjorkvik/")
    return tab


def test_a_file_is_brought_in(empty, opened):
    siv = opened(empty, java_script_enabled=False)
    siv.set_up()
    siv.page.goto("/bjorkvik/register/imports/new/")
    file = member_file(timezone.localdate())
    siv.page.set_input_files(
        "input[type=file]", {"name": "medlemmar.csv", "mimeType": "text/csv", "buffer": file}
    )
    siv.tap("Review the file")
    siv.page.wait_for_url(IMPORT)

    siv.ask_until("#save")
    expect(siv.page.locator("h1")).to_contain_text(str(GOOD))
    expect(siv.page.locator("#rejected")).to_contain_text(str(LEFT_OUT))
    siv.page.locator(".finish button.button--main").click()
    siv.ask_until("main a.button--main")

    siv.tap("Go to Today", role="link")
    siv.ask_until(f"article.card:has-text({NEWCOMER!r})")


def test_a_call_is_reported(siv):
    siv.page.goto("/bjorkvik/register/members/?sort=joined")
    siv.page.locator("th a").first.click()
    siv.page.wait_for_url(re.compile(r"/register/members/\d+/"))
    siv.page.locator("main button, main a.button").filter(has_text=siv.words("Ring")).first.click()
    siv.page.wait_for_url(CARD)
    # The call may be a caller's, by the day on which the demo is made.
    if siv.page.locator(".call-card__ring button").count():
        siv.tap("Take over the call")
        siv.page.wait_for_url(CARD)

    siv.tap("We talked")
    siv.page.locator("button[name=mood]").first.click()
    siv.page.locator("label.tag").first.click()
    siv.tap("Next", context="button")
    siv.tap("Nothing for now")

    siv.page.wait_for_url("**/welcome/calls/")
    expect(siv.page.locator("#flashes .flash")).to_have_count(1)


def test_a_person_is_edited(siv):
    siv.page.goto("/bjorkvik/register/members/")
    siv.page.locator("th a").first.click()
    siv.page.locator("a[href$='/details/reach/']").click()
    siv.page.locator("input[name=phone]").fill("070-174 06 98")
    siv.tap("Save", context="button")

    siv.page.wait_for_url(PERSON)
    siv.sees_text("070-174 06 98")


def test_a_faulty_form_says_what_to_do(siv):
    siv.page.goto("/bjorkvik/register/members/")
    siv.page.locator("th a").first.click()
    siv.page.locator("a[href$='/details/reach/']").click()
    siv.page.locator("input[name=phone]").fill("12")
    siv.tap("Save", context="button")

    expect(siv.page.locator(".faults")).to_be_in_viewport()
    expect(siv.page).to_have_title(re.compile("^Fel: "))
    expect(siv.page.locator("[aria-invalid=true]")).to_have_value("12")


def test_a_todo_is_put_off(siv):
    waiting = siv.page.locator("article.card[id]")
    first, before = waiting.first.get_attribute("id"), waiting.count()
    siv.page.locator(f"#{first} details.later summary").click()
    siv.page.locator(f"#{first} button[name=until]").first.click()

    siv.page.wait_for_url("**/bjorkvik/**")
    expect(siv.page.locator(f"#{first}")).to_have_count(0)
    expect(waiting).to_have_count(before - 1)
