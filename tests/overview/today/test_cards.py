"""Which buttons are filled: what comes first, and what is for today."""

import re
from datetime import timedelta

import pytest

from krets.rhythm.models import Todo
from tests.conftest import TODAY
from tests.overview.today.test_views import address, new, words_of

DAY = timedelta(days=1)
BUTTON = re.compile(r'<div class="card__act">.*?class="button( button--main)?')


def filled(client, viewer):
    """Return for each card in order whether its button is filled."""
    client.force_login(viewer.account)
    page = words_of(client.get(address("today", viewer)))
    return [bool(main) for main in BUTTON.findall(page)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((2, 3, 4), [True, False, False]),
        ((-1, 0, 1), [True, True, False]),
    ],
)
def test_the_first_card_is_filled_and_all_that_is_for_today(client, cast, days, expected):
    for number, away in enumerate(days):
        person = new(cast.bjorkvik, f"Ny{number}")
        Todo.objects.filter(person=person).update(due_on=TODAY + away * DAY)

    assert filled(client, cast.bo) == expected


def test_a_pile_is_filled_like_any_other_card(client, cast):
    for number in range(3):
        new(cast.bjorkvik, f"Ny{number}", letter=True)
    Todo.objects.filter(routine="call").delete()

    assert filled(client, cast.siv) == [True]


def test_the_page_of_one_thing_leads_on_with_a_filled_button(client, cast):
    todo = Todo.objects.get(person=new(cast.bjorkvik, "Amina"))
    Todo.objects.update(owner=cast.siv.person, due_on=TODAY + 5 * DAY)
    client.force_login(cast.siv.account)

    page = words_of(client.get(address("todo", cast.siv, todo.pk)))

    assert page.count("button--main") == 1
