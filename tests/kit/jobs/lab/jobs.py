"""Jobs that last long enough to be killed in the middle."""

import time

from django.utils import timezone

from krets.kit.jobs.queue import enqueue, job
from krets.kit.jobs.steps import step
from tests.kit.jobs.lab.models import Effect

HALF = 0.004
STEPS = 3
LONG = 5


@job("lab.effect")
def effect(number, then=None):
    """Leave one effect and, if told so, one job more, both in the job's own transaction."""
    Effect.objects.create(number=number)
    if then is not None:
        enqueue("lab.effect", at=timezone.now(), number=then)
    time.sleep(HALF)


@job("lab.stepped", atomic=False)
def stepped(number):
    """Leave an effect per step, each in a transaction of its own."""
    for current in range(1, STEPS + 1):
        with step():
            if not Effect.objects.filter(number=number, step=current).exists():
                Effect.objects.create(number=number, step=current)
            time.sleep(HALF)


@job("lab.long", atomic=False)
def long(number):
    """Leave an effect each time it is tried, and last longer than the dead are waited for."""
    with step():
        Effect.objects.create(number=number)
    time.sleep(LONG)


@job("lab.nothing")
def nothing(number):
    """Cost what the queue costs."""
