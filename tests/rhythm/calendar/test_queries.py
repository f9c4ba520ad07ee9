from datetime import date

import pytest

from krets.rhythm.calendar.queries import due_on, is_day_off, next_working_day


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 1, 6),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 14),
        date(2026, 6, 19),
        date(2027, 6, 25),
        date(2025, 6, 20),
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2026, 12, 31),
        date(2026, 3, 7),
        date(2026, 3, 8),
    ],
)
def test_holidays_great_eves_and_weekends_are_days_off(day):
    assert is_day_off(day)


@pytest.mark.parametrize(
    "day", [date(2026, 3, 2), date(2026, 1, 5), date(2026, 5, 15), date(2026, 6, 18)]
)
def test_other_weekdays_are_working_days(day):
    assert not is_day_off(day)
    assert next_working_day(day) == day


def test_christmas_moves_what_is_due_to_the_first_working_day_after():
    assert next_working_day(date(2026, 12, 24)) == date(2026, 12, 28)


def test_two_days_from_a_friday_is_monday():
    friday = date(2026, 3, 6)

    assert due_on(friday, friday, 2) == date(2026, 3, 9)


def test_due_counts_from_the_day_krets_learned_of_it():
    assert due_on(date(2026, 2, 2), date(2026, 3, 2), 2) == date(2026, 3, 4)


def test_due_counts_from_the_fact_when_krets_knew_before():
    assert due_on(date(2026, 3, 2), date(2026, 2, 20), 2) == date(2026, 3, 4)


@pytest.mark.parametrize("year", range(1990, 2060))
def test_every_year_has_a_friday_before_midsummer_and_a_day_off_on_christmas_eve(year):
    fridays = [day for day in range(19, 26) if date(year, 6, day).weekday() == 4]

    assert is_day_off(date(year, 6, fridays[0]))
    assert is_day_off(date(year, 12, 24))
