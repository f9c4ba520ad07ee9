"""What the cards say is asked once for all of them, also where each is of another kind."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from krets.overview.today.cards import cards_of, with_persons
from krets.rhythm.routines.queries import all_routines
from krets.rhythm.todos.models import Todo
from krets.welcome.models import Attempt
from tests.conftest import NOON, TODAY
from tests.welcome.kit import days, new_member, owe, tell


@pytest.fixture
def routines():
    """The real routines: none is tried in their place."""


def one_of_each(cast):
    """Make a to-do of each routine that is about a person, as if known the day it happened."""
    for number, routine in enumerate(each for each in all_routines() if each.subject == "person"):
        person = new_member(cast.bjorkvik, f"Ny{number}")
        call = owe(person, given_to=cast.siv.person)
        attempt = tell(
            call,
            Attempt.Outcome.TALKED,
            by=cast.siv,
            next_step="call_again",
            again_at=NOON + days(2),
        )
        Todo.objects.create(
            unit=cast.bjorkvik,
            routine=routine.key,
            subject_id=person.pk,
            occasion=f"attempt:{attempt.pk}",
            person=person,
            owner=cast.siv.person,
            fact_on=TODAY,
            learned_on=TODAY,
            due_on=TODAY,
            made_at=NOON,
        )


@pytest.mark.django_db
@pytest.mark.parametrize("times", [1, 3])
def test_cards_of_every_kind_cost_five_statements(cast, times):
    for _time in range(times):
        one_of_each(cast)

    with CaptureQueriesContext(connection) as statements:
        cards = cards_of(cast.siv, list(with_persons(Todo.objects.filter(made_at=NOON))), TODAY)

    kinds = {card.routine.key for card in cards}
    assert kinds >= {"welcome_letter", "welcome_call", "call_promised", "fee_leaving", "fee_unpaid"}
    # The to-dos with their names, days of joining, tries, begun reports, and what was promised.
    assert len(statements) == 5
