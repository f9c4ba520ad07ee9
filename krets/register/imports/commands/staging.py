"""Keeping what a reading finds, in short transactions, until the answer comes."""

from django.utils import timezone

from krets.kit import bulk
from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.db import unit_scope
from krets.kit.secrets import seal
from krets.kit.tables.messages import UnreadableFileError
from krets.register.imports.answered import without_answers
from krets.register.imports.commands.stepping import step_of
from krets.register.imports.models import (
    Import,
    ImportFault,
    ImportHabit,
    ImportMissing,
    ImportRow,
)
from krets.register.imports.reading import Reading
from krets.register.imports.said import as_json
from krets.register.imports.sealing import opened
from krets.register.organisation.models import Unit

# So many rows are written in well under 200 ms, also on a slow disk.
BATCH = 500
_COLUMNS = (
    "unit_id",
    "importing_id",
    "number",
    "kind",
    "meant",
    "person_id",
    "revision",
    "protected",
    "warned",
    "corrected",
    "gone",
    "kept",
    "values",
    "changes",
    "note",
    "marks",
    "reason",
    "detail",
    "answer",
)
_FAULT = ("number", "target", "code", "grave", "digest", "answer", "again")
_NOTE = ImportRow._meta.get_field("note")
_UNFINISHED = "rows that wait for an answer are no part of the register yet"


class OvertakenError(Exception):
    """The import was cancelled, or is being read anew: what this reading finds is not wanted."""


@command
def begin(importing, *, by, at):
    """Take the import for reading: its counts are blank. Raises OvertakenError."""
    _still_wanted(importing, phase=Import.Phase.READING, done=0, total=0, read_at=None)
    trail.nothing(_UNFINISHED)


@command
def keep_rows(importing, *, staged, by, at):
    """Keep some rows, and what could not be read in them."""
    rows = [_row(importing, each) for each in staged]
    bulk.insert_rows(ImportRow._meta.db_table, _COLUMNS, rows)
    faults = [
        (importing.unit_id, importing.pk, each.protected, each.number, *fault)
        for each in staged
        for fault in each.faults
    ]
    columns = ("unit_id", "importing_id", "protected", *_FAULT)
    bulk.insert_rows(ImportFault._meta.db_table, columns, faults)
    trail.nothing(_UNFINISHED)


@command
def keep_missing(importing, *, person_ids, protected, by_hand, answered, by, at):
    """Keep whom the file does not name, with what was answered before it was read again."""
    said = ("answer", "reason", "died_on")
    columns = ("unit_id", "importing_id", "person_id", "protected", "by_hand", *said)
    bulk.insert_rows(
        ImportMissing._meta.db_table,
        columns,
        [
            (
                importing.unit_id,
                importing.pk,
                person,
                person in protected,
                person in by_hand,
                *answered.missing(person),
            )
            for person in person_ids
        ],
    )
    trail.nothing(_UNFINISHED)


@command
def note_progress(importing, *, phase, done, total, by, at):
    """Say how far the work has come. Raises OvertakenError when it is no longer wanted."""
    _still_wanted(importing, phase=phase, done=done, total=total)
    trail.nothing("progress is no change")


@command
def forget_rows(importing, *, by, at):
    """Delete a batch of what is staged. Return whether there was any."""
    for model in (ImportRow, ImportFault, ImportMissing):
        pks = list(
            model.objects.filter(importing=importing)
            .order_by("pk")
            .values_list("pk", flat=True)[: BATCH * 4]
        )
        if pks:
            model.objects.filter(pk__in=pks).delete()
            trail.nothing(_UNFINISHED)
            return True
    trail.nothing(_UNFINISHED)
    return False


@command
def finish(importing, *, found, by, at):
    """Say that the preview stands, with all that was found out."""
    last = Import.objects.of(importing.unit).applied().order_by("-applied_at", "-pk").first()
    _still_wanted(
        importing,
        **_detected(found),
        wanted=without_answers(importing.wanted),
        read_at=at,
        seen_import=last.pk if last else None,
        seen_person=found.last_person,
        first=last is None,
        rows_count=found.rows,
        new_count=found.counts["new"],
        changed_count=found.counts["changed"],
        unchanged_count=found.unchanged,
        near_count=found.counts["near"],
        rejected_count=found.counts["rejected"],
        missing_count=found.missing_for_sure,
        protected_count=found.protected,
        left_count=found.left,
        moved_count=found.moved,
        died_count=found.died,
        warned_count=found.warned,
        carried_count=found.carried,
        gone_count=found.gone,
        kept_count=found.kept,
        again_count=found.again,
        fee_year=found.fee_year,
        newcomers=found.newcomers.as_rows(),
        warnings=found.warnings,
    )
    trail.record("import.read", importing, by=by, at=at, rows=found.rows)


@command
def fail(importing, *, fault, detail, found=None, by, at):
    """Say that the file cannot be read, and why, as a code."""
    detected = _detected(found) if found else {}
    _still_wanted(importing, failed_at=at, fault=fault, fault_detail=detail, **detected)
    trail.record("import.failed", importing, by=by, at=at, fault=fault)


def stage(importing, *, at):
    """Read the file of an import and keep what it would change. May be run again at any time.

    Quietly ends when the import was cancelled or is being read anew.
    """
    try:
        _stage(importing, at)
    except OvertakenError:
        return


def _stage(importing, at):
    with step_of(importing):
        begin(importing, by=None, at=at)
    _forget_all(importing, at)
    with unit_scope([importing.unit_id]):
        file = opened(importing)
        unit = Unit.objects.get(pk=importing.unit_id)
        habit = ImportHabit.objects.of(unit).first()
    if file is None:
        _give_up(importing, "gone", {}, None, at)
        return
    reading = Reading(
        unit,
        today=timezone.localdate(at),
        sink=_Steps(importing, at),
        habit=habit.columns if habit else {},
        wanted=importing.wanted,
    )
    try:
        found = reading.run(file, name=importing.name)
    except UnreadableFileError as refusal:
        _give_up(importing, refusal.code, refusal.detail, reading.found, at)
        return
    if not found.rows:
        _give_up(importing, found.fault or "no_names", {}, found, at)
        return
    protected = reading.protected()
    by_hand = set(found.by_hand)
    for person_ids in bulk.batches([*found.missing, *found.by_hand], BATCH * 2):
        with step_of(importing):
            keep_missing(
                importing,
                person_ids=person_ids,
                protected=protected,
                by_hand=by_hand,
                answered=reading.answered,
                by=None,
                at=at,
            )
    with step_of(importing):
        finish(importing, found=found, by=None, at=at)


def _forget_all(importing, at):
    more = True
    while more:
        with step_of(importing):
            more = forget_rows(importing, by=None, at=at)


def _give_up(importing, fault, detail, found, at):
    with step_of(importing):
        fail(importing, fault=fault, detail=detail, found=found, by=None, at=at)


class _Steps:
    """A sink that keeps all it is told, one short transaction for each batch."""

    def __init__(self, importing, at):
        self.importing = importing
        self.at = at

    def rows(self, staged):
        for some in bulk.batches(staged, BATCH):
            with step_of(self.importing):
                keep_rows(self.importing, staged=some, by=None, at=self.at)

    def progress(self, phase, done, total):
        with step_of(self.importing):
            note_progress(self.importing, phase=phase, done=done, total=total, by=None, at=self.at)


def _still_wanted(importing, **facts):
    """Write to the import if it still waits for this very reading. The filter decides."""
    wanted = Import.objects.open().filter(pk=importing.pk, round=importing.round)
    if not wanted.update(**facts):
        raise OvertakenError


def _detected(found):
    return {
        "kind": found.kind,
        "encoding": found.encoding,
        "delimiter": found.delimiter,
        "sheet": found.sheet[:120],
        "sheets": found.sheets,
        "header_row": found.header_row,
        "columns": found.columns,
    }


def _row(importing, staged):
    values, note = staged.values, staged.values.get("note", "")
    if note:
        values = {name: value for name, value in values.items() if name != "note"}
    return (
        importing.unit_id,
        importing.pk,
        staged.number,
        staged.kind,
        staged.meant,
        staged.person,
        staged.revision,
        staged.protected,
        staged.warned,
        any(mark.startswith(("carried:", "overruled:")) for mark in staged.marks),
        staged.gone,
        staged.kept,
        as_json(values) if values else "{}",
        as_json(staged.changes) if staged.changes else "{}",
        seal(note, place=_NOTE.place),
        as_json(staged.marks) if staged.marks else "[]",
        staged.reason,
        as_json(staged.detail) if staged.detail else "{}",
        staged.answer,
    )
