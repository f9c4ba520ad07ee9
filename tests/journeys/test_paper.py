"""What is printed from the pages that people print: whole from the first sheet, nothing dead."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.pages import NEWCOMER

# An A4 sheet within its margins, in the pixels a browser counts.
SHEET = {"width": 673, "height": 986}
WHOLE = "element => getComputedStyle(element).breakInside"
INK = "element => getComputedStyle(element).printColorAdjust"


@pytest.fixture
def siv(shown, opened):
    """Siv's tab, drawn as for the printer."""
    tab = opened(shown)
    tab.page.goto(shown.links["membership_officer"][0])
    tab.page.wait_for_url(re.compile(r"/[a-z]+/$"))
    # Whoever looked at this demo before may have chosen another language.
    tab.speak(tab.language)
    tab.page.set_viewport_size(SHEET)
    tab.page.emulate_media(media="print")
    return tab


def test_the_list_of_members_is_a_table_with_its_day_and_its_number(siv):
    siv.page.goto("/bjorkvik/register/members/")

    heading = siv.page.get_by_role("columnheader", name=siv.words("City"))
    expect(heading).to_be_visible()
    expect(siv.page.locator(".pages__sum")).to_be_visible()
    expect(siv.page.locator(".pages__turn")).to_be_hidden()
    expect(siv.page.locator("main > .only-print")).to_have_text(re.compile(r"Björkvik, \d+ \w+ 20"))
    # What may not be broken and is longer than a sheet begins on the second.
    assert siv.page.locator("#rows").evaluate(WHOLE) == "auto"


def test_no_words_of_a_person_page_stand_there_for_nothing_to_press(siv, shown):
    ((newcomer,),) = shown.rows(NEWCOMER)
    siv.page.goto(f"/bjorkvik/register/members/{newcomer}/")

    ways = ("details", "contact", "words", "looks", "note", "skip", "welcome/calls")
    dead = [siv.page.locator(f"main a[href*='/{way}']:visible").count() for way in ways]
    assert dead == [0] * len(ways)
    assert siv.page.locator("main button:visible").count() == 0


def test_ticks_are_printed_also_without_backgrounds(siv):
    siv.page.goto("/bjorkvik/welcome/print/")

    assert siv.page.locator(".path__step").first.evaluate(INK) == "exact"
