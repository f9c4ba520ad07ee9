"""What calls do when people change, and when to-dos change hands."""

from krets.events import now
from krets.kit.jobs.queue import job
from krets.kit.jobs.steps import step
from krets.register.organisation.models import Unit
from krets.rhythm.routines.commands import BATCH
from krets.welcome.calls import commands


@now
def people_changed(unit_id, person_ids, by_id, at):
    """Close the calls to those who are not to be rung any more, in the same transaction."""
    unit = Unit.objects.in_turn(unit_id)
    commands.close_needless(unit, ids=person_ids, signed_by_id=by_id, by=None, at=at)


@now
def people_judged(unit_id, person_ids, by_id, at):
    """Keep calls in step with the to-dos that ask for them, after the routines have judged."""
    unit = Unit.objects.in_turn(unit_id)
    commands.close_unasked(unit, ids=person_ids, signed_by_id=by_id, by=None, at=at)
    commands.owe_again(unit, ids=person_ids, by=None, at=at)


@job("welcome.calls.members_changed", atomic=False)
def members_changed(unit_id, import_id, at):
    """Close the calls that a file made needless: who left, and whose fee came in."""
    _in_batches(commands.close_needless, unit_id, at)


@job("welcome.calls.routine_switched_off", atomic=False)
def routine_switched_off(unit_id, at):
    """Close the calls that no routine asks for any more."""
    _in_batches(commands.close_unasked, unit_id, at)


def _in_batches(close, unit_id, at):
    unit = Unit.objects.get(pk=unit_id)
    while True:
        with step():
            if not close(unit, most=BATCH, by=None, at=at):
                return


@now
def mandates_changed(unit_id, at):
    """Put the calls of those who no longer ring on the shared list."""
    commands.take_back(Unit.objects.in_turn(unit_id), by=None, at=at)


@now
def todos_moved(unit_id, person_ids, at):
    """Let the calls go along, so that whoever has the to-do has the call."""
    unit = Unit.objects.in_turn(unit_id)
    commands.follow_todos(unit, person_ids=person_ids, by=None, at=at)
