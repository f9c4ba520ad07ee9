"""Calls follow the to-dos that ask for them: skipped, done in another way, switched off."""

import pytest

from krets.kit.jobs.worker import run_pending
from krets.register.mandates.commands import end
from krets.register.models import Mandate
from krets.rhythm.routines.commands import set_routine
from krets.rhythm.routines.queries import routine_called
from krets.rhythm.todos import commands as todos
from krets.rhythm.todos.models import Todo
from krets.welcome.calls import commands
from krets.welcome.calls.models import Attempt, Call, CallReason
from krets.welcome.path.commands import skip_step, take_up_step
from krets.welcome.path.steps import CALL
from tests.conftest import NOON, TODAY
from tests.welcome.kit import another_caller, at_hour, changed, days, new_member, owe, tell

pytestmark = pytest.mark.django_db
LATER = NOON + days(0.01)


def todo_of(person):
    return Todo.objects.get(person=person, routine="welcome_call")


def skip(cast, amina):
    skip_step(amina, step=CALL, words="Pratade på torget", by=cast.siv, at=LATER)


def say_not_needed(cast, amina):
    todos.not_needed(todo_of(amina), because="Pratade på torget", by=cast.siv, at=LATER)


def say_done(cast, amina):
    todos.mark_done(todo_of(amina), words="Vi sågs", by=cast.siv, at=LATER)


def take_up(cast, amina):
    take_up_step(amina, step=CALL, by=cast.siv, at=LATER)


def undo(cast, amina):
    todos.undo(todo_of(amina), by=cast.siv, at=LATER)


@pytest.mark.parametrize("act", [skip, say_not_needed, say_done])
def test_what_no_to_do_asks_for_is_not_rung(cast, amina, call, act):
    act(cast, amina)

    call.refresh_from_db()
    assert (call.closing, call.closed_by) == ("not_needed", cast.siv.account)
    assert commands.claim_next(cast.bjorkvik, by=cast.bo, at=LATER) is None


@pytest.mark.parametrize(
    ("act", "back"), [(skip, take_up), (say_not_needed, undo), (say_done, undo)]
)
def test_taken_back_it_is_rung_after_all(cast, amina, call, act, back):
    act(cast, amina)

    back(cast, amina)

    taken = commands.claim_next(cast.bjorkvik, by=cast.bo, at=LATER)
    assert taken.person == amina
    assert list(taken.reasons.values_list("kind", flat=True)) == ["welcome"]
    assert todo_of(amina).is_open


def test_whoever_was_ringing_meanwhile_may_tell_of_it(cast, amina, call):
    commands.claim(call, by=cast.bo, at=NOON)
    skip(cast, amina)

    tell(call, "talked", by=cast.bo, at=LATER)

    assert Attempt.objects.get(person=amina).mood == "glad"
    assert not Call.objects.open().exists()


def test_another_reason_keeps_the_call(cast, amina, call):
    commands.claim(call, by=cast.bo, at=NOON)
    saturday = at_hour(17, TODAY + days(5))
    tell(call, "call_back", by=cast.bo, next_step="call_again", again_at=saturday)

    skip(cast, amina)

    call.refresh_from_db()
    assert call.is_open


def test_what_was_chosen_by_hand_is_rung_without_a_to_do(cast):
    by_hand = owe(cast.cecilia, kind=CallReason.Kind.BY_HAND)

    changed(cast.cecilia)

    by_hand.refresh_from_db()
    assert by_hand.is_open


def test_a_call_that_waits_for_a_number_stays(cast, amina, call):
    commands.claim(call, by=cast.bo, at=NOON)

    tell(call, "wrong_number", by=cast.bo, number=amina.phone, at=LATER)

    call.refresh_from_db()
    assert call.is_open
    assert not todo_of(amina).is_open


def test_a_routine_switched_off_takes_its_calls_along_and_on_brings_them_back(cast, amina, call):
    routine = routine_called("welcome_call")
    numbers = {"days": 2}
    set_routine(cast.bjorkvik, routine=routine, on=False, numbers=numbers, by=cast.siv, at=LATER)
    run_pending(LATER)
    offered = commands.claim_next(cast.bjorkvik, by=cast.bo, at=LATER)

    set_routine(cast.bjorkvik, routine=routine, on=True, numbers=numbers, by=cast.siv, at=LATER)
    run_pending(LATER)

    assert offered is None
    assert commands.claim_next(cast.bjorkvik, by=cast.bo, at=LATER).person == amina


def test_what_a_caller_had_goes_to_the_shared_list_when_the_mandate_ends(cast):
    lena = another_caller(cast.bjorkvik)
    by_hand = owe(cast.cecilia, kind=CallReason.Kind.BY_HAND, given_to=cast.bo.person)
    mandate = Mandate.objects.get(person=cast.bo.person, ended_at=None)

    end(mandate, by=cast.alva, at=LATER)

    by_hand.refresh_from_db()
    assert by_hand.given_to is None
    assert commands.claim_next(cast.bjorkvik, by=lena, at=LATER) == by_hand


def test_a_mandate_that_runs_out_leaves_its_calls_the_next_night(cast):
    by_hand = owe(cast.cecilia, kind=CallReason.Kind.BY_HAND, given_to=cast.bo.person)
    Mandate.objects.filter(person=cast.bo.person).update(ends_on=TODAY)

    today = commands.take_back(cast.bjorkvik, by=None, at=NOON)
    tomorrow = commands.take_back(cast.bjorkvik, by=None, at=NOON + days(1))

    by_hand.refresh_from_db()
    assert (today, tomorrow, by_hand.given_to) == (0, 1, None)


def test_a_new_caller_gets_the_next_new_member(cast, amina, call):
    lena = another_caller(cast.bjorkvik)
    joined = new_member(cast.bjorkvik, "Björn")

    changed(joined)

    assert call.given_to == cast.bo.person
    assert Call.objects.get(person=joined).given_to == lena.person
    assert commands.claim_next(cast.bjorkvik, by=lena, at=NOON).person == joined


@pytest.mark.parametrize(("outcome", "most"), [("talked", 24), ("no_answer", 25)])
def test_a_report_asks_no_more_than_it_needs_to_keep_calls_and_to_dos_in_step(
    cast, amina, call, statements, outcome, most
):
    commands.claim(call, by=cast.bo, at=NOON)

    with statements() as counted:
        tell(call, outcome, by=cast.bo)

    assert len(counted) <= most
