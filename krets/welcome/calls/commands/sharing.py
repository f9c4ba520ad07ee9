"""Dealing the calls out among those who ring."""

from collections import defaultdict

from django.db.models import Exists
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.access.kinds import Mandates
from krets.register.models import Mandate, Unit
from krets.rhythm.routines.queries import keys_of_kind
from krets.rhythm.todos import commands as todos
from krets.rhythm.todos.models import Todo
from krets.welcome.calls.models import Call
from krets.welcome.calls.queries.asked import asking
from krets.welcome.calls.queries.sharing import CALLERS, left_by


class NotACallerError(CannotError):
    """Calls are given only to those with a mandate to ring."""


@command
def give_calls(unit, *, calls, to, by, at):
    """Give open calls to one who rings, or with `to` None put them on the shared list.

    What somebody is in the middle of stays where it is. Return how many moved. Calls to protected
    people are never given to callers.
    """
    Unit.objects.in_turn(unit.pk)
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
                _("%(name)s has no mandate as a caller. Give it first, under Mandates.")
                % {"name": to.called}
            )
        if Mandates.MEMBERSHIP_OFFICER not in kinds:
            open_now = open_now.filter(person__protected_at=None)
    # Nobody goes on with one of them in hand before they are moved.
    moved = list(open_now.select_for_update(of=("self",), no_key=True).order_by("pk"))
    if not moved:
        trail.nothing("none of the calls could be moved")
        return 0
    count = Call.objects.filter(pk__in=[call.pk for call in moved]).update(
        given_to=to, claimed_by=None, claim_until=None
    )
    told = {"to": to.trail_key if to else None}
    trail.record_many("call.given", [(call, told) for call in moved], by=by, at=at, unit=unit)
    if to is not None:
        people = [call.person_id for call in moved]
        todos.follow(
            unit, person_ids=people, routines=keys_of_kind("call"), to_person=to, by=by, at=at
        )
    return count


@command
def follow_todos(unit, *, person_ids, by, at):
    """Give calls to whoever the to-dos about them have gone to. The shared list stays shared.

    What somebody is in the middle of stays where it is.
    """
    Unit.objects.in_turn(unit.pk)
    owners = dict(
        Todo.objects.of(unit)
        .open()
        .filter(person__in=person_ids, routine__in=keys_of_kind("call"), owner__isnull=False)
        .order_by("-due_on", "-pk")
        .values_list("person", "owner")
    )
    calls = Call.objects.of(unit).open().free(at).filter(given_to__isnull=False)
    by_owner = defaultdict(list)
    for pk, person_id, given_id in calls.filter(person__in=owners).values_list(
        "pk", "person", "given_to"
    ):
        if owners[person_id] != given_id:
            by_owner[owners[person_id]].append(pk)
    for owner_id, pks in by_owner.items():
        # Whoever goes on with one since it was read keeps it.
        Call.objects.open().free(at).filter(pk__in=pks).update(given_to=owner_id)
    trail.nothing("the to-dos' own lines tell who has them now")


@command
def take_back(unit, *, by, at):
    """Put on the shared list what was given to somebody who no longer rings; return how many.

    A call whose to-do somebody owns goes where the to-do goes (`follow_todos`).
    """
    Unit.objects.in_turn(unit.pk)
    rings = Mandate.objects.of(unit).current(localdate(at)).filter(kind__in=CALLERS)
    owned = asking().open().filter(owner__isnull=False)
    left = Call.objects.of(unit).open().filter(~Exists(owned), given_to__isnull=False)
    left = left.exclude(given_to__in=rings.values("person_id"))
    calls = list(left.order_by("pk"))
    if not calls:
        trail.nothing("whoever has calls may ring")
        return 0
    Call.objects.filter(pk__in=[call.pk for call in calls]).update(
        given_to=None, claimed_by=None, claim_until=None
    )
    trail.record_many(
        "call.given", [(call, {"to": None}) for call in calls], by=by, at=at, unit=unit
    )
    return len(calls)


@command
def take_over(unit, *, holder_id, to, lost, sees_protected, by, at):
    """Give the calls of somebody who may ring no longer to whoever takes over.

    Also those of the shared list that the holder has in hand.
    """
    Unit.objects.in_turn(unit.pk)
    theirs = left_by(unit, holder_id, lost, at).exclude(person=to)
    if not sees_protected:
        theirs = theirs.filter(person__protected_at=None)
    calls = list(theirs.select_for_update(of=("self",), no_key=True).order_by("pk"))
    if not calls:
        trail.nothing("the holder has no calls that go over")
        return
    moving = Call.objects.filter(pk__in=[call.pk for call in calls])
    moving.update(given_to=to)
    moving.filter(claimed_by=holder_id).update(claimed_by=None, claim_until=None)
    told = {"to": trail.key_of(to)}
    trail.record_many("call.given", [(call, told) for call in calls], by=by, at=at, unit=unit)
