"""Doing one claimed job, so that its effects in the database happen exactly once."""

import logging
import time

from krets.kit.jobs import claims, steps, traces
from krets.kit.jobs.queue import JOBS, run_job

logger = logging.getLogger("krets.jobs")


def perform(claim, *, clock):
    """Do the job and mark it done, or keep what went wrong. Return the error, or None."""
    started = time.monotonic()
    try:
        with steps.working_on(claim):
            _run(claim, clock)
    except claims.LostClaimError as error:
        _log(logging.WARNING, "job.lost", claim, started)
        return error
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- it must not stop the worker
        event = "job.failed" if claims.fail(claim, error, at=clock()) else "job.lost"
        _log(logging.ERROR, event, claim, started, traces.kind(error))
        return error
    _log(logging.INFO, "job.done", claim, started)
    return None


def _run(claim, clock):
    known = JOBS[claim.name]
    call = {"name": claim.name, "arguments": claim.arguments, "unit_id": claim.unit_id}
    if known.atomic:
        with steps.scope(claim.unit_id):
            run_job.call(**call, at=clock())
            # Last in the same transaction: if the job was taken away, its effects go with it.
            claims.finish(claim, at=clock())
    else:
        run_job.call(**call, at=clock())
        claims.finish(claim, at=clock())


def _log(level, event, claim, started, status=None):
    ms = round((time.monotonic() - started) * 1000)
    extra = {"job": claim.name, "unit": claim.unit_id, "ms": ms, "status": status}
    logger.log(level, event, extra=extra)
