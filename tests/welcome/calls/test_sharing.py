"""Whoever has the to-do has the call, and the other way round."""

from krets.rhythm.models import Todo
from krets.rhythm.todos import commands as todos
from krets.welcome.calls import commands
from krets.welcome.calls.models import Call
from tests.conftest import NOON
from tests.welcome.kit import another_caller, changed, new_member


def owed(cast):
    """A new member whom Bo is to ring: the to-do and the call that the routine made."""
    person = new_member(cast.bjorkvik)
    changed(person)
    todo = Todo.objects.get(person=person, routine="welcome_call")
    call = Call.objects.get(person=person)
    commands.give_calls(cast.bjorkvik, calls=[call], to=cast.bo.person, by=cast.siv, at=NOON)
    todo.refresh_from_db()
    return todo, call


def test_giving_a_call_gives_the_todo(cast):
    todo, _call = owed(cast)

    assert todo.owner == cast.bo.person


def test_handing_a_todo_over_hands_the_call_over(cast):
    todo, call = owed(cast)
    lena = another_caller(cast.bjorkvik)

    todos.hand_over(todo, to_person=lena.person, by=cast.siv, at=NOON)

    call.refresh_from_db()
    assert call.given_to == lena.person


def test_a_call_that_is_being_made_stays_where_it_is(cast):
    todo, call = owed(cast)
    lena = another_caller(cast.bjorkvik)
    commands.claim(call, by=cast.bo, at=NOON)

    todos.hand_over(todo, to_person=lena.person, by=cast.siv, at=NOON)

    call.refresh_from_db()
    assert call.given_to == cast.bo.person


def test_what_is_on_the_shared_list_stays_shared(cast):
    todo, call = owed(cast)
    commands.give_calls(cast.bjorkvik, calls=[call], to=None, by=cast.siv, at=NOON)

    todos.hand_over(todo, to_person=cast.siv.person, by=cast.siv, at=NOON)

    call.refresh_from_db()
    assert call.given_to is None
