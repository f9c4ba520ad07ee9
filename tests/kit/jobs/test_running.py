from datetime import timedelta

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from krets.kit.jobs import beats, claims, queue
from krets.kit.jobs.commands import AlreadyRerunError, retry_dead
from krets.kit.jobs.models import DeadLetter
from krets.kit.jobs.queries import dead_letters
from krets.kit.jobs.queue import enqueue
from krets.kit.jobs.running import perform
from krets.kit.jobs.steps import step
from krets.kit.jobs.worker import run_pending
from tests.conftest import NOON
from tests.kit.jobs.samples import SECRET, effects, leave_effect, row

pytestmark = pytest.mark.django_db


def clock():
    return NOON


def state():
    task = row()
    return task.status, len(task.worker_ids)


def test_a_job_done_is_not_done_again():
    enqueue("samples.write", at=NOON, word="one")

    assert [run_pending(NOON), run_pending(NOON)] == [1, 0]

    assert effects() == ["one"]
    assert state() == ("SUCCESSFUL", 1)


def test_a_job_that_fails_leaves_no_effect_but_the_place_of_the_error():
    enqueue("samples.fail", at=NOON, word="half")

    run_pending(NOON, raising=False)

    assert effects() == []
    assert row().exception_class_path == "builtins.ValueError"
    assert "tests/kit/jobs/samples.py:" in row().traceback
    assert SECRET not in row().traceback
    assert "raise ValueError" not in row().traceback


def test_an_error_reaches_the_one_who_runs_jobs_by_hand():
    enqueue("samples.fail", at=NOON, word="half")

    with pytest.raises(ValueError, match=SECRET):
        run_pending(NOON)

    assert state() == ("READY", 1)


def test_waits_grow_and_are_spread_a_little():
    enqueue("samples.fail", at=NOON, word="half")

    run_pending(NOON, raising=False)
    first = row().run_after
    run_pending(first, raising=False)
    second = row().run_after

    assert timedelta(seconds=10) <= first - NOON <= timedelta(seconds=12.5)
    assert timedelta(seconds=60) <= second - first <= timedelta(seconds=75)


def test_a_job_is_not_tried_before_its_wait_is_over():
    enqueue("samples.fail", at=NOON, word="half")
    run_pending(NOON, raising=False)

    assert run_pending(NOON + timedelta(seconds=9), raising=False) == 0


def give_up(**more):
    enqueue("samples.fail", at=NOON, word="half", **more)
    for days in range(3):
        run_pending(NOON + timedelta(days=days), raising=False)


def test_a_job_that_always_fails_becomes_a_dead_letter():
    give_up(unit_id=7)

    dead = dead_letters().get()
    assert (dead.name, dead.arguments, dead.unit_id) == ("samples.fail", {"word": "half"}, 7)
    assert (dead.attempts, dead.error) == (3, "builtins.ValueError")
    assert SECRET not in dead.trace
    assert state() == ("FAILED", 3)
    assert run_pending(NOON + timedelta(days=9), raising=False) == 0


def test_a_dead_letter_is_run_again_from_its_first_attempt():
    give_up()
    DBTaskResult.objects.all().delete()

    retry_dead(dead_letters().get().pk, by=None, at=NOON)

    assert list(dead_letters()) == []
    assert state() == ("READY", 0)
    assert row().args_kwargs["kwargs"]["arguments"] == {"word": "half"}


def test_a_dead_letter_is_run_again_only_once():
    give_up()
    dead = dead_letters().get()
    retry_dead(dead.pk, by=None, at=NOON)

    with pytest.raises(AlreadyRerunError):
        retry_dead(dead.pk, by=None, at=NOON)

    assert DBTaskResult.objects.filter(status="READY").count() == 1


def test_it_is_known_who_ran_a_dead_letter_again(cast):
    give_up(unit_id=cast.bjorkvik.pk)

    retry_dead(dead_letters().get().pk, by=cast.alva, at=NOON)

    dead = DeadLetter.objects.get()
    assert (dead.rerun_at, dead.rerun_by_key) == (NOON, cast.alva.account.trail_key)


def test_a_job_whose_name_is_gone_is_kept_as_a_dead_letter(monkeypatch):
    enqueue("samples.write", at=NOON, word="one")
    monkeypatch.delitem(queue.JOBS, "samples.write")

    for days in range(6):
        run_pending(NOON + timedelta(days=days), raising=False)

    assert dead_letters().get().error == "builtins.KeyError"


def test_a_worker_that_lost_its_job_leaves_no_effect():
    enqueue("samples.write", at=NOON, word="once")
    slow = claims.claim_next("slow", at=NOON)
    claims.take_back(slow.task_id, slow.token, at=NOON)

    lost = perform(slow, clock=clock)
    before = effects()
    run_pending(NOON)

    assert isinstance(lost, claims.LostClaimError)
    assert before == []
    assert effects() == ["once"]


def test_a_worker_that_lost_its_job_to_another_leaves_no_effect():
    enqueue("samples.write", at=NOON, word="once")
    slow = claims.claim_next("slow", at=NOON)
    claims.take_back(slow.task_id, slow.token, at=NOON)
    quick = claims.claim_next("quick", at=NOON)

    lost = [perform(claim, clock=clock) for claim in (slow, quick)]

    assert isinstance(lost[0], claims.LostClaimError)
    assert lost[1] is None
    assert effects() == ["once"]


def test_a_failure_after_losing_the_job_does_not_touch_it():
    enqueue("samples.fail", at=NOON, word="half")
    slow = claims.claim_next("slow", at=NOON)
    claims.take_back(slow.task_id, slow.token, at=NOON)
    claims.claim_next("quick", at=NOON)

    perform(slow, clock=clock)

    assert state() == ("RUNNING", 2)


def test_a_job_that_kills_its_workers_is_given_up_on():
    enqueue("samples.fail", at=NOON, word="half")

    for _attempt in range(3):
        claim = claims.claim_next("mortal", at=NOON)
        claims.take_back(claim.task_id, claim.token, at=NOON)

    assert claims.claim_next("mortal", at=NOON) is None
    assert dead_letters().get().error == "krets.kit.jobs.claims.WorkerLostError"


def test_steps_of_a_long_job_stand_when_a_later_one_is_refused():
    enqueue("samples.steps", at=NOON, taken_at_first=True)

    with pytest.raises(claims.LostClaimError):
        run_pending(NOON)
    before = effects()
    run_pending(NOON)

    assert before == ["first"]
    assert effects() == ["first", "second"]
    assert state() == ("SUCCESSFUL", 2)


def test_a_step_renews_the_lease():
    enqueue("samples.steps", at=NOON)
    claim = claims.claim_next("worker", at=NOON)

    perform(claim, clock=clock)

    assert beats.WorkerBeat.objects.get().renewals == 2


def test_a_step_outside_a_job_is_a_plain_transaction():
    with step():
        leave_effect("undone")
        transaction.set_rollback(True)

    assert effects() == []


@pytest.mark.parametrize("name", ["samples.look", "samples.look_in_step"])
def test_a_job_of_a_unit_sees_that_units_rows(name):
    enqueue(name, at=NOON, unit_id=7)

    run_pending(NOON)

    assert effects() == ["7" if connection.vendor == "postgresql" else "asks nobody"]


def test_only_one_of_two_workers_gets_a_job():
    enqueue("samples.write", at=NOON, word="one")

    first = claims.claim_next("first", at=NOON)
    second = claims.claim_next("second", at=NOON)

    assert (first.worker, second) == ("first", None)


def test_other_apps_tasks_are_left_alone():
    enqueue("samples.write", at=NOON, word="one")
    with transaction.atomic():
        DBTaskResult.objects.update(task_path="someone.elses.task")

    assert run_pending(NOON) == 0
