from datetime import UTC, datetime, timedelta

import pytest
from cronsim import CronSimError
from django_tasks_db.models import DBTaskResult

from krets.kit.jobs import schedule
from krets.kit.jobs.models import ScheduleMark
from krets.kit.jobs.schedule import STOCKHOLM, Scheduled
from krets.kit.jobs.worker import run_pending
from tests.conftest import NOON
from tests.kit.jobs.samples import effects

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _others_schedule():
    before = schedule.entries()
    yield
    schedule.connect(before)


def every(cron, name="night run"):
    schedule.connect([Scheduled(name, cron, "samples.write", {"word": "run"})])


def fired(*moments):
    """Return the moments, of those given, at which a job was left."""
    return [moment for moment in moments if schedule.fire_due(moment)]


def all_along(start, hours):
    return [start + timedelta(minutes=minute) for minute in range(0, 60 * hours, 10)]


def local(year, month, day, hour=0, minute=0, fold=0):
    return datetime(year, month, day, hour, minute, tzinfo=STOCKHOLM, fold=fold)


def test_something_new_waits_for_its_next_time():
    every("0 13 * * *")

    assert fired(*all_along(NOON - DAY, 48)) == [NOON]
    assert ScheduleMark.objects.get().last_at == NOON


def test_each_time_leaves_one_job_which_is_done():
    every("0 13 * * *")
    schedule.fire_due(NOON - DAY / 2)

    schedule.fire_due(NOON)
    run_pending(NOON)

    assert effects() == ["run"]


def test_a_time_is_left_once_whoever_asks_and_however_often():
    every("0 13 * * *")
    schedule.fire_due(NOON - DAY / 2)

    assert [schedule.fire_due(NOON) for _ask in range(3)] == [1, 0, 0]


def test_of_two_workers_that_saw_the_same_mark_one_leaves_the_job():
    every("0 13 * * *")
    schedule.fire_due(NOON - DAY / 2)
    seen = ScheduleMark.objects.get().last_at
    [entry] = schedule.entries()

    both = [schedule._fire(entry, seen, NOON), schedule._fire(entry, seen, NOON)]

    assert both == [1, 0]
    assert DBTaskResult.objects.count() == 1


def test_after_a_stop_it_is_caught_up_once_and_no_day_is_replayed():
    every("0 13 * * *")
    schedule.fire_due(NOON)

    after_stop = NOON + 12 * DAY + timedelta(hours=5)
    assert fired(after_stop, after_stop + timedelta(minutes=1)) == [after_stop]

    assert DBTaskResult.objects.count() == 1
    assert ScheduleMark.objects.get().last_at == NOON + 12 * DAY


def test_a_time_that_summer_time_skips_happens_the_same_night():
    every("30 2 * * *")
    start = local(2026, 3, 28, 12).astimezone(UTC)
    schedule.fire_due(start)

    assert fired(*all_along(start, 48)) == [
        local(2026, 3, 29, 3).astimezone(UTC),
        local(2026, 3, 30, 2, 30).astimezone(UTC),
    ]


def test_a_time_that_comes_twice_in_october_happens_once():
    every("30 2 * * *")
    start = local(2026, 10, 24, 12).astimezone(UTC)
    schedule.fire_due(start)

    assert fired(*all_along(start, 48)) == [
        local(2026, 10, 25, 2, 30).astimezone(UTC),
        local(2026, 10, 26, 2, 30).astimezone(UTC),
    ]


@pytest.mark.parametrize("minute", [5, 20, 40])
def test_a_stop_within_the_doubled_hour_is_caught_up_once(minute):
    every("30 2 * * *")
    schedule.fire_due(local(2026, 10, 24, 12))
    back = local(2026, 10, 25, 2, minute, fold=1)

    assert [schedule.fire_due(moment) for moment in (back, back, local(2026, 10, 25, 9))] == [
        1,
        0,
        0,
    ]


def test_every_quarter_goes_on_through_both_nights():
    every("*/15 * * * *")

    for start in (local(2026, 3, 29, 0), local(2026, 10, 25, 0)):
        schedule.fire_due(start)
        later = [start.astimezone(UTC) + timedelta(minutes=n) for n in range(5, 301, 5)]
        assert len(fired(*later)) == 20


def test_a_day_is_stockholms_whatever_the_season():
    winter, summer = (
        schedule.around("0 6 * * *", NOON),
        schedule.around("0 6 * * *", NOON + 120 * DAY),
    )

    assert [moment.hour for moment in (*winter, *summer)] == [5, 5, 4, 4]


def test_a_small_step_back_of_the_clock_repeats_nothing():
    every("0 13 * * *")
    schedule.fire_due(NOON - DAY / 2)

    assert fired(NOON, NOON - timedelta(minutes=30), NOON + timedelta(minutes=1)) == [NOON]


def test_a_clock_that_was_years_ahead_stops_nothing_once_it_is_right():
    every("0 13 * * *")
    schedule.fire_due(NOON - DAY / 2)
    ahead = NOON + 700 * DAY

    assert fired(ahead, NOON + DAY / 2, NOON + DAY, NOON + DAY) == [ahead, NOON + DAY]


def test_a_clock_that_was_years_behind_catches_up_once():
    every("0 13 * * *")
    schedule.fire_due(NOON - 700 * DAY)

    assert fired(NOON, NOON, NOON + DAY) == [NOON, NOON + DAY]


def test_the_list_is_checked_when_it_is_connected():
    good = Scheduled("one", "0 3 * * *", "samples.write")

    with pytest.raises(ValueError, match="same name"):
        schedule.connect([good, good])
    with pytest.raises(KeyError):
        schedule.connect([Scheduled("one", "0 3 * * *", "samples.unheard_of")])
    with pytest.raises(CronSimError):
        schedule.connect([Scheduled("one", "61 3 * * *", "samples.write")])


def test_the_list_is_read_with_one_statement(django_assert_num_queries):
    names = ["one", "two", "three"]
    schedule.connect([Scheduled(name, "0 13 * * *", "samples.write") for name in names])
    schedule.fire_due(NOON)

    with django_assert_num_queries(1):
        schedule.fire_due(NOON)
