"""Someone who uses no mouse signs in, finds a person, changes a number, looks a file through."""

import re

from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.member_file import next_file, send_file

PERSON = re.compile(r"/register/members/\d+/")
SEARCHED = "Yusuf"
NEW_NUMBER, AS_SHOWN = "0701740699", "070-174 06 99"
MOST_STEPS = 60


def test_a_number_is_changed_with_the_keyboard_alone(demo, opened):
    siv = opened(demo)

    _sign_in_by_code(siv, demo)
    _find(siv, SEARCHED)
    _change_the_number(siv)
    _see_it_in_the_history(siv)


def test_the_arrows_go_through_what_was_found_and_back(shown, opened):
    siv = opened(shown)
    siv.page.goto(shown.links["membership_officer"][0])
    siv.page.wait_for_url(re.compile(r"/[a-z]+/$"))
    # Whoever looked at this demo before may have chosen another language.
    siv.speak(siv.language)
    siv.page.goto("/bjorkvik/")
    field, found = siv.page.locator("[data-slash]"), siv.page.locator("#side-found a.line__name")

    siv.page.keyboard.press("/")
    siv.page.keyboard.type("an")
    expect(found.nth(1)).to_be_visible()
    siv.page.keyboard.press("ArrowDown")
    siv.page.keyboard.press("ArrowDown")
    expect(found.nth(1)).to_be_focused()
    siv.page.keyboard.press("ArrowUp")
    siv.page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    siv.page.keyboard.press("ArrowDown")
    siv.page.keyboard.press("Escape")

    expect(found).to_have_count(0)
    expect(field).to_be_focused()
    expect(field).to_have_value("")


def test_an_answer_about_the_file_keeps_the_place_of_whoever_gives_it(demo, opened):
    siv = opened(demo)
    siv.sign_in()
    send_file(siv, next_file(timezone.localdate()), "#finish")
    for part, chosen in (("near", "not_same"), ("missing", "died")):
        siv.page.locator(f"details#{part}").evaluate("it => { it.open = true }")
        asked = siv.page.locator(f"[id^={part}-]:has(form)").first
        place = siv.page.locator(f"#{asked.get_attribute('id')}")

        place.locator(f"button[name={chosen}], button[value={chosen}]").press("Enter")

        expect(place.locator(".chip")).to_be_focused()
    siv.page.keyboard.press("Tab")
    expect(place.locator("input[type=date]")).to_be_focused()


def _sign_in_by_code(siv, demo):
    siv.page.goto("/")
    _walk_to(siv, siv.page.get_by_label(siv.words("Your e-mail address")))
    siv.page.keyboard.type("siv.oberg@example.org")
    siv.page.keyboard.press("Enter")
    siv.page.wait_for_url("**/-/sign-in/code/")
    siv.look()
    code = re.search(r"\b\d{6}\b|\b\d{3} \d{3}\b", demo.run("outbox", "--count", "1"))
    _walk_to(siv, siv.page.locator("input[name=code]"))
    siv.page.keyboard.type(code[0].replace(" ", ""))
    siv.page.keyboard.press("Enter")
    siv.page.wait_for_url("**/bjorkvik/")
    siv.look()


def _find(siv, words):
    """The slash key leads to the search from anywhere; the first one found is a few steps on."""
    siv.page.keyboard.press("/")
    siv.page.keyboard.type(words)
    siv.page.keyboard.press("Enter")
    found = siv.page.locator("main .results a").first
    expect(found).to_contain_text(words)
    siv.look()
    _walk_to(siv, found)
    siv.page.keyboard.press("Enter")
    siv.page.wait_for_url(PERSON)
    siv.look()


def _change_the_number(siv):
    _walk_to(siv, siv.page.locator("a[href$='/details/reach/']"))
    siv.page.keyboard.press("Enter")
    number = siv.page.locator("input[name=phone]")
    expect(number).to_be_visible()
    siv.look()
    _walk_to(siv, number)
    siv.page.keyboard.press("Control+a")
    siv.page.keyboard.type(NEW_NUMBER)
    siv.page.keyboard.press("Enter")
    siv.page.wait_for_url(PERSON)
    siv.sees_text(AS_SHOWN)
    siv.look()


def _see_it_in_the_history(siv):
    everything = siv.page.locator("a[href$='/history/']")
    if everything.count():
        _walk_to(siv, everything)
        siv.page.keyboard.press("Enter")
        siv.page.wait_for_url("**/history/")
    expect(siv.page.locator("ol.timeline")).to_contain_text(AS_SHOWN[-5:])
    siv.look()


def _walk_to(tab, target):
    """Go there by the Tab key; on the way the focus must be seen at every step."""
    for _step in range(MOST_STEPS):
        if target.evaluate("part => part === document.activeElement"):
            return
        tab.page.keyboard.press("Tab")
        if not tab.page.evaluate(FOCUS_IS_SEEN):
            tab.faults.append(f"focus is not seen on {tab.page.evaluate(FOCUSED)}")
    raise AssertionError(f"The Tab key does not lead there in {MOST_STEPS} steps.")


FOCUSED = "() => document.activeElement.outerHTML.slice(0, 120)"
FOCUS_IS_SEEN = """() => {
  const part = document.activeElement;
  if (part === document.body) return true;
  const drawn = (each) => {
    const style = getComputedStyle(each);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) ||
      style.boxShadow !== 'none';
  };
  const box = part.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const around = [part, part.parentElement, part.closest('label, .search, .field')];
  return inside && around.filter(Boolean).some(drawn);
}"""
