"""Where mail lies until it is sent; for good, while there is no mail server: one can read it."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from krets.kit.jobs import steps
from krets.kit.jobs.queue import enqueue
from krets.kit.messaging.models import Letter

KEEPS = "krets.kit.messaging.outbox.OutboxBackend"


class OutboxBackend(BaseEmailBackend):
    """Django's mail back end that keeps instead of sends."""

    def send_messages(self, email_messages):
        """Keep the messages, one row per recipient; return how many messages were kept."""
        Letter.objects.bulk_create(
            Letter(to=recipient, subject=message.subject, body=message.body)
            for message in email_messages
            for recipient in message.recipients()
        )
        return len(email_messages)


def post(to, *, subject, body, at, useful_until=None):
    """Leave a message to be sent by a job, in the caller's transaction.

    The job's row holds the letter's number alone: what is said, and to whom, lies sealed.
    """
    with transaction.atomic():
        letter = _written(to, subject, body, useful_until)
        enqueue("kit.messaging.send", at=at, letter_id=letter.pk)


def pretend(to, *, subject, body, at, useful_until=None):
    """Do the work of `post` and send nothing, so that the time it takes tells nobody which."""
    with transaction.atomic():
        letter = _written(to, subject, body, useful_until)
        enqueue("kit.messaging.send", at=at, letter_id=letter.pk)
        letter.delete()


def send(letter_id, *, at):
    """Send a letter and let it go; after a crash between the two it is sent once more.

    Without a mail server it stays. One that is gone, or of no use any longer, is not sent.
    """
    letter = Letter.objects.filter(pk=letter_id).first()
    if letter is None or is_kept():
        return
    if letter.useful_until is None or at < letter.useful_until:
        EmailMessage(letter.subject, letter.body, to=[letter.to]).send()
    with steps.step():
        letter.delete()


def is_kept():
    """Return whether mail stays here to be read, because no mail server is named."""
    return settings.EMAIL_BACKEND == KEEPS


def latest(count=20):
    """Return the newest messages, newest first."""
    return list(Letter.objects.order_by("-pk")[:count])


def _written(to, subject, body, useful_until):
    return Letter.objects.create(to=to, subject=subject, body=body, useful_until=useful_until)
