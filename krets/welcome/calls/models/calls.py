"""A call we owe somebody, why, and who has it in hand."""

from datetime import timedelta

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from krets.register.access.scope import Rows, ScopedQuerySet
from krets.register.members.models import Fee, Membership, Person
from krets.rhythm.routines.queries import keys_of_kind
from krets.rhythm.todos.models import Todo
from krets.welcome.calls import moments

ADULT = 18
NUMBERS = ("phone", "phone_home", "phone_work")


class CallQuerySet(ScopedQuerySet):
    def within(self, scope):
        """Keep what the scope opens: all, or those given to or once claimed by the viewer.

        Of the shared list also those that a to-do of the viewer's asks for.
        """
        if Rows.UNIT in scope.rows:
            return self
        if Rows.OWN_LIST not in scope.rows:
            return self.none()
        claimed = Claim.objects.filter(call=OuterRef("pk"), by__in=scope.person_ids)
        asked = Todo.objects.open().filter(
            unit=OuterRef("unit"),
            person=OuterRef("person"),
            routine__in=keys_of_kind("call"),
            owner__in=scope.person_ids,
        )
        mine = Q(given_to__in=scope.person_ids) | Exists(claimed)
        mine |= Q(given_to=None) & Exists(asked)
        return self.filter(mine, person__protected_at=None)

    def open(self):
        return self.filter(closed_at=None)

    def allowed(self):
        """Keep calls to people who may be rung at all."""
        return self.filter(may_be_rung())

    def needless(self, today):
        """Keep calls to people who are not to be rung, and about fees that are no longer asked."""
        return self.filter(~may_be_rung() | _fee_is_settled(today))

    def resting(self):
        """Keep those that were tried enough: the membership officer decides how to go on."""
        return self.filter(rested_at__isnull=False)

    def worth_a_try(self, at):
        """Leave out people who did not answer three times in two weeks, on whatever call."""
        return self.alias(tries=tries_lately(at)).filter(tries__lt=moments.TRIES)

    def ready(self, at):
        """Keep the open calls that can be made at this moment."""
        awake = Q(not_before=None) | Q(not_before__lte=at)
        calls = self.open().filter(awake, rested_at=None)
        return calls.allowed().worth_a_try(at).decent(at)

    def decent(self, at):
        """Leave out people under 18 after 20 o'clock."""
        return self.exclude(is_too_late(at))

    def reachable(self):
        """Keep those with a number that nobody has found wrong."""
        return self.filter(is_reachable())

    def free(self, at):
        """Keep those that nobody has in hand."""
        return self.filter(Q(claimed_by=None) | Q(claim_until__lte=at))


def may_be_rung():
    """Return the condition that the person of a call may be rung: a member, or promised a call.

    It asks no join, so that an update filtered by it looks at the call's own row again when
    somebody else has written there.
    """
    willing = Person.objects.filter(
        pk=OuterRef("person"), deceased_on=None, no_calls_at=None, supports_quietly_at=None
    )
    member = Membership.objects.filter(person=OuterRef("person")).current()
    lasting = CallReason.objects.filter(call=OuterRef("pk"), kind__in=CallReason.LASTING)
    return Q(Exists(willing)) & (Q(Exists(member)) | Q(Exists(lasting)))


def is_reachable():
    """Return the condition that the person of a call has a number that nobody has found wrong."""
    wrong = apps.get_model("welcome", "WrongNumber").objects.filter(person=OuterRef("person"))
    no_number = Q(**{f"person__{column}": "" for column in NUMBERS})
    good_number = Q(pk__in=[])
    for column in NUMBERS:
        found_wrong = Exists(wrong.filter(number=OuterRef(f"person__{column}")))
        good_number |= ~Q(**{f"person__{column}": ""}) & ~Q(found_wrong)
    # Of most people no number was ever wrong: then one look is enough.
    return ~no_number & (~Q(Exists(wrong)) | good_number)


def tries_lately(at):
    """Return how many tries of the last two weeks the person of a call did not answer."""
    tries = apps.get_model("welcome", "Attempt").objects.standing().unanswered()
    tries = tries.filter(unit=OuterRef("unit"), person=OuterRef("person"))
    counted = tries.filter(at__gte=moments.lately(at)).order_by().values("person")
    return Coalesce(Subquery(counted.annotate(number=Count("pk")).values("number")), 0)


def _fee_is_settled(today):
    """Return the condition that a call is about the fee alone: it came in, or the year is over."""
    reasons = CallReason.objects.filter(call=OuterRef("pk"))
    fee, others = (
        reasons.filter(kind=CallReason.Kind.FEE),
        reasons.exclude(kind=CallReason.Kind.FEE),
    )
    paid = Fee.objects.filter(unit=OuterRef("unit"), person=OuterRef("person"), year=today.year)
    over = Q(made_at__lt=moments.start_of(today.replace(month=1, day=1)))
    return Q(Exists(fee)) & ~Q(Exists(others)) & (Q(Exists(paid)) | over)


def is_too_late(at):
    """Return the condition that the person is too young to be rung at this hour."""
    local = timezone.localtime(at)
    return Q(pk__in=[]) if local.hour < moments.YOUNG_UNTIL else young(local.date())


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
        return self.given_to_id in viewer.person_ids or self.is_in_hand_of(viewer, at)

    def is_in_hand_of(self, viewer, at):
        """Return whether the viewer has claimed it, and the claim has not lapsed."""
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

    # What outlives a membership: our word, and what somebody chose with open eyes.
    LASTING = (Kind.PROMISED, Kind.BY_HAND)

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
