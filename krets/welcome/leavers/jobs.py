"""What is done about the fee each night."""

from krets.kit.db import everywhere
from krets.kit.jobs.queue import enqueue, job
from krets.kit.jobs.schedule import Scheduled
from krets.register.organisation.models import Unit
from krets.register.organisation.queries import associations
from krets.welcome.leavers import commands

NIGHT = "welcome.leavers.night"
IN_UNIT = "welcome.leavers.night_in_unit"


@job(NIGHT)
def let_calls_go(at):
    """Leave a job for each association: none waits for another's."""
    with everywhere("the nightly tidying of calls about the fee finds the associations"):
        units = list(associations().values_list("pk", flat=True))
    for unit_id in units:
        enqueue(IN_UNIT, at=at, unit_id=unit_id)


@job(IN_UNIT)
def let_calls_go_in_unit(unit_id, at):
    """Close the unit's calls about the fee that the night's look at the to-dos made needless."""
    commands.let_go(Unit.objects.get(pk=unit_id), by=None, at=at)


SCHEDULE = [Scheduled("fees-night", "40 4 * * *", NIGHT)]
