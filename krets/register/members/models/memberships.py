"""A person's belonging to the association: from when, until when, and what was paid."""

from datetime import datetime, time

from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from krets.register.access.scope import ScopedQuerySet


class MembershipQuerySet(ScopedQuerySet):
    def current(self):
        return self.filter(left_on=None)

    def told_of_fee(self, year):
        """Keep those of whom a file has told whether the year's fee is paid."""
        return self.filter(fee_told_year=year)

    def latest_first(self):
        """Order them: the current one, then by the day they ended, the last one first."""
        return self.order_by(
            F("left_on").desc(nulls_first=True), F("joined_on").desc(nulls_last=True), "-pk"
        )

    def new_from(self, day):
        """Keep those who joined from the day on, or whom a later file told of from then on."""
        begins = timezone.make_aware(datetime.combine(day, time()))
        dated = self.filter(joined_on__gte=day).values("pk")
        undated = self.filter(joined_on=None, first_import=False, learned_at__gte=begins)
        # Each by an index of its own: an OR would read every membership there is.
        return self.filter(pk__in=dated.union(undated.values("pk")))

    def dated(self):
        """Add `since`: the day of joining, else the day on which a later file told of them.

        None for those whom the first file told of without a day: they have been here some time.
        """
        learned_on = Case(When(first_import=False, then=TruncDate("learned_at")))
        return self.annotate(since=Coalesce("joined_on", learned_on))


class Membership(models.Model):
    """A person's belonging to one association (medlemskap) from a day until maybe another.

    A person has at most one that has not ended. The day of joining may be unknown: no file has told
    it. Then `learned_at` says since when Krets has known of the membership.
    """

    class Reason(models.TextChoices):
        POLITICS = "politics", _("Politics")
        MONEY = "money", _("Money")
        MOVED = "moved", _("Moved")
        TIME = "time", _("Time")
        NOT_WELCOMED = "not_welcomed", _("Did not feel welcome")
        CONFLICT = "conflict", _("A conflict")
        HEARD_NOTHING = "heard_nothing", _("Never heard anything")
        DECEASED = "deceased", _("Deceased")
        OTHER = "other", _("Other")

    unit = models.ForeignKey("register.Unit", models.PROTECT, db_index=False)
    person = models.ForeignKey("register.Person", models.CASCADE, related_name="memberships")
    joined_on = models.DateField(null=True)
    joined_party_on = models.DateField(null=True)
    learned_at = models.DateTimeField()
    # The day it was written in by hand; None: a file has named the member, then or since.
    by_hand_on = models.DateField(null=True)
    first_import = models.BooleanField(default=False)
    kind = models.CharField(max_length=60, blank=True)
    branch = models.CharField(max_length=100, blank=True)
    left_on = models.DateField(null=True)
    left_learned_at = models.DateTimeField(null=True)
    left_reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    left_words = models.CharField(max_length=500, blank=True)
    # The latest year whose fee a file told of for this member, paid or not. Without it nothing is
    # known: who has no Fee is unpaid only in this year.
    fee_told_year = models.PositiveSmallIntegerField(null=True)
    # The day of the file that first told that year's fee unpaid; None: it is paid, or unknown.
    fee_unpaid_on = models.DateField(null=True)
    # The day of the file that first did not name this member; None: the latest one does.
    missing_on = models.DateField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(left_on=None),
                name="membership_is_one_at_a_time",
            ),
            models.CheckConstraint(
                name="membership_end_has_a_day_it_was_learned",
                condition=Q(left_on=None, left_learned_at=None)
                | Q(left_on__isnull=False, left_learned_at__isnull=False),
            ),
            models.CheckConstraint(
                name="membership_fee_is_unpaid_in_a_year_told_of",
                condition=Q(fee_unpaid_on=None) | Q(fee_told_year__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "joined_on"], name="membership_joined"),
            models.Index(fields=["unit", "left_on"], name="membership_left"),
            models.Index(
                fields=["unit", "learned_at"],
                condition=Q(joined_on=None, first_import=False),
                name="membership_undated",
            ),
        ]

    def __str__(self):
        return f"Membership {self.pk}"


class Fee(models.Model):
    """A fee (medlemsavgift) paid for a calendar year.

    No row: not paid, where a file has told of the year (`Membership.fee_told_year`), else unknown.
    """

    unit = models.ForeignKey("register.Unit", models.PROTECT, db_index=False)
    person = models.ForeignKey(
        "register.Person", models.CASCADE, related_name="fees", db_index=False
    )
    year = models.PositiveSmallIntegerField()
    paid_on = models.DateField(null=True)
    amount_ore = models.PositiveIntegerField(null=True)
    learned_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "year"], name="fee_is_paid_once_a_year"),
        ]
        indexes = [models.Index(fields=["unit", "year", "person"], name="fee_of_year")]

    def __str__(self):
        return f"Fee {self.pk}"


class ReportedRole(models.Model):
    """A position that an imported file reports (rapporterat uppdrag): shown, never access."""

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    person = models.ForeignKey("register.Person", models.CASCADE, related_name="reported_roles")
    title = models.CharField(max_length=150)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "title"], name="reported_role_once"),
        ]

    def __str__(self):
        return f"Reported role {self.pk}"
