"""What a person does with a browser, in the person's own words and language.

A tab notes all that must never happen: errors in the console, broken rules of the content policy,
requests to another host, answers of 5xx and answers that nobody expected.
"""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from playwright.sync_api import expect

from tests.journeys import looking

PHONE = {"viewport": {"width": 360, "height": 780}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REFUSED, BROKEN = 400, 500
PATIENT = 100


class Tab:
    """A tab of a browser in a person's hand; `page` is Playwright's."""

    def __init__(self, browser, server, *, language="sv", phone=False, **options):
        self.server, self.language, self.phone = server, language, phone
        self.context = browser.new_context(
            base_url=server.address,
            locale={"sv": "sv-SE", "en": "en-GB"}[language],
            timezone_id="Europe/Stockholm",
            reduced_motion="reduce",
            **(PHONE if phone else DESKTOP) | options,
        )
        self.page = self.context.new_page()
        self.faults, self.taps, self.expected = [], 0, {422}
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)

    def words(self, english, *, context=None, **named):
        """Return what the person reads where the code says it in English."""
        with override(self.language):
            said = pgettext(context, english) if context else _(english)
        return said % named if named else said

    def go(self, address):
        self.page.goto(address)
        self.look()

    def sign_in(self, kind="membership_officer", which=0):
        """Come in by the demo's link of a mandate."""
        self.page.goto(self.server.links[kind][which])
        self.page.wait_for_url(re.compile(r"/[a-z]+/$"))
        self.look()

    def set_up(self):
        """Open the set-up link, answer its three questions and look the answers over."""
        self.page.goto(self.server.said[-1])
        self.write("The association's name", "Björkvik")
        self.write("The party or federation it belongs to", "Framtidspartiet")
        self.go_on()
        self.write("Your first name", "Siv")
        self.write("Your last name", "Öberg")
        self.go_on()
        self.write("Your e-mail address", "siv@example.org")
        self.go_on()
        self.sees("Read it letter by letter. With a slip in it you cannot sign in again.")
        self.tap("Yes, begin")
        self.page.wait_for_url("**/bjorkvik/")

    def go_on(self):
        """Go on to the next question, once this one has been looked over."""
        self.look()
        question = self.page.locator("h1").inner_text()
        self.page.locator(".finish .button--main").click()
        expect(self.page.locator("h1")).not_to_have_text(question)

    def speak(self, language):
        """Choose the language on My page, unless it is spoken already."""
        self.page.goto("/-/me/")
        if self.page.locator(f"html[lang={language}]").count() == 0:
            self.page.locator(f"button[name=language][value={language}]").click()
            self.page.wait_for_selector(f"html[lang={language}]")
        self.language = language
        self.look()

    def tap(self, english, *, role="button", inside=None, nth=0, context=None, **named):
        """Tap the button or link with these words, and count it."""
        words = self.words(english, context=context, **named)
        place = (inside or self.page).get_by_role(role, name=words)
        target = place.nth(nth)
        self.taps += 1
        if self.phone:
            target.tap()
        else:
            target.click()

    def write(self, english, value, *, context=None):
        label = self.words(english, context=context)
        self.page.get_by_label(label, exact=False).first.fill(value)

    def sees(self, english, *, context=None, **named):
        """Expect these words somewhere in the page."""
        self.sees_text(self.words(english, context=context, **named))

    def sees_text(self, words):
        expect(self.page.get_by_text(words).first).to_be_visible()

    def ask_until(self, sign):
        """Load the page again and again until something stands there, as people do who wait."""
        for _again in range(PATIENT):
            if self.page.locator(sign).count():
                return
            self.page.reload()
        raise AssertionError(f"{sign} never came")

    def look(self):
        """Look the page over as it stands: it fits, speaks one language, lets itself be hit."""
        where = urlsplit(self.page.url).path
        found = looking.over(self.page, self.language, target=44 if self.phone else 24)
        self.faults += [f"{where}: {fault}" for fault in found]

    def done(self):
        """Close the tab; return all that it has noted."""
        self.context.close()
        return list(dict.fromkeys(self.faults))

    def _console(self, line):
        # A refused answer is told by `_response`, with more sense for what was expected.
        if line.type == "error" and "Failed to load resource" not in line.text:
            self.faults.append(f"console: {line.text}")

    def _request(self, request):
        if request.url.startswith("http") and not request.url.startswith(self.server.address):
            self.faults.append(f"another host: {request.url}")

    def _response(self, response):
        if response.status >= BROKEN or (
            response.status >= REFUSED and response.status not in self.expected
        ):
            self.faults.append(f"{response.status}: {urlsplit(response.url).path}")
