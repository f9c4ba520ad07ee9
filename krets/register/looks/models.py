"""Who looked at whom."""

from django.db import models

from krets.register.access.scope import ScopedQuerySet


class Look(models.Model):
    """That a viewer opened a person's details (titt): one row per viewer, person, page and day."""

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    viewer = models.ForeignKey("register.Account", models.PROTECT, related_name="looks")
    person = models.ForeignKey("register.Person", models.CASCADE, related_name="looks")
    page = models.CharField(max_length=60)
    day = models.DateField()
    times = models.PositiveIntegerField(default=1)
    last_at = models.DateTimeField()
    reason = models.CharField(max_length=120, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "person", "viewer", "page", "day"],
                name="look_is_one_a_day_and_page",
            ),
        ]
        indexes = [models.Index(fields=["unit", "viewer", "day"], name="look_of_viewer")]

    def __str__(self):
        return f"Look {self.pk}"


class ListLook(models.Model):
    """That a viewer was shown a list with names (listvisning): the page, its filter and the ids shown."""

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    viewer = models.ForeignKey("register.Account", models.PROTECT, related_name="list_looks")
    page = models.CharField(max_length=60)
    told = models.CharField(max_length=300, blank=True)
    shown = models.JSONField()
    at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "viewer", "-at"], name="list_look_of_viewer")]

    def __str__(self):
        return f"List look {self.pk}"
