"""What happens to the outbox by itself."""

from datetime import timedelta

from krets.kit.jobs.queue import job
from krets.kit.jobs.schedule import Scheduled
from krets.kit.messaging.models import Letter

KEPT = timedelta(days=2)


@job("kit.messaging.throw_away")
def throw_away(at):
    """Delete messages that are older than two days: a sign-in code lasts ten minutes."""
    Letter.objects.filter(at__lt=at - KEPT).delete()


SCHEDULE = [Scheduled("outbox", "25 * * * *", "kit.messaging.throw_away")]
