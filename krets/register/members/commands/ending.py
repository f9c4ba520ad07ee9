"""When a membership ends, and when a person has died; and how either is taken back."""

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from krets import events
from krets.events import PeopleChanged
from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.kit.tables.values import cut_identity_numbers
from krets.register.members.commands.adding import NotYetError
from krets.register.members.models import Correction, Membership, Person

_NOT_A_MEMBER = gettext_noop("This is not a member now, so there is no membership to end.")
LONGEST_WORDS = Membership._meta.get_field("left_words").max_length


class NotMemberError(CannotError):
    """There is no membership to end."""


class AlreadyMemberError(CannotError):
    """There is nothing to take back: the person is a member."""


class BeforeItBeganError(CannotError):
    """The day lies before the membership began."""


class NotDeceasedError(CannotError):
    """The person is not noted as dead."""


@command
def end_membership(person, *, on, by, at, reason="", words=""):
    """End a person's membership on a day; return it. The reason may be left out."""
    membership = _current(person)
    _check_day(membership, on, at)
    ended = Membership.objects.filter(pk=membership.pk, left_on=None).update(
        left_on=on,
        left_learned_at=at,
        left_reason=reason,
        left_words=cut_identity_numbers(words.replace("\x00", "")).strip()[:LONGEST_WORDS],
    )
    if not ended:
        raise NotMemberError(_(_NOT_A_MEMBER))
    _bump(person)
    trail.record("membership.ended", person, by=by, at=at, on=on, reason=reason)
    events.publish(PeopleChanged(person.unit_id, (person.pk,), by_id=by and by.account.pk), at=at)
    return membership


@command
def resume_membership(person, *, by, at):
    """Take back the end of a person's latest membership."""
    latest = _latest(person)
    if latest is None or latest.left_on is None:
        raise AlreadyMemberError(_("The membership has not ended, so there is nothing to undo."))
    _reopen(latest)
    _bump(person)
    trail.record("membership.resumed", person, by=by, at=at)
    events.publish(PeopleChanged(person.unit_id, (person.pk,), by_id=by and by.account.pk), at=at)


@command
def record_deceased(person, *, on, by, at):
    """Note that a person has died: ends the membership, and the register is told of it.

    Where it was noted without its day, the day is noted now.
    Nothing more is sent and nobody is asked to ring, since every routine hears of it.
    """
    if on > timezone.localdate(at):
        raise NotYetError(_("That day has not come yet. Write the day the person died."))
    unknown = Q(deceased_on=None) | Q(deceased_day_known=False)
    if not Person.objects.filter(unknown, pk=person.pk).update(
        deceased_on=on, deceased_day_known=True, revision=F("revision") + 1
    ):
        trail.nothing("it was noted already")
        return
    mine = Membership.objects.filter(unit_id=person.unit_id, person=person)
    mine.filter(left_reason=Membership.Reason.DECEASED).update(left_on=on)
    mine.filter(left_on=None).update(
        left_on=on, left_learned_at=at, left_reason=Membership.Reason.DECEASED
    )
    if person.register_number:
        Correction.objects.create(
            unit_id=person.unit_id,
            person=person,
            field="deceased_on",
            new=on.isoformat(),
            at=at,
            by=by.account if by else None,
        )
    trail.record("person.deceased", person, by=by, at=at, on=on)
    events.publish(PeopleChanged(person.unit_id, (person.pk,), by_id=by and by.account.pk), at=at)


@command
def undo_deceased(person, *, by, at):
    """Take back that a person has died: the membership goes on as before."""
    if not Person.objects.filter(pk=person.pk, deceased_on__isnull=False).update(
        deceased_on=None, deceased_day_known=True, revision=F("revision") + 1
    ):
        raise NotDeceasedError(_("Nobody has recorded a death here, so there is nothing to undo."))
    latest = _latest(person)
    if latest is not None and latest.left_reason == Membership.Reason.DECEASED:
        _reopen(latest)
    Correction.objects.filter(
        unit_id=person.unit_id, person=person, field="deceased_on", carried_at=None
    ).delete()
    trail.record("person.not_deceased", person, by=by, at=at)
    events.publish(PeopleChanged(person.unit_id, (person.pk,), by_id=by and by.account.pk), at=at)


def _current(person):
    membership = Membership.objects.filter(
        unit_id=person.unit_id, person=person, left_on=None
    ).first()
    if membership is None:
        raise NotMemberError(_(_NOT_A_MEMBER))
    return membership


def _latest(person):
    mine = Membership.objects.filter(unit_id=person.unit_id, person=person)
    return mine.latest_first().first()


def _reopen(membership):
    Membership.objects.filter(pk=membership.pk).update(
        left_on=None, left_learned_at=None, left_reason="", left_words=""
    )


def _check_day(membership, on, at):
    if on > timezone.localdate(at):
        raise NotYetError(
            _("That day has not come yet. Write the day the membership ended, today at the latest.")
        )
    if membership.joined_on and on < membership.joined_on:
        raise BeforeItBeganError(_("That is before the membership began. Write a day after it."))


def _bump(person):
    Person.objects.filter(pk=person.pk).update(revision=F("revision") + 1)
