"""What can happen to a sign-in."""

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.kit.messaging import outbox
from krets.register.accounts import messages
from krets.register.accounts.models import Account
from krets.register.accounts.queries import units_of


class ChangedMeanwhileError(CannotError):
    """The address was changed somewhere else, or somebody else took the new one."""


@command
def choose_language(account, *, language, by, at):
    """Set the language of the account's pages and messages."""
    Account.objects.filter(pk=account.pk).update(language=language)
    trail.nothing("the language of one's own pages is nobody's concern")


@command
def sign_in(account, *, how, by, at):
    """Record that the account signed in, in every unit where it holds a mandate today.

    A code that came by mail has shown that messages reach the address.
    """
    if how == "code" and not outbox.is_kept():
        Account.objects.filter(pk=account.pk, confirmed_at=None).update(confirmed_at=at)
    units = units_of(account, localdate(at))
    for unit in units:
        trail.record("account.signed_in", account, by=by, at=at, unit=unit, how=how)
    _nothing_without(units)


@command
def confirm_address(account, *, by, at):
    """Note that a code sent to the address came back: messages reach it."""
    Account.objects.filter(pk=account.pk).update(confirmed_at=_when_sent(at))
    units = units_of(account, localdate(at))
    for unit in units:
        trail.record("account.address_confirmed", account, by=by, at=at, unit=unit)
    _nothing_without(units)


@command
def change_address(account, *, email, by, at):
    """Let the account sign in with another address, shown to be its own by a code, from now on.

    The address until now is told. Neither stands in the trail. Refuses an address that somebody
    else has meanwhile.
    """
    before = account.email
    rows = Account.objects.filter(pk=account.pk, email=before)
    try:
        with transaction.atomic():
            changed = rows.update(email=email, confirmed_at=_when_sent(at))
    except IntegrityError:
        changed = 0
    if not changed:
        raise ChangedMeanwhileError(_("That did not work. Write the address again."))
    messages.tell_old_address(account, before, at=at)
    units = units_of(account, localdate(at))
    for unit in units:
        trail.record("account.address_changed", account, by=by, at=at, unit=unit)
    _nothing_without(units)


def _when_sent(at):
    """Return when a code that was read shows that mail arrives: not while none is sent."""
    return None if outbox.is_kept() else at


def _nothing_without(units):
    if not units:
        trail.nothing("no unit has trusted this account with anything")
