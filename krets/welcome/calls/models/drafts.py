"""Reports that are being written."""

import uuid

from django.db import models

from krets.kit.secrets import SealedTextField
from krets.register.access.scope import ScopedQuerySet


class Draft(models.Model):
    """A caller's answers so far about one call (utkast), sealed. Gone when the report is saved."""

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    call = models.ForeignKey("welcome.Call", models.CASCADE, related_name="drafts")
    by = models.ForeignKey("register.Person", models.CASCADE, related_name="+")
    key = models.UUIDField(default=uuid.uuid4)
    answers = SealedTextField()
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "by"], name="draft_is_one_a_caller"),
        ]
        indexes = [models.Index(fields=["unit", "saved_at"], name="draft_by_age")]

    def __str__(self):
        return f"Draft {self.pk} of call {self.call_id}"
