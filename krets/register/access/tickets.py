"""Making and using up personal links."""

import hashlib
import secrets
from datetime import timedelta

from django.db.models import Q

from krets.register.access.models import Ticket


def hash_of(token):
    return hashlib.sha256(token.encode()).digest()


def make(purpose, *, at, lasts, account=None, unit=None, reusable=False):
    """Store a ticket and return its token, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    Ticket.objects.create(
        purpose=purpose,
        token_hash=hash_of(token),
        account=account,
        unit=unit,
        made_at=at,
        expires_at=at + lasts,
        reusable=reusable,
    )
    return token


def valid(purpose, token, *, at):
    """Return the ticket while it can be used, else None."""
    tickets = Ticket.objects.filter(purpose=purpose, token_hash=hash_of(token))
    return tickets.filter(used_at=None, expires_at__gt=at).select_related("account", "unit").first()


def were_made(purpose):
    """Return whether any ticket of the purpose was ever made, used or not."""
    return Ticket.objects.filter(purpose=purpose).exists()


def use_up(ticket, *, at):
    """Return whether this use counts: one wins. A reusable ticket counts every time."""
    usable = Ticket.objects.filter(pk=ticket.pk, used_at=None, expires_at__gt=at)
    if ticket.reusable:
        return usable.exists()
    return usable.update(used_at=at) == 1


def throw_away(*, at, kept=timedelta(days=30)):
    """Delete tickets that went out long ago; return how many."""
    gone, _rows = Ticket.objects.filter(Q(expires_at__lt=at - kept)).delete()
    return gone
