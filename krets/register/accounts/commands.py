"""What can happen to a sign-in."""

from django.utils.timezone import localdate

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.register.accounts.models import Account
from krets.register.accounts.queries import units_of


@command
def choose_language(account, *, language, by, at):
    """Set the language of the account's pages and messages."""
    Account.objects.filter(pk=account.pk).update(language=language)
    trail.nothing("the language of one's own pages is nobody's concern")


@command
def sign_in(account, *, how, by, at):
    """Record that the account signed in, in every unit where it holds a mandate today."""
    units = units_of(account, localdate(at))
    for unit in units:
        trail.record("account.signed_in", account, by=by, at=at, unit=unit, how=how)
    if not units:
        trail.nothing("no unit has trusted this account with anything")
