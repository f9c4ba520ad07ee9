"""What a person's page says of the call that comes: one day everywhere, and never a past one."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from krets.kit.ui.days import comes, due, next_day, plain
from krets.register.models import Person
from krets.rhythm.calendar.queries import next_working_day
from krets.rhythm.models import Todo
from krets.rhythm.routines.queries import keys_of_kind
from krets.rhythm.todos import commands as todos
from krets.welcome.calls.models import Call
from krets.welcome.calls.queries import calls_of
from tests.register.access.test_budgets import MOST, asked
from tests.welcome.kit import changed, days, new_member, owe, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def siv(client, cast):
    client.force_login(cast.siv.account)
    return client


def lead_story_and_path(client, person):
    page = client.get(reverse("register:members:person", args=["bjorkvik", person.pk]))
    html = page.content.decode()
    event = html.split('data-state="next"', 1)[1].split("</li>", 1)[0]
    steps = html.split('class="path__step"')[1:]
    return page.context["told"].lead, event, steps


def test_a_call_that_nobody_answered_comes_on_one_day_everywhere(siv, cast, now, today):
    amina = new_member(cast.bjorkvik, "Amina", joined_on=today, learned_at=now)
    changed(amina, at=now)
    call = owe(amina, due_on=today + days(3), at=now)
    tell(call, "no_answer", by=cast.bo, at=now)

    lead, event, steps = lead_story_and_path(siv, amina)

    assert "Next: a call, tomorrow." in lead
    assert "Tomorrow." in event
    assert ["Tomorrow" in step for step in steps][1] is True
    assert call.due_on > today + days(1)


def test_a_call_whose_day_is_past_waits_since_then(siv, cast, now, today):
    gunnar = new_member(cast.bjorkvik, "Gunnar", joined_on=today - days(900), learned_at=now)
    owe(gunnar, kind="by_hand", due_on=today - days(150), at=now)

    lead, event, _steps = lead_story_and_path(siv, gunnar)

    since = plain(today - days(150), today)
    assert f"Next: a call, waiting since {since}." in lead
    assert f"Waiting since {since}." in event


def test_without_a_number_that_works_one_is_to_be_found(siv, cast, now, today):
    gunnar = new_member(cast.bjorkvik, "Gunnar", joined_on=today - days(900), learned_at=now)
    owe(gunnar, kind="by_hand", due_on=today - days(150), given_to=cast.bo.person, at=now)
    Person.objects.filter(pk=gunnar.pk).update(phone="")

    lead, event, _steps = lead_story_and_path(siv, gunnar)

    since = plain(next_working_day(today - days(150)), today)
    assert f"Next: find a number, waiting since {since}." in lead
    assert "Find a number" in event
    assert cast.bo.person.name not in event


def test_whether_there_is_a_number_is_told_where_numbers_are_opened(siv, cast, now, today):
    gunnar = new_member(cast.bjorkvik, "Gunnar", joined_on=today - days(900), learned_at=now)
    owe(gunnar, kind="by_hand", due_on=today + days(1), at=now)
    Person.objects.filter(pk=gunnar.pk).update(phone="", protected_at=now)

    lead, _event, _steps = lead_story_and_path(siv, gunnar)

    assert "Next: a call, tomorrow." in lead


def test_a_call_that_was_tried_waits_since_the_day_that_its_todo_asks_for_it(siv, cast, now, today):
    amina = new_member(
        cast.bjorkvik, "Amina", joined_on=today - days(20), learned_at=now - days(19)
    )
    changed(amina, at=now - days(19))
    call = Call.objects.open().get(person=amina)
    tell(call, "no_answer", by=cast.bo, at=now - days(3))
    Todo.objects.filter(routine="welcome_letter").update(closed_at=now, closing="done")
    todo = Todo.objects.open().get(person=amina, routine__in=keys_of_kind("call"))

    lead, event, steps = lead_story_and_path(siv, amina)

    since = due(todo.due_on, today)
    assert since.startswith("Waiting since ")
    assert f"Next: a call, {since[:1].lower()}{since[1:]}." in lead
    assert f"{since}." in event
    assert "Tried, no answer yet" in steps[1]


def test_a_call_that_is_put_off_comes_on_the_day_it_comes_back(siv, cast, now, today):
    amina = new_member(cast.bjorkvik, "Amina", joined_on=today - days(9), learned_at=now - days(9))
    changed(amina, at=now - days(9))
    Todo.objects.filter(routine="welcome_letter").update(closed_at=now, closing="data")
    todo = Todo.objects.open().get(person=amina, routine__in=keys_of_kind("call"))
    todos.snooze(todo, until=today + days(3), by=cast.siv, at=now)

    lead, event, steps = lead_story_and_path(siv, amina)

    told = comes(today + days(3), todo.due_on, today)
    back = told[:1].upper() + told[1:]
    assert todo.due_on < today
    assert f"Next: a call, {told}." in lead
    assert f"{back}." in event
    assert f"{back}<" in steps[1]


def test_a_call_that_another_todo_asks_for_now_is_not_put_off(cast, now, today):
    amina = new_member(cast.bjorkvik, "Amina", joined_on=today - days(9), learned_at=now - days(9))
    changed(amina, at=now - days(9))
    todo = Todo.objects.open().get(person=amina, routine__in=keys_of_kind("call"))
    Todo.objects.filter(pk=todo.pk).update(snoozed_until=today + days(3), snoozes=1)
    todo.pk, todo.routine = None, "call_again"
    todo.save()

    (call,) = calls_of(cast.bjorkvik, [amina.pk])[amina.pk]

    assert call.comes_on == call.due_on


def test_the_number_to_find_is_told_with_who_is_to_find_it(siv, cast, now, today):
    amina = new_member(cast.bjorkvik, "Amina", joined_on=today - days(9), learned_at=now - days(9))
    changed(amina, at=now - days(9))
    Todo.objects.filter(routine="welcome_letter").update(closed_at=now, closing="data")
    Person.objects.filter(pk=amina.pk).update(phone="")
    changed(amina, at=now)

    _lead, event, _steps = lead_story_and_path(siv, amina)

    assert "Find a number" in event
    assert f"<bdi>{cast.siv.person.name}</bdi>" in event


def test_what_may_be_done_is_told_with_the_day_by_which(today):
    tried, by = today - days(1), today + days(9)

    assert next_day(tried, by, today) == by
    assert comes(tried, by, today) == f"By {plain(by, today)}"
    assert comes(tried, today - days(9), today) == f"Waiting since {plain(today - days(9), today)}"


def test_what_comes_later_is_told_with_its_own_day(today):
    assert comes(today + days(1), today - days(9), today) == "tomorrow"
    assert comes(today, today, today) == "today"


def test_the_page_of_whom_we_owe_a_call_keeps_within_twelve_statements(siv, cast, now, today):
    amina = new_member(cast.bjorkvik, "Amina", joined_on=today, learned_at=now)
    owe(amina, due_on=today, at=now)
    where = reverse("register:members:person", args=["bjorkvik", amina.pk])

    status, statements = asked(siv, where)

    assert status == HTTPStatus.OK
    assert len(statements) <= MOST
