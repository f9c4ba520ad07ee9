"""The week in figures: what the chair sees of the association, without a name."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from krets.overview.today.numbers import numbers_of
from krets.overview.today.week import Figure
from krets.overview.today.week import week_of as told
from krets.register.models import Fee, Import, Mandate, Person
from krets.rhythm.models import Todo
from krets.welcome.calls.models import Call
from tests.conftest import NOON, TODAY, give, make_person
from tests.overview.today.test_views import address, new, words_of
from tests.welcome.kit import new_member, owe

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def routines():
    """The week is told of the routines there are."""


def read_in(unit, at=NOON):
    return Import.objects.create(
        unit=unit, size=1, uploaded_at=at, read_at=at, applied_at=at, followed_up_at=at
    )


def week_of(viewer, today):
    return told(viewer, numbers_of(viewer, today), today)


def page_of(client, viewer):
    client.force_login(viewer.account)
    return words_of(client.get(address("today", viewer)))


def numbers(week):
    return {figure.key: figure.number for figure in week.figures}


@pytest.fixture
def busy(cast):
    """One waits for a letter, two for a call, one since long; one rests, one has not paid."""
    read_in(cast.bjorkvik, NOON - 3 * DAY)
    for name in ("Amina", "Björn"):
        new(cast.bjorkvik, name, "Åkesson", phone="+46701740661")
    late = Person.objects.get(first_name="Björn")
    Todo.objects.filter(person=late, routine="welcome_letter").delete()
    Todo.objects.filter(person=late).update(due_on=TODAY - DAY)
    rests = new_member(cast.bjorkvik, "Gunnar", joined_on=TODAY - 900 * DAY)
    owe(rests)
    Call.objects.filter(person=rests).update(rested_at=NOON)
    new_member(cast.bjorkvik, "Elsa", joined_on=TODAY - 900 * DAY, fee_told_year=TODAY.year)
    Fee.objects.create(
        unit=cast.bjorkvik, person=cast.cecilia, year=TODAY.year, paid_on=TODAY, learned_at=NOON
    )
    return late


ALL = {"letters": 1, "calls": 2, "resting": 1, "late": 1, "unpaid": 1, "file": 3}


@pytest.mark.usefixtures("busy")
def test_the_week_is_told_in_figures(cast):
    assert numbers(week_of(cast.alva, TODAY)) == ALL


@pytest.mark.usefixtures("busy")
def test_the_chair_reads_it_as_sentences_without_a_name_or_a_closed_door(client, cast):
    page = page_of(client, cast.alva)

    assert '<span class="week__number">2</span> <span>new members are waiting for a call' in page
    assert '<span class="week__number">1</span> <span>person has waited longer than' in page
    assert '<span class="week__number">3</span> <span>days since the member file' in page
    assert not any(name in page for name in ("Amina", "Åkesson", "Gunnar", "Elsa"))
    week = page[
        page.index('<ul class="week">') : page.index(
            '<section class="part" aria-labelledby="members"'
        )
    ]
    assert "href=" not in week


@pytest.mark.usefixtures("busy")
def test_the_board_reads_whom_to_ask_and_the_officer_does_not(client, cast):
    asked = "The membership officer sees who they are. Ask Siv Öberg how it goes."
    give(cast.cecilia, "treasurer")

    for viewer in (cast.alva, give(cast.cecilia)):
        assert asked in page_of(client, viewer)
    assert "sees who they are" not in page_of(client, cast.siv)

    give(make_person(cast.bjorkvik, "Nils", "Zorn"), "membership_officer")
    assert "Ask them how it goes: Nils Zorn, Siv Öberg." in page_of(client, cast.alva)


@pytest.mark.usefixtures("busy")
def test_where_nobody_sees_them_it_says_who_can_name_somebody(client, cast):
    Mandate.objects.filter(kind="membership_officer", unit=cast.bjorkvik).update(ended_at=NOON)

    page = page_of(client, cast.alva)

    assert "Nobody is membership officer at the moment." in page
    assert "how it goes" not in page


@pytest.mark.usefixtures("busy")
def test_the_figure_of_the_late_leads_the_officer_to_them(cast):
    addresses = {figure.key: figure.address for figure in week_of(cast.siv, TODAY).figures}

    assert addresses["late"] == reverse("overview:today:late", args=["bjorkvik"])


@pytest.mark.usefixtures("busy")
def test_every_link_of_the_week_opens(client, cast):
    client.force_login(cast.siv.account)

    for figure in week_of(cast.siv, TODAY).figures:
        assert client.get(figure.address).status_code == 200, figure.key


@pytest.mark.usefixtures("busy")
def test_the_officer_reads_it_beside_what_is_to_be_done(client, cast):
    page = page_of(client, cast.siv)

    assert page.index('class="cards"') < page.index('class="week"')
    assert "new members are waiting for a call" in page


def test_who_may_see_no_figures_sees_no_week(client, cast, busy):
    assert "week__" not in page_of(client, cast.bo)
    assert "week__" not in page_of(client, cast.arne)


def test_nobody_with_protected_details_is_counted(cast, busy):
    Person.objects.filter(first_name__in=["Amina", "Björn", "Gunnar", "Elsa"]).update(
        protected_at=NOON
    )

    assert numbers(week_of(cast.alva, TODAY)) == {"file": 3}


def test_what_is_put_off_is_not_late(cast, busy):
    Todo.objects.filter(person=busy).update(snoozed_until=TODAY + DAY)

    assert "late" not in numbers(week_of(cast.alva, TODAY))


def test_what_the_officer_has_put_off_is_told_beside_it(client, cast, busy):
    Todo.objects.filter(person=busy).update(owner=cast.siv.person, snoozed_until=TODAY + 3 * DAY)

    page = page_of(client, cast.siv)

    assert "One thing is put off. It comes back on Thursday." in page
    assert "put off" not in page_of(client, cast.alva)


def test_the_neighbours_week_is_their_own(cast, busy):
    read_in(cast.granby)

    assert week_of(cast.doris, TODAY).figures == [
        Figure("file", 0, reverse("register:imports:list", args=["granby"]))
    ]


def test_a_week_with_nothing_to_do_says_so(client, cast):
    read_in(cast.bjorkvik)

    page = page_of(client, cast.alva)

    assert "Nothing is waiting for you now. This is how the association is doing." in page
    assert "Nobody new is waiting, and nothing has been left lying." in page
    assert "The member file was imported today" in page


@pytest.mark.parametrize(
    ("who", "words", "route"),
    [
        ("alva", "It is the membership officer who imports it.", "register:mandates:held"),
        ("siv", "Import the file", "register:imports:new"),
    ],
)
def test_before_the_first_file_it_says_what_comes_first(client, cast, who, words, route):
    page = page_of(client, getattr(cast, who))

    assert "First the member file has to be imported." in page
    assert words in page
    assert reverse(route, args=["bjorkvik"]) in page
    assert "week__number" not in page


def test_what_a_card_says_already_is_not_said_beside_it(client, cast):
    new(cast.bjorkvik, "Amina")
    Todo.objects.update(owner=cast.siv.person)

    assert "First the member file" not in page_of(client, cast.siv)


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_four_statements(cast, number):
    read_in(cast.bjorkvik)
    for each in range(number):
        new(cast.bjorkvik, f"Ny{each}", letter=True)

    with CaptureQueriesContext(connection) as statements:
        week_of(cast.alva, TODAY)

    assert len(statements) == 4
