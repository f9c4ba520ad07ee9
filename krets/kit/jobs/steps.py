"""Steps of a long job: each commits by itself, and only while the job is still this worker's."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.db.models import F

from krets.kit.db import unit_scope
from krets.kit.jobs import beats, claims

_current: ContextVar[claims.Claim | None] = ContextVar("current_claim", default=None)


@contextmanager
def working_on(claim):
    """Let the steps inside the block know whose they are."""
    mark = _current.set(claim)
    try:
        yield
    finally:
        _current.reset(mark)


@contextmanager
def scope(unit_id):
    """One transaction that sees the rows of the unit, on either database."""
    if unit_id is None:
        with transaction.atomic():
            yield
    else:
        with transaction.atomic(), unit_scope([unit_id]):
            yield


@contextmanager
def step():
    """Make the block one transaction of a job declared with `atomic=False`, and renew its lease.

    Raises claims.LostClaimError, and undoes the block, when the job was taken away meanwhile. A
    job that is tried again starts from its beginning: each step must leave behind what tells the
    next attempt that it is done. Outside a job it is a plain transaction.
    """
    claim = _current.get()
    if claim is None:
        with transaction.atomic():
            yield
        return
    # In a transaction of its own, for the pulse must not wait for the step's.
    beats.renew(claim.worker, claim.token)
    with scope(claim.unit_id):
        yield
        # Touching the row last decides against whoever takes the job back: one of us waits.
        if not claims.held(claim).update(started_at=F("started_at")):
            raise claims.LostClaimError
