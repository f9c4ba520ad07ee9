"""Who works on which job: taking it, keeping it, being done with it, losing it.

A claim is a random token at the end of the row's `worker_ids`. Whatever a worker writes about its
job is a filtered update on that list, so one whose job was taken away writes nothing.
"""

import logging
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django_tasks.base import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from krets.kit.jobs import beats, traces
from krets.kit.jobs.models import DeadLetter
from krets.kit.jobs.queue import JOBS, LEASE, WAITS, run_job

logger = logging.getLogger("krets.jobs")


class LostClaimError(Exception):
    """The job was taken away from this worker, so nothing it did may count."""


class WorkerLostError(Exception):
    """The worker died, or outlived the job's lease, each time it tried."""


@dataclass(frozen=True)
class Claim:
    """One attempt at one job, by one worker."""

    task_id: UUID
    worker: str
    tokens: tuple[str, ...]
    name: str
    arguments: dict
    unit_id: int | None

    @property
    def token(self):
        return self.tokens[-1]


def rows():
    """Return the rows of our jobs; another app's tasks in the same table are not ours."""
    return DBTaskResult.objects.filter(task_path=run_job.module_path)


def due(at):
    """Return what may be done now, in the order it should be."""
    ready = rows().filter(status=Status.READY, run_after__lte=at)
    return ready.order_by("-priority", "run_after", "enqueued_at")


def claim_next(worker, *, at):
    """Take the first job that is due, and return the claim; None when nothing is due."""
    if connection.features.has_select_for_update_skip_locked:
        with transaction.atomic():
            task = due(at).select_for_update(skip_locked=True).first()
            return task and _take(task, worker, at)
    # SQLite: looking takes no lock, so an idle worker disturbs nobody.
    while (task := due(at).first()) is not None:
        with transaction.atomic():
            claim = _take(task, worker, at)
        if claim:
            return claim
    return None


def _take(task, worker, at):
    tokens = [*task.worker_ids, secrets.token_hex(8)]
    untaken = rows().filter(pk=task.pk, status=Status.READY, worker_ids=task.worker_ids)
    if not untaken.update(status=Status.RUNNING, started_at=at, worker_ids=tokens):
        return None
    call = task.args_kwargs["kwargs"]
    claim = Claim(task.pk, worker, tuple(tokens), call["name"], call["arguments"], call["unit_id"])
    lease = JOBS[claim.name].lease if claim.name in JOBS else LEASE
    beats.hold(worker, claim.task_id, claim.token, lease, at=at)
    return claim


def held(claim):
    """Return the row of the job if it is still this claim's, as a queryset to update."""
    return rows().filter(pk=claim.task_id, status=Status.RUNNING, worker_ids=list(claim.tokens))


def finish(claim, *, at):
    """Mark the job done. Raises LostClaimError, which must undo the job's effects."""
    done = held(claim).update(
        status=Status.SUCCESSFUL, finished_at=at, exception_class_path="", traceback=""
    )
    if not done:
        raise LostClaimError


def fail(claim, error, *, at):
    """Put the job back to be tried later, or give up on it. Return whether it was still ours."""
    trace = traces.trace(error)
    return _after_attempt(claim, traces.kind(error), trace, at=at, wait=True)


def take_back(task_id, token, *, at):
    """Take a job from a worker that is dead or too slow. Return whether it still had it."""
    task = rows().filter(pk=task_id, status=Status.RUNNING).first()
    if task is None or task.worker_ids[-1:] != [token]:
        return False
    call = task.args_kwargs["kwargs"]
    claim = Claim(
        task.pk, "", tuple(task.worker_ids), call["name"], call["arguments"], call["unit_id"]
    )
    kind = traces.kind(WorkerLostError())
    return _after_attempt(claim, kind, kind, at=at, wait=False)


def _after_attempt(claim, error, trace, *, at, wait):
    waits = JOBS[claim.name].waits if claim.name in JOBS else WAITS
    tried = len(claim.tokens)
    if tried > len(waits):
        return _bury(claim, error, trace, at=at)
    again = {"status": Status.READY, "exception_class_path": error, "traceback": trace}
    if wait:
        # The spread keeps a hundred jobs that failed together from coming back together.
        again["run_after"] = at + waits[tried - 1] * (1 + secrets.randbelow(250) / 1000)
    return bool(held(claim).update(**again))


def _bury(claim, error, trace, *, at):
    with transaction.atomic():
        given_up = held(claim).update(
            status=Status.FAILED, finished_at=at, exception_class_path=error, traceback=trace
        )
        if not given_up:
            return False
        DeadLetter.objects.create(
            name=claim.name,
            arguments=claim.arguments,
            unit_id=claim.unit_id,
            attempts=len(claim.tokens),
            error=error[:200],
            trace=trace,
            died_at=at,
        )
    logger.error("job.dead", extra={"job": claim.name, "unit": claim.unit_id, "status": error})
    return True
