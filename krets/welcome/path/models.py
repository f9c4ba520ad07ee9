"""Steps of the welcome path that somebody chose to leave out."""

from django.db import models

from krets.register.access.scope import ScopedQuerySet


class SkippedStep(models.Model):
    """That a step of a membership's path is left out on purpose (överhoppat steg), and why."""

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    person = models.ForeignKey("register.Person", models.CASCADE, related_name="skipped_steps")
    membership = models.ForeignKey("register.Membership", models.CASCADE, related_name="+")
    step = models.CharField(max_length=20)
    words = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey("register.Account", models.SET_NULL, null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "step"], name="skipped_step_stands_once"),
        ]
        indexes = [models.Index(fields=["unit", "person"], name="skipped_step_of_person")]

    def __str__(self):
        return f"Skipped step {self.pk}: {self.step}"
