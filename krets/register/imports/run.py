"""A member file brought in at one go, without pages: for the command line and for the demo."""

import io
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path

from django.utils import timezone

from krets.kit.errors import CannotError
from krets.kit.tables.messages import UnreadableFileError
from krets.register.imports import commands, queries
from krets.register.imports.models import ImportRow
from krets.register.imports.reading import Reading
from krets.register.imports.warnings import ASKED_ON_THE_PAGE, TOLD, need_a_word
from krets.register.imports.words import left_out_in_words, reason_in_words, typed_fault_in_words


class RefusedFileError(CannotError):
    """The file could not be read; the message says why and what to do."""


@dataclass
class Summary:
    """What a file holds against the register, as `krets import` prints it."""

    encoding: str
    delimiter: str
    header_row: int | None
    columns: dict
    rows: int
    new: int
    changed: int
    unchanged: int
    missing: int
    near_matches: int
    rejected: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    warnings: list = field(default_factory=list, repr=False)

    @property
    def looks_wrong(self):
        """Whether the file is saved only by somebody who says that it is right."""
        return need_a_word(self.warnings, told=TOLD | ASKED_ON_THE_PAGE)


def bring_in(unit, path_or_bytes, *, by, at, name="", wanted=None, sure=True):
    """Read a member file and save it, all at the moment `at`; return its Import.

    Near matches are left out. Raises RefusedFileError when the file cannot be read and
    NotDeclaredError when it looks wrong and nobody is `sure`.
    """
    importing = look(unit, path_or_bytes, by=by, at=at, name=name, wanted=wanted)
    try:
        commands.ask_to_apply(importing, sure=sure, enqueued=False, by=by, at=at)
    except CannotError:
        commands.cancel(importing, by=by, at=at)
        raise
    commands.apply(importing, by=by, at=at)
    importing.refresh_from_db()
    return importing


def look(unit, path_or_bytes, *, by, at, name="", wanted=None):
    """Read a member file; return its Import as it waits for an answer."""
    path = path_or_bytes if isinstance(path_or_bytes, str | Path) else None
    _refuse_what_cannot_be_opened(path)
    with Path(path).open("rb") if path else io.BytesIO(path_or_bytes) as file:
        importing = commands.take_in(
            unit,
            file=file,
            name=name or (Path(path).name if path else ""),
            wanted=wanted,
            enqueued=False,
            by=by,
            at=at,
        )
    commands.stage(importing, at=at)
    importing.refresh_from_db()
    if importing.failed_at:
        words = typed_fault_in_words(importing.fault, importing.fault_detail)
        commands.cancel(importing, by=by, at=at)
        raise RefusedFileError(words)
    return importing


def summary_of(importing):
    """Return the summary of an import that has been read and not saved yet."""
    rejected = queries.rejected(importing).values_list("number", "reason", "detail")
    told = queries.told_faults(importing).values_list("number", "detail")
    return Summary(
        encoding=importing.encoding,
        delimiter=importing.delimiter,
        header_row=importing.header_row,
        columns={column["heading"]: column["target"] for column in importing.columns},
        rows=importing.rows_count,
        new=importing.new_count,
        changed=importing.changed_count,
        unchanged=importing.unchanged_count,
        missing=importing.missing_count,
        near_matches=importing.near_count,
        rejected=[_rejected(*row) for row in rejected],
        faults=[fault for row in told for fault in _faults(*row)],
        warnings=importing.warnings,
    )


def dry_run(unit, path, *, at, wanted=None):
    """Return the summary of a file without keeping anything anywhere."""
    _refuse_what_cannot_be_opened(path)
    sink = _Listening()
    habit = queries.habit(unit)
    reading = Reading(
        unit, today=timezone.localdate(at), sink=sink, habit=habit, wanted=wanted or {}
    )
    try:
        found = reading.run(path, name=Path(path).name)
    except UnreadableFileError as fault:
        raise RefusedFileError(typed_fault_in_words(fault.code, fault.detail)) from None
    if not found.rows:
        raise RefusedFileError(typed_fault_in_words(found.fault or "no_names", {}))
    return Summary(
        encoding=found.encoding,
        delimiter=found.delimiter,
        header_row=found.header_row,
        columns={column["heading"]: column["target"] for column in found.columns},
        rows=found.rows,
        new=found.counts["new"],
        changed=found.counts["changed"],
        unchanged=found.unchanged,
        missing=found.missing_for_sure,
        near_matches=found.counts["near"],
        # Those that two passes leave out come one pass after the other.
        rejected=sorted(sink.rejected, key=itemgetter("row")),
        faults=sorted(sink.faults, key=itemgetter("row")),
        warnings=found.warnings,
    )


def _rejected(number, reason, detail):
    return {"row": number, "reason": " ".join(left_out_in_words(reason, detail, labelled=False))}


def _faults(number, detail):
    """Return what could not be read in a row that was read all the same."""
    return [
        {
            "row": number,
            "field": problem["target"],
            "reason": str(reason_in_words(problem["code"], {"words": problem["words"]})),
        }
        for problem in detail.get("problems", ())
    ]


def _refuse_what_cannot_be_opened(path):
    if path is None:
        return
    try:
        with Path(path).open("rb"):
            pass
    except FileNotFoundError:
        raise RefusedFileError(typed_fault_in_words("no_file", {"path": path})) from None
    except OSError:
        raise RefusedFileError(typed_fault_in_words("not_open", {})) from None


class _Listening:
    """A sink that keeps why rows were left out and cells not read, and nothing else."""

    def __init__(self):
        self.rejected = []
        self.faults = []

    def rows(self, staged):
        self.rejected += [
            _rejected(row.number, row.reason, row.detail)
            for row in staged
            if row.kind == ImportRow.Kind.REJECTED
        ]
        self.faults += [
            fault
            for row in staged
            if row.kind != ImportRow.Kind.REJECTED
            for fault in _faults(row.number, row.detail)
        ]

    def progress(self, phase, done, total):
        """Nobody looks on."""
