"""What people can do about jobs."""

from django.utils.translation import gettext as _

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.kit.jobs.models import DeadLetter
from krets.kit.jobs.queue import enqueue


class AlreadyRerunError(CannotError):
    pass


@command
def retry_dead(pk, *, by, at):
    """Run a dead letter's job again from its first attempt. Return the job's id."""
    dead = DeadLetter.objects.get(pk=pk)
    key = by.account.trail_key if by else None
    # The filter, not the read above, decides between two who press the button.
    if not DeadLetter.objects.waiting().filter(pk=pk).update(rerun_at=at, rerun_by_key=key):
        raise AlreadyRerunError(_("Someone has already run this again."))
    if dead.unit_id:
        trail.record("job.rerun", dead, by=by, at=at, job=dead.name)
    else:
        trail.nothing("the job belongs to no association; the row itself is signed")
    return enqueue(dead.name, at=at, unit_id=dead.unit_id, **dead.arguments)
