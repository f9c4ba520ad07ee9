"""Which days are days off in Sweden, and which working day comes next."""

from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5


def is_day_off(day):
    """Return whether the day is a weekend, a public holiday or one of the three great eves."""
    return day.weekday() >= SATURDAY or day in _days_off(day.year)


def next_working_day(day):
    """Return the day itself when it is a working day, else the first one after it."""
    while is_day_off(day):
        day += timedelta(days=1)
    return day


def due_on(fact_on, learned_on, days):
    """Return the working day by which something is due.

    Counts from the later of the fact and the day Krets learned of it, so that nobody is late with
    what they could not know.
    """
    return next_working_day(max(fact_on, learned_on) + timedelta(days=days))


@cache
def _days_off(year):
    by_law = frozenset(holidays.country_holidays("SE", years=year, include_sundays=False))
    # No holidays by law, but nobody works on these eves or wants to be rung.
    return by_law | {_midsummer_eve(year), date(year, 12, 24), date(year, 12, 31)}


def _midsummer_eve(year):
    # The Friday between 19 and 25 June.
    return next(day for day in _june(year) if day.weekday() == SATURDAY - 1)


def _june(year):
    return (date(year, 6, day) for day in range(19, 26))
