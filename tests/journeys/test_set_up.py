"""The first quarter of an hour: from an empty folder to the first person to ring."""

import re

from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys import looking
from tests.journeys.member_file import GOOD, LEFT_OUT, NEWCOMER, NUMBER, member_file

EMPTY = ["register/members/", "welcome/", "welcome/leavers/", "welcome/calls/share/"]
SMALL = {"width": 360, "height": 740}
IMPORT = re.compile(r"/register/imports/\d+/$")


def test_from_an_empty_folder_to_the_first_person_to_ring(empty, opened, device):
    language = "sv" if device["phone"] else "en"
    siv = opened(empty, language=language, **device)

    siv.go(empty.said[-1])
    siv.set_up()
    siv.look()
    if device["phone"]:
        _see_each_button_of_the_empty_pages(siv)
    _bring_in(siv, member_file(timezone.localdate()))
    _see_what_will_change(siv)
    _save(siv)
    _find_the_newcomer_on_today(siv)
    _ring(siv)


def _see_each_button_of_the_empty_pages(siv):
    """Where nothing is yet, what begins it is seen at once on a small telephone."""
    size, start = siv.page.viewport_size, siv.page.url
    siv.page.set_viewport_size(SMALL)
    for address in EMPTY:
        siv.page.goto(f"/bjorkvik/{address}")
        assert looking.behind_the_bar(siv.page) == [], address
    siv.page.goto("/bjorkvik/register/imports/new/")
    file = {"name": "medlemmar.csv", "mimeType": "text/csv", "buffer": b"Namn"}
    siv.page.set_input_files("input[type=file]", file)
    assert looking.behind_the_bar(siv.page) == []
    siv.page.set_viewport_size(size)
    siv.page.goto(start)


def _bring_in(siv, file):
    """Today has one thing to say: bring in the member file."""
    siv.page.locator(".card__act a.button--main").first.click()
    siv.page.wait_for_url("**/register/imports/new/**")
    siv.look()
    siv.page.set_input_files(
        "input[type=file]", {"name": "medlemmar.csv", "mimeType": "text/csv", "buffer": file}
    )
    siv.page.locator("main form button.button--main").first.click()
    siv.page.wait_for_url(IMPORT)


def _see_what_will_change(siv):
    """Every row is counted, and each fault is told with its row and what to do."""
    expect(siv.page.locator("#save")).to_be_attached()
    siv.look()
    expect(siv.page.locator("h1")).to_contain_text(str(GOOD))
    left_out = siv.page.locator("#rejected")
    expect(left_out.locator("summary")).to_contain_text(str(LEFT_OUT))
    expect(left_out).to_contain_text("2091")
    questions = siv.page.get_by_role("region").filter(has=siv.page.locator("#questions"))
    expect(questions.locator("details[open]")).to_have_count(1)
    expect(questions.locator("details[open]")).to_contain_text("2091")
    expect(questions).to_contain_text("eva.palm(at)example")


def _save(siv):
    siv.page.locator(".finish button.button--main").click()
    siv.page.get_by_role("link", name=siv.words("Go to Today")).click()
    siv.page.wait_for_url("**/bjorkvik/")
    siv.look()


def _find_the_newcomer_on_today(siv):
    """The routines look at the new members within seconds of the file."""
    siv.ask_until(f"article.card:has-text({NEWCOMER!r})")
    siv.look()


def _ring(siv):
    """The card leads to her number, with the guide beside it."""
    siv.tap("Call %(name)s", name=NEWCOMER)
    siv.page.wait_for_url(re.compile(r"/welcome/calls/\d+/"))
    siv.look()
    expect(siv.page.locator("main")).to_contain_text(NUMBER.replace("-", "-"))
    siv.page.locator("details.more summary").first.click()
    expect(siv.page.locator("ol.guide")).to_be_visible()
    siv.look()
