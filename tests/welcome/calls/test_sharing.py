"""Whoever has the to-do has the call, and the other way round."""

from django.urls import reverse

from krets.rhythm.models import Todo
from krets.rhythm.todos import commands as todos
from krets.welcome.calls import commands
from krets.welcome.calls.models import Call, CallReason
from krets.welcome.calls.queries import my_list, sharing
from tests.conftest import NOON, TODAY, make_person
from tests.welcome.kit import another_caller, changed, days, new_member, owe

PHONE = "+46701740611"


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


def test_calls_are_shared_out_in_the_order_of_the_list_of_calls(cast):
    new = new_member(cast.bjorkvik)
    changed(new)
    names = ("Vilar", "Senare", "Sist", "Först")
    vilar, senare, sist, first = (make_person(cast.bjorkvik, name, phone=PHONE) for name in names)
    by_hand = {"kind": CallReason.Kind.BY_HAND, "given_to": cast.bo.person}
    owe(vilar, due_on=TODAY - days(9), **by_hand)
    owe(senare, due_on=TODAY - days(8), **by_hand)
    owe(sist, due_on=TODAY + days(5), **by_hand)
    owe(first, due_on=TODAY - days(1), **by_hand)
    Call.objects.filter(person=senare).update(not_before=NOON + days(1))
    # The to-do that asks for it says when it is due, not the call itself.
    Call.objects.filter(person=new).update(due_on=TODAY + days(9), given_to=cast.bo.person)
    Call.objects.filter(person=vilar).update(not_before=NOON + days(2))
    fields = cast.siv.scope("call:report").fields

    mine = my_list(cast.bo, fields=fields, at=NOON)
    _shared_list, bos = sharing(cast.siv, [cast.bo.person], fields=fields, at=NOON).holders

    order = [line.call.person.first_name for line in bos.lines]
    assert order == [line.call.person.first_name for line in mine.lines]
    assert order == ["Först", "Amina", "Sist", "Vilar", "Senare"]


def test_where_no_calls_are_open_the_page_says_how_they_come(client, cast):
    client.force_login(cast.siv.account)
    where = reverse("welcome:calls:share", args=["bjorkvik"])

    page = client.get(where).content.decode()
    owe(cast.cecilia)
    filled = client.get(where).content.decode()

    assert "No calls are open." in page
    assert 'class="seats"' in page
    assert f'href="{reverse("register:imports:new", args=["bjorkvik"])}"' in page
    assert 'class="seats"' not in filled
    assert "1 call is waiting." in filled
