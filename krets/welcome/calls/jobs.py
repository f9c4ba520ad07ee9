"""What calls do by themselves each night."""

from datetime import timedelta

from krets.kit.db import everywhere
from krets.kit.jobs.queue import enqueue, job
from krets.kit.jobs.schedule import Scheduled
from krets.kit.jobs.steps import step
from krets.register.organisation.models import Unit
from krets.register.organisation.queries import associations
from krets.welcome.calls import commands

NIGHT = "welcome.calls.night"
IN_UNIT = "welcome.calls.night_in_unit"
DRAFTS_LAST = timedelta(days=7)


@job(NIGHT)
def tidy_calls(at):
    """Throw old drafts away, and leave a job for each association: none waits for another's."""
    with everywhere("the nightly tidying finds the associations, and old drafts of all of them"):
        units = list(associations().values_list("pk", flat=True))
        commands.throw_away_drafts(before=at - DRAFTS_LAST, by=None, at=at)
    for unit_id in units:
        enqueue(IN_UNIT, at=at, unit_id=unit_id)


@job(IN_UNIT, atomic=False)
def tidy_calls_in_unit(unit_id, at):
    """Close the unit's calls to people who are not to be rung any more, in steps."""
    unit = Unit.objects.get(pk=unit_id)
    # A mandate ends by its day too, and nobody does anything then.
    for tidy in (commands.close_needless, commands.close_unasked, commands.take_back):
        with step():
            tidy(unit, by=None, at=at)


SCHEDULE = [Scheduled("calls-night", "20 3 * * *", NIGHT)]
