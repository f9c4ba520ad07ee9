"""Which button is filled: one a page, the one to begin with."""

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


@pytest.mark.parametrize("days", [(2, 3, 4), (-1, 0, 1)])
def test_the_first_card_alone_is_filled(client, cast, days):
    for number, away in enumerate(days):
        person = new(cast.bjorkvik, f"Ny{number}")
        Todo.objects.filter(person=person).update(due_on=TODAY + away * DAY)
    Todo.objects.update(owner=cast.siv.person)

    assert filled(client, cast.siv) == [True, False, False]


def test_no_card_is_filled_where_one_button_begins_all_calls(client, cast):
    for number in range(2):
        new(cast.bjorkvik, f"Ny{number}")
    Todo.objects.update(due_on=TODAY - DAY)

    assert filled(client, cast.bo) == [False, False]
    page = words_of(client.get(address("today", cast.bo)))
    assert page.count("button--main") == 1


@pytest.mark.parametrize(("days", "told"), [(1, False), (2, False), (3, True)])
def test_when_it_was_found_out_is_told_once_days_have_gone_by(client, cast, days, told):
    todo = Todo.objects.get(person=new(cast.bjorkvik, "Amina", on=TODAY - days * DAY))
    client.force_login(cast.bo.account)

    today = words_of(client.get(address("today", cast.bo)))
    alone = words_of(client.get(address("todo", cast.bo, todo.pk)))

    assert ("We found out today." in today) == told
    assert "We found out today." in alone


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
