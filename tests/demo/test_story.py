"""The year of the invented association, as it stands in the database afterwards."""

from datetime import UTC, date, datetime
from statistics import mean, median

import pytest
from django.db import transaction
from django.db.models import F

from krets.demo.cast import OFFICERS, cast
from krets.demo.files import register_file
from krets.demo.people import invent
from krets.demo.story import Story
from krets.register.imports.run import bring_in
from krets.register.models import Change, Fee, Membership, Note, Person, PersonTag, Unit
from krets.rhythm.models import Todo
from krets.welcome.calls.models import Attempt
from krets.welcome.letters.models import Letter

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
NOON = datetime(2026, 11, 26, 11, tzinfo=UTC)


class RolledBackError(Exception):
    """So that the second year begins where the first one did."""


def played(seed):
    """Play the year; return what it left, without keys drawn by chance, and roll it back."""
    people = cast(invent(40, seed=seed, today=TODAY), today=TODAY)
    try:
        with transaction.atomic():
            Story(people, seed=seed, today=TODAY, now=NOON).play()
            left = {model.__name__: rows(model, *columns) for model, columns in LEFT.items()}
            raise RolledBackError
    except RolledBackError:
        return left


def rows(model, *columns):
    found = model.objects.annotate(number=F(_PERSON.get(model, "person__register_number")))
    return sorted(map(str, found.values_list("number", *columns)))


_PERSON = {Person: "register_number"}
LEFT = {
    Person: ("first_name", "last_name", "born_on", "email", "phone", "street", "sort_key"),
    Membership: ("joined_on", "left_on", "learned_at", "left_reason"),
    Fee: ("year", "paid_on", "learned_at"),
    PersonTag: ("tag__word", "at"),
    Change: ("at", "fields"),
    Note: ("at", "ends_on"),
    Attempt: ("at", "outcome", "mood", "next_step", "again_at", "key"),
    Letter: ("kind", "printed_at"),
    Todo: ("routine", "fact_on", "due_on", "closing", "closed_at", "owner__register_number"),
}


def test_the_same_seed_and_day_leave_the_same_rows(db):
    first, again = played(4), played(4)

    assert first == again
    assert all(first.values())


def test_a_year_has_been_lived_and_nothing_lies_in_the_future(db):
    people = cast(invent(120, seed=1, today=TODAY), today=TODAY)

    Story(people, seed=1, today=TODAY, now=NOON).play()

    waiting = set(
        Todo.objects.due(TODAY.replace(month=12)).values_list("owner__email", "routine").distinct()
    )
    assert {(OFFICERS[0].email, "welcome_call"), (OFFICERS[0].email, "welcome_letter")} <= waiting
    assert any(routine == "call_promised" for _owner, routine in waiting)
    assert not Attempt.objects.filter(at__gt=NOON).exists()
    assert not Todo.objects.filter(made_at__gt=NOON).exists()
    assert not Membership.objects.filter(learned_at__gt=NOON).exists()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_small_association_is_lived_in_and_well_kept(db, seed):
    people = cast(invent(9, seed=seed, today=TODAY), today=TODAY)

    Story(people, seed=seed, today=TODAY, now=NOON).play()

    siv = Person.objects.get(email=OFFICERS[0].email)
    assert set(siv.mandates.filter(ended_at=None).values_list("kind", flat=True)) == {
        "membership_officer",
        "caller",
    }
    assert not Todo.objects.open().exclude(owner=siv).exists()
    assert Todo.objects.open().filter(due_on__lt=TODAY).count() <= 2
    to_call = Todo.objects.open().filter(routine="welcome_call")
    assert set(to_call.values_list("person__first_name", flat=True)) == {"Amina", "Elsa"}
    # Those before them have been welcomed, and one is to be called again today.
    assert Letter.objects.filter(kind="welcome").count() >= 2
    assert Attempt.objects.filter(outcome="talked").count() >= 2
    assert Todo.objects.open().filter(routine="call_promised", due_on=TODAY).exists()
    assert Person.objects.members().filter(account=None).count() >= 4


def test_what_is_read_in_has_the_shares_that_were_aimed_at(party):
    unit = Unit.objects.create(
        organisation=party.organisation,
        parent=party,
        kind=Unit.Kind.ASSOCIATION,
        name="Stor",
        slug="stor",
        created_at=NOON,
    )
    people = invent(2000, seed=1, today=TODAY)
    bring_in(unit, register_file(people, TODAY), by=None, at=NOON, name="register.csv")

    members = Person.objects.of(unit).members()
    ages = [(TODAY - born).days / 365.25 for born in members.values_list("born_on", flat=True)]
    tenures = [
        (TODAY - joined).days / 365.25
        for joined in Membership.objects.of(unit).current().values_list("joined_on", flat=True)
    ]
    count = len(ages)
    assert 47 <= mean(ages) <= 55
    assert 0.15 <= sum(age < 30 for age in ages) / count <= 0.25
    assert 0.45 <= members.filter(sex="woman").count() / count <= 0.55
    assert 3 <= median(tenures) <= 6
    assert 0.08 <= sum(tenure < 1 for tenure in tenures) / count <= 0.15
    assert 0.85 <= members.exclude(email="").count() / count <= 0.95
