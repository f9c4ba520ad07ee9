from datetime import timedelta

import pytest

from krets.kit.jobs import beats, claims
from krets.kit.jobs.models import WorkerBeat
from krets.kit.jobs.queue import enqueue
from krets.kit.jobs.watch import Watch
from tests.conftest import NOON
from tests.kit.jobs.samples import row

pytestmark = pytest.mark.django_db


class Stopwatch:
    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def stopwatch():
    return Stopwatch()


@pytest.fixture
def watch(stopwatch):
    return Watch("watching", dead_after=30, stopwatch=stopwatch)


@pytest.fixture
def claim():
    enqueue("samples.write", at=NOON, word="one")
    return claims.claim_next("other", at=NOON)


def look_for(watch, stopwatch, seconds, *, beating=False, renewing=False, at=NOON):
    """Look every five seconds. Return how many jobs were taken back."""
    taken = 0
    for _glance in range(0, seconds + 1, 5):
        taken += watch.look(at=at)
        stopwatch.seconds += 5
        if beating:
            beats.pulse("other", at=at)
        if renewing:
            beats.renew("other", WorkerBeat.objects.get(worker="other").token)
    return taken


def test_the_job_of_a_dead_worker_is_ready_again_after_half_a_minute(watch, stopwatch, claim):
    early = look_for(watch, stopwatch, 25)
    late = look_for(watch, stopwatch, 10)

    assert (early, late) == (0, 1)
    assert row().status == "READY"
    assert list(WorkerBeat.objects.all()) == []


def test_a_worker_that_beats_keeps_its_job(watch, stopwatch, claim):
    assert look_for(watch, stopwatch, 120, beating=True) == 0

    assert row().status == "RUNNING"


def test_a_live_worker_that_is_stuck_loses_its_job_when_the_lease_is_over(watch, stopwatch, claim):
    within = look_for(watch, stopwatch, 295, beating=True)
    after = look_for(watch, stopwatch, 60, beating=True)

    assert (within, after) == (0, 1)
    assert row().status == "READY"


def test_a_renewed_lease_is_not_over(watch, stopwatch, claim):
    assert look_for(watch, stopwatch, 900, beating=True, renewing=True) == 0


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=400)])
def test_a_clock_that_jumps_takes_no_job_from_a_live_worker(watch, stopwatch, claim, jump):
    look_for(watch, stopwatch, 20, beating=True)

    assert look_for(watch, stopwatch, 60, beating=True, at=NOON + jump) == 0

    assert row().status == "RUNNING"


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=400)])
def test_a_clock_that_jumps_saves_no_dead_worker(watch, stopwatch, claim, jump):
    look_for(watch, stopwatch, 10)

    assert look_for(watch, stopwatch, 30, at=NOON + jump) == 1


def test_one_who_was_away_oneself_judges_nobody(watch, stopwatch, claim):
    watch.look(at=NOON)
    stopwatch.seconds += 3600

    assert watch.look(at=NOON) == 0
    assert look_for(watch, stopwatch, 25) == 0
    assert look_for(watch, stopwatch, 10) == 1


def test_a_worker_that_beats_as_it_is_declared_dead_lives(watch, stopwatch, claim):
    look_for(watch, stopwatch, 25)
    stale = WorkerBeat.objects.get()
    beats.pulse("other", at=NOON)

    assert watch._bury(stale, NOON) == 0

    assert row().status == "RUNNING"


def test_a_dead_worker_with_empty_hands_is_forgotten(watch, stopwatch):
    beats.beat("other", at=NOON)

    assert look_for(watch, stopwatch, 40) == 0

    assert list(WorkerBeat.objects.all()) == []


def test_a_job_done_before_its_worker_died_is_not_taken_back(watch, stopwatch, claim):
    claims.finish(claim, at=NOON)

    assert look_for(watch, stopwatch, 40) == 0

    assert row().status == "SUCCESSFUL"
