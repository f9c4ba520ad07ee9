"""What is to be done, by whom."""

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from krets.register.access.scope import Rows, ScopedQuerySet


class TodoQuerySet(ScopedQuerySet):
    def within(self, scope):
        if Rows.UNIT in scope.rows:
            return self
        # What is done with concerns its owner no longer, nor whom it was about.
        return self.open().filter(owner_id__in=scope.person_ids)

    def open(self):
        return self.filter(closed_at=None)

    def awake(self, today):
        """Keep those that are not put off to a later day."""
        return self.filter(Q(snoozed_until=None) | Q(snoozed_until__lte=today))

    def asleep(self, today):
        """Keep those that are put off to a later day."""
        return self.filter(snoozed_until__gt=today)

    def due(self, today):
        return self.open().awake(today).filter(due_on__lte=today)

    def owned_by(self, person_ids):
        return self.filter(owner_id__in=person_ids)

    def taken_or_free(self, person_ids):
        """Keep those of these people, and those that nobody has."""
        return self.filter(Q(owner_id__in=person_ids) | Q(owner_id=None))

    def counted_for_the_board(self):
        """Keep open ones that stayed untouched after the membership officer got them."""
        untouched = Q(touched_at=None) | Q(touched_at__lte=F("escalated_at"))
        return self.open().filter(untouched, escalations=2)


def fresh_for(owner):
    """Return what changes about to-dos that get another owner: nothing is put off for them.

    What rests until the day somebody agreed on was never put off, and goes on resting.
    """
    rests = Case(When(snoozes=0, then=F("snoozed_until")), default=None)
    return {"owner": owner, "snoozed_until": rests, "snoozes": 0}


class Todo(models.Model):
    """One thing for one responsible person (att göra), made by a routine or by hand.

    Made once for each occasion: the fact it springs from, never the day the routine ran.
    """

    class Closing(models.TextChoices):
        DONE = "done", _("Done")
        DATA = "data", _("The data no longer call for it")
        NOT_NEEDED = "not_needed", _("Not needed")
        BEFORE_KRETS = "before_krets", _("Before Krets")
        OFF = "off", _("The routine was switched off")

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    routine = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    occasion = models.CharField(max_length=80)
    person = models.ForeignKey("register.Person", models.CASCADE, null=True, related_name="todos")
    owner = models.ForeignKey(
        "register.Person", models.SET_NULL, null=True, related_name="own_todos"
    )
    fact_on = models.DateField()
    learned_on = models.DateField()
    due_on = models.DateField()
    made_at = models.DateTimeField()
    touched_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    escalations = models.PositiveSmallIntegerField(default=0)
    snoozed_until = models.DateField(null=True)
    snoozes = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("register.Account", models.SET_NULL, null=True)
    closing = models.CharField(max_length=12, choices=Closing.choices, blank=True)
    words = models.CharField(max_length=300, blank=True)
    # What the row said before the last act by hand, and whose act it was: the way back.
    last_act = models.JSONField(null=True)

    objects = TodoQuerySet.as_manager()

    # Set by whoever orders them: it cannot be done any more today.
    is_too_late = 0

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "routine", "subject_id", "occasion"],
                name="todo_is_made_once_for_an_occasion",
            ),
            models.CheckConstraint(
                name="todo_closed_says_how",
                condition=Q(closed_at=None, closing="")
                | (Q(closed_at__isnull=False) & ~Q(closing="")),
            ),
            models.CheckConstraint(
                name="todo_is_put_off_at_most_twice", condition=Q(snoozes__lte=2)
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "owner", "due_on"],
                condition=Q(closed_at=None),
                name="todo_open_of_owner",
            ),
            models.Index(
                fields=["unit", "routine", "subject_id"],
                condition=Q(closed_at=None),
                name="todo_open_of_subject",
            ),
            models.Index(
                fields=["due_on", "unit"],
                condition=Q(closed_at=None, escalations__lt=2),
                name="todo_to_escalate",
            ),
            models.Index(fields=["unit", "person"], name="todo_of_person"),
        ]

    def __str__(self):
        return f"Todo {self.pk}: {self.routine}"

    @property
    def is_open(self):
        return self.closed_at is None
