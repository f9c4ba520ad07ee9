from datetime import UTC, date, datetime

import pytest
from django.template.loader import get_template

from krets.overview.today.figures import Members, drawn
from krets.overview.today.figures import members_of as counted
from krets.register.models import Membership
from tests.conftest import make_person

TODAY = date(2026, 12, 15)


def at(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def member(unit, joined, *, learned, left=None, why=""):
    Membership.objects.create(
        unit=unit,
        person=make_person(unit, "M"),
        joined_on=joined,
        learned_at=at(learned),
        left_on=left,
        left_learned_at=at(left) if left else None,
        left_reason=why,
    )


def members_of(unit, today):
    first = Membership.objects.of(unit).order_by("pk").first()
    return counted(unit, first and first.learned_at, today)


@pytest.fixture
def unit(cast):
    Membership.objects.all().delete()
    return cast.granby


def test_nothing_is_said_before_there_are_members(unit):
    assert members_of(unit, TODAY) is None


def test_a_year_is_told_with_a_point_for_each_month(unit, cast):
    long_ago = date(2020, 1, 1)
    for _each in range(5):
        member(unit, long_ago, learned=long_ago)
    member(unit, date(2026, 1, 10), learned=date(2026, 1, 12))
    member(unit, date(2026, 12, 1), learned=date(2026, 12, 2))
    member(unit, long_ago, learned=long_ago, left=date(2026, 3, 5))
    member(unit, long_ago, learned=long_ago, left=date(2026, 6, 30), why="deceased")
    member(cast.bjorkvik, long_ago, learned=long_ago)

    found = members_of(unit, TODAY)

    assert (found.now, found.joined, found.left) == (7, 2, 1)
    assert found.whole_year
    assert found.months[0] == (date(2025, 12, 31), 7)
    assert dict(found.months)[date(2026, 1, 31)] == 8
    assert dict(found.months)[date(2026, 3, 31)] == 7
    assert dict(found.months)[date(2026, 6, 30)] == 6
    assert found.months[-1] == (TODAY, 7)
    assert len(found.months) == 13


def test_counts_begin_when_krets_first_knew(unit):
    first = date(2026, 9, 3)
    member(unit, date(2015, 1, 1), learned=first)
    member(unit, date(2026, 2, 1), learned=first)
    member(unit, date(2026, 9, 20), learned=date(2026, 9, 21))

    found = members_of(unit, TODAY)

    assert (found.now, found.joined, found.left) == (3, 1, 0)
    assert (found.since, found.whole_year) == (first, False)
    assert [day for day, _number in found.months] == [
        date(2026, 9, 30),
        date(2026, 10, 31),
        date(2026, 11, 30),
        TODAY,
    ]


def test_it_costs_one_statement_beside_the_first(unit, django_assert_num_queries):
    for day in (1, 2, 3):
        member(unit, date(2026, 1, day), learned=date(2026, 1, 9), left=date(2026, 5, day))

    with django_assert_num_queries(2):
        members_of(unit, TODAY)


def test_two_points_are_no_line():
    assert drawn([(TODAY, 3), (TODAY, 4)]) is None


def test_the_line_stays_inside_and_a_flat_one_is_drawn_in_the_middle():
    flat = drawn([(TODAY, 50)] * 5)
    assert (flat.first, flat.last, flat.dot_y) == (50, 50, "53.0")

    steep = drawn([(TODAY, 0), (TODAY, 10), (TODAY, 1000)])
    assert steep.path.startswith("M8.0 84.0L")
    assert (steep.dot_x, steep.dot_y) == ("284.0", "22.0")


def test_who_came_with_a_later_file_without_a_day_is_counted_from_then(unit):
    first = date(2026, 2, 3)
    member(unit, None, learned=first)
    Membership.objects.of(unit).update(first_import=True)
    member(unit, date(2015, 1, 1), learned=first)
    member(unit, None, learned=date(2026, 9, 21))

    found = members_of(unit, TODAY)

    assert (found.now, found.joined) == (3, 1)
    assert dict(found.months)[date(2026, 8, 31)] == 2
    assert dict(found.months)[date(2026, 9, 30)] == 3


def test_the_line_says_that_its_scale_does_not_begin_at_zero():
    months = [(date(2026, month, 1), 120 + month) for month in range(1, 5)]
    found = Members(124, joined=4, left=0, since=TODAY, whole_year=True, months=months)
    told = {"members": found, "line": drawn(months), "today": TODAY}

    assert "does not begin at zero" in get_template("overview/today/members.html").render(told)
