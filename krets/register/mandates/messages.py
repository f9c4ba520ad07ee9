"""What is written to those who are trusted with something."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from krets.kit.messaging import outbox

GIVEN = "register/mandates/messages/given"


def tell_holder(mandate, *, at):
    """Write to a new holder what the mandate is, how long it lasts, and how one signs in."""
    account = mandate.person.account
    with translation.override(account.language):
        context = {
            "mandate": mandate,
            "address": account.email,
            "link": settings.BASE_URL + reverse("account_login"),
        }
        subject = render_to_string(f"{GIVEN}/subject.txt", context)
        body = render_to_string(f"{GIVEN}/body.txt", context)
    outbox.post(account.email, subject=subject.strip(), body=body.strip() + "\n", at=at)
