"""Trusting somebody with a mandate, and agreeing to it."""

from datetime import timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from krets import events
from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.access.kinds import BOARD
from krets.register.access.table import BY_TWO
from krets.register.accounts.models import Account
from krets.register.mandates import messages
from krets.register.mandates.models import Mandate
from krets.register.mandates.queries import LONGEST_TERM, holders, signs_in_as, term_end
from krets.register.members.keys import keys_of
from krets.register.members.models import Person


class MayNotGiveError(CannotError):
    """The viewer's own mandates do not give this one."""


class ToOneselfError(CannotError):
    """Nobody gives a mandate to themself."""


class TakenAddressError(CannotError):
    """Somebody else here signs in with the address."""


class TermError(CannotError):
    """The mandate cannot end that day."""


class NotAliveError(CannotError):
    """The person has died."""


class HeldAlreadyError(CannotError):
    """The person has the mandate already."""


class AnotherMustAgreeError(CannotError):
    """The one who gave it cannot also be the second."""


@command
def give(unit, person, *, kind, email="", ends_on=None, by, at):
    """Give a person a mandate; return it. The e-mail address is for one who has no sign-in yet.

    A kind that opens the register needs one more of the board: until they agree it opens nothing.
    Where the board has nobody else, it begins after a full day and night instead (decision 19).
    Without a day it ends when the board's own mandates do. The holder is told by mail.
    """
    today = localdate(at)
    if kind not in by.gives():
        raise MayNotGiveError(_("Your own mandate does not let you give this one. Ask the chair."))
    if person.deceased_on:
        raise NotAliveError(_("This person is recorded as deceased. Choose somebody else."))
    _refuse_oneself(person, email, by)
    _end_what_ran_out(unit, person, kind, today, at)
    _open_account(person, email, by, at)
    alone = not (holders(unit, BOARD, today) - by.person_ids)
    by_two = kind in BY_TWO
    starts_on = localdate(at + timedelta(days=2)) if by_two and alone else today
    mandate, is_new = Mandate.objects.get_or_create(
        unit=unit,
        person=person,
        kind=kind,
        ended_at=None,
        defaults={
            "starts_on": starts_on,
            "ends_on": _ends_on(unit, ends_on, starts_on, today),
            "given_at": at,
            "given_by": by.account,
            "agreed_at": None if by_two and not alone else at,
        },
    )
    if not is_new:
        raise HeldAlreadyError(_("The person has that mandate already."))
    trail.record("mandate.given", mandate, by=by, at=at, kind=kind, starts_on=starts_on)
    if mandate.agreed_at:
        messages.tell_holder(mandate, at=at)
    events.publish(events.MandatesChanged(unit.pk), at=at)
    return mandate


@command
def give_new(unit, *, first_name, last_name, email, kind, ends_on=None, by, at):
    """Give a mandate to somebody who is not in the register, and write them down; return it."""
    person = know_person(
        unit, first_name=first_name, last_name=last_name, email=email, by=by, at=at
    )
    return give(unit, person, kind=kind, email=email, ends_on=ends_on, by=by, at=at)


@command
def agree(mandate, *, by, at):
    """Be the second who agrees to a mandate that opens the register; its holder is told by mail."""
    person = mandate.person
    if mandate.given_by_id == by.account.pk or _is_oneself(person, by):
        raise AnotherMustAgreeError(_("Somebody else on the board has to agree to this."))
    agreed = Mandate.objects.filter(pk=mandate.pk, agreed_at=None, ended_at=None)
    if not agreed.update(agreed_at=at, agreed_by=by.account):
        raise HeldAlreadyError(_("Somebody has already answered this."))
    trail.record("mandate.agreed", mandate, by=by, at=at, kind=mandate.kind)
    messages.tell_holder(mandate, at=at)
    events.publish(events.MandatesChanged(mandate.unit_id), at=at)


@command
def know_person(unit, *, first_name, last_name, email, by, at):
    """Write down somebody who is to have a mandate and is not in the register; return them."""
    person = Person(
        unit=unit,
        first_name=first_name.strip(),
        last_name=last_name.strip(),
        email=email.strip().lower(),
        created_at=at,
    )
    person.sort_key, person.search = keys_of(person)
    person.save()
    trail.record("person.added", person, by=by, at=at, why="mandate")
    return person


def _refuse_oneself(person, email, by):
    """Refuse the giver, under whatever name: by person, by sign-in, by any address of theirs."""
    own = [by.account.email]
    own += Person.objects.filter(account=by.account).values_list("email", flat=True)
    is_own = person.account_id is None and _mailbox(email) in map(_mailbox, own)
    if _is_oneself(person, by) or is_own:
        raise ToOneselfError(
            _("You cannot give a mandate to yourself. Ask somebody else on the board.")
        )


def _is_oneself(person, by):
    return person.pk in by.person_ids or person.account_id == by.account.pk


def _mailbox(address):
    """Return where mail to the address ends up: what stands behind a plus sign is a label."""
    name, _at, host = address.strip().lower().partition("@")
    return f"{name.partition('+')[0]}@{host}"


def _end_what_ran_out(unit, person, kind, today, at):
    """End a mandate of the kind whose term is over, so that it can be given anew."""
    over = Mandate.objects.of(unit).filter(
        person=person, kind=kind, ended_at=None, ends_on__lt=today
    )
    for mandate in list(over):
        over.filter(pk=mandate.pk).update(ended_at=at)
        trail.record("mandate.ended", mandate, by=None, at=at, kind=kind, how="term")


def _open_account(person, email, by, at):
    """Let the person sign in: tie the account of the address, unless one is tied already."""
    if person.account_id is None:
        account, _made = Account.objects.get_or_create(
            email=email.strip().lower(),
            defaults={"language": by.account.language, "created_at": at},
        )
        other = signs_in_as(person.unit_id, account)
        if other is not None:
            raise TakenAddressError(
                _(
                    "%(other)s signs in with that address. Write an address that is %(name)s’s"
                    " own, or give the mandate to %(other)s."
                )
                % {"other": other.name, "name": person.called}
            )
        if not Person.objects.filter(pk=person.pk, account=None).update(account=account):
            raise HeldAlreadyError(
                _("Somebody has given this person a sign-in just now. Open the page again.")
            )
        person.account = account
        trail.record("account.opened", account, by=by, at=at, unit=person.unit_id)
    # Who left and comes back with a mandate may sign in again.
    Account.objects.filter(pk=person.account_id, is_active=False).update(is_active=True)


def _ends_on(unit, ends_on, starts_on, today):
    longest = today + LONGEST_TERM
    if ends_on is None:
        return term_end(unit, today)
    if ends_on < starts_on:
        raise TermError(_("A mandate ends after it has begun. Write a later day."))
    if ends_on > longest:
        raise TermError(_("A mandate lasts fifteen months at most. Write an earlier day."))
    return ends_on
