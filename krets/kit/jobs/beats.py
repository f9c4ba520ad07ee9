"""Which workers are alive, and what each holds in its hands."""

from django.db.models import F

from krets.kit.jobs.models import WorkerBeat


def beat(worker, *, at, **holding):
    """Say that the worker lives; `holding` replaces what it has in its hands."""
    mine = WorkerBeat.objects.filter(worker=worker)
    if not mine.update(beats=F("beats") + 1, beat_at=at, **holding):
        WorkerBeat.objects.create(worker=worker, beat_at=at, **holding)


def pulse(worker, *, at):
    """Say that the worker lives, while it is busy. Return False if it has been given up on."""
    return bool(WorkerBeat.objects.filter(worker=worker).update(beats=F("beats") + 1, beat_at=at))


def hold(worker, task_id, token, lease, *, at):
    """Write down which job the worker has taken, and for how long it may keep it."""
    seconds = max(1, int(lease.total_seconds()))
    beat(worker, at=at, task_id=task_id, token=token, lease_seconds=seconds, renewals=0)


def renew(worker, token):
    """Start the lease anew. Return whether the worker still has the job in its hands."""
    mine = WorkerBeat.objects.filter(worker=worker, token=token)
    return bool(mine.update(renewals=F("renewals") + 1))


def leave(worker):
    """Say that the worker has gone home, with nothing in its hands."""
    WorkerBeat.objects.filter(worker=worker).delete()
