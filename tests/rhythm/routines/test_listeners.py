from datetime import timedelta

import pytest

from krets import events
from krets.events import MandatesChanged, MembersChanged, UnitChanged
from krets.kit.jobs.worker import run_pending
from krets.register.access import tickets
from krets.register.imports.models import Import, ImportedPerson
from krets.register.models import Mandate
from krets.register.organisation.commands import new_setup_link, set_up
from krets.rhythm.models import Todo, Watch
from krets.rhythm.routines.register import ROUTINES
from tests.conftest import NOON, TODAY, make_person
from tests.rhythm.kit import CALL, COFFEE, changed, connected, join, night_of

DAY = timedelta(days=1)
KEY = "register_not_imported"


@pytest.fixture
def own_routines():
    with connected(*ROUTINES):
        yield


@pytest.fixture
def own(cast, own_routines):
    """The register's own routines, in an association that has just begun."""


def applied(unit, at):
    return Import.objects.create(
        unit=unit, size=1, uploaded_at=at, read_at=at, applied_at=at, first=True
    )


def test_everyone_an_import_touched_is_judged(cast):
    with connected(CALL, COFFEE, *ROUTINES):
        people = [make_person(cast.bjorkvik, f"New {number}") for number in range(3)]
        for person in people:
            join(person, on=TODAY, learned_at=NOON)
        importing = applied(cast.bjorkvik, NOON)
        for person in people[:2]:
            ImportedPerson.objects.create(
                unit=cast.bjorkvik, importing=importing, person=person, how="new"
            )

        events.publish(MembersChanged(cast.bjorkvik.pk, importing.pk), at=NOON)
        run_pending(NOON)

    todos = Todo.objects.order_by("person_id").values_list("routine", "person_id")
    assert list(todos) == [("call", people[0].pk), ("call", people[1].pk)]


def test_who_loses_a_mandate_loses_the_to_dos_at_once(cast):
    with connected(CALL):
        amina = make_person(cast.bjorkvik, "Amina")
        join(amina, on=TODAY, learned_at=NOON)
        changed(amina, at=NOON)
        Mandate.objects.filter(person=cast.bo.person).update(ended_at=NOON)

        events.publish(MandatesChanged(cast.bjorkvik.pk), at=NOON)

    assert Todo.objects.get().owner == cast.siv.person


def test_an_association_without_a_file_is_asked_for_its_first(cast, own):
    events.publish(UnitChanged(cast.bjorkvik.pk), at=NOON)

    todo = Todo.objects.get()
    assert (todo.routine, todo.occasion, todo.subject_id) == (KEY, "first", cast.bjorkvik.pk)
    assert (todo.due_on, todo.person, todo.owner) == (TODAY, None, cast.siv.person)


def test_a_party_is_not_asked_for_a_file(cast, own, party):
    events.publish(UnitChanged(party.pk), at=NOON)

    assert not Todo.objects.exists()


def test_the_file_closes_it_at_once_and_a_week_later_it_is_asked_for_again(cast, own):
    events.publish(UnitChanged(cast.bjorkvik.pk), at=NOON)
    first = applied(cast.bjorkvik, NOON)
    events.publish(MembersChanged(cast.bjorkvik.pk, first.pk), at=NOON)
    assert not Todo.objects.open().exists()
    assert Watch.objects.get().next_on == TODAY + 7 * DAY

    night_of(cast.bjorkvik, NOON + 6 * DAY)
    assert not Todo.objects.open().exists()
    night_of(cast.bjorkvik, NOON + 9 * DAY)

    todo = Todo.objects.open().get()
    assert (todo.occasion, todo.due_on) == (f"after-{first.pk}", TODAY + 7 * DAY)

    second = applied(cast.bjorkvik, NOON + 10 * DAY)
    events.publish(MembersChanged(cast.bjorkvik.pk, second.pk), at=NOON + 10 * DAY)
    assert not Todo.objects.open().exists()


def test_the_first_to_do_after_set_up_is_the_member_file(db, own_routines):
    ticket = tickets.valid("set-up", new_setup_link(at=NOON), at=NOON)
    unit, account = set_up(
        ticket,
        organisation="Partiet",
        association="Björkvik",
        first_name="Siv",
        last_name="Öberg",
        email="siv@example.org",
        language="sv",
        by=None,
        at=NOON,
    )

    todo = Todo.objects.get()
    assert (todo.unit, todo.routine, todo.due_on) == (unit, KEY, TODAY)
    assert todo.owner.account == account
