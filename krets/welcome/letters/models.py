"""Letters that went out, and an association's own words for them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from krets.register.access.scope import ScopedQuerySet


class Letter(models.Model):
    """A letter to one person (brev): one of its kind for each membership."""

    class Kind(models.TextChoices):
        WELCOME = "welcome", _("Welcome letter")
        MISSED = "missed", _("We tried to call")
        FEE = "fee", _("About the fee")

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    person = models.ForeignKey("register.Person", models.CASCADE, related_name="letters")
    membership = models.ForeignKey("register.Membership", models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    # What it answers: the membership for a welcome, the call that was given up, the year of a fee.
    occasion = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    printed_at = models.DateTimeField(null=True)
    printed_by = models.ForeignKey("register.Account", models.SET_NULL, null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "occasion"], name="letter_is_one_for_an_occasion"
            ),
        ]
        indexes = [models.Index(fields=["unit", "kind", "person"], name="letter_of_kind")]

    def __str__(self):
        return f"Letter {self.pk}: {self.kind}"


class LetterText(models.Model):
    """An association's own words for a letter (brevtext). Where there is none, Krets's are used."""

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    kind = models.CharField(max_length=8, choices=Letter.Kind.choices)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    text = models.TextField()
    base_version = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("register.Account", models.SET_NULL, null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "language"], name="letter_text_is_one_a_kind"
            ),
        ]

    def __str__(self):
        return f"Letter text {self.pk}: {self.kind}"
