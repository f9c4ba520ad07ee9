"""What is done about the fee each night."""

from krets.kit.db import everywhere
from krets.kit.jobs.queue import job
from krets.kit.jobs.schedule import Scheduled
from krets.register.organisation.queries import associations
from krets.welcome.leavers import commands

NIGHT = "welcome.leavers.night"


@job(NIGHT)
def let_calls_go(at):
    """Close the calls about the fee that the night's look at the to-dos has made needless."""
    with everywhere("each association's calls about the fee are tidied each night"):
        for unit in associations():
            commands.let_go(unit, by=None, at=at)


SCHEDULE = [Scheduled("fees-night", "40 4 * * *", NIGHT)]
