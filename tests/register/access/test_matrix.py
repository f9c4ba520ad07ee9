"""Every page × every mandate × one's own and others' rows, from the router and the access table.

Whoever the table does not name meets 404, as for a page that does not exist.
"""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from krets.register.access.kinds import Mandates
from krets.register.access.table import TABLE
from krets.register.models import Mandate
from tests.conftest import NOON, give, make_person
from tests.register.access.routes import behind
from tests.register.access.rows import ROWS

PAGES = behind("page")
METHODS = ("get", "post")


def address(route, cast, rows_of, *, unit=None):
    """Return the route's address in a unit, with rows of (maybe another) unit as arguments."""
    name, _view, arguments = route
    unit = unit or cast.bjorkvik
    values = [unit.slug if word == "unit" else ROWS[word](cast, rows_of) for word in arguments]
    return reverse(name, args=values)


def answers(client, account, where):
    if account:
        client.force_login(account)
    return {method: getattr(client, method)(where).status_code for method in METHODS}


@pytest.fixture
def holder(cast):
    """Return a maker of somebody in Björkvik who holds one kind of mandate and no other."""

    def make(kind, **term):
        person = make_person(cast.bjorkvik, f"Holder{kind}", "Test")
        term.setdefault("starts_on", date(2020, 1, 1))
        give(person, kind, **term)
        return person.account

    return make


@pytest.mark.parametrize("kind", Mandates.values)
@pytest.mark.parametrize("route", PAGES, ids=lambda route: route[0])
def test_a_page_exists_for_exactly_the_mandates_the_table_names(client, cast, holder, route, kind):
    got = answers(client, holder(kind), address(route, cast, cast.bjorkvik))

    if kind not in TABLE[route[1].permission]:
        assert got == dict.fromkeys(METHODS, 404)
    elif not has_rows(route):
        assert 404 not in got.values()


@pytest.mark.parametrize("route", PAGES, ids=lambda route: route[0])
def test_a_page_exists_for_nobody_without_a_current_mandate_here(client, cast, holder, route):
    where = address(route, cast, cast.bjorkvik)
    kind = next(iter(TABLE[route[1].permission]))
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)
    nobody = {
        "ended by date": holder(kind, ends_on=yesterday),
        "the neighbours' officer": cast.doris.account,
        "not begun": None,
        "ended": None,
        "not agreed to": None,
    }
    for case in ("not begun", "ended", "not agreed to"):
        person = make_person(cast.bjorkvik, case, "Test")
        give(person, kind, starts_on=date(2020, 1, 1))
        mandates = Mandate.objects.filter(person=person)
        if case == "not begun":
            mandates.update(starts_on=today + timedelta(days=1), ends_on=None)
        elif case == "ended":
            mandates.update(ended_at=NOON)
        else:
            mandates.update(agreed_at=None)
        nobody[case] = person.account

    for case, account in nobody.items():
        assert answers(client, account, where) == dict.fromkeys(METHODS, 404), case


@pytest.mark.parametrize("route", PAGES, ids=lambda route: route[0])
def test_whoever_is_not_signed_in_is_asked_to(client, cast, route):
    got = answers(client, None, address(route, cast, cast.bjorkvik))

    assert got == dict.fromkeys(METHODS, 302)


@pytest.mark.parametrize(
    "route", [route for route in PAGES if len(route[2]) > 1], ids=lambda route: route[0]
)
def test_the_neighbours_rows_do_not_exist_here_nor_ours_at_the_neighbours(client, cast, route):
    """Doris may all at Granby, Siv and Alva all at Björkvik; neither reaches over the fence."""
    for viewer, unit, rows_of in [
        (cast.doris, cast.granby, cast.bjorkvik),
        (cast.siv, cast.bjorkvik, cast.granby),
        (cast.alva, cast.bjorkvik, cast.granby),
    ]:
        where = address(route, cast, rows_of, unit=unit)
        got = answers(client, viewer.account, where)

        # A method that the page does not know is refused before any row is looked for.
        assert set(got.values()) - {405} == {404}


@pytest.mark.parametrize("route", PAGES, ids=lambda route: route[0])
def test_a_mandate_taken_away_in_the_middle_of_a_session_closes_the_page_at_once(
    client, cast, holder, route
):
    kind = next(iter(TABLE[route[1].permission]))
    account = holder(kind)
    where = address(route, cast, cast.bjorkvik)
    client.force_login(account)
    client.get(where)

    Mandate.objects.filter(person__account=account).update(ended_at=NOON)

    assert client.get(where).status_code == 404


def has_rows(route):
    return len(route[2]) > 1
