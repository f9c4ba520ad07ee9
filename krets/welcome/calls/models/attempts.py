"""Tries to reach somebody, and numbers that turned out wrong."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from krets.kit.secrets import SealedTextField
from krets.register.access.scope import ScopedQuerySet
from krets.register.members.models import Membership

# Nobody tells on the telephone of having died.
LEAVING_REASONS = [
    (value, words)
    for value, words in Membership.Reason.choices
    if value != Membership.Reason.DECEASED
]


class AttemptQuerySet(ScopedQuerySet):
    def standing(self):
        """Keep those that were not taken back."""
        return self.filter(undone_at=None)

    def unanswered(self):
        return self.filter(outcome__in=Attempt.UNANSWERED)

    def talks(self):
        """Keep the two-way contacts: only they stop the clock."""
        return self.filter(outcome=Attempt.Outcome.TALKED)


class Attempt(models.Model):
    """One try to reach somebody by telephone (försök), as the caller told it.

    Its key comes from the phone that wrote it, so that a report sent twice is one row.
    """

    class Outcome(models.TextChoices):
        TALKED = "talked", _("We talked")
        NO_ANSWER = "no_answer", _("No answer")
        VOICEMAIL = "voicemail", _("I left a message")
        CALL_BACK = "call_back", _("Call back another time")
        WRONG_NUMBER = "wrong_number", _("Wrong number")
        ASKED_NOT_TO = "asked_not_to", _("Asked not to be called")

    class Mood(models.TextChoices):
        GLAD = "glad", pgettext_lazy("mood", "Glad")
        NEUTRAL = "neutral", pgettext_lazy("mood", "Neither glad nor hesitant")
        HESITANT = "hesitant", pgettext_lazy("mood", "Hesitant")
        NO_MORE = "no_more", pgettext_lazy("mood", "Wants no more calls")

    class Wants(models.TextChoices):
        TOLD = "told", _("Told what they want")
        NOTHING = "nothing", _("Asked. Nothing for now.")
        NOT_ASKED = "not_asked", _("Not asked")

    class FeeAnswer(models.TextChoices):
        FORGOT = "forgot", pgettext_lazy("fee", "Had forgotten it")
        WILL_PAY = "will_pay", pgettext_lazy("fee", "Will pay")
        HESITATES = "hesitates", pgettext_lazy("fee", "Hesitates")
        LEAVES = "leaves", pgettext_lazy("fee", "Wants to leave")
        STOP = "stop", pgettext_lazy("fee", "Asks us to stop calling")

    class Next(models.TextChoices):
        CALL_AGAIN = "call_again", _("Call again")
        NOTHING = "nothing", _("Nothing for now")

    UNANSWERED = (Outcome.NO_ANSWER, Outcome.VOICEMAIL)

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    call = models.ForeignKey("welcome.Call", models.CASCADE, related_name="attempts")
    person = models.ForeignKey("register.Person", models.CASCADE, related_name="attempts")
    caller = models.ForeignKey(
        "register.Person", models.SET_NULL, null=True, related_name="made_attempts"
    )
    by = models.ForeignKey("register.Account", models.SET_NULL, null=True)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    mood = models.CharField(max_length=8, choices=Mood.choices, blank=True)
    wants = models.CharField(max_length=9, choices=Wants.choices, blank=True)
    fee_answer = models.CharField(max_length=9, choices=FeeAnswer.choices, blank=True)
    leaving_reason = models.CharField(max_length=20, choices=LEAVING_REASONS, blank=True)
    next_step = models.CharField(max_length=10, choices=Next.choices, blank=True)
    again_at = models.DateTimeField(null=True)
    promise = SealedTextField()
    note = models.ForeignKey("register.Note", models.SET_NULL, null=True, related_name="+")
    before = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        "register.Account", models.SET_NULL, null=True, related_name="undone_attempts"
    )

    objects = AttemptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="attempt_talk_tells_how_it_was_and_next_step",
                condition=(
                    Q(outcome="talked")
                    & ~Q(next_step="")
                    & (~Q(fee_answer="") | (~Q(mood="") & ~Q(wants="")))
                )
                | (~Q(outcome="talked") & Q(mood="", wants="", fee_answer="")),
            ),
            models.CheckConstraint(
                name="attempt_reason_is_for_leaving",
                condition=Q(leaving_reason="") | Q(fee_answer="leaves"),
            ),
            models.CheckConstraint(
                name="attempt_call_again_has_a_moment",
                condition=Q(next_step="call_again", again_at__isnull=False)
                | (~Q(next_step="call_again") & Q(again_at=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "person", "-at"], name="attempt_of_person"),
            models.Index(fields=["unit", "caller", "-at"], name="attempt_of_caller"),
        ]

    def __str__(self):
        return f"Attempt {self.pk}: {self.outcome}"


class WrongNumber(models.Model):
    """A number at which the person was not to be found (fel nummer). It is not rung again."""

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    person = models.ForeignKey("register.Person", models.CASCADE, related_name="wrong_numbers")
    number = models.CharField(max_length=20)
    attempt = models.ForeignKey(Attempt, models.SET_NULL, null=True, related_name="found_wrong")
    at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="wrong_number_found_once"),
        ]

    def __str__(self):
        return f"Wrong number {self.pk}"
