"""Late in the evening nobody under 18 is rung: what can be done stands before them."""

from datetime import timedelta

import pytest
import time_machine

from krets.rhythm.models import Todo
from krets.welcome.models import Draft
from tests.conftest import NOON, TODAY
from tests.overview.today.test_views import address, new
from tests.welcome.kit import at_hour, owe

DAY = timedelta(days=1)


@pytest.fixture
def as_bo(client, cast):
    client.force_login(cast.bo.account)
    return client


@pytest.mark.parametrize(("hour", "first"), [(19, "Elsa"), (20, "Bengt")])
def test_who_is_under_18_stands_last_when_it_is_too_late_to_ring(cast, as_bo, hour, first):
    for name, born_year in (("Elsa", TODAY.year - 16), ("Bengt", TODAY.year - 61)):
        new(cast.bjorkvik, name, born_year=born_year)
    Todo.objects.filter(person__first_name="Elsa").update(due_on=TODAY - DAY)

    with time_machine.travel(at_hour(hour, minute=30), tick=False):
        pages = [as_bo.get(address(name, cast.bo)).context for name in ("today", "all")]

    shown = [pages[0]["found"].cards, pages[1]["cards"]]
    assert [cards[0].who for cards in shown] == [first, first]
    assert [len(cards) for cards in shown] == [2, 2]


def test_what_one_has_begun_to_report_is_never_too_late(cast, as_bo):
    for name, born_year in (("Elsa", TODAY.year - 16), ("Bengt", TODAY.year - 61)):
        new(cast.bjorkvik, name, born_year=born_year)
    elsa = Todo.objects.get(person__first_name="Elsa")
    Todo.objects.filter(pk=elsa.pk).update(due_on=TODAY - DAY)
    call = owe(elsa.person, due_on=TODAY, given_to=cast.bo.person)
    Draft.objects.create(
        unit=cast.bjorkvik, call=call, by=cast.bo.person, revision=1, saved_at=NOON, answers=""
    )

    with time_machine.travel(at_hour(20, minute=30), tick=False):
        cards = as_bo.get(address("today", cast.bo)).context["found"].cards

    assert [card.who for card in cards] == ["Elsa", "Bengt"]
