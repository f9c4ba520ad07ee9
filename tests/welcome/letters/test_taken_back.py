"""Letters that were marked as printed and were not: the way back, days later."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from krets.kit.audit.models import Entry
from krets.register.looks.models import ListLook
from krets.rhythm.todos.models import Todo
from krets.welcome.letters import commands
from krets.welcome.letters.models import Letter
from krets.welcome.letters.queries import due_letters
from tests.welcome.kit import changed, days, new_member

pytestmark = pytest.mark.django_db
HOME = {"street": "Ekvägen 7", "postal_code": "12345", "city": "Björkvik"}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def people(cast, now):
    """Three new members whose letters Siv has marked as printed the day before."""
    made = [
        new_member(cast.bjorkvik, name, joined_on=timezone.localdate(now) - days(2), **HOME)
        for name in ("Amina", "Bertil", "Cleo")
    ]
    changed(*made, at=now - days(2))
    print_letters(cast, now - days(1))
    return made


@pytest.fixture
def siv(client, cast):
    client.force_login(cast.siv.account)
    return client


def print_letters(cast, at, kind="welcome"):
    due = due_letters(cast.bjorkvik, kind, fields=cast.siv.scope("letter:print").fields)
    commands.mark_printed(cast.bjorkvik, kind=kind, due=due, by=cast.siv, at=at)


def address(name, *args, unit="bjorkvik"):
    return reverse(f"welcome:letters:{name}", args=[unit, *args])


def page_of(client):
    return client.get(address("list")).content.decode()


def way_back(page):
    return re.search(r'action="([^"]*/undo/[^"]*)"', page)[1].replace("&amp;", "&")


def waiting():
    letters = Todo.objects.open().filter(routine="welcome_letter")
    return sorted(letters.values_list("person__first_name", flat=True))


def test_what_was_printed_lately_is_folded_on_the_page(siv, people):
    page = page_of(siv)

    folded = page[page.index("<details") :]
    assert "Printed in the last few days: 3" in folded
    assert "3 letters printed yesterday" in folded
    assert "by Siv Öberg." in folded
    assert [each for each in ("Amina", "Bertil", "Cleo") if each not in folded] == []
    assert ListLook.objects.get().shown == [person.pk for person in people]


def test_all_of_a_time_are_taken_back(siv, people):
    page = page_of(siv)

    told = siv.post(way_back(page), follow=True).content.decode()

    assert "Undo: 3 letters are not printed" in page
    assert "3 letters are to be printed again." in told
    assert "Printed in the last few days" not in told
    assert waiting() == ["Amina", "Bertil", "Cleo"]


def test_one_of_them_is_taken_back_and_leaves_its_line_in_the_trail(siv, people):
    page = page_of(siv)
    letter = Letter.objects.get(person=people[1])

    told = siv.post(way_back(page), {"letter": letter.pk}, follow=True).content.decode()

    assert f'name="letter" value="{letter.pk}"' in page
    assert "1 letter is to be printed again." in told
    assert "Printed in the last few days: 2" in told
    assert waiting() == ["Bertil"]
    assert Entry.objects.filter(action="letter.print_undone").count() == 1


def test_taking_back_twice_says_so(siv, people):
    back = way_back(page_of(siv))
    siv.post(back)

    told = siv.post(back, follow=True).content.decode()

    assert "That was taken back already." in told


def test_who_else_prints_letters_may_take_them_back(client, cast, people):
    Letter.objects.update(printed_by=None)
    client.force_login(cast.siv.account)
    page = page_of(client)

    client.post(way_back(page))

    assert "3 letters printed yesterday" in page
    assert ", by" not in page[page.index("<details") :]
    assert waiting() == ["Amina", "Bertil", "Cleo"]


def test_after_a_week_they_are_printed_for_good(siv, people, now):
    Letter.objects.update(printed_at=now - days(7))

    assert "Printed in the last few days" not in page_of(siv)


def test_each_kind_has_its_own_page(siv, people):
    page = siv.get(address("fee_list")).content.decode()

    assert "Printed in the last few days" not in page


def test_who_is_protected_is_counted_and_not_named(siv, people, now):
    people[0].protected_at = now
    people[0].save()

    page = page_of(siv)

    assert "Undo: 3 letters are not printed" in page
    assert "Amina" not in page


@pytest.mark.parametrize("who", ["alva", "bo", "arne", "doris"])
def test_nobody_else_takes_letters_back(client, cast, people, who):
    client.force_login(getattr(cast, who).account)
    printed_at = Letter.objects.first().printed_at.isoformat().replace("+", "%2B")

    answer = client.post(f"{address('undo', 'welcome')}?at={printed_at}")

    assert answer.status_code == 404
    assert waiting() == []


def test_what_was_printed_next_door_is_nothing_to_doris(client, cast, people):
    client.force_login(cast.doris.account)
    printed_at = Letter.objects.first().printed_at.isoformat().replace("+", "%2B")

    page = client.get(address("list", unit="granby")).content.decode()
    client.post(f"{address('undo', 'welcome', unit='granby')}?at={printed_at}")

    assert "Printed in the last few days" not in page
    assert Letter.objects.count() == 3


def test_the_page_takes_as_many_statements_for_three_printed_times_as_for_one(
    siv, cast, people, now, django_assert_max_num_queries
):
    counts = []
    for number in range(3):
        with django_assert_max_num_queries(21) as asked:
            siv.get(address("list"))
        counts.append(len(asked))
        more = new_member(cast.bjorkvik, f"P{number}", joined_on=timezone.localdate(now), **HOME)
        changed(more, at=now)
        print_letters(cast, now)

    assert counts[0] == counts[2]
