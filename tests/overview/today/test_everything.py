"""All that waits stands in the order of Today and is counted as there."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from krets.overview.today import queries
from krets.rhythm.models import Todo
from tests.conftest import NOON, TODAY
from tests.overview.today.test_views import address, new, words_of
from tests.rhythm.kit import CALL, COFFEE, LETTER, connected

DAY = timedelta(days=1)


@pytest.fixture
def as_siv(client, cast):
    client.force_login(cast.siv.account)
    return client


@pytest.fixture
def three_kinds(cast):
    """A call that has waited long, a pile of letters for today, and a coffee for later."""
    for number in range(3):
        new(cast.bjorkvik, f"Brev{number}", letter=True)
    Todo.objects.filter(routine="call").delete()
    new(cast.bjorkvik, "Amina", on=TODAY - 5 * DAY)
    new(cast.bjorkvik, "Björn")
    Todo.objects.update(owner=cast.siv.person, due_on=TODAY)
    Todo.objects.filter(person__first_name="Amina").update(due_on=TODAY - 3 * DAY)
    Todo.objects.filter(person__first_name="Björn").update(routine="coffee", due_on=TODAY + DAY)


def who(cards):
    return [card.who for card in cards]


@pytest.mark.usefixtures("three_kinds")
def test_everything_stands_in_the_order_of_today(cast, as_siv):
    shown = as_siv.get(address("today", cast.siv)).context["found"].cards
    listed = as_siv.get(address("all", cast.siv)).context["cards"]

    assert who(shown) == ["Amina", "3 welcome letters", "Björn"]
    assert who(listed) == who(shown)


@pytest.mark.usefixtures("three_kinds")
def test_both_pages_and_the_navigation_count_alike(cast, as_siv):
    said = "Three things are waiting for you. One of them has waited longer than intended."

    for name in ("today", "all"):
        page = words_of(as_siv.get(address(name, cast.siv)))
        assert said in page
        assert '<span class="place__count">3</span>' in page
    assert page.count('<li class="line">') == 3


def test_what_is_gathered_is_counted_among_the_lines_of_a_page(cast, as_siv, monkeypatch):
    monkeypatch.setattr("krets.overview.today.views.PER_PAGE", 2)
    with connected(replace(CALL, gather=3), COFFEE, LETTER):
        for number in range(3):
            new(cast.bjorkvik, f"Ny{number}", letter=True)
        Todo.objects.filter(routine="letter", person__first_name="Ny0").delete()
        Todo.objects.update(owner=cast.siv.person)

        first = as_siv.get(address("all", cast.siv))
        second = as_siv.get(address("all", cast.siv), {"page": 2})

    assert first.context["paged"].paginator.count == 3
    assert (len(first.context["cards"]), len(second.context["cards"])) == (2, 1)
    # Gathered or not, what is due last stands last.
    assert who(second.context["cards"]) == ["Call"]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_it_costs_the_same_however_much_waits(cast, number):
    for each in range(number):
        new(cast.bjorkvik, f"Ny{each}")
    Todo.objects.update(owner=cast.siv.person)

    with CaptureQueriesContext(connection) as statements:
        _waiting, places = queries.everything(cast.siv, NOON)
        queries.cards_at(cast.siv, places[:25], TODAY)

    assert len(statements) == 3
    assert len(places) == number
