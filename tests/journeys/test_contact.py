"""What has been typed stays when the network goes, Krets is away or a session is over."""

import re

import pytest
from playwright.sync_api import expect

CARD = re.compile(r"/welcome/calls/\d+/")
REACH = "SELECT id FROM register_person WHERE first_name = 'Amina' AND last_name = 'Yusuf'"
NUMBER = "08-123 456 78"
WORDS = "Vi ses på torget!"


@pytest.fixture
def reach(demo):
    """Return the address of the form about how to reach Amina."""
    return f"/bjorkvik/register/members/{demo.rows(REACH)[0][0]}/details/reach/"


def test_a_form_sent_while_krets_is_away_stays_as_it_is(demo, opened, device, reach):
    siv = opened(demo, **device)
    siv.sign_in()
    siv.go(reach)
    siv.write("Home phone", NUMBER)

    demo.stop()
    siv.tap("Save", context="button")

    siv.sees(
        "No contact with Krets. Nothing has been sent; what you wrote is still here. Try again."
    )
    expect(siv.page.locator("#flashes .flash")).to_be_in_viewport(ratio=1)
    expect(siv.page.get_by_label(siv.words("Home phone"))).to_have_value(NUMBER)
    siv.look()


def test_a_letter_is_gone_on_with_after_signing_in_in_a_new_tab(demo, opened, device):
    siv = opened(demo, **device)
    siv.expected |= {401, 403}
    siv.sign_in()
    siv.go("/bjorkvik/welcome/letters/welcome/words/sv/")
    letter = siv.page.locator("textarea")
    siv.context.clear_cookies(name="krets")

    letter.fill(WORDS)
    siv.sees(
        "You have been signed out. What you wrote is still here. Sign in in a new tab, then go on"
        " here."
    )
    expect(siv.page.locator("#flashes .flash")).to_be_in_viewport(ratio=1)
    siv.look()
    with siv.context.expect_page() as new:
        siv.tap("Sign in in a new tab", role="link")
    new.value.wait_for_url("**/-/sign-in/")
    new.value.goto(demo.links["membership_officer"][0])
    new.value.wait_for_url(re.compile(r"/bjorkvik/$"))

    siv.page.bring_to_front()
    letter.press_sequentially(" Hej!")
    expect(siv.page.locator("#look")).to_contain_text(f"{WORDS} Hej!")
    expect(siv.page.locator("#flashes .flash")).to_have_count(0)
    siv.tap("Save the letter")
    siv.sees("The letter is saved.")


def test_an_answer_without_network_is_told_in_view_and_goes_on_by_itself(demo, opened):
    hassan = _with_a_call_in_hand(demo, opened)

    hassan.context.set_offline(True)
    hassan.tap("We talked")
    _it_waits_in_view(hassan)
    hassan.context.set_offline(False)

    expect(hassan.page.locator("[data-asking=mood]")).to_be_visible()


def test_an_answer_while_krets_is_away_goes_on_by_itself(demo, opened):
    hassan = _with_a_call_in_hand(demo, opened)

    hassan.page.route("**/welcome/calls/**", lambda route: route.abort())
    hassan.tap("We talked")
    _it_waits_in_view(hassan)
    expect(hassan.page.locator("#flashes .flash")).to_have_count(0)
    hassan.page.unroute("**/welcome/calls/**")

    expect(hassan.page.locator("[data-asking=mood]")).to_be_visible()
    hassan.faults = [fault for fault in hassan.faults if "Failed to fetch" not in fault]


def test_an_answer_that_waits_is_sent_also_when_the_page_is_loaded_again(demo, opened):
    hassan = _with_a_call_in_hand(demo, opened)

    hassan.context.set_offline(True)
    hassan.tap("We talked")
    _it_waits_in_view(hassan)
    address = hassan.page.url
    hassan.page.goto("about:blank")
    hassan.context.set_offline(False)
    hassan.page.goto(address)

    expect(hassan.page.locator("[data-asking=mood]")).to_be_visible()


def test_what_is_written_in_a_second_window_is_not_lost_with_the_first(demo, opened):
    hassan = _with_a_call_in_hand(demo, opened)
    hassan.expected |= {409}
    hassan.tap("We talked")
    hassan.page.locator("button[name=mood]").first.tap()
    expect(hassan.page.locator("[data-asking=wants]")).to_be_visible()
    first, second = hassan.page, hassan.context.new_page()
    second.goto(first.url)
    second.get_by_label(hassan.words("What is good to remember?")).fill(NUMBER)

    hassan.tap("Next", context="button")
    hassan.tap("Nothing for now")
    first.wait_for_url(re.compile(r"/welcome/calls/$"))
    second.get_by_role("button", name=hassan.words("Next", context="button")).tap()

    hassan.page = second
    hassan.sees("You have told how this call went in another window")
    hassan.sees_text(NUMBER)
    hassan.look()


def _with_a_call_in_hand(demo, opened):
    hassan = opened(demo, phone=True, viewport={"width": 360, "height": 740})
    hassan.sign_in("caller")
    hassan.go("/bjorkvik/welcome/calls/")
    hassan.page.locator("main form .button--main").first.tap()
    hassan.page.wait_for_url(CARD)
    return hassan


def _it_waits_in_view(hassan):
    words = hassan.words(
        "No contact with Krets just now. Your answer is kept here, and is sent by itself as soon"
        " as Krets answers."
    )
    expect(hassan.page.locator(".kept")).to_have_text(words)
    expect(hassan.page.locator(".kept")).to_be_in_viewport(ratio=1)
    hassan.look()
