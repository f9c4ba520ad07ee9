"""Saving an import: all of it in one transaction, from what was laid ready."""

from datetime import timedelta

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from krets import events
from krets.events import MembersChanged, UnitChanged
from krets.kit import bulk
from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.db import unit_scope
from krets.kit.errors import CannotError
from krets.kit.jobs.queue import enqueue
from krets.register.access.viewer import Viewer
from krets.register.imports.commands.answering import NotDeclaredError
from krets.register.imports.commands.arriving import NotReadyError, read_again
from krets.register.imports.commands.ending import tidy
from krets.register.imports.commands.preparing import Preparing
from krets.register.imports.commands.ready import TABLES
from krets.register.imports.commands.statements import CHANGED_MEANWHILE, STATEMENTS
from krets.register.imports.commands.stepping import step_of
from krets.register.imports.models import Import, ImportRow
from krets.register.imports.warnings import is_doubted, need_a_word
from krets.register.members.models import Person

APPLY = "register.imports.apply"
NOTE_LASTS = timedelta(days=365)


class StaleImportError(CannotError):
    """The register is no longer what the preview was made from."""


@command
def ask_to_apply(importing, *, by, at, sure=False, enqueued=True):
    """Let the import be saved. Who is `sure` says at once that a file that looks wrong is right."""
    account = by.account if by else None
    declared = {}
    if is_doubted(importing):
        if not sure:
            raise NotDeclaredError(
                _("The file looks wrong. Say that it is the right file anyway, or choose another.")
            )
        declared = {"declared_at": at, "declared_by": account}
    asked = Import.objects.open().filter(pk=importing.pk, read_at__isnull=False, asked_at=None)
    if not asked.update(
        asked_at=at, asked_by=account, phase=Import.Phase.PREPARING, done=0, total=0, **declared
    ):
        raise NotReadyError(_("This file is already taken care of, or is being read right now."))
    trail.record("import.asked", importing, by=by, at=at, sure=need_a_word(importing.warnings))
    if enqueued:
        enqueue(APPLY, at=at, unit_id=importing.unit_id, import_id=importing.pk)
    importing.refresh_from_db()


def apply(importing, *, at, by=None):
    """Save the import wholly, or not at all; saved already it is only tidied up after.

    When the register has changed since the preview, the file is read again instead, and
    StaleImportError raised.
    """
    if importing.applied_at is None:
        by = by or _asker(importing, at)
        _apply(importing, by, at)
    tidy(importing, at=at)
    _read_others_again(importing, at)


def _apply(importing, by, at):
    if importing.asked_at is None or importing.cancelled_at:
        return
    with unit_scope([importing.unit_id]):
        rows = ImportRow.objects.filter(importing=importing)
        total = rows.exclude(kind__in=("rejected", "unchanged")).count()
    preparing = Preparing(importing, by=by, at=at)
    with bulk.laid_ready(**TABLES):
        preparing.run(lambda done: _tell(importing, Import.Phase.PREPARING, done, total, at))
        _tell(importing, Import.Phase.SAVING, total, total, at)
        try:
            with step_of(importing):
                save(importing, counts=preparing.counts, by=by, at=at)
        except (StaleImportError, IntegrityError) as stale:
            # A number or membership that somebody else wrote first is a changed register too.
            with step_of(importing):
                read_again(importing, why="register_changed", by=None, at=at)
            raise StaleImportError(
                _("The register has changed in the meantime, so the file is read again. Review it.")
            ) from stale
    importing.refresh_from_db()


@command
def save(importing, *, counts, by, at):
    """Write everything laid ready; the filter on the import decides that it is done once."""
    unit = _one_at_a_time(importing)
    _refuse_stale(importing, unit)
    account = by.account if by else None
    first = not Import.objects.of(unit).applied().exists()
    mine = Import.objects.open().filter(pk=importing.pk, asked_at__isnull=False)
    if not mine.update(
        applied_at=at,
        applied_by=account,
        first=first,
        new_count=counts["new"],
        changed_count=counts["changed"],
        left_count=counts["left"],
        moved_count=counts["moved"],
        died_count=counts["died"],
        near_count=counts["near"],
    ):
        raise NotReadyError(_("This file is already taken care of."))
    who = {
        "unit": unit.pk,
        "at": bulk.moment(at),
        "by": account.pk if account else None,
        "import": importing.pk,
        "first": first,
        "today": bulk.day(timezone.localdate(at)),
        "year": importing.fee_year or 0,
        "ends": bulk.day(at.date() + NOTE_LASTS),
    }
    bulk.number_rows("ready_who", "register_person")
    for statement in STATEMENTS:
        bulk.run(statement, who)
    trail.record("import.applied", importing, by=by, at=at, **counts)
    events.publish(MembersChanged(unit.pk, importing.pk), at=at)
    events.publish(UnitChanged(unit.pk), at=at)


def _one_at_a_time(importing):
    """Return the unit; another import of it waits: on PostgreSQL by the lock, on SQLite anyway.

    The imports are locked and not the unit: whoever reports a call holds the person and waits for
    the unit, while we are about to write the person.
    """
    files = Import.objects.of(importing.unit).order_by("pk").select_for_update(no_key=True)
    list(files.values_list("pk"))
    return importing.unit


def _refuse_stale(importing, unit):
    last = Import.objects.of(unit).applied().order_by("-applied_at", "-pk").first()
    newest = Person.objects.of(unit).filter(pk__gt=importing.seen_person)
    if (last.pk if last else None) != importing.seen_import or newest.exists():
        raise StaleImportError
    if bulk.asked(CHANGED_MEANWHILE):
        raise StaleImportError


def _asker(importing, at):
    """Return who asked for the saving, as a viewer; None when Krets itself did or they are gone."""
    if importing.asked_by is None:
        return None
    with unit_scope([importing.unit_id]):
        return Viewer.of(importing.asked_by, importing.unit.slug, at.date())


def _tell(importing, phase, done, total, at):
    with step_of(importing):
        _still_asked(importing, phase=phase, done=done, total=total, by=None, at=at)


@command
def _still_asked(importing, *, phase, done, total, by, at):
    mine = Import.objects.open().filter(pk=importing.pk, asked_at__isnull=False)
    if not mine.update(phase=phase, done=done, total=total):
        raise NotReadyError(_("This file is already taken care of."))
    trail.nothing("progress is no change")


def _read_others_again(importing, at):
    """Other previews of the unit were made from the register as it was before: read them anew."""
    with unit_scope([importing.unit_id]):
        others = list(
            Import.objects.of(importing.unit)
            .open()
            .filter(read_at__isnull=False, asked_at=None)
            .exclude(seen_import=importing.pk)
            .order_by("pk")
        )
    for other in others:
        with step_of(other):
            read_again(other, why="other_applied", by=None, at=at)
