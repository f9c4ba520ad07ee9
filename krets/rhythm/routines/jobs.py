"""What the routines do by themselves."""

from django.utils import timezone

from krets.kit.db import everywhere
from krets.kit.jobs.queue import enqueue, job
from krets.kit.jobs.schedule import Scheduled
from krets.register.members.models import Person
from krets.register.organisation.models import Unit
from krets.rhythm.routines import night as running
from krets.rhythm.routines import registry
from krets.rhythm.routines.commands.setting import AGAIN
from krets.rhythm.routines.queries import units_with_something_due


@job("rhythm.routines.night")
def night(at):
    """Leave a job for each unit where something falls due."""
    with everywhere("the night run finds the units where something falls due"):
        units = units_with_something_due(timezone.localdate(at))
    for unit_id in units:
        enqueue("rhythm.routines.night_in_unit", at=at, unit_id=unit_id)


@job("rhythm.routines.night_in_unit", atomic=False)
def night_in_unit(unit_id, at):
    """Run the night in one unit, in steps."""
    running.run(unit_id, today=timezone.localdate(at), at=at)


@job(AGAIN, atomic=False)
def again(unit_id, routine, at):
    """Judge everyone by a routine that was switched on or given other days."""
    known = registry.get(routine)
    if known is None:
        return
    only = registry.with_those_that_wait([routine])
    if known.subject == "unit":
        ids = [unit_id]
    else:
        unit = Unit.objects.get(pk=unit_id)
        ids = Person.objects.of(unit).order_by("pk").values_list("pk", flat=True)
    running.run_for(unit_id, known.subject, ids, only=only, redue=True, at=at)


SCHEDULE = [Scheduled("routines", "10 4 * * *", "rhythm.routines.night")]
