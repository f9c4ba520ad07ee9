"""What calls tell on a person's timeline: the talks and tries, and the call that comes next."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from krets.kit.contributions import Happening, TimelineLine
from krets.kit.kept import at_hand
from krets.register.access.scope import Fields
from krets.register.models import Person
from krets.rhythm.calendar.queries import next_working_day
from krets.welcome.calls import moments
from krets.welcome.calls.models import Attempt
from krets.welcome.calls.queries import calls_of, good_numbers, reachable_calls, wrong_numbers

_MOST = 50
_TRY = ("at", "outcome", "mood", "again_at", "promise")
_NOTE = ("note__text",)
_FEE = ("fee_answer", "leaving_reason")
_RESTS = gettext_lazy("Three tries without an answer: the membership officer chooses how to go on")


def _named(path):
    # No more than the name is read of whoever rang: the viewer may not see the rest.
    return [f"{path}__{column}" for column in ("first_name", "last_name", "register_number")]


def attempts(unit, person_id, fields):
    """Yield a happening for each try, newest first."""
    rows = Attempt.objects.of(unit).standing().filter(person=person_id)
    opens_notes = Fields.NOTES in fields
    opened = [*(_NOTE if opens_notes else []), *(_FEE if Fields.FEES in fields else [])]
    wanted = rows.select_related("caller", *(["note"] if opens_notes else []))
    wanted = wanted.only(*_TRY, *_named("caller"), *opened)
    for attempt in wanted.order_by("-at", "-pk")[:_MOST]:
        yield Happening(
            at=attempt.at,
            what=_what(attempt),
            more=_more(attempt, opens_notes, Fields.FEES in fields),
            who=attempt.caller.name if attempt.caller else "",
            state="good" if attempt.mood == Attempt.Mood.GLAD else "",
        )


def coming(unit, person_id, fields):
    """Yield the call that is owed, as what comes next; without a number, that one is found."""
    for call in calls_of(unit, [person_id]).get(person_id, ()):
        if not (call.is_open and call.allowed):
            continue
        at, due_on, who = call.comes_on, call.asked_by, call.given_to
        if call.rested_at:
            sort, what, at = "decision", str(_RESTS), max(due_on, call.put_off_to or due_on)
        elif Fields.PHONE in fields and not _is_reachable(unit, person_id, call):
            sort, what, who = "number", _("Find a number"), ""
            due_on = call.asked_on or next_working_day(call.again_on or call.due_on)
            at = max(due_on, call.put_off_to or due_on)
        else:
            sort, what = "call", _("A call")
        yield Happening(at=at, due_on=due_on, what=what, who=who, state="next", sort=sort)


def _is_reachable(unit, person_id, call):
    """Tell whether a number works: by the person that is looked at, else one statement."""
    person = at_hand(Person, person_id)
    if person is None:
        return call.pk in reachable_calls(unit, [person_id])
    return bool(good_numbers(person, wrong_numbers(unit, [person_id]).get(person_id, {})))


def _what(attempt):
    caller = attempt.caller.name if attempt.caller else _("somebody")
    told = {"caller": caller}
    return {
        Attempt.Outcome.TALKED: _("Talked with %(caller)s on the phone"),
        Attempt.Outcome.NO_ANSWER: _("%(caller)s called, no answer"),
        Attempt.Outcome.VOICEMAIL: _("%(caller)s called and left a message"),
        Attempt.Outcome.CALL_BACK: _("%(caller)s called and was asked to call back"),
        Attempt.Outcome.WRONG_NUMBER: _("%(caller)s called: wrong number"),
        Attempt.Outcome.ASKED_NOT_TO: _("Asked %(caller)s not to be called"),
    }[attempt.outcome] % told


def _more(attempt, opens_notes, opens_fees):
    told = [_about_the_fee(attempt)] if opens_fees and attempt.fee_answer else []
    if attempt.mood:
        told.append(str(attempt.get_mood_display()).rstrip(".") + ".")
    if opens_notes and attempt.note:
        told.append(attempt.note.text)
    if attempt.again_at:
        # "Tomorrow" would be read as the day after the one on which it is read.
        day = moments.dated(attempt.again_at, timezone.localdate(attempt.at))
        if attempt.promise and opens_notes:
            told.append(_("Call again %(day)s: %(words)s") % {"day": day, "words": attempt.promise})
        else:
            told.append(_("Call again %(day)s.") % {"day": day})
    return "\n".join(told)


def _about_the_fee(attempt):
    answer = str(attempt.get_fee_answer_display())
    if not attempt.leaving_reason:
        return _("About the fee: %(answer)s.") % {"answer": answer[:1].lower() + answer[1:]}
    reason = str(attempt.get_leaving_reason_display())
    return _("Wants to leave. Reason: %(reason)s.") % {"reason": reason[:1].lower() + reason[1:]}


TIMELINE = [TimelineLine("calls", attempts), TimelineLine("coming_calls", coming)]
