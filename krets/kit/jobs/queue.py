"""Leaving work for later: naming a function as a job, and leaving a row that asks for it."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django_tasks import task

# Ten seconds for what passes by itself, two hours for a mail server that is being mended.
WAITS = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
)
LEASE = timedelta(minutes=5)


@dataclass(frozen=True)
class Job:
    """A function with a name that survives renaming, and how it is run."""

    name: str
    function: Callable[..., object]
    atomic: bool
    lease: timedelta
    waits: tuple[timedelta, ...]
    priority: int
    takes: frozenset[str]


JOBS: dict[str, Job] = {}


def job(name, *, atomic=True, lease=LEASE, waits=WAITS, priority=0):
    """Give a function a name that survives renaming, so that waiting rows still find it.

    The function gets the arguments it was enqueued with and, if it asks for them by name, `at`
    (the moment it runs) and `unit_id`.

    `atomic` (most jobs): its effects and its being done commit together, so they happen exactly
    once. `atomic=False` is for long work that commits in steps: wrap each in `steps.step()`,
    reading included, for on PostgreSQL the unit's rows are seen only there.
    An attempt that takes longer than `lease` is taken away and its effects refused. After a
    failure it waits as `waits` say; when they are used up it becomes a dead letter. A higher
    `priority` (-100 to 100) goes first.
    """

    def register(function):
        known = JOBS.get(name)
        if known and known.function.__qualname__ != function.__qualname__:
            raise ValueError(f"Two jobs are called {name}")
        takes = frozenset(inspect.signature(function).parameters) & {"at", "unit_id"}
        JOBS[name] = Job(name, function, atomic, lease, tuple(waits), priority, takes)
        function.job = name
        return function

    return register


def enqueue(name, /, *, at, unit_id=None, **arguments):
    """Leave a job for `at` or soon after, in the caller's transaction. Return the job's id.

    Arguments are ids, days and short codes, never what people wrote or are called: rows of jobs
    are seen by operators. Raises KeyError for a name nobody answers to.
    """
    known = JOBS[name]
    wanted = run_job.using(run_after=at, priority=known.priority)
    left = wanted.enqueue(name=name, arguments=_plain(arguments), unit_id=unit_id)
    return UUID(left.id)


@task()
def run_job(name, arguments, unit_id, at):
    """Run a job by name: the one task django-tasks knows. Only `worker` calls it."""
    known = JOBS[name]
    offered = {"at": at, "unit_id": unit_id}
    known.function(**arguments, **{word: offered[word] for word in known.takes})


_CODE = re.compile(r"[A-Za-z0-9_.:+-]{0,100}")


def _plain(value):
    match value:
        case None | bool() | int():
            return value
        case str() if _CODE.fullmatch(value):
            return value
        case UUID() | date():
            return _plain(str(value) if isinstance(value, UUID) else value.isoformat())
        case list() | tuple():
            return [_plain(item) for item in value]
        case dict():
            return {_plain(key): _plain(item) for key, item in value.items()}
        case _:
            # The value itself is not quoted: it may be personal.
            raise ValueError(f"A job takes ids and short codes only, not this {type(value)}")
