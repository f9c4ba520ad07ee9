"""Jobs to leave and do in tests. What they did stands in `effects()`."""

from datetime import timedelta

from django.db import connection
from django_tasks_db.models import DBTaskResult

from krets.kit.jobs import claims
from krets.kit.jobs.models import DeadLetter
from krets.kit.jobs.queue import enqueue, job
from krets.kit.jobs.steps import step
from tests.conftest import NOON

SECRET = "Cecilia has protected data"


def leave_effect(word):
    # Any table will do in which nothing is unique and rows know their order.
    DeadLetter.objects.create(name="effect", trace=word, attempts=0, died_at=NOON)


def effects():
    rows = DeadLetter.objects.filter(name="effect").order_by("pk")
    return list(rows.values_list("trace", flat=True))


def row():
    return DBTaskResult.objects.get()


@job("samples.write")
def write(word):
    leave_effect(word)


@job("samples.urgent", priority=50)
def urgent(word):
    leave_effect(word)


@job("samples.tell")
def tell(at, unit_id, *, word):
    leave_effect(f"{word}:{unit_id}:{at.isoformat()}")


def units_seen():
    """Return which units the database gives rows of just now; SQLite does not ask."""
    if connection.vendor != "postgresql":
        return "asks nobody"
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('krets.units', true)")
        return cursor.fetchone()[0]


@job("samples.look")
def look():
    leave_effect(units_seen())


@job("samples.look_in_step", atomic=False)
def look_in_step():
    with step():
        leave_effect(units_seen())


@job("samples.fail", waits=(timedelta(seconds=10), timedelta(minutes=1)))
def fail(word):
    leave_effect(word)
    raise ValueError(SECRET)


@job("samples.again")
def again():
    enqueue("samples.again", at=NOON)


@job("samples.steps", atomic=False)
def steps(taken_at_first=None):
    """Lose the job between the two steps when tried for the first time."""
    for word in ("first", "second"):
        with step():
            if word not in effects():
                leave_effect(word)
        task = row()
        if taken_at_first and len(task.worker_ids) == 1:
            claims.take_back(task.pk, task.worker_ids[-1], at=NOON)
