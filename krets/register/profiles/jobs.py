"""What profiles do by themselves: notes end on their day."""

from django.utils import timezone

from krets.kit.db import everywhere
from krets.kit.jobs.queue import enqueue, job
from krets.kit.jobs.schedule import Scheduled
from krets.register.organisation.models import Unit
from krets.register.profiles.commands import throw_away_notes
from krets.register.profiles.queries import units_with_ended_notes


@job("register.profiles.end_notes")
def end_notes(at):
    """Leave a job for each unit that has notes whose day has come."""
    with everywhere("the nightly cleaning finds the units that have something to clean"):
        units = units_with_ended_notes(today=timezone.localdate(at))
    for unit_id in units:
        enqueue("register.profiles.end_notes_of", at=at, unit_id=unit_id)


@job("register.profiles.end_notes_of")
def end_notes_of(unit_id, at):
    """Delete a unit's notes whose day has come."""
    throw_away_notes(Unit.objects.get(pk=unit_id), by=None, at=at)


SCHEDULE = [Scheduled("notes", "40 3 * * *", "register.profiles.end_notes")]
