"""Mail on its way, or waiting to be read until a mail server is set up."""

from django.db import models

from krets.kit.secrets import SealedTextField


class Letter(models.Model):
    """One message in the outbox (utkorg): kept sealed, since it may hold a sign-in code.

    It goes when it is sent. After `useful_until` nobody is helped by it.
    """

    at = models.DateTimeField(auto_now_add=True)
    to = SealedTextField()
    subject = SealedTextField()
    body = SealedTextField()
    useful_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "messaging_outbox"

    def __str__(self):
        return f"Outbox {self.pk}"
