"""The worker: takes jobs that are due, one at a time, until it is told to stop."""

import logging
import secrets
import signal
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from krets.kit.jobs import beats, claims, mending, schedule
from krets.kit.jobs.running import perform
from krets.kit.jobs.watch import Watch

logger = logging.getLogger("krets.jobs")


@dataclass(frozen=True)
class Pace:
    """How often a worker does what, in seconds."""

    idle_least: float = 0.02
    idle_most: float = 1.0
    beat: float = 5.0
    tend: float = 5.0
    mend: float = 3600.0
    dead_after: float = 30.0


def run(*, stop_when_idle=False, once=False, clock=timezone.now, pace=None):
    """Do jobs until SIGTERM or SIGINT, which let the job in hand be finished. Return how many.

    `stop_when_idle` goes home when nothing is due, `once` after at most one job.
    """
    return Worker(clock=clock, pace=pace or Pace()).run(stop_when_idle=stop_when_idle, once=once)


def run_pending(now, *, at_most=100_000, raising=True):
    """Do all jobs due at `now`, in this process and with its clock at `now`. Return how many.

    For tests and the demo; what is scheduled is left by `schedule.fire_due(now)`. An error in a
    job is kept with its row and then raised, unless `raising` is off.
    """
    worker = _name()
    try:
        for done in range(at_most):
            claim = claims.claim_next(worker, at=now)
            if claim is None:
                return done
            error = perform(claim, clock=lambda: now)
            if error and raising:
                raise error
    finally:
        beats.leave(worker)
    raise RuntimeError("Jobs keep leaving jobs: there is no end to them")


class Worker:
    """One worker process: its name, its stopwatches, and whether it was told to stop."""

    def __init__(self, *, clock, pace):
        self.clock = clock
        self.pace = pace
        self.stopping = False
        self._start_afresh()

    def run(self, *, stop_when_idle, once):
        """Do jobs until told to stop, or as the arguments say. Return how many were done."""
        patient = not (stop_when_idle or once)
        done, rest = 0, self.pace.idle_least
        logger.info("worker.started", extra={"worker": self.name})
        with self._signals(), self._pulse():
            while not self.stopping:
                try:
                    worked = self._round()
                except (DatabaseError, InterfaceError):
                    if not patient:
                        raise
                    logger.exception("worker.database_away", extra={"worker": self.name})
                    self._lose_database()
                    worked, rest = False, self.pace.idle_most
                done += worked
                if once or (stop_when_idle and not worked):
                    break
                rest = self._rest(rest) if not worked else self.pace.idle_least
        beats.leave(self.name)
        logger.info("worker.stopped", extra={"worker": self.name, "count": done})
        return done

    def _round(self):
        self._tend()
        claim = claims.claim_next(self.name, at=self.clock())
        if claim is None:
            return False
        self.beaten = time.monotonic()
        perform(claim, clock=self.clock)
        return True

    def _rest(self, seconds):
        time.sleep(seconds)
        return min(seconds * 2, self.pace.idle_most)

    def _tend(self):
        """Between jobs: beat, watch the others, leave what is scheduled, mend what is stranded."""
        now = time.monotonic()
        is_time_to_tend = now - self.tended >= self.pace.tend
        # Not for each job: on SQLite each new connection costs as much as the job. Inside a
        # transaction, as in tests, the connection is somebody else's to close.
        if is_time_to_tend and not connection.in_atomic_block:
            close_old_connections()
        if now - self.beaten >= self.pace.beat:
            beats.beat(self.name, at=self.clock())
            self.beaten = now
        if is_time_to_tend:
            self.tended = now
            self.watch.look(at=self.clock())
            schedule.fire_due(self.clock())
        if now - self.mended >= self.pace.mend:
            self.mended = now
            mending.mend(at=self.clock())

    def _start_afresh(self):
        self.name = _name()
        self.watch = Watch(self.name, dead_after=self.pace.dead_after)
        self.beaten = self.tended = self.mended = float("-inf")

    def _lose_database(self):
        if not connection.in_atomic_block:
            connection.close()
        # Whether the last job was marked is unknown. Under a new name the old one stands still,
        # and what it may still hold is taken back as from any dead worker.
        self._start_afresh()

    @contextmanager
    def _pulse(self):
        """Beat from a thread of its own while a long job runs."""
        home = threading.Event()

        def keep_beating():
            while not home.wait(self.pace.beat):
                if time.monotonic() - self.beaten < self.pace.beat:
                    continue
                try:
                    beats.pulse(self.name, at=self.clock())
                except (DatabaseError, InterfaceError):
                    logger.warning("worker.beat_missed", extra={"worker": self.name})
                finally:
                    connection.close()

        thread = threading.Thread(target=keep_beating, name="krets-pulse", daemon=True)
        thread.start()
        try:
            yield
        finally:
            home.set()
            thread.join()

    @contextmanager
    def _signals(self):
        """Let the first SIGTERM or SIGINT end the loop after the job in hand."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {
            number: signal.signal(number, self._stop) for number in (signal.SIGTERM, signal.SIGINT)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, _number, _frame):
        self.stopping = True


def _name():
    return secrets.token_hex(8)
