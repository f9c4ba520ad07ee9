"""Whoever moves calls and to-dos at the same time waits for the other, and nobody for both.

On SQLite there is one writer, so there this only shows that all is done. PostgreSQL locks row by
row: where two commands take the same rows in two orders, it refuses one of them.
"""

from contextlib import suppress
from datetime import timedelta

import pytest

from krets.kit.errors import CannotError
from krets.register.imports.commands import apply, ask_to_apply
from krets.register.imports.run import look
from krets.register.mandates.commands import end
from krets.register.mandates.models import Mandate
from krets.register.members.models import Person
from krets.rhythm.routines import registry
from krets.rhythm.routines.commands import reconsider, set_routine
from krets.rhythm.todos import commands as todos
from krets.rhythm.todos.models import Todo
from krets.welcome.calls import commands, listeners
from krets.welcome.calls.models import Attempt, Call
from tests.conftest import NOON
from tests.welcome.calls.races import at_once
from tests.welcome.kit import another_caller, changed, days, new_member, tell

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PEOPLE = 20
ROUTINE = "welcome_call"


@pytest.fixture
def calls(cast):
    """Return calls to new members on Bo's own list."""
    people = [new_member(cast.bjorkvik, f"Ny{number}") for number in range(PEOPLE)]
    changed(*people)
    Call.objects.update(given_to=cast.bo.person)
    return list(Call.objects.order_by("pk"))


def beside(calls, by, other):
    """Report every call while the other works; return how many reports were written."""

    def ring():
        for call in calls:
            with suppress(CannotError):
                tell(call, "no_answer", by=by)

    at_once(lambda work: work(), ring, other)
    return at_once(lambda _turn: Attempt.objects.count(), 1)[0]


def of_each(calls):
    return list(Todo.objects.open().filter(routine=ROUTINE).order_by("pk"))


def test_to_dos_are_handed_over_while_their_calls_are_reported(cast, calls, on_disk):
    lena = another_caller(cast.bjorkvik)
    waiting = of_each(calls)
    on_disk()

    def hand_over():
        for todo in waiting:
            with suppress(CannotError):
                todos.hand_over(todo, to_person=lena.person, by=cast.siv, at=NOON)

    assert beside(calls, cast.siv, hand_over) == PEOPLE


def test_to_dos_are_done_in_another_way_while_their_calls_are_reported(cast, calls, on_disk):
    waiting = of_each(calls)
    on_disk()

    def do():
        for todo in waiting:
            with suppress(CannotError):
                todos.mark_done(todo, by=cast.siv, at=NOON)

    beside(calls, cast.siv, do)
    left = at_once(lambda _turn: Todo.objects.open().filter(routine=ROUTINE).count(), 1)

    assert left == [0]


def test_a_routine_is_switched_off_while_its_calls_are_reported(cast, calls, on_disk):
    on_disk()

    def switch_off():
        routine = registry.get(ROUTINE)
        set_routine(cast.bjorkvik, routine=routine, on=False, numbers={}, by=cast.alva, at=NOON)
        listeners.routine_switched_off(unit_id=cast.bjorkvik.pk, at=NOON)

    beside(calls, cast.siv, switch_off)
    left = at_once(lambda _turn: Todo.objects.open().filter(routine=ROUTINE).count(), 1)

    assert left == [0]


def test_a_mandate_ends_while_its_calls_are_reported(cast, calls, on_disk):
    mandate = Mandate.objects.get(person=cast.bo.person)
    on_disk()

    beside(calls, cast.siv, lambda: end(mandate, by=cast.siv, at=NOON))
    left = at_once(lambda _turn: Call.objects.filter(given_to=cast.bo.person).count(), 1)

    assert left == [0]


def test_the_routines_judge_everyone_while_calls_are_reported(cast, calls, on_disk):
    ids = [call.person_id for call in calls]
    # By then the time for welcoming has passed, and every to-do closes.
    later = NOON + days(200)
    on_disk()

    def judge():
        for at in (NOON, later):
            reconsider(cast.bjorkvik.pk, subject="person", ids=ids, by=None, at=at)

    assert beside(calls, cast.siv, judge) == PEOPLE


def test_lapsed_calls_are_given_away_while_callers_reach_for_each_others(cast, calls, on_disk):
    lena = another_caller(cast.bjorkvik)
    Call.objects.update(given_to=None, claimed_by=lena.person, claim_until=NOON)
    Call.objects.filter(pk__in=[call.pk for call in calls[::2]]).update(claimed_by=cast.bo.person)
    later = NOON + timedelta(seconds=1)
    on_disk()

    def take(caller, some):
        for call in some:
            with suppress(CannotError):
                commands.claim(call, by=caller, at=later)

    def give(to):
        for call in calls:
            commands.give_calls(
                cast.bjorkvik, calls=[*calls[:2], call], to=to, by=cast.siv, at=later
            )

    at_once(
        lambda work: work(),
        lambda: take(cast.bo, calls),
        lambda: take(lena, calls[::-1]),
        lambda: give(None),
    )
    held = at_once(lambda _turn: Call.objects.filter(claim_until__gt=later).count(), 1)

    assert held[0] <= 2


def test_a_file_about_everybody_is_saved_while_their_calls_are_reported(cast, calls, on_disk):
    people = [call.person for call in calls]
    for number, person in enumerate(people):
        person.register_number = f"P{number}"
        person.save(update_fields=["register_number"])
    head = "Medlemsnummer;Förnamn;Efternamn;Ort\r\n"
    rows = [f"{each.register_number};{each.first_name};Yusuf;Lund\r\n" for each in reversed(people)]
    importing = look(
        cast.bjorkvik,
        (head + "".join(rows)).encode(),
        wanted={"Medlemsnummer": "register_number"},
        by=cast.siv,
        at=NOON,
    )
    ask_to_apply(importing, sure=True, enqueued=False, by=cast.siv, at=NOON)
    on_disk()

    written = beside(calls, cast.siv, lambda: apply(importing, by=cast.siv, at=NOON))
    living = at_once(lambda _turn: Person.objects.filter(city="Lund").count(), 1)

    assert (written, living) == (PEOPLE, [PEOPLE])
