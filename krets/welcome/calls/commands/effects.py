"""What follows from each way a call can go."""

from django.db.models import F
from django.utils import timezone

from krets.events import PeopleChanged, publish
from krets.register.members.models import Change, Person
from krets.rhythm.routines.queries import keys_of_kind
from krets.rhythm.todos.commands import follow, let_rest
from krets.welcome.calls import moments
from krets.welcome.calls.commands.opening import open_call
from krets.welcome.calls.models import Attempt, Call, CallReason, WrongNumber
from krets.welcome.calls.queries.numbers import good_numbers
from krets.welcome.calls.queries.tries import tries_of

_NO_MORE = {
    ("outcome", Attempt.Outcome.ASKED_NOT_TO),
    ("mood", Attempt.Mood.NO_MORE),
    ("fee_answer", Attempt.FeeAnswer.STOP),
}


def wants_no_more(attempt):
    """Return whether the person asked, in one way or other, not to be called again."""
    return any(getattr(attempt, name) == value for name, value in _NO_MORE)


def note_what_was_told(attempt, person, number, by, at):
    """Keep what was told of the person: it holds whatever has become of the call meanwhile."""
    if wants_no_more(attempt):
        set_no_calls(person, at, by, at)
    if attempt.outcome == Attempt.Outcome.WRONG_NUMBER:
        _mark_wrong(attempt, person, number, at)


def _mark_wrong(attempt, person, number, at):
    known = set(WrongNumber.objects.filter(person=person).values_list("number", flat=True))
    # The number that was rung stands in the report; else it was the one the card offers first.
    number = number or next(iter(good_numbers(person, known)), "")
    if number:
        WrongNumber.objects.get_or_create(
            person=person,
            number=number,
            defaults={"unit_id": person.unit_id, "attempt": attempt, "at": at},
        )


def _not_reached(attempt, call, person, by, at):
    later = {"not_before": moments.tomorrow(at)}
    if len(tries_of([person.pk], at).get(person.pk, [])) >= moments.TRIES:
        later |= {"rested_at": at, "again_on": None}
        call.rested_at = at
    _lay_back(call, **later)
    _let_todos_rest(call, later["not_before"], by, at)


def _call_back(attempt, call, person, by, at):
    if attempt.again_at is None:
        _close(call, Call.Closing.NOT_NEEDED, by, at)
        return
    day = timezone.localdate(attempt.again_at)
    _lay_back(call, not_before=attempt.again_at, due_on=day, given_to=by.person)
    _promise(call, attempt)
    # Whoever promised it has the call, and so every to-do that it does.
    follow(
        by.unit,
        person_ids=[person.pk],
        routines=keys_of_kind("call"),
        to_person=by.person,
        by=by,
        at=at,
    )
    _let_todos_rest(call, attempt.again_at, by, at)


def _wrong_number(attempt, call, person, by, at):
    _lay_back(call)


def _asked_not_to(attempt, call, person, by, at):
    _close(call, Call.Closing.ASKED_NOT_TO, by, at)


def _talked(attempt, call, person, by, at):
    _close(call, Call.Closing.TALKED, by, at)
    if attempt.next_step == Attempt.Next.CALL_AGAIN and not wants_no_more(attempt):
        again = open_call(
            person,
            kind=CallReason.Kind.PROMISED,
            due_on=timezone.localdate(attempt.again_at),
            not_before=attempt.again_at,
            given_to=by.person,
            attempt=attempt,
            by=by,
            at=at,
        )
        if attempt.fee_answer:
            # It is the same talk that goes on, so the same questions are asked.
            CallReason.objects.get_or_create(
                call=again, kind=CallReason.Kind.FEE, defaults={"unit_id": again.unit_id}
            )
        attempt.before["next_call"] = again.pk


MOVES = {
    Attempt.Outcome.TALKED: _talked,
    Attempt.Outcome.NO_ANSWER: _not_reached,
    Attempt.Outcome.VOICEMAIL: _not_reached,
    Attempt.Outcome.CALL_BACK: _call_back,
    Attempt.Outcome.WRONG_NUMBER: _wrong_number,
    Attempt.Outcome.ASKED_NOT_TO: _asked_not_to,
}


def set_no_calls(person, moment, by, at):
    """Note that the person is not to be called, or with None that they may, with its history.

    Where it is noted already, it stays as it was first said.
    """
    if moment and person.no_calls_at:
        return
    unmoved = Person.objects.filter(pk=person.pk, no_calls_at=person.no_calls_at)
    if not unmoved.update(no_calls_at=moment, revision=F("revision") + 1):
        return
    old, new = (stamp.isoformat() if stamp else None for stamp in (person.no_calls_at, moment))
    Change.objects.create(
        unit_id=person.unit_id,
        person=person,
        at=at,
        by=by.account,
        fields={"no_calls_at": [old, new]},
    )


def tell(call, by, at):
    """Let the routines see what is new about the person."""
    publish(PeopleChanged(call.unit_id, (call.person_id,), by_id=by.account.pk), at=at)


def _lay_back(call, **changes):
    changes |= {"claimed_by": None, "claim_until": None}
    Call.objects.open().filter(pk=call.pk).update(**changes)


def _close(call, closing, by, at):
    Call.objects.open().filter(pk=call.pk).update(
        closed_at=at, closed_by=by.account, closing=closing, claimed_by=None, claim_until=None
    )


def _promise(call, attempt):
    CallReason.objects.update_or_create(
        call=call,
        kind=CallReason.Kind.PROMISED,
        defaults={"unit_id": call.unit_id, "attempt": attempt},
    )


def _let_todos_rest(call, moment, by, at):
    """Take the call off Today until it can be made again."""
    let_rest(
        by.unit,
        person_id=call.person_id,
        routines=keys_of_kind("call"),
        until=timezone.localdate(moment),
        by=by,
        at=at,
    )
