"""The night run in one unit: what fell due, what waited too long, whose mandate is over."""

from krets.kit.jobs.steps import step
from krets.register.organisation.models import Unit
from krets.rhythm.routines import registry
from krets.rhythm.routines.commands import BATCH, escalate, reassign, reconsider
from krets.rhythm.routines.judging import Outcome
from krets.rhythm.routines.queries import due_subjects


def run(unit_id, *, today, at):
    """Look at all that fell due up to today, in steps; return an Outcome.

    Costs in proportion to what fell due. Days that were missed are caught up once, not replayed.
    """
    outcome = Outcome()
    unit = Unit.objects.get(pk=unit_id)
    for subject in ("person", "unit"):
        outcome += _subjects(unit, subject, today, at)
    with step():
        reassign(unit, by=None, at=at)
    with step():
        outcome.escalated += escalate(unit, by=None, at=at)
    return outcome


def _subjects(unit, subject, today, at):
    outcome, after = Outcome(), 0
    while True:
        with step():
            ids, keys = due_subjects(unit, subject, today, after=after, limit=BATCH)
            if not ids:
                return outcome
            only = registry.with_those_that_wait(keys)
            outcome += reconsider(unit.pk, subject=subject, ids=ids, only=only, by=None, at=at)
        after = ids[-1]


def run_for(unit_id, subject, ids, *, at, only=None, redue=False):
    """Judge any number of subjects, in steps; return an Outcome."""
    outcome = Outcome()
    ids = sorted(set(ids))
    for first in range(0, len(ids), BATCH):
        with step():
            outcome += reconsider(
                unit_id,
                subject=subject,
                ids=ids[first : first + BATCH],
                only=only,
                redue=redue,
                by=None,
                at=at,
            )
    return outcome
