"""What somebody had by a mandate that ends goes to whoever takes over."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from krets.kit.audit.models import Entry
from krets.register.mandates import commands, handing_over
from krets.register.models import Mandate, Person
from krets.rhythm.models import Todo
from krets.rhythm.todos import commands as todos
from krets.welcome.calls.commands import answer
from krets.welcome.calls.models import Call, CallReason
from tests.conftest import NOON, TODAY, give, make_person
from tests.welcome.kit import another_caller, changed, new_member, owe

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_alva(client, cast, time_machine):
    time_machine.move_to(NOON)
    client.force_login(cast.alva.account)
    return client


@pytest.fixture
def lena(cast):
    return another_caller(cast.bjorkvik).person


def mandate_of(viewer):
    return Mandate.objects.get(unit=viewer.unit, person=viewer.person, ended_at=None)


def page_of(mandate):
    return reverse("register:mandates:end", args=["bjorkvik", mandate.pk])


def words_of(response):
    return " ".join(response.content.decode().split())


def end(mandate, to, *, by):
    commands.end(mandate, to=to, by=by, at=NOON)


def two_new_members(cast):
    """Let Bo be the contact person of two new members, so that he is to call them."""
    people = [new_member(cast.bjorkvik, name, contact_person=cast.bo.person) for name in "AB"]
    changed(*people)
    return people


def contacts_of(people):
    found = Person.objects.filter(pk__in=[person.pk for person in people])
    return set(found.values_list("contact_person", flat=True))


def test_the_page_counts_what_goes_over_and_names_no_member(cast, as_alva, lena):
    amina, _berit = two_new_members(cast)
    owe(amina, kind=CallReason.Kind.PROMISED)

    page = words_of(as_alva.get(page_of(mandate_of(cast.bo))))

    assert "Contact person of 2 members" in page
    assert "2 to-dos" in page
    assert "2 calls on the call list" in page
    assert "They are among the to-dos. Including 1 promised." in page
    assert "half written" not in page
    assert "Lena Holm" in page
    assert "Yusuf" not in page


def test_the_page_says_which_calls_are_no_to_dos(cast, as_alva, lena):
    amina, _berit = two_new_members(cast)
    Todo.objects.open().filter(person=amina).update(owner=cast.siv.person)

    page = words_of(as_alva.get(page_of(mandate_of(cast.bo))))

    assert "2 calls on the call list" in page
    assert "1 of them is one of the to-dos." in page


def test_the_page_says_that_a_call_is_going_on(cast, as_alva, lena):
    amina, berit = two_new_members(cast)
    one, another = (Call.objects.get(person=person) for person in (amina, berit))
    answer(one, key=uuid4(), by=cast.bo, at=NOON, outcome="talked")
    answer(another, key=uuid4(), by=cast.siv, at=NOON, outcome="talked")

    page = words_of(as_alva.get(page_of(mandate_of(cast.bo))))

    assert "One call is going on, or its report is half written: ask first how it went." in page


def test_what_a_caller_had_goes_to_whoever_is_chosen(cast, as_alva, lena):
    people = two_new_members(cast)
    owned = set(Todo.objects.open().filter(owner=cast.bo.person).values_list("pk", flat=True))

    answer = as_alva.post(page_of(mandate_of(cast.bo)), {"to": lena.pk}, follow=True)

    assert "The mandate has ended. Lena has taken over." in words_of(answer)
    assert set(Todo.objects.filter(owner=lena).values_list("pk", flat=True)) == owned
    assert {call.given_to for call in Call.objects.open()} == {lena}
    assert contacts_of(people) == {lena.pk}
    assert not Todo.objects.open().filter(owner=cast.bo.person).exists()
    for action, number in (("call.given", 2), ("contact_person.set", 2), ("todos.reassigned", 1)):
        assert Entry.objects.filter(action=action).count() == number


def test_what_was_put_off_waits_on_the_new_owners_today_at_once(cast, lena):
    two_new_members(cast)
    put_off, rests = Todo.objects.open().filter(owner=cast.bo.person).order_by("pk")[:2]
    todos.snooze(put_off, until=TODAY + timedelta(days=3), by=cast.bo, at=NOON)
    Todo.objects.filter(pk=rests.pk).update(snoozed_until=TODAY + timedelta(days=5))

    end(mandate_of(cast.bo), lena, by=cast.alva)

    taken = Todo.objects.filter(owner=lena)
    told = {todo.pk: (todo.snoozed_until, todo.snoozes) for todo in taken}
    assert told[put_off.pk] == (None, 0)
    assert told[rests.pk] == (TODAY + timedelta(days=5), 0)


def test_what_is_shared_out_when_nobody_is_chosen_is_put_off_for_nobody(cast):
    two_new_members(cast)
    put_off = Todo.objects.open().filter(owner=cast.bo.person).order_by("pk").first()
    todos.snooze(put_off, until=TODAY + timedelta(days=3), by=cast.bo, at=NOON)

    end(mandate_of(cast.bo), None, by=cast.alva)

    put_off.refresh_from_db()
    assert put_off.owner not in {None, cast.bo.person}
    assert put_off.snoozed_until is None


def test_somebody_has_to_be_chosen_and_only_who_may_take_all_of_it(cast, as_alva, lena):
    two_new_members(cast)
    treasurer = give(make_person(cast.bjorkvik, "Tage", "Holm"), "treasurer").person
    mandate = mandate_of(cast.bo)

    nobody = as_alva.post(page_of(mandate), {"to": ""})
    somebody_else = as_alva.post(page_of(mandate), {"to": treasurer.pk})

    assert (nobody.status_code, somebody_else.status_code) == (422, 422)
    assert "Choose who takes over." in words_of(nobody)
    assert "Tage Holm" not in words_of(nobody)
    mandate.refresh_from_db()
    assert mandate.ended_at is None
    with pytest.raises(commands.CannotTakeOverError):
        end(mandate, treasurer, by=cast.alva)
    assert Todo.objects.open().filter(owner=cast.bo.person).exists()


def test_a_mandate_by_which_nothing_is_held_ends_without_a_question(cast, as_alva, lena):
    mandate = mandate_of(cast.bo)

    page = words_of(as_alva.get(page_of(mandate)))
    as_alva.post(page_of(mandate), {})

    assert "There is nothing to hand over." in page
    assert 'name="to"' not in page
    mandate.refresh_from_db()
    assert mandate.ended_at is not None


def test_what_another_mandate_still_allows_stays(cast, lena):
    people = two_new_members(cast)
    give(cast.bo.person, "contact_person")
    caller = Mandate.objects.get(person=cast.bo.person, kind="caller")

    found = handing_over.ending_of(caller, cast.bjorkvik, at=NOON)
    commands.end(caller, by=cast.alva, at=NOON)

    assert (found.held, found.people) == ([], [])
    assert {call.given_to for call in Call.objects.open()} == {cast.bo.person}
    assert contacts_of(people) == {cast.bo.person.pk}


def test_the_page_of_one_that_somebody_must_hold_says_to_give_it_first(cast, as_alva):
    page = words_of(as_alva.get(page_of(mandate_of(cast.siv))))

    assert "Nobody else holds this mandate. Give it to somebody first." in page
    assert "End the mandate now" not in page


def test_those_of_the_same_mandate_are_offered_first(cast, lena):
    two_new_members(cast)

    found = handing_over.ending_of(mandate_of(cast.bo), cast.bjorkvik, at=NOON)

    assert found.people == [lena, cast.siv.person]
    assert not found.all_are_officers


def test_a_call_of_the_shared_list_that_is_in_hand_goes_along_a_lapsed_one_does_not(cast, lena):
    held, lapsed = (owe(new_member(cast.bjorkvik, name)) for name in "AB")
    in_hand = {"given_to": None, "claimed_by": cast.bo.person}
    quarter = timedelta(minutes=15)
    Call.objects.filter(pk=held.pk).update(**in_hand, claim_until=NOON + quarter)
    Call.objects.filter(pk=lapsed.pk).update(**in_hand, claim_until=NOON - quarter)

    end(mandate_of(cast.bo), lena, by=cast.alva)

    held.refresh_from_db()
    lapsed.refresh_from_db()
    assert (held.given_to, held.claimed_by) == (lena, None)
    assert lapsed.given_to is None


def test_nobody_takes_over_what_is_about_themself(cast):
    # Lena is a member who was to be called by Bo, and now gets his mandate.
    lena = new_member(cast.bjorkvik, "Lena", contact_person=cast.bo.person)
    amina = new_member(cast.bjorkvik, contact_person=cast.bo.person)
    changed(lena, amina)
    give(lena, "caller")

    end(mandate_of(cast.bo), lena, by=cast.alva)

    contacts = Person.objects.filter(pk__in=[lena.pk, amina.pk])
    assert dict(contacts.values_list("pk", "contact_person")) == {lena.pk: None, amina.pk: lena.pk}
    owners = Todo.objects.open().filter(routine="welcome_call")
    assert dict(owners.values_list("person", "owner")) == {
        amina.pk: lena.pk,
        lena.pk: cast.siv.person.pk,
    }


def test_what_is_about_somebody_protected_goes_to_the_membership_officer(cast, lena):
    people = two_new_members(cast)
    hidden = people[0]
    Person.objects.filter(pk=hidden.pk).update(protected_at=NOON)

    end(mandate_of(cast.bo), lena, by=cast.alva)

    hidden.refresh_from_db()
    assert hidden.contact_person is None
    owners = Todo.objects.open().filter(routine="welcome_call")
    assert dict(owners.values_list("person", "owner")) == {
        people[0].pk: cast.siv.person.pk,
        people[1].pk: lena.pk,
    }


def test_what_is_left_by_an_officer_goes_to_the_other_officer(cast):
    new = new_member(cast.bjorkvik)
    changed(new)
    other = give(make_person(cast.bjorkvik, "Olle", "Ek"), "membership_officer").person
    letters = Todo.objects.open().filter(routine="welcome_letter", owner=cast.siv.person)
    assert letters.exists()

    end(mandate_of(cast.siv), other, by=cast.alva)

    assert not Todo.objects.open().filter(owner=cast.siv.person).exists()
    assert Todo.objects.open().get(routine="welcome_letter").owner == other


def test_counting_and_moving_cost_the_same_for_one_and_for_many(
    cast, lena, django_assert_num_queries
):
    people = [
        new_member(cast.bjorkvik, f"N{number}", contact_person=cast.bo.person)
        for number in range(12)
    ]
    changed(*people)
    mandate = mandate_of(cast.bo)

    with django_assert_num_queries(4):
        handing_over.ending_of(mandate, cast.bjorkvik, at=NOON)


def test_nothing_of_the_neighbours_goes_over(cast, lena):
    theirs = owe(new_member(cast.granby), given_to=cast.bo.person)
    todo = Todo.objects.create(
        unit=cast.granby,
        routine="welcome_call",
        subject_id=theirs.person_id,
        occasion="x",
        person=theirs.person,
        owner=cast.bo.person,
        fact_on=TODAY,
        learned_on=TODAY,
        due_on=TODAY,
        made_at=NOON,
    )
    two_new_members(cast)

    end(mandate_of(cast.bo), lena, by=cast.alva)

    theirs.refresh_from_db()
    todo.refresh_from_db()
    assert (theirs.given_to, todo.owner) == (cast.bo.person, cast.bo.person)
