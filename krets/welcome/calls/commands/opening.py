"""How calls come to be owed, and how they end without being made."""

from collections import defaultdict

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from krets.events import PeopleChanged, publish
from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.kit.ui import days
from krets.register.members.models import Membership
from krets.register.organisation.models import Unit
from krets.rhythm.routines.queries import routine_called
from krets.welcome.calls import moments
from krets.welcome.calls.models import Call, CallReason
from krets.welcome.calls.queries.asked import asked_by_none, no_longer_asked, to_owe_again
from krets.welcome.calls.queries.tries import tired, tries_of

_BATCH = 500


class NotToBeCalledError(CannotError):
    """The person does not want calls, or cannot have any."""


@command
def open_call(person, *, kind, due_on, by, at, not_before=None, given_to=None, attempt=None):
    """Owe the person a call; a reason more on the open one where there is one. Return the call."""
    Unit.objects.in_turn(person.unit_id)
    refuse_the_uncallable(person, kind)
    if kind != CallReason.Kind.PROMISED:
        refuse_the_tired(person, at)
    call = _made_or_found(person, due_on, not_before, given_to, at)
    CallReason.objects.get_or_create(
        call=call, kind=kind, defaults={"unit_id": call.unit_id, "attempt": attempt}
    )
    trail.record("call.owed", call, by=by, at=at, kind=kind)
    return call


@command
def open_calls(unit, *, kind, owed, by, at):
    """Owe many people a call at once: `owed` is [(person id, due day, given to id or None)].

    Whoever has an open call already gets one reason more. Statements do not grow with the number.
    For the routines, which have the unit's turn already.
    """
    ids = [person_id for person_id, _due, _given in owed]
    there = set(
        Call.objects.of(unit).open().filter(person__in=ids).values_list("person", flat=True)
    )
    Call.objects.bulk_create(
        [
            Call(unit=unit, person_id=person_id, due_on=due, given_to_id=given, made_at=at)
            for person_id, due, given in owed
            if person_id not in there
        ],
        batch_size=_BATCH,
        ignore_conflicts=True,
    )
    calls = list(Call.objects.of(unit).open().filter(person__in=ids))
    CallReason.objects.bulk_create(
        [CallReason(unit=unit, call=call, kind=kind) for call in calls],
        batch_size=_BATCH,
        ignore_conflicts=True,
    )
    if not calls:
        trail.nothing("nobody was owed a call")
        return
    trail.record_many(
        "call.owed", [(call, {"kind": kind}) for call in calls], by=by, at=at, unit=unit
    )


@command
def decide_rested(call, *, closing, by, at):
    """Say how to go on after three tries: a Call.Closing ends the call, None tries again later."""
    Unit.objects.in_turn(call.unit_id)
    resting = Call.objects.open().resting().filter(pk=call.pk)
    if closing is None:
        later = _two_weeks_after_the_first_try(call, at)
        changes = {
            "rested_at": None,
            "not_before": later,
            "again_on": timezone.localdate(later),
        }
    else:
        changes = {"closed_at": at, "closed_by": by.account, "closing": closing}
    if not resting.update(**changes, claimed_by=None, claim_until=None):
        raise NotToBeCalledError(_("Somebody has already decided how to go on with this call."))
    trail.record("call.decided", call, by=by, at=at, closing=closing or "again")
    publish(PeopleChanged(call.unit_id, (call.person_id,), by_id=by.account.pk), at=at)


@command
def close_needless(unit, *, by, at, ids=None, most=None, signed_by_id=None):
    """Close the open calls to people who are no longer to be rung; return how many.

    Only of the people with these ids, when they are given, and at most so many. The routines hear
    of it; the account `signed_by_id` is whose doing it was.
    """
    calls = _open_calls(unit, ids)
    needless = calls.needless(timezone.localdate(at)) if ids is None or calls.exists() else None
    return _close(unit, needless, most, signed_by_id, by, at)


@command
def close_unasked(unit, *, by, at, ids=None, most=None, signed_by_id=None):
    """Close the open calls that no to-do asks for any longer, as `close_needless` does."""
    calls = _open_calls(unit, ids)
    is_any = ids is None or calls.filter(asked_by_none()).exists()
    unasked = calls.filter(no_longer_asked()) if is_any else None
    return _close(unit, unasked, most, signed_by_id, by, at)


def _open_calls(unit, ids):
    Unit.objects.in_turn(unit.pk)
    calls = Call.objects.of(unit).open()
    return calls if ids is None else calls.filter(person__in=ids)


def _close(unit, calls, most, signed_by_id, by, at):
    # Of most people there is none to ask about, and the asking is what takes its time.
    closing = [] if calls is None else list(calls.order_by("pk")[:most])
    if not closing:
        trail.nothing("every open call is still needed")
        return 0
    Call.objects.filter(pk__in=[call.pk for call in closing]).open().update(
        closed_at=at,
        closed_by=signed_by_id,
        closing=Call.Closing.NOT_NEEDED,
        claimed_by=None,
        claim_until=None,
    )
    trail.record_many("call.not_needed", [(call, {}) for call in closing], by=by, at=at, unit=unit)
    people = tuple(sorted({call.person_id for call in closing}))
    publish(PeopleChanged(unit.pk, people, by_id=signed_by_id), at=at)
    return len(closing)


@command
def owe_again(unit, *, ids, by, at):
    """Owe these people the calls that were closed as not needed and are asked for after all."""
    Unit.objects.in_turn(unit.pk)
    of_routine = defaultdict(list)
    for todo in to_owe_again(unit, ids):
        of_routine[todo.routine].append(todo)
    for key, todos in of_routine.items():
        routine_called(key).on_open(unit, todos, at=at)
    trail.nothing("each call that is owed leaves its own line")


def refuse_the_uncallable(person, *kinds):
    """Raise where the person is not to be rung for any of these reasons."""
    if person.no_calls_at:
        raise NotToBeCalledError(
            _("%(name)s has asked not to be called. Write instead.") % {"name": person.called}
        )
    lasting = not set(kinds).isdisjoint(CallReason.LASTING)
    willing = person.deceased_on is None and person.supports_quietly_at is None
    if not (willing and (lasting or _is_member(person))):
        raise NotToBeCalledError(_("%(name)s is not to be called.") % {"name": person.called})


def refuse_the_tired(person, at):
    """Raise where the person has not answered three times within two weeks."""
    if again := tired([person.pk], at).get(person.pk):
        day = days.said(timezone.localdate(again), timezone.localdate(at))
        raise NotToBeCalledError(
            _(
                "%(name)s has not answered three times in two weeks. Write instead, or try again"
                " %(day)s."
            )
            % {"name": person.called, "day": day}
        )


def _is_member(person):
    return Membership.objects.filter(unit_id=person.unit_id, person=person).current().exists()


def _made_or_found(person, due_on, not_before, given_to, at):
    try:
        with transaction.atomic():
            return Call.objects.create(
                unit_id=person.unit_id,
                person=person,
                due_on=due_on,
                not_before=not_before,
                given_to=given_to,
                made_at=at,
            )
    except IntegrityError:
        # The constraint lets a person have one open call: the new reason joins it.
        call = Call.objects.open().get(person=person)
        if due_on < call.due_on:
            Call.objects.filter(pk=call.pk).update(due_on=due_on)
            call.due_on = due_on
        return call


def _two_weeks_after_the_first_try(call, at):
    tried = tries_of([call.person_id], at).get(call.person_id)
    again = moments.two_weeks_after(tried[0]) if tried else moments.tomorrow(at)
    return max(again, moments.tomorrow(at))
