"""Whoever puts off the to-do that asks for a call puts off the call."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from krets.rhythm.models import Todo
from krets.rhythm.todos import commands as todos
from krets.welcome.calls import commands, queries
from krets.welcome.calls.models import Call
from tests.conftest import NOON, TODAY
from tests.welcome.kit import another_caller, changed, days, new_member

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + days(1)


@pytest.fixture
def fredrik(cast, time_machine):
    """Return somebody whom Bo is to call, and has put off until tomorrow."""
    time_machine.move_to(NOON)
    person = new_member(cast.bjorkvik, "Fredrik", joined_on=TODAY - days(2))
    changed(person)
    asked = Todo.objects.filter(person=person, routine="welcome_call")
    asked.update(owner=cast.bo.person)
    todos.snooze(asked.get(), until=TOMORROW, by=cast.bo, at=NOON)
    return person


@pytest.fixture
def amina(cast, fredrik):
    """Return somebody on the shared list, whose day is later than Fredrik's."""
    person = new_member(cast.bjorkvik, joined_on=TODAY - days(1))
    changed(person)
    Todo.objects.filter(person=person).update(owner=cast.siv.person)
    Call.objects.filter(person=person).update(given_to=None)
    return person


@pytest.fixture(params=["shared", "given"])
def put_off(request, cast, fredrik):
    """Return the call to Fredrik, on the shared list or on Bo's own."""
    calls = Call.objects.filter(person=fredrik)
    calls.update(given_to=cast.bo.person if request.param == "given" else None)
    return calls.get()


def next_of(viewer, at=NOON):
    return commands.claim_next(viewer.unit, by=viewer, at=at)


def list_of(viewer, at=NOON):
    return queries.my_list(viewer, fields=frozenset(), at=at)


def test_the_next_call_is_another_one(cast, put_off, amina):
    assert next_of(cast.bo).person == amina


def test_what_was_put_off_with_the_call_in_hand_is_not_come_back_to(cast, put_off, amina):
    commands.claim(put_off, by=cast.bo, at=NOON)

    assert next_of(cast.bo).person == amina


def test_on_its_day_it_is_offered_again(cast, put_off):
    assert next_of(cast.bo) is None
    assert next_of(cast.bo, NOON + timedelta(days=1)) == put_off


def test_the_list_has_it_for_later_with_its_day(cast, put_off):
    mine = list_of(cast.bo)

    assert (mine.to_call, mine.later_today) == (0, 0)
    assert [(line.call, line.when) for line in mine.later] == [(put_off, "tomorrow")]
    assert list_of(cast.bo, NOON + timedelta(days=1)).to_call == 1


def test_what_was_agreed_for_a_later_day_keeps_its_clock(cast, put_off):
    agreed = NOON + timedelta(days=3)
    Call.objects.filter(pk=put_off.pk).update(not_before=agreed)

    assert list_of(cast.bo).later[0].when == queries.said_moment(agreed, TODAY)


def test_it_is_taken_on_purpose_all_the_same(client, cast, fredrik):
    client.force_login(cast.bo.account)

    client.post(reverse("welcome:calls:person", args=["bjorkvik", fredrik.pk]))

    assert Call.objects.get(person=fredrik).is_in_hand_of(cast.bo, timezone.now())


def test_another_thing_that_asks_for_the_call_brings_it_back(cast, fredrik, put_off):
    asked = Todo.objects.get(person=fredrik, routine="welcome_call")
    asked.pk, asked.occasion, asked.snoozed_until = None, "another", None
    asked.save()

    assert next_of(cast.bo) == put_off


def test_what_one_puts_off_others_may_call(cast, fredrik):
    Call.objects.filter(person=fredrik).update(given_to=None)

    assert next_of(another_caller(cast.bjorkvik)).person == fredrik


def test_today_and_the_button_mean_the_same_call(client, cast, fredrik, amina):
    Call.objects.filter(person=fredrik).update(given_to=None)
    client.force_login(cast.bo.account)

    today = client.get(reverse("overview:today:today", args=["bjorkvik"])).content.decode()
    card = client.post(reverse("welcome:calls:next", args=["bjorkvik"]), follow=True)

    assert "1 call is waiting on the shared list" in " ".join(today.split())
    assert "Amina" in card.content.decode()
