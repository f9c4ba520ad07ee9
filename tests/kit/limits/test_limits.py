from datetime import timedelta

import pytest
from django.db import connection, transaction

from krets.kit.jobs.queue import enqueue
from krets.kit.jobs.worker import run_pending
from krets.kit.limits import jobs, limits
from krets.kit.limits.models import Window
from tests.conftest import NOON

PER = timedelta(minutes=10)
KEY = "sign-in:cecilia@example.org"


def take(key=KEY, *, at=NOON, limit=3):
    return limits.take(key, limit=limit, per=PER, at=at)


@pytest.mark.django_db
def test_the_limit_is_reached_and_not_passed():
    assert [take() for _time in range(5)] == [True, True, True, False, False]


@pytest.mark.django_db
def test_each_key_has_its_own_limit():
    assert [take(limit=1), take("other", limit=1), take(limit=1)] == [True, True, False]


@pytest.mark.django_db
def test_all_may_be_taken_anew_when_the_window_has_ended():
    before = [take(at=NOON + timedelta(minutes=minute)) for minute in (0, 5, 9, 9)]
    after = [take(at=NOON + PER) for _time in range(4)]

    assert before == [True, True, True, False]
    assert after == [True, True, True, False]


@pytest.mark.django_db
def test_what_is_left_is_told():
    told = [limits.left(KEY, limit=3, per=PER, at=NOON)]
    take()
    told.append(limits.left(KEY, limit=3, per=PER, at=NOON))
    take()
    take()
    take()
    told.append(limits.left(KEY, limit=3, per=PER, at=NOON))
    told.append(limits.left(KEY, limit=3, per=PER, at=NOON + PER))

    assert told == [3, 2, 0, 3]


@pytest.mark.django_db
def test_it_is_told_when_to_come_again():
    take()

    assert limits.again_at(KEY, per=PER, at=NOON + timedelta(minutes=4)) == NOON + PER
    assert limits.again_at("other", per=PER, at=NOON) == NOON


@pytest.mark.django_db
def test_a_limit_of_none_lets_nobody_through():
    assert take(limit=0) is False
    assert list(Window.objects.all()) == []


@pytest.mark.django_db
def test_what_was_counted_can_be_forgotten():
    take(limit=1)
    limits.forget(KEY)

    assert take(limit=1)


@pytest.mark.django_db
def test_no_address_stands_in_the_table():
    take()

    assert len(Window.objects.get().key) == 64
    assert "cecilia" not in Window.objects.get().key


@pytest.mark.django_db
def test_a_clock_that_was_years_ahead_bars_nobody_once_it_is_right():
    take(at=NOON + timedelta(days=700), limit=1)

    assert take(limit=1)
    assert not take(limit=1)


@pytest.mark.django_db
def test_clocks_that_differ_a_little_share_a_window():
    take(at=NOON + timedelta(seconds=2), limit=1)

    assert not take(at=NOON, limit=1)


@pytest.mark.django_db
def test_ended_windows_are_deleted_by_a_job():
    take()
    take("later", at=NOON + PER)

    enqueue(jobs.prune.job, at=NOON + PER)
    run_pending(NOON + PER)

    assert Window.objects.get().ends_at == NOON + 2 * PER


@pytest.mark.django_db(transaction=True)
def test_nothing_counted_is_undone_with_the_callers_transaction():
    def take_and_undo():
        with transaction.atomic():
            take(limit=1)
            transaction.set_rollback(True)

    if connection.vendor == "sqlite":
        # Its one writer is the caller, so it is told to take first.
        with pytest.raises(RuntimeError, match="before the transaction"):
            take_and_undo()
    else:
        take_and_undo()
        assert not take(limit=1)


@pytest.mark.slow
def test_eight_threads_count_exactly(lab):
    through = lab.run("take", 8, 25, 1000)

    assert through == "200"
    assert lab.one("SELECT taken FROM limits_window") == 200


@pytest.mark.slow
def test_eight_threads_are_let_through_exactly_to_the_limit(lab):
    assert lab.run("take", 8, 25, 76) == "76"
