"""The lab's programs: tables, leave, work, take. Each prints what it has to say."""

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from krets.kit.jobs import worker
from krets.kit.jobs.queue import enqueue
from krets.kit.limits import limits
from tests.kit.jobs.lab import jobs  # noqa: F401 -- gives the jobs their names

# As in production but far faster, so that the dead are missed soon.
PACE = worker.Pace(idle_most=0.05, beat=0.15, tend=0.15, dead_after=1.0)


def tables():
    """Make the tables."""
    call_command("migrate", run_syncdb=True, verbosity=0)


def leave(kind, first, last, then=None):
    """Leave jobs numbered first to last; each leaves one more, `then` numbers later."""
    with transaction.atomic():
        for number in range(int(first), int(last) + 1):
            follow = {"then": number + int(then)} if then else {}
            enqueue(kind, at=timezone.now(), number=number, **follow)


def work(until="told", dead_after=PACE.dead_after):
    """Work until told to stop, or until nothing is due."""
    pace = replace(PACE, dead_after=float(dead_after))
    say(worker.run(pace=pace, stop_when_idle=until == "idle"))


def take(threads, each, limit):
    """Take from one limit in many threads at once; print how many were let through."""

    def try_some(_thread):
        try:
            return sum(
                limits.take("door", limit=int(limit), per=timedelta(hours=1), at=timezone.now())
                for _ in range(int(each))
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(int(threads)) as pool:
        say(sum(pool.map(try_some, range(int(threads)))))


def say(result):
    """Print for the test that started the program."""
    sys.stdout.write(f"{result}\n")


PROGRAMS = {"tables": tables, "leave": leave, "work": work, "take": take}
