"""What happens to calls about the fee that nobody is to make after all."""

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.register.organisation.models import Unit
from krets.welcome.calls.models import Call, CallReason
from krets.welcome.leavers import queries


@command
def let_go(unit, *, by, at):
    """Close the open calls about the fee that no to-do asks for; return how many.

    The fee has come in, the news of it have grown old, or the year is over. Where there are other
    reasons to ring the call stays; what somebody has begun stays too.
    """
    Unit.objects.in_turn(unit.pk)
    reasons = list(queries.unasked(unit).select_related("call"))
    if not reasons:
        trail.nothing("every call about the fee is still to be made")
        return 0
    calls = [reason.call for reason in reasons]
    CallReason.objects.filter(pk__in=[reason.pk for reason in reasons]).delete()
    Call.objects.open().filter(pk__in=[call.pk for call in calls], reasons=None).update(
        closed_at=at, closing=Call.Closing.NOT_NEEDED
    )
    trail.record_many("call.not_needed", [(call, {}) for call in calls], by=by, at=at, unit=unit)
    return len(calls)
