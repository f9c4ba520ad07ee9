"""When to ring, also when the clocks change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from krets.welcome.calls import moments
from tests.welcome.kit import at_hour

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

    assert moments.said(tomorrow, date(2026, 3, 2)) == "tomorrow at 17.30"
    assert moments.dated(tomorrow, date(2026, 3, 2)) == "3 March at 17.30"
    assert moments.dated(tomorrow, date(2025, 12, 30)) == "3 March 2026 at 17.30"
