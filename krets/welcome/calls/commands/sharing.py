"""Dealing the calls out among those who ring."""

from django.utils.translation import gettext_lazy as _

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.access.kinds import Mandates
from krets.register.models import Mandate
from krets.welcome.calls.models import Call
from krets.welcome.calls.queries.sharing import CALLERS


class NotACallerError(CannotError):
    """Calls are given only to those with a mandate to ring."""


@command
def give_calls(unit, *, calls, to, by, at):
    """Give open calls to one who rings, or with `to` None put them on the shared list.

    What somebody is in the middle of stays where it is. Return how many moved. Calls to protected
    people are never given to callers.
    """
    open_now = Call.objects.of(unit).open().free(at).filter(pk__in=[call.pk for call in calls])
    if to is not None:
        kinds = set(
            Mandate.objects.of(unit)
            .current(by.today)
            .filter(person=to, kind__in=CALLERS)
            .values_list("kind", flat=True)
        )
        if not kinds:
            raise NotACallerError(
                _("%(name)s has no mandate to ring. Give it first, under Mandates.")
                % {"name": to.called}
            )
        if Mandates.MEMBERSHIP_OFFICER not in kinds:
            open_now = open_now.filter(person__protected_at=None)
    moved = list(open_now)
    if not moved:
        trail.nothing("none of the calls could be moved")
        return 0
    count = open_now.update(given_to=to, claimed_by=None, claim_until=None)
    told = {"to": to.trail_key if to else None}
    trail.record_many("call.given", [(call, told) for call in moved], by=by, at=at, unit=unit)
    return count
