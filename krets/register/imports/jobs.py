"""What is done with member files in the background."""

from datetime import timedelta

from krets.kit.db import unit_scope
from krets.kit.jobs.queue import job
from krets.kit.jobs.schedule import Scheduled
from krets.register.imports import commands
from krets.register.imports.commands.arriving import READ
from krets.register.imports.commands.saving import APPLY
from krets.register.imports.models import Import

LEASE = timedelta(minutes=10)


@job(READ, atomic=False, lease=LEASE, priority=10)
def read_file(import_id, unit_id, at):
    """Read a member file and keep what it would change."""
    importing = _find(import_id, unit_id)
    if importing and importing.is_working and importing.asked_at is None:
        commands.stage(importing, at=at)


@job(APPLY, atomic=False, lease=LEASE, priority=10)
def save_file(import_id, unit_id, at):
    """Save what a member file changes."""
    importing = _find(import_id, unit_id)
    if importing is None:
        return
    try:
        commands.apply(importing, at=at)
    except (commands.StaleImportError, commands.NotReadyError):
        # The page tells: the file is read again, or somebody stopped it.
        return


@job("register.imports.throw_away", atomic=False)
def throw_away(at):
    """Delete member files that have lain here for 24 hours, and the leavings of others."""
    commands.throw_away(at=at)


def _find(import_id, unit_id):
    with unit_scope([unit_id]):
        return Import.objects.select_related("unit", "asked_by").filter(pk=import_id).first()


SCHEDULE = [
    Scheduled("imports_thrown_away", "7 * * * *", "register.imports.throw_away"),
]
