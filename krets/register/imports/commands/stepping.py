"""One short transaction of the long work on an import, in a job or without one."""

from contextlib import contextmanager

from krets.kit.db import unit_scope
from krets.kit.jobs import steps


@contextmanager
def step_of(importing):
    """Make the block one transaction that sees the import's unit, while the job is ours."""
    with steps.step(), unit_scope([importing.unit_id]):
        yield
