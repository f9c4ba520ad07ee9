"""The file that came in, and how far it has come."""

from datetime import timedelta

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from krets.kit.numbers import random_key
from krets.register.access.scope import Rows, ScopedQuerySet

# What was not followed up within this time waits for a worker that is not there: it is no "moment".
FOLLOW_UP = timedelta(minutes=10)


class ImportQuerySet(ScopedQuerySet):
    def within(self, scope):
        """Keep all of the unit's imports for those whose grant opens the unit, else none."""
        return self if Rows.UNIT in scope.rows else self.none()

    def open(self):
        """Keep those that are neither applied nor given up."""
        return self.filter(applied_at=None, cancelled_at=None, failed_at=None)

    def applied(self):
        return self.filter(applied_at__isnull=False)

    def being_followed_up(self, at):
        """Keep those that were applied just now, and whose people the routines still look at."""
        return self.filter(followed_up_at=None, applied_at__gt=at - FOLLOW_UP)

    def left_lying(self, before):
        """Keep those whose file still lies here though it came in before the moment."""
        return self.filter(applied_at=None, cancelled_at=None, uploaded_at__lt=before)

    def with_leavings(self, before):
        """Keep those that are over but whose file or rows still lie here: tidying was cut short.

        Rows of a saved one that were left out, or not wholly read, lie rightly if it came in after
        the moment.
        """
        over = Q(applied_at__isnull=False) | Q(cancelled_at__isnull=False)
        rows = apps.get_model("register", "ImportRow").objects.filter(importing=OuterRef("pk"))
        parts = ImportPart.objects.filter(importing=OuterRef("pk"))
        old = Q(uploaded_at__lt=before) | Q(applied_at=None)
        done_with = rows.exclude(Q(kind="rejected") | Q(warned=True))
        faults = apps.get_model("register", "ImportFault").objects.filter(importing=OuterRef("pk"))
        lying = Exists(parts) | Exists(faults) | Exists(done_with) | (Q(Exists(rows)) & old)
        return self.filter(over, lying)


class Import(models.Model):
    """A member file (inläsning) from the central register, on its way into the register or there.

    Each step is a signed fact. The file and the rows read from it are gone once it is applied or
    cancelled, or after 24 hours.
    """

    class Phase(models.TextChoices):
        WAITING = "waiting", _("Waiting for its turn")
        READING = "reading", _("Reading the rows")
        COMPARING = "comparing", _("Comparing with the register")
        PREPARING = "preparing", _("Getting ready to save")
        SAVING = "saving", _("Saving")

    unit = models.ForeignKey(
        "register.Unit", models.PROTECT, related_name="imports", db_index=False
    )
    key = models.BigIntegerField(default=random_key, unique=True)
    name = models.CharField(max_length=120, blank=True)
    size = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        "register.Account", models.SET_NULL, null=True, related_name="uploaded_imports"
    )
    first = models.BooleanField(default=False)

    round = models.PositiveIntegerField(default=0)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    wanted = models.JSONField(default=dict)
    kind = models.CharField(max_length=8, blank=True)
    encoding = models.CharField(max_length=20, blank=True)
    delimiter = models.CharField(max_length=4, blank=True)
    sheet = models.CharField(max_length=120, blank=True)
    sheets = models.JSONField(default=list)
    header_row = models.PositiveIntegerField(null=True)
    columns = models.JSONField(default=list)

    read_at = models.DateTimeField(null=True)
    seen_import = models.BigIntegerField(null=True)
    seen_person = models.BigIntegerField(default=0)
    read_again_for = models.CharField(max_length=20, blank=True)
    rows_count = models.PositiveIntegerField(default=0)
    new_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    missing_count = models.PositiveIntegerField(default=0)
    near_count = models.PositiveIntegerField(default=0)
    rejected_count = models.PositiveIntegerField(default=0)
    protected_count = models.PositiveIntegerField(default=0)
    left_count = models.PositiveIntegerField(default=0)
    # Those who left for another association, and the dead: they are not among those who only left.
    moved_count = models.PositiveIntegerField(default=0)
    died_count = models.PositiveIntegerField(default=0)
    warned_count = models.PositiveIntegerField(default=0)
    carried_count = models.PositiveIntegerField(default=0)
    gone_count = models.PositiveIntegerField(default=0)
    kept_count = models.PositiveIntegerField(default=0)
    again_count = models.PositiveIntegerField(default=0)
    # New members who are alike: [days from joining to the file, can be rung, how many].
    newcomers = models.JSONField(default=list)
    # The year it was read in, if the file tells who has paid for that year.
    fee_year = models.PositiveSmallIntegerField(null=True)
    warnings = models.JSONField(default=list)

    failed_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=40, blank=True)
    fault_detail = models.JSONField(default=dict)
    # When somebody said that it is the right file although something speaks against it.
    declared_at = models.DateTimeField(null=True)
    declared_by = models.ForeignKey(
        "register.Account", models.SET_NULL, null=True, related_name="declared_imports"
    )
    asked_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(
        "register.Account", models.SET_NULL, null=True, related_name="asked_imports"
    )
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(
        "register.Account", models.SET_NULL, null=True, related_name="applied_imports"
    )
    # When the routines had looked at everybody the file was about.
    followed_up_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(
        "register.Account", models.SET_NULL, null=True, related_name="cancelled_imports"
    )

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="import_ends_in_one_way",
                condition=Q(applied_at=None) | Q(cancelled_at=None),
            ),
            models.CheckConstraint(
                name="import_is_applied_after_it_was_read",
                condition=Q(applied_at=None) | Q(read_at__isnull=False),
            ),
            models.CheckConstraint(
                name="import_failed_says_why",
                condition=Q(failed_at=None, fault="") | (Q(failed_at__isnull=False) & ~Q(fault="")),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-uploaded_at"], name="import_newest"),
            models.Index(fields=["unit", "-applied_at"], name="import_applied"),
        ]

    def __str__(self):
        return f"Import {self.pk}"

    def seen_as(self, answer):
        """Return how an answer is told from one to the file as it was read another time."""
        return f"{self.round}:{answer}"

    @property
    def is_over(self):
        return bool(self.applied_at or self.cancelled_at)

    @property
    def is_working(self):
        """Whether Krets is reading or saving it right now, or soon will."""
        if self.is_over or self.failed_at:
            return False
        return self.read_at is None or self.asked_at is not None

    def is_being_followed_up(self, at):
        """Whether it was applied just now, and what there is to do is still being found out."""
        if self.applied_at is None or self.followed_up_at is not None:
            return False
        return self.applied_at > at - FOLLOW_UP

    @property
    def is_ready(self):
        """Whether the preview stands and waits for an answer."""
        return not self.is_over and not self.failed_at and not self.is_working


class ImportPart(models.Model):
    """One sealed piece of a raw file (fildel). There are none once the import is over."""

    unit = models.ForeignKey("register.Unit", models.PROTECT, db_index=False)
    importing = models.ForeignKey(Import, models.CASCADE, related_name="parts", db_index=False)
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["importing", "number"], name="import_part_stands_once_in_its_place"
            ),
        ]

    def __str__(self):
        return f"Import part {self.pk}"


class ImportHabit(models.Model):
    """How an association's files are built (filvana): what each heading meant the last time."""

    unit = models.OneToOneField("register.Unit", models.CASCADE, related_name="import_habit")
    columns = models.JSONField(default=dict)
    set_at = models.DateTimeField()

    objects = ImportQuerySet.as_manager()

    def __str__(self):
        return f"Import habit {self.pk}"
