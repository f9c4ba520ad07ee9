"""What happens by itself, and when: the mechanism. The list is handed over by `loop`."""

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim
from django.db import transaction

from krets.kit.jobs.models import ScheduleMark
from krets.kit.jobs.queue import JOBS, enqueue

logger = logging.getLogger("krets.jobs")

STOCKHOLM = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True)
class Scheduled:
    """A job left at each time the cron line names, in Stockholm's time. Its name never changes."""

    name: str
    cron: str
    job: str
    arguments: dict = field(default_factory=dict)


_entries: list[Scheduled] = []


def connect(entries):
    """Set the whole list. Raises ValueError for a name given twice, KeyError for an unknown job."""
    entries = list(entries)
    if len({entry.name for entry in entries}) < len(entries):
        raise ValueError("Two scheduled things have the same name")
    for entry in entries:
        JOBS[entry.job]
        CronSim(entry.cron, datetime.now(STOCKHOLM))
    _entries[:] = entries


def entries():
    """Return everything that happens by itself, as it was connected."""
    return tuple(_entries)


def fire_due(now):
    """Leave a job for each thing whose time has come since it was last left. Return how many.

    After a stop each is left once, for its latest time. Something new waits for its next time.
    """
    marks = dict(ScheduleMark.objects.values_list("name", "last_at")) if _entries else {}
    return sum(_fire(entry, marks.get(entry.name), now) for entry in _entries)


def around(cron, now):
    """Return the latest time of the cron line up to now, and the next one after."""
    latest = next(CronSim(cron, now.astimezone(STOCKHOLM), reverse=True))
    # Backwards alone would miss times in the hour that comes twice in October. Compared in UTC:
    # two times of the same zone are compared by their clock faces.
    onwards = CronSim(cron, latest)
    following = next(onwards)
    while following.astimezone(UTC) <= now.astimezone(UTC):
        latest, following = following, next(onwards)
    return latest.astimezone(UTC), following.astimezone(UTC)


def _fire(entry, last, now):
    latest, following = around(entry.cron, now)
    if last is None:
        ScheduleMark.objects.get_or_create(name=entry.name, defaults={"last_at": latest})
        return 0
    unmoved = ScheduleMark.objects.filter(name=entry.name, last_at=last)
    if last > following:
        # The clock was far ahead and has been set right: go on from here instead of waiting for
        # it. Up to one time ahead the mark stands, so that a small step back repeats nothing.
        unmoved.update(last_at=latest)
        return 0
    if last >= latest:
        return 0
    with transaction.atomic():
        # The filter decides which worker leaves the job.
        if not unmoved.update(last_at=latest):
            return 0
        enqueue(entry.job, at=latest, **entry.arguments)
    logger.info("schedule.fired", extra={"job": entry.job})
    return 1
