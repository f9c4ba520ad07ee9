"""Where mail goes while there is no mail server: into sealed rows one can read."""

from django.core.mail.backends.base import BaseEmailBackend

from krets.kit.messaging.models import Letter


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


def latest(count=20):
    """Return the newest messages, newest first."""
    return list(Letter.objects.order_by("-pk")[:count])
