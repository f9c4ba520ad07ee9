"""What happens to the outbox by itself."""

from datetime import timedelta

from krets.kit.jobs.queue import job
from krets.kit.jobs.schedule import Scheduled
from krets.kit.messaging import outbox
from krets.kit.messaging.models import Letter

KEPT = timedelta(days=2)


# Somebody sits and waits for the code: it goes before what waits for nobody. Not atomic, since a
# mail server that thinks for twenty seconds must not hold the database.
@job("kit.messaging.send", atomic=False, priority=100)
def send(letter_id, at):
    """Send one letter from the outbox, at least once."""
    outbox.send(letter_id, at=at)


@job("kit.messaging.throw_away")
def throw_away(at):
    """Delete messages that are older than two days: by then they are read, or of no use."""
    Letter.objects.filter(at__lt=at - KEPT).delete()


SCHEDULE = [Scheduled("outbox", "25 * * * *", "kit.messaging.throw_away")]
