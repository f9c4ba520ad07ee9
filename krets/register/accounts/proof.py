"""A code sent to an address, until it is written here or its time is out.

It waits in the session of the one who asked, and only as a sum: the code itself is in the message.
"""

import secrets
from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

LASTS = timedelta(minutes=10)
KEPT = "address_proof"


def begin(request, email, *, at):
    """Return a new code for the address; one asked for before no longer holds."""
    code = f"{secrets.randbelow(1_000_000):06d}"
    until = (at + LASTS).isoformat()
    request.session[KEPT] = {"email": email, "sum": _sum(email, code), "until": until}
    return code


def waiting(request, *, at):
    """Return what waits for its code, or None when nothing does any more."""
    kept = request.session.get(KEPT)
    return kept if kept and at < datetime.fromisoformat(kept["until"]) else None


def holds(kept, code):
    """Tell whether this is the code that was sent."""
    digits = "".join(sign for sign in code if sign.isdecimal())
    return constant_time_compare(kept["sum"], _sum(kept["email"], digits))


def end(request):
    """Forget the code: it has been used."""
    request.session.pop(KEPT, None)


def _sum(email, code):
    return salted_hmac("krets.register.accounts.proof", f"{email} {code}").hexdigest()
