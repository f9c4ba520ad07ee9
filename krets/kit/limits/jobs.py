"""What the limits do by themselves."""

from krets.kit.jobs.queue import job
from krets.kit.jobs.schedule import Scheduled
from krets.kit.limits import limits


@job("limits.prune")
def prune(at):
    """Delete the windows that have ended."""
    limits.prune(at=at)


SCHEDULE = [Scheduled("limits", "17 * * * *", prune.job)]
