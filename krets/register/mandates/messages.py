"""What is written to those who are trusted with something."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from krets.kit.messaging import outbox

GIVEN = "register/mandates/messages/given"
ENDED = "register/mandates/messages/ended"


def tell_holder(mandate, *, at):
    """Write to a new holder what the mandate is, how long it lasts, and how one signs in."""
    _write(mandate, GIVEN, "account_login", at)


def tell_ended(mandate, *, at):
    """Write to whoever held a mandate that it has ended, and what that means."""
    _write(mandate, ENDED, "my_page", at)


def _write(mandate, about, leads_to, at):
    account = mandate.person.account
    with translation.override(account.language):
        context = {
            "mandate": mandate,
            "address": account.email,
            "link": settings.BASE_URL + reverse(leads_to),
        }
        subject = render_to_string(f"{about}/subject.txt", context)
        body = render_to_string(f"{about}/body.txt", context)
    outbox.post(account.email, subject=subject.strip(), body=body.strip() + "\n", at=at)
