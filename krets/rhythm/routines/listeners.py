"""What the routines do when something changed."""

from krets.events import now
from krets.kit.jobs.queue import job
from krets.kit.jobs.steps import step
from krets.register.imports.commands import note_followed_up
from krets.register.imports.models import ImportedPerson
from krets.register.organisation.models import Unit
from krets.rhythm.routines import night
from krets.rhythm.routines.commands import BATCH, reassign, reconsider


@now
def people_changed(unit_id, person_ids, by_id, at):
    """Judge them again in the same transaction, so that what was done is off the list at once."""
    for first in range(0, len(person_ids), BATCH):
        reconsider(
            unit_id,
            subject="person",
            ids=person_ids[first : first + BATCH],
            signed_by_id=by_id,
            by=None,
            at=at,
        )


@now
def unit_changed(unit_id, at):
    """Judge the association's own routines again."""
    reconsider(unit_id, subject="unit", ids=[unit_id], by=None, at=at)


@now
def file_came_in(unit_id, at, **_fact):
    """Judge the association's own routines again: the file they asked for is here."""
    reconsider(unit_id, subject="unit", ids=[unit_id], by=None, at=at)


@job("rhythm.routines.members_changed", atomic=False)
def members_changed(unit_id, import_id, at):
    """Judge everyone whom an import touched, in steps."""
    people = ImportedPerson.objects.filter(unit_id=unit_id, importing_id=import_id)
    night.run_for(unit_id, "person", people.values_list("person_id", flat=True), at=at)
    with step():
        note_followed_up(unit_id, import_id, by=None, at=at)


@now
def mandates_changed(unit_id, at):
    """Give to-dos a new owner where the old one may no longer do them."""
    reassign(Unit.objects.in_turn(unit_id), by=None, at=at)
