"""Every page × every mandate × one's own and others' rows, from the router and the access table.

Whoever the table does not name meets 404, as for a page that does not exist.
"""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from krets.register.access.kinds import Mandates
from krets.register.access.scope import Rows
from krets.register.access.table import TABLE
from krets.register.models import Mandate
from tests.conftest import NOON, give, make_person
from tests.register.access.routes import behind
from tests.register.access.rows import World, has_row, value

PAGES = behind("page")
WITH_ROWS = [route for route in PAGES if has_row(route[0], route[2])]
METHODS = ("get", "post")
NOT_THERE = 404
NO_SUCH_METHOD = 405
# The row is there, and yet there is nothing to see at the moment: what the page would show is not
# in the state it is about.
NOTHING_TO_SHOW = {
    "welcome:calls:decision": "the call does not rest",
    "welcome:calls:draft": "another officer has the call in hand",
    "welcome:calls:report": "another officer has the call in hand",
    "welcome:calls:undo": "an attempt without effects is not the viewer's own",
    "overview:today:undo": "one takes back one's own last act",
    "overview:today:snooze": "without a day there is nothing to put off to",
    "welcome:letters:undo": "it says in the query which printing",
    "register:imports:near": "the file has no near match in the row",
}

each_page = pytest.mark.parametrize("route", PAGES, ids=lambda route: route[0])
each_row = pytest.mark.parametrize("route", WITH_ROWS, ids=lambda route: route[0])


def address(route, world, *, unit=None):
    """Return the route's address in a unit, with rows of (maybe another) world as arguments."""
    name, _view, arguments = route
    slug = (unit or world.unit).slug
    values = [slug if word == "unit" else value(name, word, world) for word in arguments]
    return reverse(name, args=values)


def answers(client, account, where):
    """Return {method: status} of asking as the account; a fresh session each."""
    client.logout()
    if account:
        client.force_login(account)
    return {method: getattr(client, method)(where).status_code for method in METHODS}


@pytest.fixture
def here(cast):
    return World(cast.bjorkvik, cast.siv, cast.cecilia)


@pytest.fixture
def next_door(cast):
    return World(cast.granby, cast.doris, cast.gun)


@pytest.fixture
def holder(cast):
    """Return a maker of somebody in Björkvik who holds one kind of mandate and no other."""

    def make(kind, **term):
        person = make_person(cast.bjorkvik, f"Holder{kind}", "Test")
        term.setdefault("starts_on", date(2020, 1, 1))
        give(person, kind, **term)
        return person.account

    return make


@each_page
def test_a_page_exists_for_exactly_the_mandates_the_table_names(client, here, holder, route):
    where = address(route, here)

    for kind in Mandates.values:
        got = answers(client, holder(kind), where)

        if kind not in TABLE[route[1].permission]:
            assert got == dict.fromkeys(METHODS, NOT_THERE), kind
        elif not has_row(route[0], route[2]) and route[0] not in NOTHING_TO_SHOW:
            assert NOT_THERE not in got.values(), kind


@each_row
def test_somebody_elses_row_exists_for_those_alone_whose_grant_opens_all_rows(
    client, here, holder, route
):
    where = address(route, here)

    for kind, grant in TABLE[route[1].permission].items():
        got = set(answers(client, holder(kind), where).values()) - {NO_SUCH_METHOD}

        if Rows.UNIT not in grant.rows:
            assert got == {NOT_THERE}, kind
        elif route[0] not in NOTHING_TO_SHOW:
            assert got != {NOT_THERE}, kind


@each_page
def test_a_page_exists_for_nobody_without_a_current_mandate_here(client, cast, here, holder, route):
    where = address(route, here)
    kind = next(iter(TABLE[route[1].permission]))
    today = timezone.localdate()
    nobody = {
        "ended by date": holder(kind, ends_on=today - timedelta(days=1)),
        "the neighbours' officer": cast.doris.account,
    }
    for case, change in {
        "not begun": {"starts_on": today + timedelta(days=1), "ends_on": None},
        "ended": {"ended_at": NOON},
        "not agreed to": {"agreed_at": None},
    }.items():
        person = make_person(cast.bjorkvik, case, "Test")
        give(person, kind, starts_on=date(2020, 1, 1))
        Mandate.objects.filter(person=person).update(**change)
        nobody[case] = person.account

    for case, account in nobody.items():
        assert answers(client, account, where) == dict.fromkeys(METHODS, NOT_THERE), case


@each_page
def test_whoever_is_not_signed_in_is_asked_to(client, here, route):
    assert answers(client, None, address(route, here)) == dict.fromkeys(METHODS, 302)


@each_row
def test_the_neighbours_rows_do_not_exist_here_nor_ours_at_the_neighbours(
    client, cast, here, next_door, route
):
    """Doris may all at Granby, Siv and Alva all at Björkvik; neither reaches over the fence."""
    for viewer, unit, world in [
        (cast.doris, cast.granby, here),
        (cast.siv, cast.bjorkvik, next_door),
        (cast.alva, cast.bjorkvik, next_door),
    ]:
        got = answers(client, viewer.account, address(route, world, unit=unit))

        # A method that the page does not know is refused before any row is looked for.
        assert set(got.values()) - {NO_SUCH_METHOD} == {NOT_THERE}


@each_page
def test_a_mandate_taken_away_in_the_middle_of_a_session_closes_the_page_at_once(
    client, here, holder, route
):
    account = holder(next(iter(TABLE[route[1].permission])))
    where = address(route, here)
    client.force_login(account)
    client.get(where)

    Mandate.objects.filter(person__account=account).update(ended_at=NOON)

    assert client.get(where).status_code == NOT_THERE
