"""The routines of calls: promises kept, three tries decided on, a goodbye seen to."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from krets.kit.contributions import Routine
from krets.kit.kept import kept, whole_look
from krets.register.access.kinds import Mandates
from krets.register.access.permissions import Permission
from krets.welcome.calls.judging import (
    judge_again,
    judge_leaving,
    judge_number,
    judge_promised,
    judge_rested,
)
from krets.welcome.calls.models import Attempt
from krets.welcome.calls.queries import RING_FIRST, begun_reports
from krets.welcome.calls.telling import promise

_TRY = "attempt:"
_NAME = ("first_name", "last_name", "register_number")


def told_leaving(unit, todos, **_today):
    """Tell why each of them wants to leave, if it was said."""
    attempts = _behind(unit, todos)
    return {pk: {"news": _reason(attempt)} for pk, attempt in attempts.items()}


def _reason(attempt):
    if not attempt.leaving_reason:
        return ""
    return _("Reason: %(reason)s.") % {"reason": str(attempt.get_leaving_reason_display()).lower()}


def told_promise(unit, todos, *, today):
    """Tell who promised each of them a call, for when and about what. Two statements at most."""
    found = _behind(unit, todos)
    begun = begun_reports(unit, todos, today=today)
    return {
        todo.pk: _promise(found.get(todo.pk), todo, today) | begun.get(todo.pk, {})
        for todo in todos
    }


def _promise(attempt, todo, today):
    person = attempt.person if attempt else None
    own = promise(attempt, person, today, reader_ids=[todo.owner_id])
    return {"promise": promise(attempt, person, today), "to_owner": {"promise": own}}


def _behind(unit, todos):
    """Return {to-do: the try it springs from}. One statement in a look, however many ask."""
    keys = {todo.pk: _key(todo) for todo in whole_look(todos) if todo.occasion.startswith(_TRY)}
    attempts = _attempts(unit, sorted(keys.values()))
    return {todo.pk: attempts[key] for todo in todos if (key := keys.get(todo.pk)) in attempts}


def _key(todo):
    return int(todo.occasion.removeprefix(_TRY))


@kept
def _attempts(unit, ids):
    attempts = Attempt.objects.of(unit).filter(pk__in=ids).select_related("person", "caller")
    opened = [f"{who}__{column}" for who in ("person", "caller") for column in _NAME]
    return attempts.only(
        "at", "outcome", "again_at", "promise", "leaving_reason", *opened
    ).in_bulk()


ROUTINES = [
    Routine(
        key="call_promised",
        title=gettext_lazy("Keep promised calls"),
        why="%(promise)s",
        told=told_promise,
        watches=gettext_lazy("Calls that somebody has promised to make on a certain day."),
        makes=gettext_lazy("Call again on that day. It is for whoever gave the promise."),
        closes=gettext_lazy("The two have talked."),
        act=gettext_lazy("Call %(name)s"),
        comes=gettext_lazy("A call"),
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
        comes=gettext_lazy("A call"),
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
        comes=gettext_lazy("Find a number"),
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
        comes=gettext_lazy("Choose how to go on"),
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
        closes=gettext_lazy(
            "The membership is ended, or they have said something else since, or paid the fee."
        ),
        act=gettext_lazy("See to %(name)s"),
        comes=gettext_lazy("The membership is to be ended"),
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
