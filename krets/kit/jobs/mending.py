"""Putting right, once an hour, what neither workers nor the watch can see from one row."""

import logging
from datetime import timedelta

from django.db.models import F
from django_tasks.base import TaskResultStatus as Status

from krets.kit.jobs import claims
from krets.kit.jobs.models import DeadLetter, WorkerBeat

logger = logging.getLogger("krets.jobs")

KEEP = timedelta(days=7)
KEEP_DEAD = timedelta(days=90)
BATCH = 1000


def mend(*, at):
    """Take back jobs nobody holds, wake those a wrong clock put to sleep, delete what is old."""
    take_back_unheld(at=at)
    wake_stranded(at=at)
    prune(at=at)


def take_back_unheld(*, at):
    """Take back jobs that no worker has in its hands, as after a restored backup."""
    in_hands = WorkerBeat.objects.exclude(task_id=None).values("task_id")
    unheld = claims.rows().filter(status=Status.RUNNING).exclude(pk__in=in_hands)
    jobs = list(unheld.values_list("pk", "worker_ids"))
    taken = sum(claims.take_back(pk, tokens[-1], at=at) for pk, tokens in jobs if tokens)
    if taken:
        logger.warning("job.unheld", extra={"count": taken})
    return taken


def wake_stranded(*, at):
    """Make due what was due when it was left, but lies ahead because the clock did."""
    ahead = claims.rows().filter(status=Status.READY, run_after__gt=at, enqueued_at__gt=at)
    woken = ahead.filter(run_after__lte=F("enqueued_at")).update(run_after=at)
    if woken:
        logger.warning("job.stranded", extra={"count": woken})
    return woken


def prune(*, at):
    """Delete jobs done a week ago and dead letters answered then, or waiting for three months."""
    over = claims.rows().filter(finished_at__lt=at - KEEP)
    count = _delete_in_batches(over.filter(status__in=[Status.SUCCESSFUL, Status.FAILED]))
    count += _delete_in_batches(DeadLetter.objects.filter(rerun_at__lt=at - KEEP))
    count += _delete_in_batches(DeadLetter.objects.waiting().filter(died_at__lt=at - KEEP_DEAD))
    if count:
        logger.info("job.pruned", extra={"count": count})
    return count


def _delete_in_batches(rows):
    """Delete in short transactions, so that no page waits for them."""
    count = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        count += rows.model.objects.filter(pk__in=keys).delete()[0]
    return count
