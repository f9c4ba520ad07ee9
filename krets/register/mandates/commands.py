"""What can happen to a mandate."""

from datetime import timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from krets import events
from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.access.kinds import BOARD, Mandates
from krets.register.access.table import BY_TWO
from krets.register.accounts.models import Account
from krets.register.mandates.models import Mandate
from krets.register.mandates.queries import holders
from krets.register.members.keys import keys_of
from krets.register.members.models import Person

# Until the new board is recorded, at most 15 months where the annual meeting is not known.
LONGEST_TERM = timedelta(days=456)
NEVER_EMPTY = frozenset({Mandates.CHAIR, Mandates.MEMBERSHIP_OFFICER})


class MayNotGiveError(CannotError):
    """The viewer's own mandates do not give this one."""


class ToOneselfError(CannotError):
    """Nobody gives a mandate to themself."""


class HeldAlreadyError(CannotError):
    """The person has the mandate already."""


class LastHolderError(CannotError):
    """Somebody must hold it: name another first."""


class AnotherMustAgreeError(CannotError):
    """The one who gave it cannot also be the second."""


@command
def give(unit, person, *, kind, email, ends_on=None, by, at):
    """Give a person a mandate with a sign-in address; return it.

    A kind that opens the register needs one more of the board: until they agree it opens nothing.
    Where the board has nobody else, it begins after a full day and night instead (decision 19).
    """
    today = localdate(at)
    if kind not in by.gives():
        raise MayNotGiveError(_("Your own mandate does not let you give this one. Ask the chair."))
    if person.pk in by.person_ids:
        words = _("You cannot give a mandate to yourself. Ask somebody else on the board.")
        raise ToOneselfError(words)
    if Mandate.objects.of(unit).filter(person=person, kind=kind, ended_at=None).exists():
        raise HeldAlreadyError(_("The person has that mandate already."))
    _open_account(person, email, by.account.language, at)
    alone = not (holders(unit, BOARD, today) - by.person_ids)
    by_two = kind in BY_TWO
    starts_on = localdate(at + timedelta(days=2)) if by_two and alone else today
    mandate = Mandate.objects.create(
        unit=unit,
        person=person,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on or today + LONGEST_TERM,
        given_at=at,
        given_by=by.account,
        agreed_at=None if by_two and not alone else at,
    )
    trail.record("mandate.given", mandate, by=by, at=at, kind=kind, starts_on=starts_on)
    events.publish(events.MandatesChanged(unit.pk), at=at)
    return mandate


@command
def agree(mandate, *, by, at):
    """Be the second who agrees to a mandate that opens the register."""
    if mandate.given_by_id == by.account.pk or mandate.person_id in by.person_ids:
        raise AnotherMustAgreeError(_("Somebody else on the board has to agree to this."))
    agreed = Mandate.objects.filter(pk=mandate.pk, agreed_at=None, ended_at=None)
    if not agreed.update(agreed_at=at, agreed_by=by.account):
        raise HeldAlreadyError(_("Somebody has already answered this."))
    trail.record("mandate.agreed", mandate, by=by, at=at, kind=mandate.kind)
    events.publish(events.MandatesChanged(mandate.unit_id), at=at)


@command
def end(mandate, *, by, at):
    """End a mandate now. Its holder's access is gone at the next request."""
    if mandate.kind not in by.gives():
        raise MayNotGiveError(_("Your own mandate does not let you end this one. Ask the chair."))
    others = holders(mandate.unit, {mandate.kind}, localdate(at)) - {mandate.person_id}
    if mandate.kind in NEVER_EMPTY and not others and mandate.agreed_at:
        raise LastHolderError(_("Nobody else holds this mandate. Give it to somebody first."))
    ended = Mandate.objects.filter(pk=mandate.pk, ended_at=None)
    if not ended.update(ended_at=at, ended_by=by.account):
        raise HeldAlreadyError(_("The mandate has already ended."))
    trail.record("mandate.ended", mandate, by=by, at=at, kind=mandate.kind)
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


def _open_account(person, email, language, at):
    """Tie the person to the account of the address, unless one is tied already."""
    if person.account_id is None:
        person.account, _made = Account.objects.get_or_create(
            email=email.strip().lower(), defaults={"language": language, "created_at": at}
        )
        person.save(update_fields=["account"])
