"""A file comes in, and is read: once, or again with other columns."""

from django.db.models import F
from django.utils.translation import gettext as _

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.db import unit_scope
from krets.kit.errors import CannotError
from krets.kit.jobs.queue import enqueue
from krets.kit.numbers import random_key
from krets.kit.tables.limits import LIMITS
from krets.kit.tables.values import cut_identity_numbers
from krets.register.imports.answered import ANSWERED, answers_of
from krets.register.imports.columns import Target, are_unnamed, is_target, is_unnamed, unnamed
from krets.register.imports.models import Import, ImportHabit, ImportPart
from krets.register.imports.sealing import sealed_pieces

READ = "register.imports.read"
NAME_LENGTH = 120


class FileTooLargeError(CannotError):
    """The file is larger than Krets takes."""


class NotReadyError(CannotError):
    """The import is over, or Krets is at work on it right now."""


class GoneError(NotReadyError):
    """The raw file is no longer here, so it cannot be read again."""


def take_in(unit, *, file, name, by, at, wanted=None, enqueued=True):
    """Keep a member file, sealed, and let it be read. Return its Import.

    `file` is open for reading bytes. `wanted` corrects what would be guessed (encoding, delimiter,
    sheet, header_row, columns). The sealing is done before anything is locked.
    """
    file.seek(0, 2)
    size = file.tell()
    if size > LIMITS.size:
        raise FileTooLargeError(
            _("The file is larger than %(limit)d MB. Save only the sheet with the members.")
            % {"limit": LIMITS.size // 2**20}
        )
    key = random_key()
    pieces = sealed_pieces(file, key=key)
    with unit_scope([unit.pk]):
        return keep_file(
            unit,
            key=key,
            name=name,
            size=size,
            pieces=pieces,
            wanted=wanted or {},
            enqueued=enqueued,
            by=by,
            at=at,
        )


@command
def keep_file(unit, *, key, name, size, pieces, wanted, enqueued, by, at):
    """Keep the sealed pieces of a file and leave the job that reads it."""
    importing = Import.objects.create(
        unit=unit,
        key=key,
        name=str(cut_identity_numbers(name, today=at.date()))[-NAME_LENGTH:],
        size=size,
        first=not Import.objects.of(unit).applied().exists(),
        wanted=wanted,
        uploaded_at=at,
        uploaded_by=by.account if by else None,
    )
    parts = [
        ImportPart(unit=unit, importing=importing, number=number, sealed=piece)
        for number, piece in enumerate(pieces)
    ]
    ImportPart.objects.bulk_create(parts, batch_size=20)
    trail.record("import.uploaded", importing, by=by, at=at, size=size)
    if enqueued:
        enqueue(READ, at=at, unit_id=unit.pk, import_id=importing.pk)
    return importing


@command
def choose_columns(importing, *, columns, by, at, table=None, enqueued=True):
    """Say what the headings mean, and how the table stands in the file; it is read again at once.

    `columns` is {heading: target}; `table` may hold encoding, delimiter, sheet and header_row.
    What is chosen is remembered for the association's next file; what stands over a column or, in
    a file without headings, how many columns there are and what they hold, tells whether it fits.
    """
    table = dict(table or {})
    wanted = dict(importing.wanted) | table
    headings = [column["heading"] for column in importing.columns]
    chosen = {head: target for head, target in columns.items() if is_target(target)}
    if table.get("header_row", importing.header_row) != importing.header_row:
        headings, chosen = _under_other_headings(headings, chosen, table["header_row"])
    wanted["columns"] = dict(wanted.get("columns", {})) | chosen
    _begin_again(importing, wanted=wanted, why="columns", at=at, enqueued=enqueued)
    habit, _created = ImportHabit.objects.get_or_create(
        unit_id=importing.unit_id, defaults={"set_at": at}
    )
    columns = _habit(habit.columns, headings, chosen)
    ImportHabit.objects.filter(pk=habit.pk).update(columns=columns, set_at=at)
    trail.record("import.columns_chosen", importing, by=by, at=at, count=len(chosen))
    return importing


def _under_other_headings(headings, chosen, header_row):
    """Return headings and choices when another row has the headings.

    Without any the columns keep their order. What was taken for headings is forgotten: it may be
    somebody's name.
    """
    if header_row:
        return [], {}
    places = {heading: unnamed(at) for at, heading in enumerate(headings)}
    return list(places.values()), {
        places[head]: target for head, target in chosen.items() if head in places
    }


def _habit(before, headings, chosen):
    """Return what is remembered: names of columns; and of a file without any, all its columns."""
    named = {head: target for head, target in chosen.items() if not is_unnamed(head)}
    if not are_unnamed(headings):
        return before | named
    kept = {head: target for head, target in before.items() if not is_unnamed(head)}
    return kept | dict.fromkeys(headings, Target.IGNORE.value) | chosen


@command
def read_again(importing, *, why, by, at, enqueued=True):
    """Read the file anew, since the register is no longer what the preview was made from."""
    _begin_again(importing, wanted=importing.wanted, why=why, at=at, enqueued=enqueued)
    trail.record("import.read_again", importing, by=by, at=at, why=why)


def _begin_again(importing, *, wanted, why, at, enqueued):
    if not ImportPart.objects.filter(importing=importing).exists():
        raise GoneError(_("The file is no longer here. Upload it again."))
    if answers := answers_of(importing):
        wanted = wanted | {ANSWERED: answers}
    again = Import.objects.filter(pk=importing.pk, applied_at=None, cancelled_at=None).update(
        wanted=wanted,
        read_again_for=why,
        read_at=None,
        declared_at=None,
        declared_by=None,
        asked_at=None,
        asked_by=None,
        failed_at=None,
        fault="",
        fault_detail={},
        round=F("round") + 1,
        phase=Import.Phase.WAITING,
        done=0,
        total=0,
    )
    if not again:
        raise NotReadyError(_("This file is already taken care of. Upload the next one."))
    importing.refresh_from_db()
    if enqueued:
        enqueue(READ, at=at, unit_id=importing.unit_id, import_id=importing.pk)
