"""A call we owe somebody, why, and who has it in hand."""

from datetime import timedelta

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from krets.register.access.scope import Rows, ScopedQuerySet

ADULT = 18
LATE_FOR_THE_YOUNG = 20
NUMBERS = ("phone", "phone_home", "phone_work")


class CallQuerySet(ScopedQuerySet):
    def within(self, scope):
        """Keep what the scope opens: all, or those given to or once claimed by the viewer."""
        if Rows.UNIT in scope.rows:
            return self
        if Rows.OWN_LIST not in scope.rows:
            return self.none()
        claimed = Claim.objects.filter(call=OuterRef("pk"), by__in=scope.person_ids)
        mine = Q(given_to__in=scope.person_ids) | Exists(claimed)
        return self.filter(mine, person__protected_at=None)

    def open(self):
        return self.filter(closed_at=None)

    def allowed(self):
        """Keep calls to people who may be rung at all."""
        return self.filter(
            person__deceased_on=None, person__no_calls_at=None, person__supports_quietly_at=None
        )

    def resting(self):
        """Keep those that were tried enough: the membership officer decides how to go on."""
        return self.filter(rested_at__isnull=False)

    def ready(self, at):
        """Keep the open calls that can be made at this moment."""
        awake = Q(not_before=None) | Q(not_before__lte=at)
        return self.open().allowed().filter(awake, rested_at=None).decent(at)

    def decent(self, at):
        """Leave out people under 18 after 20 o'clock."""
        local = timezone.localtime(at)
        if local.hour < LATE_FOR_THE_YOUNG:
            return self
        return self.exclude(young(local.date()))

    def reachable(self):
        """Keep those with a number that nobody has found wrong."""
        wrong = apps.get_model("welcome", "WrongNumber").objects.filter(person=OuterRef("person"))
        any_number = Q(pk__in=[])
        for column in NUMBERS:
            found_wrong = Exists(wrong.filter(number=OuterRef(f"person__{column}")))
            any_number |= ~Q(**{f"person__{column}": ""}) & ~found_wrong
        return self.filter(any_number)

    def free(self, at):
        """Keep those that nobody has in hand."""
        return self.filter(Q(claimed_by=None) | Q(claim_until__lte=at))


def young(day, prefix="person__"):
    """Return the condition that the person is under 18, or may be by the year of birth."""
    try:
        adults_from = day.replace(year=day.year - ADULT)
    except ValueError:
        adults_from = day.replace(year=day.year - ADULT, day=day.day - 1)
    by_year = {f"{prefix}born_on": None, f"{prefix}born_year__gte": day.year - ADULT}
    return Q(**{f"{prefix}born_on__gt": adults_from}) | Q(**by_year)


class Call(models.Model):
    """A call we owe somebody (samtal). It stays open until someone has talked, or it is not needed.

    A person has at most one open call, however many reasons there are for it.
    """

    LASTS = timedelta(minutes=15)

    class Closing(models.TextChoices):
        TALKED = "talked", _("We talked")
        ASKED_NOT_TO = "asked_not_to", _("Asked not to be called")
        LETTER = "letter", _("A letter instead")
        WRITTEN = "written", _("Wrote instead")
        NOT_NEEDED = "not_needed", _("Not needed")

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    person = models.ForeignKey("register.Person", models.CASCADE, related_name="calls")
    due_on = models.DateField()
    not_before = models.DateTimeField(null=True)
    given_to = models.ForeignKey(
        "register.Person", models.SET_NULL, null=True, related_name="given_calls"
    )
    claimed_by = models.ForeignKey(
        "register.Person", models.SET_NULL, null=True, related_name="claimed_calls"
    )
    claim_until = models.DateTimeField(null=True)
    rested_at = models.DateTimeField(null=True)
    # The day somebody chose, after three tries, to try once more.
    again_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("register.Account", models.SET_NULL, null=True)
    closing = models.CharField(max_length=12, choices=Closing.choices, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(closed_at=None), name="call_is_one_open_a_person"
            ),
            models.CheckConstraint(
                name="call_closed_says_how",
                condition=Q(closed_at=None, closing="")
                | (Q(closed_at__isnull=False) & ~Q(closing="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "due_on", "id"],
                condition=Q(closed_at=None),
                name="call_open_by_day",
            ),
            models.Index(
                fields=["unit", "given_to"], condition=Q(closed_at=None), name="call_open_of"
            ),
            models.Index(fields=["unit", "person", "-closed_at"], name="call_of_person"),
        ]

    def __str__(self):
        return f"Call {self.pk}, due {self.due_on}"

    @property
    def is_open(self):
        return self.closed_at is None

    def is_held_by(self, viewer, at):
        """Return whether the viewer has it in hand: given, or claimed and not lapsed."""
        if self.given_to_id in viewer.person_ids:
            return True
        return self.claimed_by_id in viewer.person_ids and self.claim_until > at

    def is_busy_for(self, viewer, at):
        """Return whether somebody else has it in hand right now."""
        if self.claimed_by_id is None or self.claim_until <= at:
            return False
        return self.claimed_by_id not in viewer.person_ids


class CallReason(models.Model):
    """Why a call is owed (anledning): a new member, a promise, the fee, or somebody's own wish."""

    class Kind(models.TextChoices):
        WELCOME = "welcome", _("New member")
        WANTS = "wants", _("Ask what they want")
        PROMISED = "promised", _("Promised")
        FEE = "fee", _("The fee")
        BY_HAND = "by_hand", _("Chosen by hand")

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    call = models.ForeignKey(Call, models.CASCADE, related_name="reasons")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    attempt = models.ForeignKey(
        "welcome.Attempt", models.SET_NULL, null=True, related_name="promises"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "kind"], name="call_reason_stands_once"),
        ]

    def __str__(self):
        return f"Reason {self.kind} of call {self.call_id}"


class Claim(models.Model):
    """That somebody took a call in hand (handtag). It is good for one report, also a late one."""

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    call = models.ForeignKey(Call, models.CASCADE, related_name="claims")
    by = models.ForeignKey("register.Person", models.CASCADE, related_name="+")
    at = models.DateTimeField()
    reported_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "by"], name="claim_is_one_a_caller"),
        ]

    def __str__(self):
        return f"Claim {self.pk} of call {self.call_id}"
