"""How a mandate ends: somebody ends it, or its holder leaves or dies."""

from django.contrib.auth.hashers import make_password
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from krets import events
from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.access.kinds import NEVER_EMPTY, Mandates
from krets.register.accounts.models import Account
from krets.register.mandates import handing_over, messages
from krets.register.mandates.commands.giving import HeldAlreadyError, MayNotGiveError
from krets.register.mandates.models import Mandate
from krets.register.mandates.queries import (
    accounts_back,
    accounts_of_those_gone,
    holders,
    of_those_gone,
    refusal_to_end,
)


class LastHolderError(CannotError):
    """Somebody must hold it: name another first."""


class CannotTakeOverError(CannotError):
    """The chosen one may not have all of what the holder leaves."""


@command
def end(mandate, *, to=None, by, at):
    """End a mandate now. Its holder's access is gone at the next request.

    What they had by it goes `to` a person; without one it is shared out among those who may. The
    holder is told by mail.
    """
    if refusal := refusal_to_end(mandate, by):
        raise (HeldAlreadyError if mandate.ended_at else MayNotGiveError)(refusal)
    others = holders(mandate.unit, {mandate.kind}, localdate(at)) - {mandate.person_id}
    if mandate.kind in NEVER_EMPTY and not others and mandate.agreed_at:
        raise LastHolderError(_("Nobody else holds this mandate. Give it to somebody first."))
    if to is not None:
        _hand_over(mandate, to, by, at)
    ended = Mandate.objects.filter(pk=mandate.pk, ended_at=None)
    if not ended.update(ended_at=at, ended_by=by.account):
        raise HeldAlreadyError(_("The mandate has already ended."))
    trail.record("mandate.ended", mandate, by=by, at=at, kind=mandate.kind)
    if _knows_of(mandate) and mandate.person_id not in by.person_ids:
        messages.tell_ended(mandate, at=at)
    events.publish(events.MandatesChanged(mandate.unit_id), at=at)


def _knows_of(mandate):
    """Return whether the holder was told that the mandate is theirs."""
    return mandate.agreed_at is not None and mandate.person.account_id is not None


def _hand_over(mandate, to, by, at):
    ending = handing_over.ending_of(mandate, by.unit, at=at)
    if to not in ending.people:
        raise CannotTakeOverError(
            _("%(name)s holds no mandate for this now. Choose somebody else.") % {"name": to.called}
        )
    handing_over.hand_over(mandate, by.unit, to=to, ending=ending, by=by, at=at)


@command
def end_of_those_gone(unit, *, by, at):
    """End the mandates of those who have died or left, and close their way in; return how many.

    Whoever has left keeps what only they could hand over: where no other chair remains, the last
    chair and the last membership officer hold theirs until somebody else does.
    """
    gone = list(of_those_gone(unit))
    ended = [mandate for mandate in gone if not _must_stay(mandate, gone, unit, localdate(at))]
    for mandate in ended:
        Mandate.objects.filter(pk=mandate.pk, ended_at=None).update(ended_at=at)
        how = "died" if mandate.person.deceased_on else "left"
        trail.record("mandate.ended", mandate, by=by, at=at, kind=mandate.kind, how=how)
    closed = _close_accounts(unit, by, at)
    opened = _open_accounts(unit, by, at)
    if ended:
        events.publish(events.MandatesChanged(unit.pk), at=at)
    if not (ended or closed or opened):
        trail.nothing("nobody who is gone held anything, and nobody is back")
    return len(ended)


def _must_stay(mandate, gone, unit, today):
    if mandate.person.deceased_on or mandate.kind not in NEVER_EMPTY:
        return False
    out = {each.person_id for each in gone}
    chairs = holders(unit, {Mandates.CHAIR}, today) - out
    others = holders(unit, {mandate.kind}, today) - out
    return not chairs and not others


def _close_accounts(unit, by, at):
    """Close the sign-in of those who are gone; what stands open of it ends at once, for good."""
    accounts = list(accounts_of_those_gone(unit))
    for account in accounts:
        # A new password that is none: sessions are bound to it, and none of them opens again.
        Account.objects.filter(pk=account.pk).update(is_active=False, password=make_password(None))
        trail.record("account.closed", account, by=by, at=at, unit=unit)
    return accounts


def _open_accounts(unit, by, at):
    """Open the sign-in of those who are members after all, or once more."""
    accounts = list(accounts_back(unit))
    for account in accounts:
        Account.objects.filter(pk=account.pk).update(is_active=True)
        trail.record("account.opened", account, by=by, at=at, unit=unit)
    return accounts
