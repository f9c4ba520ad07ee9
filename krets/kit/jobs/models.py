"""What the queue keeps beside django-tasks-db's own table of jobs."""

from django.db import models
from django.db.models import Q


class WorkerBeat(models.Model):
    """A worker process and the job in its hands. One whose `beats` stand still has died.

    `beats` and `renewals` are counters and not times, so that a clock that jumps neither kills a
    worker nor keeps a dead one alive (see `watch`). `beat_at` is for people and /healthz.
    """

    worker = models.CharField(max_length=40, unique=True)
    beats = models.PositiveBigIntegerField(default=0)
    beat_at = models.DateTimeField()
    task_id = models.UUIDField(null=True)
    token = models.CharField(max_length=40, blank=True)
    lease_seconds = models.PositiveIntegerField(default=0)
    renewals = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="worker_beat_holds_a_job_by_its_token",
                condition=Q(task_id=None, token="") | (Q(task_id__isnull=False) & ~Q(token="")),
            ),
        ]

    def __str__(self):
        return f"Worker {self.worker}"


class DeadLetterQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(rerun_at=None)


class DeadLetter(models.Model):
    """A job Krets has given up on (strandat jobb). It waits for someone to run it again."""

    name = models.CharField(max_length=100)
    arguments = models.JSONField(default=dict)
    unit_id = models.BigIntegerField(null=True)
    attempts = models.PositiveIntegerField()
    error = models.CharField(max_length=200)
    trace = models.TextField(blank=True)
    died_at = models.DateTimeField()
    rerun_at = models.DateTimeField(null=True)
    rerun_by_key = models.BigIntegerField(null=True)

    objects = DeadLetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dead_letter_signed_only_when_rerun",
                condition=Q(rerun_by_key=None) | Q(rerun_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["-died_at"], condition=Q(rerun_at=None), name="dead_letter_waiting"
            )
        ]

    def __str__(self):
        return f"Dead letter {self.pk}: {self.name}"


class ScheduleMark(models.Model):
    """The latest occurrence of something scheduled that has been left as a job."""

    name = models.CharField(max_length=100, unique=True)
    last_at = models.DateTimeField()

    def __str__(self):
        return f"Schedule mark {self.name}"
