"""Taking jobs back from workers that died or got stuck."""

import logging
import time

from django.db import transaction

from krets.kit.jobs import claims
from krets.kit.jobs.models import WorkerBeat

logger = logging.getLogger("krets.jobs")


class Watch:
    """One worker's eye on the others.

    It times with its own stopwatch how long a counter has stood still. No two clocks are compared,
    so a clock that is wrong or jumps takes no job from anyone.
    """

    def __init__(self, worker, *, dead_after=30.0, stopwatch=time.monotonic):
        self.worker = worker
        self.dead_after = dead_after
        self.stopwatch = stopwatch
        self._seen = {}
        self._looked = stopwatch()

    def look(self, *, at):
        """Take back what dead workers held and what was held too long. Return how many jobs."""
        now = self.stopwatch()
        if now - self._looked > self.dead_after:
            # We were away ourselves, maybe with the whole machine: nobody was seen standing still.
            self._seen.clear()
        self._looked = now
        others = list(WorkerBeat.objects.exclude(worker=self.worker).order_by("pk"))
        fresh = {}
        taken = 0
        for other in others:
            dead_for = self._still(fresh, (other.worker, "beats"), other.beats, now)
            held = (other.token, other.renewals)
            held_for = self._still(fresh, (other.worker, "held"), held, now)
            if dead_for > self.dead_after:
                taken += self._bury(other, at)
            elif other.task_id and held_for > other.lease_seconds:
                taken += self._take(other, at, "job.lease_over")
        self._seen = fresh
        return taken

    def _still(self, fresh, key, value, now):
        before, since = self._seen.get(key, (value, now))
        since = since if before == value else now
        fresh[key] = (value, since)
        return now - since

    def _bury(self, other, at):
        with transaction.atomic():
            # The filter decides: a worker that has beaten since we looked lives.
            gone, _rows = WorkerBeat.objects.filter(pk=other.pk, beats=other.beats).delete()
            if not gone:
                return 0
            logger.warning("worker.died", extra={"worker": other.worker})
            return self._take(other, at, "job.taken_back") if other.task_id else 0

    def _take(self, other, at, event):
        if not claims.take_back(other.task_id, other.token, at=at):
            return 0
        logger.warning(event, extra={"worker": other.worker})
        return 1
