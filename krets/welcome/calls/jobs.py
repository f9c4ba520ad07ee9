"""What calls do by themselves each night."""

from datetime import timedelta

from krets.kit.db import everywhere
from krets.kit.jobs.queue import job
from krets.kit.jobs.schedule import Scheduled
from krets.register.organisation.queries import associations
from krets.welcome.calls import commands

NIGHT = "welcome.calls.night"
DRAFTS_LAST = timedelta(days=7)


@job(NIGHT)
def tidy_calls(at):
    """Close calls to people who are not to be rung any more, and throw old drafts away."""
    with everywhere("each association's calls are tidied each night"):
        for unit in associations():
            commands.close_needless(unit, by=None, at=at)
            commands.close_unasked(unit, by=None, at=at)
            # A mandate ends by its day too, and nobody does anything then.
            commands.take_back(unit, by=None, at=at)
        commands.throw_away_drafts(before=at - DRAFTS_LAST, by=None, at=at)


SCHEDULE = [Scheduled("calls-night", "20 3 * * *", NIGHT)]
