"""The routines of calls: promises are kept, and three tries end in a decision."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from krets.kit.contributions import Judgement, Routine, Wanted
from krets.register.access.kinds import Mandates
from krets.register.access.permissions import Permission
from krets.rhythm.calendar.queries import next_working_day
from krets.welcome.calls.models import Attempt, Call, CallReason
from krets.welcome.calls.queries import RING_FIRST

_WORDS = 30


def judge_promised(unit, ids, *, today, settings):
    """Want each promised call from its day on, by whoever promised it, until they have talked."""
    wanted, next_on = [], {}
    reasons = CallReason.objects.of(unit).filter(
        kind=CallReason.Kind.PROMISED,
        call__person__in=ids,
        call__closed_at=None,
        call__rested_at=None,
        call__again_on=None,
        call__person__no_calls_at=None,
        call__person__deceased_on=None,
        attempt__isnull=False,
    )
    for reason in reasons.select_related("call", "attempt"):
        call, attempt = reason.call, reason.attempt
        if today < call.due_on:
            next_on[call.person_id] = call.due_on
            continue
        promised_on = timezone.localdate(attempt.at)
        wanted.append(
            Wanted(
                subject_id=call.person_id,
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
    calls = Call.objects.of(unit).open().allowed().filter(person__in=ids, rested_at=None)
    for call in calls.filter(again_on__isnull=False):
        if today < call.again_on:
            next_on[call.person_id] = call.again_on
            continue
        wanted.append(
            Wanted(
                subject_id=call.person_id,
                occasion=f"again:{call.pk}:{call.again_on}",
                fact_on=call.again_on,
                learned_on=call.again_on,
                due_on=next_working_day(call.again_on),
                owner_id=call.given_to_id,
            )
        )
    return Judgement(wanted=wanted, next_on=next_on)


def judge_rested(unit, ids, *, today, settings):
    """Want a decision on each call that was tried three times within two weeks."""
    calls = Call.objects.of(unit).open().resting().allowed().filter(person__in=ids)
    wanted = []
    for call in calls:
        rested_on = timezone.localdate(call.rested_at)
        wanted.append(
            Wanted(
                subject_id=call.person_id,
                occasion=f"call:{call.pk}:{rested_on}",
                fact_on=rested_on,
                learned_on=rested_on,
                due_on=next_working_day(rested_on + timedelta(days=settings["days"])),
            )
        )
    return Judgement(wanted=wanted)


def told_promise(unit, todos, **_today):
    """Tell what each promised call is about."""
    keys = {int(todo.occasion.removeprefix("attempt:")): todo.pk for todo in todos}
    attempts = Attempt.objects.of(unit).filter(pk__in=keys).only("promise")
    news = {keys[attempt.pk]: {"news": _about(attempt.promise)} for attempt in attempts}
    return {todo.pk: {"news": ""} for todo in todos} | news


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
        key="call_rested",
        title=gettext_lazy("Decide when nobody answers"),
        why=gettext_lazy("Has not answered three times. Choose how to go on."),
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
]
