"""Never more than three tries within two weeks, whatever the call."""

import pytest

from krets.rhythm.todos.models import Todo
from krets.welcome.calls import commands
from krets.welcome.calls.models import Attempt, Call, CallReason
from tests.conftest import NOON, TODAY
from tests.welcome.kit import days, new_member, owe, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(cast):
    return new_member(cast.bjorkvik)


@pytest.fixture
def tried(cast, amina):
    """A call that was tried on three days, and rests."""
    call = owe(amina)
    for day in range(3):
        commands.claim(call, by=cast.siv, at=NOON + days(day))
        tell(call, "no_answer", by=cast.siv, at=NOON + days(day))
    return call


def let_rest(call, by):
    commands.decide_rested(call, closing=Call.Closing.NOT_NEEDED, by=by, at=NOON + days(2))


def test_nobody_is_rung_a_fourth_time_by_hand(cast, amina, tried):
    let_rest(tried, cast.siv)

    with pytest.raises(commands.NotToBeCalledError, match="has not answered three times"):
        owe(amina, kind=CallReason.Kind.BY_HAND, at=NOON + days(3))

    assert not Call.objects.open().exists()


def test_a_call_that_rests_is_not_taken_in_hand(cast, tried):
    with pytest.raises(commands.NotToBeCalledError, match="membership officer decides"):
        commands.claim(tried, by=cast.siv, at=NOON + days(3))


def test_a_fourth_try_is_not_told_of_without_the_call_in_hand(cast, tried):
    with pytest.raises(commands.NotToBeCalledError):
        tell(tried, "no_answer", by=cast.siv, at=NOON + days(3))

    assert Attempt.objects.count() == 3


def test_a_talk_can_be_told_of_though_the_call_rests(cast, tried):
    tell(tried, "talked", by=cast.siv, at=NOON + days(3))

    tried.refresh_from_db()
    assert tried.closing == "talked"


def test_another_routines_call_waits_until_the_two_weeks_are_over(cast, amina, tried):
    let_rest(tried, cast.siv)
    owed = [(amina.pk, TODAY + days(3), None)]
    commands.open_calls(cast.bjorkvik, kind="fee", owed=owed, by=None, at=NOON + days(3))
    fee = Call.objects.open().get(person=amina)

    offered = [
        commands.claim_next(cast.bjorkvik, by=cast.siv, at=NOON + days(day)) for day in (3, 13, 14)
    ]

    assert offered == [None, None, fee]


def test_the_to_do_of_another_routine_rests_as_long(cast, amina, tried):
    let_rest(tried, cast.siv)
    todo = Todo.objects.create(
        unit=cast.bjorkvik,
        routine="fee_unpaid",
        subject_id=amina.pk,
        occasion="fee:2026",
        person=amina,
        owner=cast.siv.person,
        fact_on=TODAY,
        learned_on=TODAY,
        due_on=TODAY,
        made_at=NOON,
    )

    commands.owe(CallReason.Kind.FEE)(cast.bjorkvik, [todo], at=NOON + days(3))

    todo.refresh_from_db()
    assert todo.snoozed_until == TODAY + days(14)


def test_a_late_report_of_a_call_taken_before_still_counts(cast, amina):
    call = owe(amina)
    commands.claim(call, by=cast.bo, at=NOON)
    later = NOON + Call.LASTS
    for turn in range(3):
        commands.claim(call, by=cast.siv, at=later + days(turn))
        tell(call, "no_answer", by=cast.siv, at=later + days(turn))

    tell(call, "no_answer", by=cast.bo, at=later + days(2))

    assert Attempt.objects.count() == 4
