"""When the routines of calls want something: promises, tries, decisions and goodbyes."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from krets.kit.contributions import Judgement, Wanted
from krets.register.models import Fee, Membership
from krets.rhythm.calendar.queries import next_working_day
from krets.welcome.calls.models import Attempt
from krets.welcome.calls.queries import calls_of, promises_of, reachable_calls


def judge_promised(unit, ids, *, today, settings):
    """Want each promised call from its day on, by whoever promised it, until they have talked."""
    wanted, next_on = [], {}
    for call, attempt in _promised(unit, ids, with_number=True):
        if today < call.due_on:
            next_on[attempt.person_id] = call.due_on
            continue
        promised_on = timezone.localdate(attempt.at)
        wanted.append(
            Wanted(
                subject_id=attempt.person_id,
                occasion=f"attempt:{attempt.pk}",
                fact_on=promised_on,
                learned_on=promised_on,
                due_on=call.due_on,
                owner_id=attempt.caller_id,
            )
        )
    return Judgement(wanted=wanted, next_on=next_on)


def judge_again(unit, ids, *, today, settings):
    """Want each call that somebody chose to try again after three tries, from its day on."""
    wanted, next_on = [], {}
    for person_id, call in _to_try_again(unit, ids, with_number=True):
        if today < call.again_on:
            next_on[person_id] = call.again_on
            continue
        wanted.append(
            Wanted(
                subject_id=person_id,
                occasion=f"again:{call.pk}:{call.again_on}",
                fact_on=call.again_on,
                learned_on=call.again_on,
                due_on=next_working_day(call.again_on),
                owner_id=call.given_to_id,
            )
        )
    return Judgement(wanted=wanted, next_on=next_on)


def judge_number(unit, ids, *, today, settings):
    """Want a number for each to whom a call is promised, or to be tried again, and cannot be."""
    wanted = {
        call.pk: _wanted_number(attempt.person_id, call, timezone.localdate(attempt.at))
        for call, attempt in _promised(unit, ids, with_number=False)
    }
    next_on = {}
    for person_id, call in _to_try_again(unit, ids, with_number=False):
        if today < call.again_on:
            next_on[person_id] = call.again_on
        else:
            wanted[call.pk] = _wanted_number(person_id, call, call.again_on)
    return Judgement(wanted=list(wanted.values()), next_on=next_on)


def _wanted_number(person_id, call, since):
    return Wanted(
        subject_id=person_id,
        occasion=f"call:{call.pk}",
        fact_on=since,
        learned_on=since,
        due_on=next_working_day(call.again_on or call.due_on),
    )


def judge_rested(unit, ids, *, today, settings):
    """Want a decision on each call that was tried three times within two weeks."""
    wanted = []
    for person_id, call in _to_make(unit, ids):
        if not call.rested_at:
            continue
        rested_on = timezone.localdate(call.rested_at)
        wanted.append(
            Wanted(
                subject_id=person_id,
                occasion=f"call:{call.pk}:{rested_on}",
                fact_on=rested_on,
                learned_on=rested_on,
                due_on=next_working_day(rested_on + timedelta(days=settings["days"])),
            )
        )
    return Judgement(wanted=wanted)


def judge_leaving(unit, ids, *, today, settings):
    """Want the end of the membership of each who said so last, when rung about the fee.

    Whoever has paid since has said something else.
    """
    since = Membership.objects.filter(person=OuterRef("person")).current().values("joined_on")[:1]
    told = Attempt.objects.of(unit).standing().filter(person__in=ids).exclude(fee_answer="")
    told = told.annotate(member_since=Subquery(since), has_paid_since=Exists(_paid_since()))
    told = told.order_by("at", "pk")
    last = {attempt.person_id: attempt for attempt in told}
    return Judgement(
        wanted=[
            _wanted_end(attempt, settings["days"])
            for attempt in last.values()
            if attempt.fee_answer == Attempt.FeeAnswer.LEAVES
            and _is_still_member(attempt)
            and not attempt.has_paid_since
        ]
    )


def _to_make(unit, ids):
    """Return (person id, call) of the open calls to these people that may be made."""
    return [
        (person_id, call)
        for person_id, calls in calls_of(unit, ids).items()
        for call in calls
        if call.is_open and call.allowed
    ]


def _promised(unit, ids, *, with_number):
    """Return (call, the try in which it was promised) of these people with a number, or without."""
    waiting = [call for _who, call in _to_make(unit, ids) if not (call.rested_at or call.again_on)]
    if not waiting:
        return []
    calls = {call.pk: call for call in waiting}
    promised = [each for each in promises_of(unit, ids) if each.promised_call in calls]
    reachable = reachable_calls(unit, ids) if promised else set()
    return [
        (calls[attempt.promised_call], attempt)
        for attempt in promised
        if (attempt.promised_call in reachable) == with_number
    ]


def _to_try_again(unit, ids, *, with_number):
    """Return (person id, call) of those to be tried again who have a number, or have none."""
    again = [each for each in _to_make(unit, ids) if each[1].again_on and not each[1].rested_at]
    reachable = reachable_calls(unit, ids) if again else set()
    return [(who, call) for who, call in again if (call.pk in reachable) == with_number]


def _is_still_member(attempt):
    # Whoever left and came back has changed their mind.
    since = attempt.member_since
    return since is not None and since <= timezone.localdate(attempt.at)


def _paid_since():
    """Return the fees paid after the talk of the statement around: by their day, else ours.

    A fee of an earlier year without a day, learned of since, may have been paid long before.
    """
    fees = Fee.objects.filter(unit=OuterRef("unit"), person=OuterRef("person"))
    learned = Q(paid_on=None, learned_at__gt=OuterRef("at"), year__gte=OuterRef("at__year"))
    return fees.filter(learned | Q(paid_on__gt=OuterRef("at__date")))


def _wanted_end(attempt, days):
    told_on = timezone.localdate(attempt.at)
    return Wanted(
        subject_id=attempt.person_id,
        occasion=f"attempt:{attempt.pk}",
        fact_on=told_on,
        learned_on=told_on,
        due_on=next_working_day(told_on + timedelta(days=days)),
    )
