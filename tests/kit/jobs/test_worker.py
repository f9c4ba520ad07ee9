from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from krets.kit.jobs import beats, claims, mending, worker
from krets.kit.jobs.models import DeadLetter, WorkerBeat
from krets.kit.jobs.queries import alive
from krets.kit.jobs.queue import enqueue
from tests.conftest import NOON
from tests.kit.jobs.samples import effects, row

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock(time_machine):
    time_machine.move_to(NOON, tick=False)


def test_a_worker_does_what_is_due_and_goes_home():
    enqueue("samples.write", at=NOON, word="one")
    enqueue("samples.write", at=NOON, word="two")
    enqueue("samples.write", at=NOON + DAY, word="later")

    assert worker.run(stop_when_idle=True) == 2

    assert sorted(effects()) == ["one", "two"]
    assert list(WorkerBeat.objects.all()) == []


def test_a_worker_does_one_job_when_one_is_asked_for():
    enqueue("samples.write", at=NOON, word="one")
    enqueue("samples.write", at=NOON, word="two")

    assert [worker.run(once=True) for _time in range(3)] == [1, 1, 0]


def test_a_failing_job_does_not_stop_the_worker():
    enqueue("samples.fail", at=NOON - DAY, word="half")
    enqueue("samples.write", at=NOON, word="one")

    assert worker.run(stop_when_idle=True) == 2

    assert effects() == ["one"]


def test_a_worker_that_comes_back_after_the_database_has_a_new_name(monkeypatch):
    someone = worker.Worker(clock=timezone.now, pace=worker.Pace(idle_most=0))
    name = someone.name
    answers = iter([OperationalError, None])

    def claim_next(_name, *, at):
        answer = next(answers)
        if answer:
            raise answer
        someone.stopping = True

    monkeypatch.setattr(claims, "claim_next", claim_next)

    assert someone.run(stop_when_idle=False, once=False) == 0
    assert someone.name != name


def test_jobs_without_end_are_noticed():
    enqueue("samples.again", at=NOON)

    with pytest.raises(RuntimeError, match="no end"):
        worker.run_pending(NOON, at_most=5)


def test_it_is_known_whether_anybody_works():
    nobody = alive(NOON)
    beats.beat("someone", at=NOON)

    assert nobody is False
    assert [alive(NOON + timedelta(seconds=after)) for after in (0, 29, 30)] == [True, True, False]


def test_a_job_in_nobodys_hands_is_taken_back():
    enqueue("samples.write", at=NOON, word="one")
    claims.claim_next("restored", at=NOON)
    held = mending.take_back_unheld(at=NOON)
    beats.leave("restored")

    assert held == 0
    assert mending.take_back_unheld(at=NOON) == 1
    assert row().status == "READY"


def test_a_job_left_while_the_clock_was_ahead_is_done_when_it_is_right(time_machine):
    enqueue("samples.write", at=NOON + 400 * DAY, word="planned")
    time_machine.move_to(NOON + 400 * DAY, tick=False)
    enqueue("samples.write", at=NOON + 400 * DAY, word="stranded")
    time_machine.move_to(NOON, tick=False)

    worker.run(stop_when_idle=True)

    assert effects() == ["stranded"]


def test_finished_jobs_are_kept_for_a_week():
    enqueue("samples.write", at=NOON, word="old")
    worker.run_pending(NOON)
    enqueue("samples.write", at=NOON + DAY, word="newer")
    worker.run_pending(NOON + DAY)
    enqueue("samples.write", at=NOON + 90 * DAY, word="waiting")

    assert mending.prune(at=NOON + 7 * DAY + timedelta(seconds=1)) == 1

    left = DBTaskResult.objects.values_list("args_kwargs", flat=True)
    assert {call["kwargs"]["arguments"]["word"] for call in left} == {"newer", "waiting"}


def test_dead_letters_are_kept_longer_than_finished_jobs():
    letter = {"name": "samples.write", "attempts": 6, "error": "builtins.ValueError"}
    DeadLetter.objects.create(**letter, died_at=NOON)
    DeadLetter.objects.create(**letter, died_at=NOON, rerun_at=NOON)
    DeadLetter.objects.create(**letter, died_at=NOON - 91 * DAY)

    assert mending.prune(at=NOON + 8 * DAY) == 3 - 1

    assert DeadLetter.objects.get().died_at == NOON
