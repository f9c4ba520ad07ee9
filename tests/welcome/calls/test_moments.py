"""When to ring, also when the clocks change, and whom not to ring late in the evening."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from krets.welcome.calls import moments
from krets.welcome.calls.queries import my_list
from tests.conftest import TODAY
from tests.welcome.kit import at_hour, days, new_member, owe

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
START = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("tried", "expected"),
    [
        ([], None),
        ([10], "evening"),
        ([14], "evening"),
        ([18], "forenoon"),
        ([10, 18], "afternoon"),
        ([18, 10], "afternoon"),
        ([10, 14, 18], "forenoon"),
    ],
)
def test_another_time_of_day_is_tried_next(tried, expected):
    assert moments.other_time_of_day([at_hour(hour) for hour in tried]) == expected


@pytest.mark.parametrize(("hour", "quiet"), [(7, True), (8, False), (20, False), (21, True)])
def test_it_is_quiet_between_21_and_8(hour, quiet):
    assert moments.is_quiet(at_hour(hour)) == quiet


@given(MOMENTS)
def test_later_today_is_later_and_never_in_the_quiet_hours(at):
    later = moments.later_today(at)

    assert later > at
    assert not moments.is_quiet(later)


@given(MOMENTS)
def test_tomorrow_begins_at_midnight_also_when_the_clocks_change(at):
    begins = timezone.localtime(moments.tomorrow(at))

    assert (begins.hour, begins.minute) == (0, 0)
    assert begins.date() == timezone.localdate(at) + timedelta(days=1)


@given(DAYS)
def test_a_morning_is_at_eight(day):
    assert timezone.localtime(moments.morning_of(day)).hour == 8


def test_what_is_read_later_bears_its_date():
    tomorrow = datetime(2026, 3, 3, 16, 30, tzinfo=UTC)

    assert moments.said(tomorrow, date(2026, 3, 2)) == "tomorrow at 17:30"
    assert moments.dated(tomorrow, date(2026, 3, 2)) == "3\xa0March at 17:30"
    assert moments.dated(tomorrow, date(2025, 12, 30)) == "3\xa0March\xa02026 at 17:30"


@pytest.mark.django_db
@pytest.mark.parametrize("hour", [20, 22])
def test_who_may_not_be_rung_so_late_stands_among_those_for_later(client, cast, hour):
    elsa = new_member(cast.bjorkvik, "Elsa", born_year=TODAY.year - 16)
    amina = new_member(cast.bjorkvik)
    for day, person in enumerate([elsa, amina]):
        owe(person, due_on=TODAY + days(day - 1), given_to=cast.siv.person)

    with time_machine.travel(at_hour(hour, minute=30), tick=False):
        client.force_login(cast.siv.account)
        found = my_list(
            cast.siv, fields=cast.siv.scope("call:report").fields, at=at_hour(hour, minute=30)
        )
        page = client.get(reverse("welcome:calls:list", args=["bjorkvik"])).content.decode()

    assert [line.call.person for line in found.now] == [amina]
    assert [(line.call.person, line.when) for line in found.later] == [
        (elsa, "Tomorrow, before 20")
    ]
    assert "Call Amina" in page
    assert "Call Elsa" not in page


@pytest.mark.django_db
def test_who_is_under_18_comes_first_again_before_20(cast):
    elsa = new_member(cast.bjorkvik, "Elsa", born_year=TODAY.year - 16)
    owe(elsa, given_to=cast.siv.person)

    found = my_list(
        cast.siv, fields=cast.siv.scope("call:report").fields, at=at_hour(19, minute=30)
    )

    assert [line.call.person for line in found.now] == [elsa]


@pytest.mark.django_db
@pytest.mark.parametrize(("age", "said"), [(16, "Call tomorrow, before 20."), (40, "Call only if")])
def test_the_card_says_once_that_it_is_late(client, cast, age, said):
    person = new_member(cast.bjorkvik, born_year=TODAY.year - age)
    call = owe(person, given_to=cast.siv.person)

    with time_machine.travel(at_hour(22), tick=False):
        client.force_login(cast.siv.account)
        page = client.get(reverse("welcome:calls:card", args=["bjorkvik", call.pk]))

    sentences = ["Call tomorrow, before 20.", "Call only if"]
    assert [each for each in sentences if each in page.content.decode()] == [said]
