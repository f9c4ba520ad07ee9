"""Who gets which call: nobody twice, nobody left out."""

from uuid import UUID

import pytest

from krets.register.models import Person
from krets.welcome.calls import commands, queries
from krets.welcome.calls.models import Call, CallReason
from tests.conftest import NOON, TODAY
from tests.welcome.kit import another_caller, at_hour, days, new_member, owe, tell

pytestmark = pytest.mark.django_db


def test_a_claimed_call_is_nobody_elses(cast):
    call, lena = owe(new_member(cast.bjorkvik)), another_caller(cast.bjorkvik)
    commands.claim(call, by=cast.bo, at=NOON)

    with pytest.raises(commands.NotFreeError):
        commands.claim(call, by=lena, at=NOON + days(0.001))

    assert commands.claim_next(cast.bjorkvik, by=lena, at=NOON) is None


def test_a_claim_is_free_again_after_a_quarter_of_an_hour(cast):
    call, lena = owe(new_member(cast.bjorkvik)), another_caller(cast.bjorkvik)
    commands.claim(call, by=cast.bo, at=NOON)

    taken = commands.claim_next(cast.bjorkvik, by=lena, at=NOON + Call.LASTS)

    assert taken == call


def test_writing_holds_the_claim(cast):
    call, lena = owe(new_member(cast.bjorkvik)), another_caller(cast.bjorkvik)
    commands.claim(call, by=cast.bo, at=NOON)
    commands.answer(call, key=uuid_of(1), by=cast.bo, at=NOON + Call.LASTS / 2, note="Hm")

    with pytest.raises(commands.NotFreeError):
        commands.claim(call, by=lena, at=NOON + Call.LASTS)


def test_ones_own_come_first_then_those_one_is_contact_for_then_the_oldest(cast):
    oldest = owe(new_member(cast.bjorkvik, "Äldst"), due_on=TODAY - days(9))
    contact = owe(new_member(cast.bjorkvik, "Kontakt", contact_person=cast.bo.person))
    given = owe(new_member(cast.bjorkvik, "Given"), due_on=TODAY + days(2))
    commands.give_calls(cast.bjorkvik, calls=[given], to=cast.bo.person, by=cast.siv, at=NOON)

    order = []
    for _each in range(3):
        order.append(commands.claim_next(cast.bjorkvik, by=cast.bo, at=NOON))
        tell(order[-1], "talked", by=cast.bo)

    assert order == [given, contact, oldest]


def test_what_is_given_to_another_is_offered_to_nobody_else(cast):
    call, lena = owe(new_member(cast.bjorkvik)), another_caller(cast.bjorkvik)
    commands.give_calls(cast.bjorkvik, calls=[call], to=lena.person, by=cast.siv, at=NOON)

    assert commands.claim_next(cast.bjorkvik, by=cast.bo, at=NOON) is None
    assert commands.claim_next(cast.bjorkvik, by=cast.siv, at=NOON) is None
    with pytest.raises(commands.NotFreeError):
        commands.claim(call, by=cast.bo, at=NOON)


@pytest.mark.parametrize(
    "change",
    [
        {"deceased_on": TODAY},
        {"no_calls_at": NOON},
        {"supports_quietly_at": NOON},
        {"protected_at": NOON},
        {"phone": ""},
    ],
    ids=lambda change: next(iter(change)),
)
def test_some_people_are_never_offered_to_a_caller(cast, change):
    person = new_member(cast.bjorkvik)
    owe(person)
    Person.objects.filter(pk=person.pk).update(**change)

    assert commands.claim_next(cast.bjorkvik, by=cast.bo, at=NOON) is None
    assert queries.waiting_count(cast.bo, at=NOON) == 0


def test_a_protected_person_is_called_by_the_membership_officer(cast):
    person = new_member(cast.bjorkvik)
    call = owe(person)
    Person.objects.filter(pk=person.pk).update(protected_at=NOON)

    assert commands.claim_next(cast.bjorkvik, by=cast.siv, at=NOON) == call


@pytest.mark.parametrize("born", [{"born_on": TODAY.replace(year=2009)}, {"born_year": 2008}])
def test_nobody_under_18_is_called_after_20(cast, born):
    call = owe(new_member(cast.bjorkvik, **born))

    assert commands.claim_next(cast.bjorkvik, by=cast.bo, at=at_hour(20)) is None
    assert commands.claim_next(cast.bjorkvik, by=cast.bo, at=at_hour(19, minute=59)) == call


def test_a_person_has_one_open_call_however_many_reasons(cast):
    person = new_member(cast.bjorkvik)
    first = owe(person, due_on=TODAY + days(3))

    second = owe(person, kind=CallReason.Kind.FEE, due_on=TODAY)

    assert second == first
    assert second.due_on == TODAY
    assert {reason.kind for reason in first.reasons.all()} == {"welcome", "fee"}


def test_many_are_owed_a_call_in_as_few_statements_as_three(cast, django_assert_num_queries):
    people = [new_member(cast.bjorkvik, f"P{number}") for number in range(33)]
    owed = [(person.pk, TODAY, None) for person in people]

    for some in (owed[:3], owed[3:]):
        # Savepoint and release, two reads, two writes, the trail.
        with django_assert_num_queries(7):
            commands.open_calls(cast.bjorkvik, kind="welcome", owed=some, by=None, at=NOON)
    commands.open_calls(cast.bjorkvik, kind="wants", owed=owed, by=None, at=NOON)

    assert Call.objects.open().count() == 33
    assert CallReason.objects.count() == 66


def test_a_call_is_put_back_with_what_was_written_kept(cast):
    call, lena = owe(new_member(cast.bjorkvik)), another_caller(cast.bjorkvik)
    commands.claim(call, by=cast.bo, at=NOON)
    commands.answer(call, key=uuid_of(1), by=cast.bo, at=NOON, note="Ring efter fem")

    commands.let_go(call, by=cast.bo, at=NOON)

    assert commands.claim_next(cast.bjorkvik, by=lena, at=NOON) == call
    assert queries.draft_of(call, cast.bo) is not None


def test_calls_are_given_only_to_those_who_may_ring(cast):
    call = owe(new_member(cast.bjorkvik))

    with pytest.raises(commands.NotACallerError):
        commands.give_calls(cast.bjorkvik, calls=[call], to=cast.cecilia, by=cast.siv, at=NOON)


def test_a_call_somebody_is_making_is_not_moved(cast):
    call, lena = owe(new_member(cast.bjorkvik)), another_caller(cast.bjorkvik)
    commands.claim(call, by=cast.bo, at=NOON)

    moved = commands.give_calls(cast.bjorkvik, calls=[call], to=lena.person, by=cast.siv, at=NOON)

    assert moved == 0


def test_needless_calls_are_closed(cast):
    person = new_member(cast.bjorkvik)
    call = owe(person)
    Person.objects.filter(pk=person.pk).update(no_calls_at=NOON)

    closed = commands.close_needless(cast.bjorkvik, by=None, at=NOON)

    call.refresh_from_db()
    assert (closed, call.closing) == (1, "not_needed")


def test_who_asked_not_to_be_called_is_owed_none(cast):
    person = new_member(cast.bjorkvik, no_calls_at=NOON)

    with pytest.raises(commands.NotToBeCalledError, match="Amina has asked not to be called"):
        owe(person)


def test_the_late_report_of_a_lapsed_claim_counts_once(cast):
    call, lena = owe(new_member(cast.bjorkvik)), another_caller(cast.bjorkvik)
    commands.claim(call, by=cast.bo, at=NOON)
    later = NOON + Call.LASTS
    commands.claim(call, by=lena, at=later)
    tell(call, "talked", by=lena, at=later)

    tell(call, "no_answer", by=cast.bo, at=later)

    assert call.attempts.count() == 2
    with pytest.raises(commands.AlreadyReportedError):
        tell(call, "no_answer", by=cast.bo, at=later)


def test_nobody_picks_from_the_shared_list(cast):
    for number in range(3):
        owe(new_member(cast.bjorkvik, f"Ny{number}"))

    taken = [commands.claim_next(cast.bjorkvik, by=cast.bo, at=NOON) for _each in range(5)]

    assert len(set(taken)) == 1
    assert Call.objects.filter(claimed_by=cast.bo.person).count() == 1


def test_taking_another_call_puts_the_shared_one_back_and_keeps_what_is_given(cast):
    shared, given, another = (owe(new_member(cast.bjorkvik, name)) for name in ("A", "B", "C"))
    commands.give_calls(cast.bjorkvik, calls=[given], to=cast.siv.person, by=cast.siv, at=NOON)
    for call in (shared, given, another):
        commands.claim(call, by=cast.siv, at=NOON)

    held = Call.objects.filter(claimed_by=cast.siv.person)

    assert set(held) == {given, another}


def uuid_of(number):
    return UUID(int=number)
