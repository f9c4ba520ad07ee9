"""When a routine must look at a subject again."""

from django.db import models

from krets.register.access.scope import ScopedQuerySet


class Watch(models.Model):
    """That a routine looks at a subject again on a day (bevakning), though nothing changed."""

    unit = models.ForeignKey("register.Unit", models.CASCADE)
    routine = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    next_on = models.DateField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "routine", "subject_id"], name="watch_is_one_a_subject"
            ),
        ]
        indexes = [models.Index(fields=["next_on", "unit", "routine"], name="watch_due")]

    def __str__(self):
        return f"Watch {self.pk}: {self.routine}"
