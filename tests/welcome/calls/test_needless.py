"""Calls that are no longer to be made: to those who left, have died, or want none."""

import pytest

from krets.register.imports.models import Import
from krets.register.members.commands import (
    end_membership,
    record_deceased,
    resume_membership,
    set_calls,
    set_quiet,
)
from krets.register.models import Fee, Membership, Person
from krets.rhythm.todos.models import Todo
from krets.welcome.calls import commands, listeners, queries
from krets.welcome.calls.models import Attempt, Call, CallReason
from tests.conftest import NOON, TODAY
from tests.welcome.kit import another_caller, at_hour, changed, days, new_member, owe, tell

pytestmark = pytest.mark.django_db
SATURDAY = at_hour(17, TODAY + days(5))


@pytest.fixture
def signed(cast):
    return {"by": cast.siv, "at": NOON}


def leave(person, signed):
    end_membership(person, on=TODAY, **signed)


def die(person, signed):
    record_deceased(person, on=TODAY, **signed)


def ask_for_peace(person, signed):
    set_calls(person, wanted=False, **signed)


def support_quietly(person, signed):
    set_quiet(person, quiet=True, **signed)


each_end = pytest.mark.parametrize("end", [leave, die, ask_for_peace, support_quietly])


@each_end
def test_a_call_that_is_not_to_be_made_is_closed_at_once(cast, amina, call, signed, end):
    end(amina, signed)

    call.refresh_from_db()
    assert (call.closing, call.closed_by) == ("not_needed", cast.siv.account)
    assert commands.claim_next(cast.bjorkvik, by=cast.bo, at=NOON) is None
    assert not Todo.objects.open().filter(person=amina, routine="welcome_call").exists()


def test_who_left_is_not_offered_though_nothing_closed_the_call(cast, amina, call):
    Membership.objects.filter(person=amina).update(left_on=TODAY, left_learned_at=NOON)

    assert commands.claim_next(cast.bjorkvik, by=cast.bo, at=NOON) is None
    assert queries.waiting_count(cast.siv, at=NOON) == 0
    with pytest.raises(commands.NotToBeCalledError, match="Amina is not to be called"):
        commands.claim(call, by=cast.bo, at=NOON)


def test_the_night_closes_what_was_missed_and_the_routines_hear_of_it(cast, amina):
    Membership.objects.filter(person=amina).update(left_on=TODAY, left_learned_at=NOON)

    closed = commands.close_needless(cast.bjorkvik, by=None, at=NOON)

    assert closed == 1
    assert not Todo.objects.open().filter(person=amina).exists()


def test_a_file_closes_the_calls_to_those_who_are_gone(cast, amina, call):
    importing = Import.objects.create(unit=cast.bjorkvik, size=1, uploaded_at=NOON)
    others = [new_member(cast.bjorkvik, f"P{number}") for number in range(3)]
    owed = [owe(person) for person in others]
    Membership.objects.filter(person__in=[amina, *others[:2]]).update(
        left_on=TODAY, left_learned_at=NOON
    )

    listeners.members_changed(cast.bjorkvik.pk, importing.pk, NOON)

    assert list(Call.objects.open()) == [owed[2]]


def test_a_promise_outlives_the_membership(cast, amina, call, signed):
    commands.claim(call, by=cast.bo, at=NOON)
    tell(call, "call_back", by=cast.bo, next_step="call_again", again_at=SATURDAY)

    leave(amina, signed)

    call.refresh_from_db()
    assert call.is_open
    assert commands.claim_next(cast.bjorkvik, by=cast.bo, at=SATURDAY) == call


def test_who_has_left_can_be_rung_by_hand_and_not_welcomed(cast, amina, signed):
    leave(amina, signed)

    with pytest.raises(commands.NotToBeCalledError):
        owe(amina)
    by_hand = owe(amina, kind=CallReason.Kind.BY_HAND)

    commands.claim(by_hand, by=cast.siv, at=NOON)
    assert by_hand.claimed_by == cast.siv.person


def test_coming_back_is_welcomed_anew(cast, amina, call, signed):
    leave(amina, signed)

    resume_membership(amina, **signed)

    assert owe(amina) != call


def test_a_fee_that_came_in_is_not_asked_about(cast):
    about_fee, also_new = (new_member(cast.bjorkvik, name) for name in ("Avgift", "Ny"))
    fee = owe(about_fee, kind=CallReason.Kind.FEE)
    owe(also_new, kind=CallReason.Kind.FEE)
    both = owe(also_new)
    for person in (about_fee, also_new):
        Fee.objects.create(unit=cast.bjorkvik, person=person, year=2026, learned_at=NOON)

    changed(about_fee, also_new)

    fee.refresh_from_db()
    both.refresh_from_db()
    assert (fee.closing, both.closing) == ("not_needed", "")


def test_last_years_fee_is_not_asked_about_in_january(cast):
    call = owe(new_member(cast.bjorkvik), kind=CallReason.Kind.FEE)

    commands.close_needless(cast.bjorkvik, by=None, at=NOON + days(305))

    call.refresh_from_db()
    assert call.closing == "not_needed"


def test_a_call_in_hand_can_be_told_of_though_no_calls_are_wanted_any_more(
    cast, amina, call, signed
):
    commands.claim(call, by=cast.bo, at=NOON)
    ask_for_peace(amina, signed)

    attempt = tell(
        call,
        "talked",
        by=cast.bo,
        note="Ringde innan det sades.",
        next_step="call_again",
        again_at=SATURDAY,
        promise="kaffe",
    )

    assert (attempt.outcome, attempt.note.text) == ("talked", "Ringde innan det sades.")
    assert (attempt.next_step, attempt.again_at, attempt.promise) == ("nothing", None, "")
    assert not Call.objects.open().filter(person=amina).exists()


def test_calling_back_is_not_promised_to_who_wants_no_calls(cast, amina, call, signed):
    commands.claim(call, by=cast.bo, at=NOON)
    ask_for_peace(amina, signed)

    tell(call, "call_back", by=cast.bo, next_step="call_again", again_at=SATURDAY)

    assert not Call.objects.open().filter(person=amina).exists()
    assert not CallReason.objects.filter(kind="promised").exists()
    assert not Todo.objects.filter(routine="call_promised").exists()


def test_no_calls_is_kept_also_when_the_call_was_closed_by_another(cast, amina, call):
    lena = another_caller(cast.bjorkvik)
    commands.give_calls(cast.bjorkvik, calls=[call], to=None, by=cast.siv, at=NOON)
    commands.claim(call, by=cast.bo, at=NOON)
    later = NOON + Call.LASTS
    commands.claim(call, by=lena, at=later)
    tell(call, "talked", by=lena, at=later)

    tell(call, "asked_not_to", by=cast.bo, at=later)

    amina.refresh_from_db()
    assert amina.no_calls_at == later


def test_taking_a_report_back_leaves_what_somebody_else_noted(cast, amina, call, signed):
    commands.claim(call, by=cast.bo, at=NOON)
    attempt = tell(call, "no_answer", by=cast.bo)
    set_calls(amina, wanted=False, by=cast.siv, at=NOON + days(0.01))

    commands.undo_report(attempt, by=cast.bo, at=NOON + days(0.02))

    amina.refresh_from_db()
    assert amina.no_calls_at == NOON + days(0.01)
    assert not Call.objects.open().filter(person=amina).exists()
    assert Attempt.objects.standing().count() == 0


def test_a_wrong_number_told_without_it_is_the_one_the_card_offers(cast, amina, call):
    Person.objects.filter(pk=amina.pk).update(phone_home="+46812345")
    commands.claim(call, by=cast.bo, at=NOON)

    tell(call, "wrong_number", by=cast.bo)

    assert amina.wrong_numbers.get().number == amina.phone
