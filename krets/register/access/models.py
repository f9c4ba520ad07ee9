"""Links that open one thing."""

from django.db import models
from django.db.models import Q


class Ticket(models.Model):
    """A personal link (biljett) with one purpose. Only the hash of its token is kept."""

    purpose = models.CharField(max_length=20)
    token_hash = models.BinaryField(max_length=32, unique=True)
    account = models.ForeignKey("register.Account", models.CASCADE, null=True)
    unit = models.ForeignKey("register.Unit", models.CASCADE, null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    reusable = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ticket_used_up_only_when_it_can_be",
                condition=Q(reusable=False) | Q(used_at=None),
            ),
        ]

    def __str__(self):
        return f"Ticket {self.pk} for {self.purpose}"
