import random
from collections import Counter

import pytest

pytestmark = pytest.mark.slow

EFFECTS = "SELECT count(*) FROM lab_effect"
JOBS = "SELECT count(*) FROM django_tasks_database_dbtaskresult"
DONE = f"{JOBS} WHERE status = 'SUCCESSFUL'"
LEFT = f"{JOBS} WHERE status <> 'SUCCESSFUL'"
RUNNING = f"{JOBS} WHERE status = 'RUNNING'"


def test_every_job_happens_exactly_once_though_workers_are_killed(lab):
    chance = random.Random(20)  # noqa: S311 -- seeded, not secret
    lab.run("leave", "lab.effect", 1, 100, 100)
    lab.start_worker()
    lab.start_worker()

    for kill in range(1, 8):
        lab.wait_until(EFFECTS, kill * 20 + chance.randrange(20))
        lab.kill_worker(chance.randrange(2))
        lab.start_worker()
    lab.wait_until(DONE, 200)
    lab.send_home()

    numbers = Counter(number for (number,) in lab.ask("SELECT number FROM lab_effect"))
    assert numbers == Counter(range(1, 201))
    assert lab.one(LEFT) == 0
    assert lab.one("SELECT count(*) FROM jobs_deadletter") == 0


def test_every_step_happens_exactly_once_though_workers_are_killed(lab):
    chance = random.Random(21)  # noqa: S311 -- seeded, not secret
    lab.run("leave", "lab.stepped", 1, 30)
    lab.start_worker()
    lab.start_worker()

    for kill in range(1, 5):
        lab.wait_until(EFFECTS, kill * 15 + chance.randrange(10))
        lab.kill_worker(chance.randrange(2))
        lab.start_worker()
    lab.wait_until(
        "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'SUCCESSFUL'", 30
    )
    lab.send_home()

    steps = Counter(lab.ask("SELECT number, step FROM lab_effect"))
    assert steps == Counter((number, step) for number in range(1, 31) for step in (1, 2, 3))


def test_a_long_job_is_not_taken_from_a_worker_that_lives(lab):
    lab.run("leave", "lab.long", 1, 1)
    # Longer than a busy machine keeps a live worker waiting, shorter than the job lasts.
    lab.start_worker("told", 3)
    lab.start_worker("told", 3)

    lab.wait_until(DONE, 1)
    lab.send_home()

    assert lab.ask("SELECT number FROM lab_effect") == [(1,)]


def test_two_workers_never_do_the_same_job(lab):
    lab.run("leave", "lab.effect", 1, 300)
    lab.start_worker()
    lab.start_worker()

    lab.wait_until(
        "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'SUCCESSFUL'", 300
    )
    statuses = lab.send_home()

    numbers = Counter(number for (number,) in lab.ask("SELECT number FROM lab_effect"))
    assert numbers == Counter(range(1, 301))
    assert statuses == [0, 0]


def test_a_worker_told_to_stop_finishes_its_job_and_leaves_nothing_behind(lab):
    lab.run("leave", "lab.effect", 1, 200)
    lab.start_worker()
    lab.wait_until(EFFECTS, 3)

    statuses = lab.send_home()

    assert statuses == [0]
    assert lab.one("SELECT count(*) FROM jobs_workerbeat") == 0
    assert lab.one(RUNNING) == 0
