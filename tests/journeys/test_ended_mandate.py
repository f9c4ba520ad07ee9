"""A mandate ends while its holder is in the middle of something."""

from playwright.sync_api import expect


def test_the_next_click_finds_nothing_and_shows_the_way_on(demo, opened, device):
    lena = opened(demo, **device)
    lena.sign_in("caller", 1)
    lena.go("/bjorkvik/welcome/calls/")
    alva = opened(demo)
    alva.sign_in("chair")

    _end_the_mandate_of(alva, "Lena")
    lena.expected.add(404)
    lena.page.locator("main form button, main a").first.click()

    lena.sees("There is nothing here")
    lena.look()
    lena.tap("To the start page", role="link")
    lena.page.wait_for_url("**/-/me/")
    expect(lena.page.locator("h1")).to_have_text(lena.words("My page"))
    lena.look()


def test_whoever_is_in_the_middle_of_a_report_is_told_that_the_call_is_gone(demo, opened, device):
    lena = opened(demo, **device)
    lena.sign_in("caller", 1)
    lena.go("/bjorkvik/welcome/calls/")
    lena.page.locator("main form button").first.click()
    lena.page.wait_for_url("**/welcome/calls/*/**")
    lena.tap("We talked")
    lena.page.locator("button[name=mood]").first.click()
    note = lena.page.get_by_label(lena.words("What is good to remember?"))
    expect(note).to_be_visible()
    alva = opened(demo)
    alva.sign_in("chair")

    _end_the_mandate_of(alva, "Lena")
    lena.expected.add(404)
    note.fill("Ont i knät")

    gone = lena.words(
        "You no longer have this call. What you wrote is not sent, but is still here: copy it if"
        " somebody needs it."
    )
    expect(lena.page.locator(".kept")).to_have_text(gone)
    lena.tap("Next", context="button")
    expect(lena.page.locator(".kept")).to_have_text(gone)
    expect(lena.page.locator("#flashes .flash")).to_have_count(0)
    expect(note).to_have_value("Ont i knät")
    lena.look()


def _end_the_mandate_of(alva, name):
    alva.go("/bjorkvik/register/mandates/")
    held = alva.page.locator("li, tr, .slot").filter(has_text=name).last
    held.locator("a[href$='/end/']").click()
    alva.page.wait_for_url("**/end/")
    alva.look()
    alva.page.locator(
        "main form button.button--danger, main form button.button--main"
    ).first.click()
    alva.page.wait_for_url("**/register/mandates/")
    alva.look()
