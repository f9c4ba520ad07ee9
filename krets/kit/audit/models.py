"""The trail's rows."""

from django.db import models


class EntryQuerySet(models.QuerySet):
    def of(self, unit):
        """Keep the unit's lines."""
        return self.filter(unit_id=unit.pk)


class Entry(models.Model):
    """One line in the trail (spår): who did what to which thing, and when. Never changed.

    People stand here by random keys only; erasing a person destroys the key, the detail and the
    salt, while the line and its commitment stay, so that the sealed chain holds.
    """

    unit_id = models.BigIntegerField()
    at = models.DateTimeField()
    actor_key = models.BigIntegerField(null=True)
    action = models.CharField(max_length=80)
    subject_key = models.CharField(max_length=80)
    commitment = models.BinaryField(max_length=32)
    salt = models.BinaryField(max_length=16, null=True)
    # Null, not empty: the detail is destroyed when the person it tells of is erased.
    detail = models.TextField(null=True)  # noqa: DJ001 -- empty and destroyed are two things
    sealed_number = models.BigIntegerField(null=True)
    seal = models.BinaryField(max_length=32, null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit_id", "sealed_number"], name="trail_numbers_are_given_once"
            ),
        ]
        indexes = [
            models.Index(fields=["unit_id", "-at", "-id"], name="trail_newest"),
            models.Index(fields=["unit_id", "subject_key", "-id"], name="trail_of_subject"),
            models.Index(
                fields=["unit_id", "id"],
                condition=models.Q(sealed_number=None),
                name="trail_unsealed",
            ),
        ]

    def __str__(self):
        return f"Trail {self.pk}: {self.action}"
