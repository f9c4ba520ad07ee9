"""What a person's page says is next: what is to be done, and not the same thing twice."""

import pytest
from django.urls import reverse

from krets.kit.ui.days import comes
from krets.register.access.scope import Fields
from krets.register.access.table import TABLE
from krets.register.models import Person
from krets.rhythm.models import Todo
from krets.rhythm.routines import registry
from krets.rhythm.routines.timeline import coming
from tests.welcome.kit import at_hour, changed, days, new_member, owe, tell

pytestmark = pytest.mark.django_db
ALL = frozenset(Fields)


@pytest.fixture
def person_page(client, cast):
    client.force_login(cast.siv.account)

    def told(person):
        address = reverse("register:members:person", args=["bjorkvik", person.pk])
        page = client.get(address)
        return page.context["told"], page.content.decode()

    return told


def nexts(told):
    return [each.what for each in told.upcoming]


def test_the_letter_to_a_new_member_is_next_and_leads_there(person_page, cast, now, today):
    amina = new_member(cast.bjorkvik, joined_on=today, learned_at=now, no_calls_at=now)
    changed(amina, at=now)
    letter = Todo.objects.get(routine="welcome_letter")

    told, page = person_page(amina)

    address = reverse("welcome:letters:person", args=["bjorkvik", amina.pk])
    when = comes(letter.due_on, letter.due_on, today)
    assert nexts(told) == ["A welcome letter"]
    assert told.lead.endswith(f"Next: a welcome letter, {when}.")
    assert f'href="{address}?todo={letter.pk}"' in page
    assert f"<bdi>{letter.owner.name}</bdi>" in page


def test_a_new_member_without_a_number_needs_one(person_page, cast, now, today):
    amina = new_member(cast.bjorkvik, joined_on=today, learned_at=now, phone="")
    changed(amina, at=now)

    told, page = person_page(amina)

    assert set(nexts(told)) == {"A welcome letter", "Find a number"}
    assert ">Find a number</a>" not in page


def test_a_number_that_a_call_waits_for_is_told_once(person_page, cast, now, today):
    amina = new_member(cast.bjorkvik, joined_on=today, learned_at=now)
    changed(amina, at=now)
    Person.objects.filter(pk=amina.pk).update(phone="")
    changed(amina, at=now)

    told, _page = person_page(amina)

    assert Todo.objects.open().filter(person=amina, routine="number_missing").exists()
    assert nexts(told).count("Find a number") == 1


def test_who_wants_to_leave_is_to_be_seen_to(person_page, cast, now, today):
    gunnar = new_member(
        cast.bjorkvik, "Gunnar", joined_on=today - days(900), fee_told_year=today.year
    )
    call = owe(gunnar, kind="fee", due_on=today, at=now)
    tell(call, "talked", by=cast.siv, at=now, fee_answer="leaves", leaving_reason="money")
    changed(gunnar, at=now)

    told, page = person_page(gunnar)

    assert nexts(told) == ["The membership is to be ended"]
    assert reverse("register:members:end", args=["bjorkvik", gunnar.pk]) in page


def test_what_is_put_off_comes_when_it_comes_back(cast, now, today):
    amina = new_member(cast.bjorkvik, joined_on=today, learned_at=now)
    changed(amina, at=now)
    back_on = today + days(7)
    Todo.objects.filter(routine="welcome_letter").update(snoozed_until=back_on, snoozes=1)

    letter = next(each for each in coming(cast.bjorkvik, amina.pk, ALL) if each.sort == "letter")

    assert letter.at == back_on


def test_a_closed_to_do_is_not_next(cast, now, today):
    amina = new_member(cast.bjorkvik, joined_on=today, learned_at=now)
    changed(amina, at=now)
    Todo.objects.open().update(closed_at=at_hour(12, today), closing="done")

    assert list(coming(cast.bjorkvik, amina.pk, ALL)) == []


@pytest.mark.parametrize("closed", [Fields.PROFILE, Fields.FEES])
def test_nothing_is_next_where_what_it_tells_of_is_closed(
    cast, now, today, closed, django_assert_num_queries
):
    amina = new_member(cast.bjorkvik, joined_on=today, learned_at=now)
    changed(amina, at=now)

    with django_assert_num_queries(0):
        told = list(coming(cast.bjorkvik, amina.pk, ALL - {closed}))

    assert told == []


def test_every_routine_says_what_comes_next():
    silent = [each.key for each in registry.routines("person") if not each.comes]

    assert silent == []


def test_whoever_reads_what_is_next_may_do_it():
    readers = {
        kind
        for kind, grant in TABLE["member:see"].items()
        if grant.fields >= {Fields.PROFILE, Fields.FEES}
    }
    needed = {each.needs for each in registry.routines("person") if each.method == "get"}

    assert readers
    assert [needs for needs in needed if not readers <= set(TABLE[needs])] == []
