"""Who is told on Today that a mandate waits for one more of the board to agree."""

import pytest

from krets.register.mandates import commands
from tests.conftest import NOON, TODAY, give, make_person
from tests.rhythm.kit import changed, join

OFFICER = "membership_officer"
LEAD = "1 decision is waiting for you."
NOTICE = "1 mandate opens nothing until one more of the board agrees to it. You can be the one."


@pytest.fixture
def britt(cast):
    return give(make_person(cast.bjorkvik, "Britt", "Sjö"), "secretary")


@pytest.fixture
def waiting(cast, britt):
    return appoint(cast, cast.cecilia)


def appoint(cast, person):
    mail = f"{person.pk}@example.org"
    return commands.give(cast.bjorkvik, person, kind=OFFICER, email=mail, by=cast.alva, at=NOON)


def today(client, viewer):
    client.force_login(viewer.account)
    answer = client.get(f"/{viewer.unit.slug}/")
    return " ".join(answer.content.decode().split())


def test_whoever_may_be_the_second_is_told_with_a_way_there(client, britt, waiting):
    page = today(client, britt)

    assert LEAD in page
    assert NOTICE in page
    assert 'href="/bjorkvik/register/mandates/">See and decide</a>' in page
    assert "Nothing is waiting for you now" not in page
    assert "cup of coffee" not in page
    assert "Cecilia" not in page


@pytest.mark.parametrize("name", ["alva", "siv", "bo", "arne", "doris"])
def test_neither_the_giver_nor_who_may_not_agree_nor_the_neighbours_are_told(
    client, cast, waiting, name
):
    assert "See and decide" not in today(client, getattr(cast, name))


def test_the_one_concerned_is_not_told_though_on_the_board(client, cast, britt):
    sten = give(make_person(cast.bjorkvik, "Sten", "Mo"), "treasurer")
    appoint(cast, sten.person)

    assert "See and decide" not in today(client, sten)
    assert "See and decide" in today(client, britt)


@pytest.mark.parametrize("end", [False, True])
def test_nobody_is_told_of_what_is_agreed_to_or_ended(client, cast, britt, waiting, end):
    if end:
        commands.end(waiting, by=cast.alva, at=NOON)
    else:
        commands.agree(waiting, by=britt, at=NOON)

    assert "See and decide" not in today(client, britt)


def test_it_stands_beside_what_else_there_is_to_do(client, cast, britt, waiting):
    amina = make_person(cast.bjorkvik, "Amina")
    join(amina, on=TODAY, learned_at=NOON)
    changed(amina, at=NOON)
    amina.todos.update(owner=britt.person)

    page = today(client, britt)

    assert "waiting for you." in page
    assert LEAD not in page
    assert NOTICE in page


def test_several_are_told_as_one(client, cast, britt, waiting):
    appoint(cast, cast.bo.person)

    page = today(client, britt)

    assert "2 decisions are waiting for you." in page
    assert page.count("See and decide") == 1


def test_only_those_who_may_agree_are_asked_about(client, cast, britt, waiting, statements):
    for viewer, times in ((britt, 1), (cast.bo, 0), (cast.arne, 0), (cast.siv, 0)):
        with statements() as told:
            today(client, viewer)

        asked = [sql for sql in told if '"agreed_at" IS NULL' in sql]
        assert len(asked) == times
