"""What is written to an address one signs in with."""

from django.template.loader import render_to_string
from django.utils import translation

from krets.kit.messaging import outbox
from krets.register.accounts.proof import LASTS

FOLDER = "register/accounts/messages"


def send_proof(email, code, *, at, post):
    """Send the code that shows that messages reach the address, in the reader's language."""
    subject, body = _written("address_code", {"code": code})
    post(email, subject=subject, body=body, at=at, useful_until=at + LASTS)


def tell_old_address(account, email, *, at):
    """Tell the address that was used until now that it is used no more."""
    with translation.override(account.language):
        subject, body = _written("address_changed", {})
    outbox.post(email, subject=subject, body=body, at=at)


def _written(name, context):
    subject = render_to_string(f"{FOLDER}/{name}/subject.txt", context)
    body = render_to_string(f"{FOLDER}/{name}/body.txt", context)
    return " ".join(subject.split()), body.strip() + "\n"
