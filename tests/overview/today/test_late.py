"""Who has waited longer than intended, in the whole association."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from krets.overview.today.cards import cards_of
from krets.overview.today.numbers import numbers_of
from krets.overview.today.queries import late_here
from krets.register.models import ListLook, Person
from krets.rhythm.models import Todo
from tests.conftest import NOON, TODAY
from tests.overview.today.test_views import HTMX, address, new, words_of

DAY = timedelta(days=1)


@pytest.fixture
def as_siv(client, cast):
    client.force_login(cast.siv.account)
    return client


def late(unit, name, last_name="", *, days=1, owner=None):
    """Make somebody new whose call should have been made so many days ago."""
    person = new(unit, name, last_name)
    Todo.objects.filter(person=person).update(due_on=TODAY - days * DAY, owner=owner)
    return person


def test_it_says_who_what_since_when_and_who_has_it(cast, as_siv):
    late(cast.bjorkvik, "Amina", "Yusuf", days=3, owner=cast.bo.person)
    late(cast.bjorkvik, "Gunnar")
    todo = Todo.objects.get(person__first_name="Amina")

    page = words_of(as_siv.get(address("late", cast.siv)))

    assert "2 people have waited longer than intended" in page
    assert f'href="{address("todo", cast.siv, todo.pk)}">Amina Yusuf</a>' in page
    assert "<span>Call.</span> <span>Joined today and has had no call yet." in page
    assert "Waiting since Friday" in page
    assert "Bo Lind has it." in page
    assert "Nobody has it." in page
    assert page.index("Amina") < page.index("Gunnar")
    assert as_siv.get(address("todo", cast.siv, todo.pk)).status_code == 200


def test_it_lists_those_whom_the_figure_counts(cast, as_siv):
    late(cast.bjorkvik, "Amina")
    late(cast.granby, "Gun")
    new(cast.bjorkvik, "Björn")
    Todo.objects.filter(person=late(cast.bjorkvik, "Elsa")).update(snoozed_until=TODAY + DAY)
    Person.objects.filter(pk=late(cast.bjorkvik, "Gunnar").pk).update(protected_at=NOON)
    Todo.objects.filter(person=late(cast.bjorkvik, "Ida")).update(closed_at=NOON, closing="done")

    cards = as_siv.get(address("late", cast.siv)).context["cards"]

    assert [card.who for card in cards] == ["Amina"]
    assert numbers_of(cast.siv, TODAY).late == 1


def test_one_person_with_two_things_is_one_who_waits(cast, as_siv):
    todo = Todo.objects.get(person=late(cast.bjorkvik, "Amina"))
    todo.pk, todo.routine = None, "coffee"
    todo.save()

    answer = as_siv.get(address("late", cast.siv))

    assert "1 person has waited longer than intended" in words_of(answer)
    assert len(answer.context["cards"]) == 2


def test_it_stands_in_pages(cast, as_siv, monkeypatch):
    monkeypatch.setattr("krets.overview.today.views.PER_PAGE", 2)
    for number in range(3):
        late(cast.bjorkvik, f"Ny{number}", days=9 - number)

    second = as_siv.get(address("late", cast.siv), {"page": 2}, headers=HTMX).content.decode()

    assert [name for name in ("Ny0", "Ny1", "Ny2") if f">{name}</a>" in second] == ["Ny2"]
    assert "<h1" not in second


def test_it_is_told_once_a_day_that_their_names_were_seen(cast, as_siv):
    amina = late(cast.bjorkvik, "Amina")

    for _time in range(2):
        as_siv.get(address("late", cast.siv))

    look = ListLook.objects.get(page="late")
    assert (look.shown, look.viewer) == ([amina.pk], cast.siv.account)


def test_where_nobody_waits_it_says_so(cast, as_siv):
    page = words_of(as_siv.get(address("late", cast.siv)))

    assert "Nobody has waited longer than intended" in page
    assert "Nothing has been left lying." in page


def test_it_is_for_those_alone_who_may_see_members(client, cast):
    for viewer in (cast.alva, cast.bo, cast.arne):
        client.force_login(viewer.account)
        assert client.get(address("late", viewer)).status_code == 404
    client.force_login(cast.doris.account)
    where = reverse("overview:today:late", args=["bjorkvik"])
    assert client.get(where).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_however_many_wait(cast, number):
    for each in range(number):
        late(cast.bjorkvik, f"Ny{each}", owner=cast.bo.person)

    with CaptureQueriesContext(connection) as statements:
        _people, todos = late_here(cast.bjorkvik, TODAY)
        cards = cards_of(cast.siv, list(todos), TODAY)
        owners = {card.todo.owner.name for card in cards}

    assert (len(statements), len(cards), owners) == (2, number, {"Bo Lind"})
