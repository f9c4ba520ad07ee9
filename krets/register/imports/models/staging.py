"""The rows of a file while they wait to be saved, and afterwards whom they were about."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from krets.kit.secrets import SealedTextField
from krets.register.access.scope import Rows, ScopedQuerySet
from krets.register.imports.models.imports import Import

TWIN = "twin"
# The mark of a row whose cell about the fee could not be read: nobody is unpaid for that.
FEE_UNREAD = "fee_unread"


class StagedQuerySet(ScopedQuerySet):
    def within(self, scope):
        return self if Rows.UNIT in scope.rows else self.none()

    def open_to_all(self):
        """Keep those that may stand in an ordinary list: nobody with protected details."""
        return self.filter(protected=False)


class ImportRow(models.Model):
    """A row of a file that says something new (väntande rad).

    Its values are normalised and hold no identity number. Rows that change nothing are only
    counted, unless something in them could not be read, concerns a correction made here, or names
    somebody who has left or died here.
    """

    class Kind(models.TextChoices):
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        UNCHANGED = "unchanged", _("Unchanged")
        NEAR = "near", _("Maybe the same")
        REJECTED = "rejected", _("Could not be read")

    class Answer(models.TextChoices):
        SAME = "same", _("The same person")
        NOT_SAME = "not_same", _("Two different people")

    unit = models.ForeignKey("register.Unit", models.PROTECT, db_index=False)
    importing = models.ForeignKey(Import, models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=Kind.choices)
    # Of a row with a fault: what it is when it is not skipped for that.
    meant = models.CharField(max_length=9, choices=Kind.choices, blank=True)
    person = models.ForeignKey("register.Person", models.CASCADE, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    protected = models.BooleanField(default=False)
    warned = models.BooleanField(default=False)
    corrected = models.BooleanField(default=False)
    # It names somebody who has left or died here as if they were a member: nothing comes of that.
    gone = models.BooleanField(default=False)
    # It has not got what was corrected here, which therefore stands.
    kept = models.BooleanField(default=False)
    values = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    note = SealedTextField()
    marks = models.JSONField(default=list)
    reason = models.CharField(max_length=40, blank=True)
    detail = models.JSONField(default=dict)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(
        "register.Account", models.SET_NULL, null=True, related_name="+", db_index=False
    )

    objects = StagedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="import_row_is_rejected_for_a_reason",
                condition=~Q(kind="rejected") | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="import_row_is_answered_only_when_asked",
                condition=Q(answer="") | Q(kind="near"),
            ),
        ]
        indexes = [
            models.Index(fields=["importing", "kind", "number"], name="import_row_of_kind"),
            models.Index(
                fields=["importing", "number"],
                condition=Q(warned=True),
                name="import_row_warned",
            ),
            models.Index(
                fields=["importing", "number"],
                condition=Q(corrected=True),
                name="import_row_corrected",
            ),
            models.Index(
                fields=["importing", "number"],
                condition=Q(gone=True),
                name="import_row_gone",
            ),
            models.Index(
                fields=["importing", "number"],
                condition=Q(kept=True),
                name="import_row_kept",
            ),
        ]

    def __str__(self):
        return f"Import row {self.pk}"

    @property
    def twin(self):
        """The number of the earlier row that may be about the same person, else None."""
        return twin_in(self.marks)


def twin_in(marks):
    """Return the number of the row that these marks of another name as its twin, else None."""
    numbers = (mark.partition(":") for mark in marks)
    return next((int(number) for name, _colon, number in numbers if name == TWIN), None)


class ImportMissing(models.Model):
    """A member whom the file does not name (saknas i filen), and what is to be done about it.

    Silence never ends a membership: without an answer the person stays.
    """

    class Answer(models.TextChoices):
        STAYS = "stays", _("Stays, and I will ask")
        LEFT = "left", _("Has left")

    unit = models.ForeignKey("register.Unit", models.PROTECT, db_index=False)
    importing = models.ForeignKey(Import, models.CASCADE, related_name="missing", db_index=False)
    person = models.ForeignKey("register.Person", models.CASCADE, related_name="+")
    protected = models.BooleanField(default=False)
    # Written in by hand, and never named by any file: nothing is asked about them.
    by_hand = models.BooleanField(default=False)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(
        "register.Account", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=20, blank=True)
    # Of somebody said to have died, where the day was told.
    died_on = models.DateField(null=True)

    objects = StagedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["importing", "person"], name="import_missing_is_one_a_person"
            ),
        ]

    def __str__(self):
        return f"Import missing {self.pk}"

    @property
    def said(self):
        """What was said, as an answer to it tells what it is an answer to."""
        return f"{self.answer}:{self.reason}"


class ImportedPerson(models.Model):
    """That an applied file was about a person (inläst person), and in what way."""

    class How(models.TextChoices):
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        LEFT = "left", _("Has left")

    unit = models.ForeignKey("register.Unit", models.PROTECT, db_index=False)
    importing = models.ForeignKey(Import, models.CASCADE, related_name="people", db_index=False)
    person = models.ForeignKey("register.Person", models.CASCADE, related_name="+")
    how = models.CharField(max_length=8, choices=How.choices)

    objects = StagedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["importing", "person"], name="imported_person_is_one_in_the_file"
            ),
        ]

    def __str__(self):
        return f"Imported person {self.pk}"
