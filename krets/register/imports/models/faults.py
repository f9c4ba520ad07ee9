"""What could not be read in the rows of a file, and what was answered about it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from krets.register.imports.models.imports import Import
from krets.register.imports.models.staging import StagedQuerySet


class FaultQuerySet(StagedQuerySet):
    def asked(self):
        """Keep those a person answers of this file, not what an earlier file's answer holds for."""
        return self.filter(again=False)

    def unanswered(self):
        return self.filter(answer="")

    def skipping(self):
        """Keep those for which their row is skipped: said so, or a grave one without an answer."""
        return self.filter(Q(answer=ImportFault.Answer.SKIP) | Q(answer="", grave=True))


class ImportFault(models.Model):
    """That a column of a waiting row could not be read (läsfel), and what is to come of the row.

    Without an answer the row is used without that value; for a grave one it is skipped. `again`
    says that the answer is from an earlier file, `digest` stands for what was in the cell.
    """

    class Answer(models.TextChoices):
        WITHOUT = "without", _("Used without that value")
        SKIP = "skip", _("Skipped")
        TAKEN = "taken", _("Our suggestion is used")

    unit = models.ForeignKey("register.Unit", models.PROTECT, db_index=False)
    importing = models.ForeignKey(Import, models.CASCADE, related_name="faults", db_index=False)
    number = models.PositiveIntegerField()
    target = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    grave = models.BooleanField(default=False)
    protected = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(
        "register.Account", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    again = models.BooleanField(default=False)

    objects = FaultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["importing", "number", "target", "code"],
                name="import_fault_stands_once_in_its_row",
            ),
            models.CheckConstraint(
                name="import_fault_again_was_answered",
                condition=Q(again=False) | ~Q(answer=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["importing", "target", "code", "number"], name="import_fault_of_kind"
            ),
        ]

    def __str__(self):
        return f"Import fault {self.pk}"


class ImportAnswer(models.Model):
    """What was answered when a cell about somebody could not be read (läsfelssvar).

    `digest` stands for what was in the cell: the same cell in the next file is not asked about.
    With the target `SAME_ROW` it stands for a whole row that says again what another says.
    """

    SAME_ROW = "row"
    CODE_LENGTH = 40

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    person = models.ForeignKey("register.Person", models.CASCADE, related_name="+", db_index=False)
    target = models.CharField(max_length=40)
    code = models.CharField(max_length=CODE_LENGTH)
    digest = models.CharField(max_length=64)
    answer = models.CharField(max_length=8, choices=ImportFault.Answer.choices)
    answered_at = models.DateTimeField()

    objects = StagedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "target", "code"], name="import_answer_is_one_a_kind"
            ),
        ]

    def __str__(self):
        return f"Import answer {self.pk}"
