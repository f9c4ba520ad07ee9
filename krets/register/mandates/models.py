"""Who is trusted with what in a unit, and for how long."""

from django.db import models
from django.db.models import F, Q

from krets.register.access.kinds import Mandates
from krets.register.access.scope import ScopedQuerySet


class MandateQuerySet(ScopedQuerySet):
    def current(self, today):
        """Keep those that have begun, are agreed to, and have not ended."""
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gte=today),
            ended_at=None,
            agreed_at__isnull=False,
            starts_on__lte=today,
        )


class Mandate(models.Model):
    """A role held by a person in a unit for a time (uppdrag). Gives capabilities while it lasts."""

    unit = models.ForeignKey("register.Unit", models.PROTECT, related_name="mandates")
    person = models.ForeignKey("register.Person", models.PROTECT, related_name="mandates")
    kind = models.CharField(max_length=24, choices=Mandates.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        "register.Account", models.SET_NULL, null=True, related_name="given_mandates"
    )
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(
        "register.Account", models.SET_NULL, null=True, related_name="agreed_mandates"
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        "register.Account", models.SET_NULL, null=True, related_name="ended_mandates"
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mandate_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(
                fields=["unit", "person", "kind"],
                condition=Q(ended_at=None),
                name="mandate_is_held_once_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["unit", "kind"], name="mandate_of_kind")]

    def __str__(self):
        return f"Mandate {self.pk}: {self.kind}"
