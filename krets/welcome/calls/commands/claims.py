"""Taking a call in hand: nobody is rung by two."""

from django.db.models import Q
from django.utils.translation import gettext as _

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.organisation.models import Unit
from krets.rhythm.routines.queries import keys_of_kind
from krets.rhythm.todos import commands as todos
from krets.welcome.calls.commands.opening import (
    NotToBeCalledError,
    refuse_the_tired,
    refuse_the_uncallable,
)
from krets.welcome.calls.models import Call, Claim
from krets.welcome.calls.queries.waiting import busy, in_hand, kept_by, offered, sees_all

_AT_A_TIME = 10


class NotFreeError(CannotError):
    """Somebody else has the call in hand, or it has been made."""


@command
def claim(call, *, by, at):
    """Take the call in hand for a quarter of an hour, and put back what one had besides.

    What was given to somebody else is one's own from now on, with its to-dos. Refuses when somebody
    else has it in hand, and when the person is not to be rung now.
    """
    Unit.objects.in_turn(by.unit.pk)
    if not _take(call.pk, by, at):
        _refuse(call, by, at)
    _take_over(call, by, at)
    _put_back_others(call.pk, by)
    call.claimed_by_id, call.claim_until = by.person.pk, at + Call.LASTS
    _note_claim(call, by, at)


@command
def claim_next(unit, *, by, at):
    """Take the next call in hand: one's own first, then the shared list. Return it, None if none.

    Whoever has one in hand already gets that one: nobody picks from the shared list. Those whose
    contact person one is come first in both.
    """
    Unit.objects.in_turn(by.unit.pk)
    for held in in_hand(unit, by, at):
        if renew(held, by, at):
            trail.nothing("the call was in hand already")
            return held
    while True:
        waiting = list(offered(unit, by, at).values_list("pk", flat=True)[:_AT_A_TIME])
        if not waiting:
            trail.nothing("there was no call to take in hand")
            return None
        for pk in waiting:
            # Others run through the same list at the same time: the filtered update decides.
            if _take(pk, by, at):
                _put_back_others(pk, by)
                call = Call.objects.of(unit).get(pk=pk)
                _note_claim(call, by, at)
                return call


@command
def let_go(call, *, by, at):
    """Put the call back for others; what was written stays in the draft."""
    held = Call.objects.filter(pk=call.pk, claimed_by__in=by.person_ids)
    held.update(claimed_by=None, claim_until=None)
    trail.nothing("a call put back unmade changes nothing about the person")


def renew(call, by, at):
    """Hold the claim another quarter of an hour; return whether it was still held."""
    held = Call.objects.open().filter(pk=call.pk, claimed_by__in=by.person_ids)
    return held.update(claim_until=at + Call.LASTS) == 1


def _take(pk, by, at):
    free = Q(claimed_by=None) | Q(claim_until__lte=at) | Q(claimed_by__in=by.person_ids)
    calls = Call.objects.open().allowed().filter(free, pk=pk, rested_at=None).worth_a_try(at)
    if not sees_all(by):
        calls = calls.filter(Q(given_to__in=by.person_ids) | Q(given_to=None))
    return calls.update(claimed_by=by.person, claim_until=at + Call.LASTS) == 1


def _take_over(call, by, at):
    """Make the call one's own where it was given to somebody else: they are not to wait for it."""
    theirs = Call.objects.filter(pk=call.pk, given_to__isnull=False)
    if not theirs.exclude(given_to__in=by.person_ids).update(given_to=by.person):
        return
    trail.record("call.given", call, by=by, at=at, to=trail.key_of(by.person))
    todos.follow(
        by.unit,
        person_ids=[call.person_id],
        routines=keys_of_kind("call"),
        to_person=by.person,
        by=by,
        at=at,
    )


def _put_back_others(pk, by):
    others = Call.objects.of(by.unit).open().filter(claimed_by__in=by.person_ids)
    others = others.exclude(pk=pk).exclude(given_to__in=by.person_ids)
    others.update(claimed_by=None, claim_until=None)


def _refuse(call, by, at):
    """Say why the call cannot be taken in hand."""
    now = Call.objects.select_related("person").get(pk=call.pk)
    if now.is_open:
        refuse_the_uncallable(now.person, *now.reasons.values_list("kind", flat=True))
        if now.rested_at:
            raise NotToBeCalledError(
                _(
                    "%(name)s has not answered three times. The membership officer decides how to"
                    " go on."
                )
                % {"name": now.person.called}
            )
        refuse_the_tired(now.person, at)
        if words := busy(now, by, at) or kept_by(now, by):
            raise NotFreeError(words)
    raise NotFreeError(_("This call is done already."))


def _note_claim(call, by, at):
    Claim.objects.update_or_create(
        call=call,
        by=by.person,
        defaults={"unit_id": call.unit_id, "at": at, "reported_at": None},
    )
    trail.record("call.claimed", call, by=by, at=at)
