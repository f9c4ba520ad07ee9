"""Taking a call in hand: nobody is rung by two."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.welcome.calls.models import Call, Claim
from krets.welcome.calls.queries.waiting import offered, sees_all

_AT_A_TIME = 10


class NotFreeError(CannotError):
    """Somebody else has the call in hand, or it has been made."""


@command
def claim(call, *, by, at):
    """Take the call in hand for a quarter of an hour. Refuses when somebody else has it."""
    if not _take(call.pk, by, at):
        raise NotFreeError(_("Somebody else is making this call. Choose another one."))
    call.claimed_by_id, call.claim_until = by.person.pk, at + Call.LASTS
    _note_claim(call, by, at)


@command
def claim_next(unit, *, by, at):
    """Take the next call in hand: one's own first, then the shared list. Return it, None if none.

    Those whose contact person one is come first in both.
    """
    while True:
        waiting = list(offered(unit, by, at).values_list("pk", flat=True)[:_AT_A_TIME])
        if not waiting:
            trail.nothing("there was no call to take in hand")
            return None
        for pk in waiting:
            # Others run through the same list at the same time: the filtered update decides.
            if _take(pk, by, at):
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
    calls = Call.objects.open().filter(free, pk=pk)
    if not sees_all(by):
        calls = calls.filter(Q(given_to__in=by.person_ids) | Q(given_to=None))
    return calls.update(claimed_by=by.person, claim_until=at + Call.LASTS) == 1


def _note_claim(call, by, at):
    Claim.objects.update_or_create(
        call=call,
        by=by.person,
        defaults={"unit_id": call.unit_id, "at": at, "reported_at": None},
    )
    trail.record("call.claimed", call, by=by, at=at)
