"""What is agreed for an hour of today is found without turning pages."""

import re

import pytest
from django.urls import reverse

from krets.rhythm.models import Todo
from krets.welcome.calls import commands
from krets.welcome.calls.models import Call
from tests.conftest import NOON, TODAY
from tests.register.access.test_budgets import MOST, asked
from tests.welcome.kit import at_hour, changed, days, new_member, owe, tell

pytestmark = pytest.mark.django_db
TEN, FOUR = at_hour(10), at_hour(16)


@pytest.fixture
def siv(client, cast, time_machine):
    time_machine.move_to(NOON)
    client.force_login(cast.siv.account)
    return client


@pytest.fixture
def many(cast):
    """Return the names of thirty whom Siv is to ring, all due before today."""
    for number in range(30):
        person = new_member(cast.bjorkvik, f"Nr{number:02}", joined_on=TODAY - days(20))
        owe(person, due_on=TODAY - days(9), given_to=cast.siv.person)


def agreed(cast, name, moment):
    """Owe somebody a call that Siv has promised yesterday for the moment."""
    call = owe(new_member(cast.bjorkvik, name), at=NOON - days(1), given_to=cast.siv.person)
    commands.claim(call, by=cast.siv, at=NOON - days(1))
    tell(
        call,
        "call_back",
        by=cast.siv,
        at=NOON - days(1),
        next_step="call_again",
        again_at=moment,
    )
    return call


def page_of(client, number=1):
    where = reverse("welcome:calls:list", args=["bjorkvik"])
    return client.get(where, {"page": number}).content.decode()


def names(page):
    return re.findall(r'class="line__name"[^>]*>(\S+) ', page)


def test_from_its_hour_on_it_stands_first(siv, cast, many):
    agreed(cast, "Avtalad", TEN)

    page = page_of(siv)

    assert names(page)[0] == "Avtalad"
    assert "Call Avtalad" in page
    assert "31 people to call" in page


def test_of_several_the_earliest_stands_first(siv, cast, many):
    agreed(cast, "Elva", at_hour(11))
    agreed(cast, "Tio", TEN)

    assert names(page_of(siv))[:3] == ["Tio", "Elva", "Nr00"]


def test_it_is_the_next_to_be_taken_in_hand(siv, cast, many):
    call = agreed(cast, "Avtalad", TEN)

    assert commands.claim_next(cast.bjorkvik, by=cast.siv, at=NOON) == call


def test_before_its_hour_the_first_page_leads_to_it(siv, cast, many):
    agreed(cast, "Avtalad", FOUR)
    owe(
        new_member(cast.bjorkvik, "Senare"),
        due_on=TODAY - days(30),
        given_to=cast.siv.person,
    )
    Call.objects.filter(person__first_name="Senare").update(not_before=NOON + days(3))

    first, second = page_of(siv), page_of(siv, 2)

    assert "30 people to call" in first
    assert "of 32" in first
    assert re.findall(r'<a href="([?]page=[^"]+)">([^<]+)</a>', first) == [
        ("?page=2#later", "1 call is agreed for later today."),
        ("?page=2#later", "1 is for another day."),
    ]
    assert 'id="later"' in second
    assert names(second)[-2:] == ["Avtalad", "Senare"]


def test_the_parts_are_told_also_where_all_the_others_are_for_later_today(siv, cast, many):
    agreed(cast, "Avtalad", FOUR)

    page = page_of(siv)

    assert "30 people to call" in page
    assert "of 31" in page
    assert page.count("1 call is agreed for later today.") == 1


def test_on_one_page_it_is_said_above_and_leads_nowhere(siv, cast):
    agreed(cast, "Avtalad", FOUR)

    page = page_of(siv)

    assert page.count("1 call is agreed for later today.") == 1
    assert "?page=" not in page


def test_who_did_not_answer_yesterday_is_not_agreed_on_for_today(siv, cast, many):
    call = owe(new_member(cast.bjorkvik, "Obesvarad"), given_to=cast.siv.person)
    commands.claim(call, by=cast.siv, at=NOON - days(1))
    tell(call, "no_answer", by=cast.siv, at=NOON - days(1))

    assert names(page_of(siv))[0] == "Nr00"


def test_what_was_put_off_to_another_day_is_not_for_today(siv, cast, many):
    agreed(cast, "Avtalad", TEN)
    person = Call.objects.get(person__first_name="Avtalad").person
    changed(person, at=NOON)
    Todo.objects.filter(person=person).update(
        owner=cast.siv.person, snoozed_until=TODAY + days(3), snoozes=1
    )

    first = page_of(siv)

    assert names(first)[0] == "Nr00"
    assert "agreed for later today" not in first
    assert "1 is for another day." in first


def test_a_begun_report_goes_before(siv, cast, many):
    agreed(cast, "Avtalad", TEN)
    begun = Call.objects.get(person__first_name="Nr07")
    siv.post(reverse("welcome:calls:claim", args=["bjorkvik", begun.pk]))
    siv.post(
        reverse("welcome:calls:report", args=["bjorkvik", begun.pk]),
        {
            "key": "00000000-0000-0000-0000-000000000005",
            "question": "outcome",
            "outcome": "talked",
        },
    )

    assert names(page_of(siv))[:2] == ["Nr07", "Avtalad"]


def test_the_list_keeps_its_budget(siv, cast, many):
    agreed(cast, "Avtalad", FOUR)

    _status, statements = asked(siv, reverse("welcome:calls:list", args=["bjorkvik"]))

    assert len(statements) <= MOST
