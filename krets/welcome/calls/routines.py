"""The routines of calls: promises kept, three tries decided on, a goodbye seen to."""

from datetime import timedelta

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from krets.kit.contributions import Judgement, Routine, Wanted
from krets.register.access.kinds import Mandates
from krets.register.access.permissions import Permission
from krets.register.models import Membership
from krets.rhythm.calendar.queries import next_working_day
from krets.welcome.calls.models import Attempt, CallReason
from krets.welcome.calls.queries import RING_FIRST, begun_reports, calls_of, said_moment

_WORDS = 30


def judge_promised(unit, ids, *, today, settings):
    """Want each promised call from its day on, by whoever promised it, until they have talked."""
    wanted, next_on = [], {}
    for call, attempt in _promised(unit, _with_number(unit, ids)):
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
    for person_id, call in _with_number(unit, ids):
        if call.rested_at or not call.again_on:
            continue
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
    calls = [(who, call) for who, call in _to_make(unit, ids) if not call.reachable]
    wanted = {
        call.pk: _wanted_number(attempt.person_id, call, timezone.localdate(attempt.at))
        for call, attempt in _promised(unit, calls)
    }
    next_on = {}
    for person_id, call in calls:
        if call.rested_at or not call.again_on:
            continue
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
    """Want the end of the membership of each who said so last, when rung about the fee."""
    since = Membership.objects.filter(person=OuterRef("person")).current().values("joined_on")[:1]
    told = Attempt.objects.of(unit).standing().filter(person__in=ids).exclude(fee_answer="")
    told = told.annotate(member_since=Subquery(since)).order_by("at", "pk")
    last = {attempt.person_id: attempt for attempt in told}
    return Judgement(
        wanted=[
            _wanted_end(attempt, settings["days"])
            for attempt in last.values()
            if attempt.fee_answer == Attempt.FeeAnswer.LEAVES and _is_still_member(attempt)
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


def _with_number(unit, ids):
    """Return (person id, call) of the calls to make to whom there is a number that works."""
    return [(who, call) for who, call in _to_make(unit, ids) if call.reachable]


def _promised(unit, to_make):
    """Return (call, the try in which it was promised) of those of the calls that were promised."""
    calls = {call.pk: call for _who, call in to_make if not (call.rested_at or call.again_on)}
    if not calls:
        return []
    promised = Attempt.objects.of(unit).filter(
        promises__kind=CallReason.Kind.PROMISED, promises__call__in=calls
    )
    promised = promised.annotate(promised_call=F("promises__call"))
    return [(calls[attempt.promised_call], attempt) for attempt in promised]


def _is_still_member(attempt):
    # Whoever left and came back has changed their mind.
    since = attempt.member_since
    return since is not None and since <= timezone.localdate(attempt.at)


def _wanted_end(attempt, days):
    told_on = timezone.localdate(attempt.at)
    return Wanted(
        subject_id=attempt.person_id,
        occasion=f"attempt:{attempt.pk}",
        fact_on=told_on,
        learned_on=told_on,
        due_on=next_working_day(told_on + timedelta(days=days)),
    )


def told_leaving(unit, todos, **_today):
    """Tell why each of them wants to leave, if it was said."""
    keys = _by_attempt(todos)
    attempts = Attempt.objects.of(unit).filter(pk__in=keys).only("leaving_reason")
    return {keys[attempt.pk]: {"news": _reason(attempt)} for attempt in attempts}


def _reason(attempt):
    if not attempt.leaving_reason:
        return ""
    return _("Reason: %(reason)s.") % {"reason": str(attempt.get_leaving_reason_display()).lower()}


def told_promise(unit, todos, *, today):
    """Tell for when each promised call was agreed, and what it is about."""
    keys = _by_attempt(todos)
    attempts = Attempt.objects.of(unit).filter(pk__in=keys).only("promise", "again_at")
    news = {keys[attempt.pk]: {"news": _agreed(attempt, today)} for attempt in attempts}
    begun = begun_reports(unit, todos)
    return {
        todo.pk: {"news": ""} | news.get(todo.pk, {}) | begun.get(todo.pk, {}) for todo in todos
    }


def _by_attempt(todos):
    return {int(todo.occasion.removeprefix("attempt:")): todo.pk for todo in todos}


def _agreed(attempt, today):
    told = [_("Agreed: %(when)s.") % {"when": said_moment(attempt.again_at, today)}]
    return " ".join([*told, _about(attempt.promise)]).strip()


def _about(words):
    if not words:
        return ""
    short = words if len(words) <= _WORDS else words[: _WORDS - 1].rstrip() + "…"
    return _("About: %(words)s") % {"words": short}


ROUTINES = [
    Routine(
        key="call_promised",
        title=gettext_lazy("Keep promised calls"),
        why=gettext_lazy("Call promised %(fact)s. %(news)s"),
        told=told_promise,
        watches=gettext_lazy("Calls that somebody has promised to make on a certain day."),
        makes=gettext_lazy("Call again on that day. It is for whoever gave the promise."),
        closes=gettext_lazy("The two have talked."),
        act=gettext_lazy("Call %(name)s"),
        opens="welcome:calls:person",
        method="post",
        icon="phone",
        kind="call",
        judge=judge_promised,
        owner=RING_FIRST,
        needs=Permission.CALL_REPORT,
    ),
    Routine(
        key="call_again",
        title=gettext_lazy("Try again those who did not answer"),
        why=gettext_lazy("Did not answer three times. You chose to try again now."),
        told=begun_reports,
        watches=gettext_lazy("Calls nobody answered, that somebody chose to try once more."),
        makes=gettext_lazy("Call on the chosen day. It is for whoever has the call."),
        closes=gettext_lazy("Somebody has talked with them, or another way is chosen."),
        act=gettext_lazy("Call %(name)s"),
        opens="welcome:calls:person",
        method="post",
        icon="phone",
        kind="call",
        judge=judge_again,
        owner=RING_FIRST,
        needs=Permission.CALL_REPORT,
    ),
    Routine(
        key="call_number",
        title=gettext_lazy("Find a number for a promised call"),
        why=gettext_lazy("We are to call again, but there is no number that works."),
        watches=gettext_lazy("Promised calls, and calls to try again, without a working number."),
        makes=gettext_lazy("Find a number."),
        closes=gettext_lazy("There is a number that works, or the call is no longer needed."),
        act=gettext_lazy("Find a number for %(name)s"),
        opens="register:members:person",
        icon="search",
        kind="number",
        judge=judge_number,
        owner=(Mandates.MEMBERSHIP_OFFICER,),
        use_contact_person=False,
        needs=Permission.MEMBER_EDIT,
    ),
    Routine(
        key="call_rested",
        title=gettext_lazy("Decide when nobody answers"),
        why=gettext_lazy("Has not answered three times. Choose how to go on."),
        watches=gettext_lazy("Calls that nobody answered three times in two weeks."),
        makes=gettext_lazy("Choose how to go on: try again later, write instead, or leave it."),
        closes=gettext_lazy("A choice has been made."),
        act=gettext_lazy("Choose for %(name)s"),
        opens="welcome:calls:person",
        icon="phone",
        kind="decision",
        judge=judge_rested,
        owner=(Mandates.MEMBERSHIP_OFFICER,),
        use_contact_person=False,
        needs=Permission.CALL_SHARE,
        settings={"days": (2, 0, 14)},
        labels={"days": gettext_lazy("Days until the decision")},
    ),
    Routine(
        key="fee_leaving",
        title=gettext_lazy("End memberships of those who want to leave"),
        why=gettext_lazy("Wanted to leave when we called %(fact)s. %(news)s"),
        told=told_leaving,
        watches=gettext_lazy("Members who wanted to leave when called about the fee."),
        makes=gettext_lazy("End the membership."),
        closes=gettext_lazy("The membership is ended, or they have said something else since."),
        act=gettext_lazy("See to %(name)s"),
        opens="register:members:end",
        icon="leave",
        kind="leaving",
        judge=judge_leaving,
        owner=(Mandates.MEMBERSHIP_OFFICER,),
        use_contact_person=False,
        needs=Permission.MEMBER_EDIT,
        settings={"days": (3, 0, 30)},
        labels={"days": gettext_lazy("Days until the membership should be ended")},
    ),
]
