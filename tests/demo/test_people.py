"""The invented members are spread as real members are."""

from datetime import date, timedelta
from statistics import mean, median

import pytest

from krets.demo.cast import OFFICERS, cast
from krets.demo.files import file_days, register_file
from krets.demo.names import UNION_OF
from krets.demo.people import YEAR, invent

TODAY = date(2026, 11, 22)
A_YEAR = timedelta(days=365)


@pytest.fixture(scope="module")
def people():
    return invent(2000, seed=1, today=TODAY)


@pytest.fixture(scope="module")
def members(people):
    return [person for person in people if person.is_member(TODAY)]


def share(people, of):
    return len(list(people)) / len(of)


def test_there_are_as_many_as_asked_for(members):
    assert len(members) == 2000


def test_ages(members):
    ages = [(TODAY - person.born_on).days / YEAR for person in members]

    assert 47 <= mean(ages) <= 55
    assert 0.15 <= share((age for age in ages if age < 30), members) <= 0.25
    assert min(ages) >= 16


def test_women_and_men(members):
    assert 0.45 <= share((p for p in members if p.sex == "K"), members) <= 0.55


def test_tenure(members):
    assert 3 <= median((TODAY - person.joined_on).days / YEAR for person in members) <= 6


def test_joining_and_leaving_in_a_year(people, members):
    since = TODAY - A_YEAR
    joined = [person for person in people if person.joined_on > since]
    left = [person for person in people if person.left_on and since < person.left_on <= TODAY]

    assert 0.08 <= share(joined, members) <= 0.15
    assert 0.08 <= share(left, members) <= 0.14


def test_fees_on_the_first_of_july(people):
    july = date(TODAY.year, 7, 1)
    then = [person for person in people if person.is_member(july)]
    unpaid = [person for person in then if person.paid.get(july.year, date.max) > july]

    assert 0.15 <= share(unpaid, then) <= 0.25


def test_addresses_moves_and_the_hard_cases(members):
    since = TODAY - A_YEAR
    moved = [p for p in members if any(since < move[0] <= TODAY for move in p.moves)]
    hard = [
        p for p in members if p.protected or (not p.last_name.isascii() and len(p.last_name) > 9)
    ]

    assert 0.85 <= share((p for p in members if p.email), members) <= 0.95
    assert 0.02 <= share(moved, members) <= 0.04
    assert hard


@pytest.mark.parametrize("today", [TODAY, date(2026, 3, 31), date(2028, 2, 29), date(2026, 1, 1)])
def test_one_file_comes_each_month_and_the_last_today(today):
    days = file_days(today)

    months = [day.year * 12 + day.month for day in days]
    assert months == list(range(months[-1] - 12, months[-1] + 1))
    assert days[-1] == today


@pytest.mark.parametrize("number", [15, 120, 500])
def test_whoever_holds_a_mandate_has_paid(number):
    people = cast(invent(number, seed=1, today=TODAY), today=TODAY)

    addresses = {officer.email for officer in OFFICERS}
    officers = [person for person in people if person.email in addresses]
    assert len(officers) >= 5
    assert all(TODAY.year in person.paid for person in officers)


def test_the_union_goes_with_the_work(people):
    told = {(person.trade, person.union) for person in people if person.union}

    assert all(union == UNION_OF.get(trade, union) for trade, union in told)


def test_the_same_seed_and_day_give_the_same_file():
    once, again = (register_file(invent(300, seed=7, today=TODAY), TODAY) for _ in range(2))

    assert once == again
    assert register_file(invent(300, seed=8, today=TODAY), TODAY) != once


def test_nobody_pays_or_leaves_before_joining(people):
    for person in people:
        assert person.left_on is None or person.left_on > person.joined_on
        assert all(day >= person.joined_on for day in person.paid.values())


@pytest.mark.parametrize("today", [TODAY, date(2026, 1, 9), date(2026, 5, 31)])
@pytest.mark.parametrize("number", [15, 120, 500])
def test_nobody_of_the_cast_pays_before_joining(number, today):
    for seed in range(5):
        for person in cast(invent(number, seed=seed, today=today), today=today):
            assert all(day >= person.joined_on for day in person.paid.values())
            assert all(year >= person.joined_on.year for year in person.paid)
