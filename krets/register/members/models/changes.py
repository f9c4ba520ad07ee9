"""What was changed about a person, and what of it the central register does not know yet."""

from django.db import models
from django.db.models import Q

from krets.register.access.scope import ScopedQuerySet


class Change(models.Model):
    """What was changed about a person (ändring), by whom or which import: old and new."""

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    person = models.ForeignKey("register.Person", models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey("register.Account", models.SET_NULL, null=True)
    import_id = models.BigIntegerField(null=True)
    fields = models.JSONField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "person", "-at"], name="change_of_person")]

    def __str__(self):
        return f"Change {self.pk}"


class Correction(models.Model):
    """A register detail corrected here (rättelse), that the central register does not carry yet."""

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    person = models.ForeignKey("register.Person", models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=40)
    old = models.CharField(max_length=254, blank=True)
    new = models.CharField(max_length=254, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("register.Account", models.SET_NULL, null=True)
    carried_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "field"],
                condition=Q(carried_at=None),
                name="correction_is_one_open_a_field",
            ),
        ]

    def __str__(self):
        return f"Correction {self.pk}"
