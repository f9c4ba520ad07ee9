"""A thumb hits what it means on Today, on the pages of to-dos, and where these lead."""

import re

import pytest

from tests.journeys import looking
from tests.journeys.browsing import Tab
from tests.journeys.pages import NEWCOMER, ROWS

THUMB = 44
LINE = 64
WIDTHS = (320, 360)
KINDS = ("membership_officer", "chair", "caller")
OF_ALL = ["", "todos/", "todos/put-off/", "todos/of/welcome_call/", "todos/of/welcome_letter/"]
OF_THE_BOARD = ["rhythm/routines/", "rhythm/routines/welcome_call/"]
OF_THE_OFFICER = ["todos/late/", "welcome/", "welcome/letters/"]
OF_THE_OFFICER += ["welcome/leavers/", "register/imports/"]

# The menus stay closed: an open one covers what lies behind it, and has a test of its own.
UNFOLD = "document.querySelectorAll('details:not(.later)').forEach(each => { each.open = true })"
HEIGHTS = """() => [...document.querySelectorAll('.card__act > :first-child')].map(
  (part) => [Math.round(part.getBoundingClientRect().height), part.innerText.trim()])"""


def addresses_for(kind, server):
    (account,) = server.rows(
        "SELECT account_id FROM register_person p JOIN register_mandate m ON p.id = m.person_id"
        " WHERE kind = ? AND ended_at IS NULL ORDER BY m.id LIMIT 1",
        [kind],
    )[0]
    (todos,) = ROWS["overview:today:todo"]
    found = OF_ALL + [f"todos/{pk}/" for (pk,) in server.rows(todos, {"account": account})]
    if kind != "caller":
        found += OF_THE_BOARD
    if kind == "membership_officer":
        ((newcomer,),) = server.rows(NEWCOMER)
        found += [*OF_THE_OFFICER, f"register/members/{newcomer}/"]
    return found


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_everything_is_large_enough_for_a_thumb(chromium, shown, kind, language):
    tab = Tab(chromium, shown, phone=True, language=language)
    tab.page.goto(shown.links[kind][0])
    tab.page.wait_for_url(re.compile(r"/[a-z]+/$"))
    tab.speak(language)
    tab.faults.clear()

    found = []
    for address in addresses_for(kind, shown):
        tab.page.goto(f"/bjorkvik/{address}")
        tab.page.evaluate(UNFOLD)
        for width in WIDTHS:
            tab.page.set_viewport_size({"width": width, "height": 740})
            told = [*looking.small(tab.page, THUMB), *looking.wide(tab.page), *two_lines(tab.page)]
            found += [f"{address or 'today'} at {width}: {fault}" for fault in told]

    assert found + tab.done() == []


def two_lines(page):
    """Return the buttons of cards whose words turned: they are to be short."""
    return [f"two lines: {words}" for height, words in page.evaluate(HEIGHTS) if height > LINE]


def test_what_is_put_off_is_chosen_with_a_thumb(chromium, shown):
    tab = Tab(chromium, shown, phone=True)
    tab.page.goto(shown.links["membership_officer"][0])
    tab.page.wait_for_url(re.compile(r"/[a-z]+/$"))
    tab.page.locator(".later > summary").first.tap()

    choices = tab.page.locator(".later[open] .later__choice")
    heights = [choice.bounding_box()["height"] for choice in choices.all()]

    assert len(heights) > 1
    assert min(heights) >= THUMB
    assert tab.done() == []


def test_what_opens_low_on_the_page_is_brought_above_the_bar(chromium, shown):
    tab = Tab(chromium, shown, phone=True)
    tab.page.goto(shown.links["membership_officer"][0])
    tab.page.wait_for_url(re.compile(r"/[a-z]+/$"))
    first = tab.page.locator(".later > summary").first
    place, bar = first.bounding_box(), tab.page.locator(".bar").bounding_box()
    # So short a screen that the menu has no room between what opens it and the bar.
    height = round(place["y"] + place["height"] + bar["height"])
    tab.page.set_viewport_size({"width": round(bar["width"]), "height": height})
    first.evaluate("each => each.click()")

    tab.page.wait_for_function(
        "document.querySelector('.later[open] .later__menu').getBoundingClientRect().bottom"
        " <= document.querySelector('.bar').getBoundingClientRect().top"
    )
    assert tab.done() == []
