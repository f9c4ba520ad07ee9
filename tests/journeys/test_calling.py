"""A caller rings three people with one thumb, on a network that comes and goes."""

import re

from playwright.sync_api import expect

CARD = re.compile(r"/welcome/calls/\d+/")
LIST = re.compile(r"/welcome/calls/$")
NOTE = "Vill gärna vara med och ordna sommarfesten. Ring efter jobbet."

# What is asked begins where the name that stays in view ends, so that nothing is cut between them.
BELOW_THE_NAME = """() => {
  const name = document.querySelector(".call-brief").getBoundingClientRect();
  const below = document.querySelector("#question").getBoundingClientRect().top - name.bottom;
  // On a wide screen the name stands beside.
  return name.height === 0 || (below >= 0 && below <= 32);
}"""


def test_a_caller_rings_three_people(demo, opened, device):
    hassan = opened(demo, **device)
    hassan.sign_in("caller", 2)
    siv = opened(demo)
    siv.sign_in("membership_officer")
    arne = opened(demo)
    _share_the_calls(siv, "Hassan")

    first = _ring_the_first(hassan)
    whole_name = hassan.page.get_by_role("heading", level=1).inner_text()
    _talked_in_six_taps(hassan, first)
    second = _ring_the_next(hassan, first)
    _no_answer_in_one_tap(hassan, second)
    third = _ring_the_next(hassan, second)
    _wrong_number_in_one_tap(hassan, third)

    hassan.go("/")
    expect(hassan.page.get_by_role("button", name=first)).to_have_count(0)
    _the_story_is_told(siv, whole_name)
    _the_trail_has_it(arne)


def _share_the_calls(siv, to):
    """The membership officer gives all that waits to one caller."""
    siv.go("/bjorkvik/welcome/calls/share/")
    for call in siv.page.get_by_role("checkbox").all():
        call.check()
    people = siv.page.get_by_label(siv.words("Move the selected calls to"))
    people.select_option(label=next(_named(people, to)))
    siv.tap("Move", context="calls")
    expect(siv.page.locator("#flashes .flash")).to_have_count(1)
    siv.look()


def _named(select, name):
    return (words for words in select.locator("option").all_inner_texts() if words.startswith(name))


def _ring_the_first(hassan):
    """From Today to the list to the call, with a number that rings when it is tapped."""
    places = hassan.page.get_by_role("navigation").filter(visible=True)
    places.get_by_role("link", name=hassan.words("Calls", context="place")).first.click()
    hassan.page.wait_for_url(LIST)
    hassan.look()
    return _take_in_hand(hassan)


def _take_in_hand(hassan):
    name = hassan.page.locator("main .line__name").first.inner_text().split()[0]
    hassan.tap("Call %(name)s", name=name)
    hassan.page.wait_for_url(CARD)
    hassan.look()
    _number_rings(hassan)
    return name


def _number_rings(hassan):
    """A tap on the number rings, but for the hours when nobody wants to be rung."""
    if hassan.page.locator(".flash[data-state=watch]").count():
        return
    ring = hassan.page.locator("a[href^='tel:']").filter(visible=True).first
    assert re.fullmatch(r"tel:\+46\d{7,10}", ring.get_attribute("href"))


def _ring_the_next(hassan, before):
    """After a report the next person is offered at once."""
    hassan.page.wait_for_url(LIST)
    hassan.look()
    name = _take_in_hand(hassan)
    assert name != before
    return name


def _talked_in_six_taps(hassan, name):
    hassan.taps = 0
    hassan.tap("We talked")
    hassan.sees("How did %(name)s sound?", name=name)
    hassan.look()
    hassan.page.locator("button[name=mood]").first.click()
    hassan.taps += 1
    hassan.sees("What did %(name)s tell you?", name=name)
    hassan.look()
    _write_while_the_network_goes(hassan)
    hassan.page.locator("label.tag").first.click()
    hassan.taps += 1
    hassan.tap("Next", context="button")
    hassan.sees("What happens next?")
    hassan.page.wait_for_function(BELOW_THE_NAME)
    hassan.look()
    hassan.tap("Nothing for now")
    hassan.sees("Saved. Thank you for talking with %(name)s.", name=name)
    assert hassan.taps <= 6


def _write_while_the_network_goes(hassan):
    """What is written stays in the phone while the network is gone, and reaches home after."""
    note = hassan.page.get_by_label(hassan.words("What is good to remember?"))
    note.fill(NOTE[:20])
    hassan.context.set_offline(True)
    note.press_sequentially(NOTE[20:])
    hassan.sees("Saved on the phone. Sent when you are back online.")
    hassan.context.set_offline(False)
    expect(hassan.page.locator(".kept")).to_have_text(hassan.words("Saved"))
    hassan.page.reload()
    expect(note).to_have_value(NOTE)


def _no_answer_in_one_tap(hassan, name):
    hassan.taps = 0
    hassan.tap("No answer")
    hassan.sees("Saved. %(name)s is back on the list tomorrow.", name=name)
    assert hassan.taps == 1


def _wrong_number_in_one_tap(hassan, name):
    hassan.taps = 0
    hassan.tap("Wrong number")
    hassan.sees(
        "The number of %(name)s is marked as wrong and will not be called again.", name=name
    )
    assert hassan.taps == 1


def _the_story_is_told(siv, whole_name):
    """The person page tells what was said, and to whom it was shown."""
    siv.go("/bjorkvik/search/")
    words = siv.page.locator("main input[name=words]")
    words.fill(whole_name)
    words.press("Enter")
    siv.page.locator("main .results a").first.click()
    siv.sees_text(NOTE)
    siv.look()
    siv.page.locator("a[href$='/looks/']").click()
    siv.sees_text("Hassan Haddad")
    siv.look()


def _the_trail_has_it(arne):
    """The auditor reads who did what today, how often, and never what was said."""
    arne.sign_in("auditor")
    arne.go("/bjorkvik/office/trail/")
    today = arne.page.locator("#days section").first
    caller = today.locator("ul.lines > li").filter(has_text="Hassan Haddad")
    talked = arne.words("Reported how a call went")
    often = arne.words("%(what)s, %(times)s times", what=talked, times=3)
    expect(caller.get_by_text(often)).to_have_count(1)
    expect(arne.page.get_by_text(NOTE)).to_have_count(0)
