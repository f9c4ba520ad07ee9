"""What comes of the rows of a file, one by one: who is meant, what changes, what is skipped."""

from typing import NamedTuple

from krets.register.imports.columns import Target
from krets.register.imports.comparison import compare, gone_already, who_left
from krets.register.imports.doubles import Doubles, code_and_digest_of
from krets.register.imports.faults import Faults, taken_here, use_suggestions
from krets.register.imports.found import Staged
from krets.register.imports.known import AT
from krets.register.imports.models import FEE_UNREAD, TWIN, ImportAnswer, ImportRow
from krets.register.imports.recognition import Recognition
from krets.register.imports.said import cells_to_show
from krets.register.imports.taking import Said, take
from krets.register.imports.through import with_years

Kind = ImportRow.Kind
# Rows skipped for these are to be put right, so all else that could not be read in them is told.
_MENDABLE = frozenset({"no_name", "double_number"})


class Row(NamedTuple):
    """A row as it was read: what it says, what could not be read in it, and its cells."""

    number: int
    values: dict
    problems: list
    cells: list

    @property
    def has_name(self):
        return bool(self.values.get("first_name") or self.values.get("last_name"))


class Settling:
    """Decides about rows and counts them in what was found; `staged` are those to be kept."""

    def __init__(self, known, found, *, targets, answered, today):
        self.known = known
        self.found = found
        self.today = today
        self.recognition = Recognition(known)
        self.staged: list[Staged] = []
        self._targets = targets
        self._answered = answered
        self._faults = Faults(known.unit.pk, targets, known.answers, answered, today=today)
        self._doubles = Doubles()
        self._asked_about: set[int] = set()
        self._skipped: list[dict] = []

    def settle(self, row, person):
        """The row means a person we know. Its number is nobody else's in this file."""
        self._doubles.same_number(row.number, row.values)
        if earlier := self.recognition.claim(person, row.number):
            self._reject_double(row, earlier)
            return
        faults = self._faults.of(row, person)
        row, taken = use_suggestions(self._with_fees(row, person), faults)
        differs = compare(self.known, person, row.values, today=self.today)
        kind = Kind.CHANGED if differs.changes else Kind.UNCHANGED
        kind = Kind.NEW if differs.joins else kind
        if kind is Kind.UNCHANGED and not (faults or differs.marks or differs.kept):
            self.found.unchanged += 1
            return
        staged = self._stage(
            row,
            kind,
            faults,
            values={"note": row.values["note"]} if "note" in differs.changes else {},
            person=person,
            changes=differs.changes,
            marks=differs.marks,
            gone=differs.is_of_somebody_gone,
            detail={**taken, **({"kept": differs.kept} if differs.kept else {})},
        )
        if staged.kind != Kind.REJECTED:
            self._count_settled(differs, staged.kind)

    def ask(self, row, guess):
        """The row may mean a person we know: both possibilities are kept until it is answered."""
        # What is asked about is remembered too, so that a later row like it is asked about as well.
        earlier = self._doubles.earlier(row.number, row.values)
        if earlier and earlier.is_sure:
            self._reject_double(row, earlier.row)
            return
        if guess.row and self._is_said_to_repeat(row, guess.person):
            self._reject_double(row, guess.row)
            return
        faults = self._faults.of(row)
        row, taken = use_suggestions(row, faults)
        theirs = self._with_fees(row, guess.person).values
        differs = compare(self.known, guess.person, theirs, today=self.today)
        row = self._with_fees(row)
        asked = [f"asked:{guess.why}", *(["joins"] if differs.joins else [])]
        if guess.row:
            asked.append(f"{TWIN}:{guess.row}")
        staged = self._stage(
            row,
            Kind.NEAR,
            faults,
            values=row.values,
            person=guess.person,
            changes=differs.changes,
            marks=[*differs.marks, *asked],
            detail=taken,
            answer=self._answered.near(
                self.known.unit.pk, row, person=guess.person, twin=guess.row
            ),
        )
        if staged.kind != Kind.REJECTED:
            self._asked_about.add(guess.person)

    def add(self, row):
        """The row means nobody we know."""
        gone = gone_already(row.values, today=self.today)
        if gone:
            self.reject(row, gone)
            return
        if not row.has_name:
            # A number alone tells whom we know already; it makes nobody new.
            self.reject(row, "no_name")
            return
        earlier = self._doubles.earlier(row.number, row.values)
        if earlier and earlier.is_sure:
            self._reject_double(row, earlier.row)
            return
        faults = self._faults.of(row)
        row, taken = use_suggestions(self._with_fees(row), faults)
        if earlier is None:
            self._stage(row, Kind.NEW, faults, values=row.values, detail=taken)
            return
        self._stage(
            row,
            Kind.NEAR,
            faults,
            values=row.values,
            marks=[f"asked:{earlier.why}", f"{TWIN}:{earlier.row}"],
            protected=earlier.protected,
            detail=taken,
            answer=self._answered.near(self.known.unit.pk, row, person=None, twin=earlier.row),
        )

    def reject(self, row, code, detail=None):
        """The row cannot be used at all."""
        self._skipped.append(row.values)
        name = f"{row.values.get('first_name', '')} {row.values.get('last_name', '')}".strip()
        cells = cells_to_show(row.cells, self._targets, today=self.today)
        also = [problem for problem in row.problems if problem["code"] != code]
        if also and code in _MENDABLE:
            detail = {**(detail or {}), "also": also}
        self._stage(
            row, Kind.REJECTED, values={"name": name, "cells": cells}, reason=code, detail=detail
        )

    def unnamed(self):
        """Return the ids of the members whom no row names, in order."""
        skipped = (
            self.recognition.by_number(values) or self.recognition.surely(values)[0]
            for values in self._skipped
        )
        named = {*self.recognition.claimed, *(person for person in skipped if person)}
        return sorted(self.known.members() - named)

    def are_not_asked_about(self, people):
        """Return how many of the people no row may mean."""
        return len(set(people) - self._asked_about)

    def _with_fees(self, row, person=None):
        return row._replace(values=with_years(row.values, self.known, person, today=self.today))

    def _is_said_to_repeat(self, row, person):
        """Tell whether it was answered in an earlier file that such a row means the person."""
        code, digest = code_and_digest_of(self.known.unit.pk, row.values)
        earlier = self.known.answers.get((person, ImportAnswer.SAME_ROW, code))
        return earlier is not None and earlier[0] == digest

    def _reject_double(self, row, earlier):
        code = "double_number" if self._doubles.is_another(row.values) else "double"
        self.reject(row, code, {"row": earlier})

    def _stage(self, row, kind, faults=(), *, detail=None, protected=False, **kept):
        """Keep a row as it is meant, or as a skipped one where a fault of its says so."""
        known = self.known.people.get(kept.get("person"))
        detail = dict(detail or {})
        if faults:
            detail |= {"problems": row.problems, "cells": self._cells(row)}
        for target in taken_here(faults):
            said = Said(kept.get("values", {}), kept.get("changes", {}), detail, kind.value)
            said = take(said, target, ours=known and (lambda name: known[AT[name]]))
            kept["values"], kept["changes"], detail = said.values, said.changes, said.detail
            kind = Kind(said.meant)
        meant = kind.value if faults else ""
        skipping = next((fault.code for fault in faults if fault.skips), "")
        if skipping:
            kind, kept["reason"], kept["answer"] = Kind.REJECTED, skipping, ""
        if any(fault.target.startswith("fee") for fault in faults):
            kept["marks"] = [*kept.get("marks", ()), FEE_UNREAD]
        hidden = protected or bool(row.values.get("protected"))
        staged = Staged(
            row.number,
            kind.value,
            meant=meant,
            revision=known[AT["revision"]] if known else 0,
            protected=hidden or bool(known and known[AT["protected_at"]] is not None),
            warned=any(not fault.is_over for fault in faults),
            kept="kept" in detail,
            detail=detail,
            faults=list(faults),
            **kept,
        )
        self.staged.append(staged)
        self._count(staged, known)
        return staged

    def _cells(self, row):
        """Return the cells for the file of skipped rows; a note is kept sealed, apart from them."""
        cells = cells_to_show(row.cells, self._targets, today=self.today)
        told = zip(cells, self._targets, strict=False)
        return ["" if target == Target.NOTE else cell for cell, target in told]

    def _count(self, staged, known):
        found, is_open = self.found, not staged.protected
        found.counts[staged.kind] += 1
        found.protected += staged.protected
        found.warned += staged.warned and staged.kind != Kind.REJECTED
        found.gone += staged.gone and is_open
        found.kept += len(staged.detail.get("kept", ())) * is_open
        found.again += sum(fault.again for fault in staged.faults) * is_open
        if staged.kind == Kind.NEW:
            values, changes = staged.values, staged.changes
            found.dated += bool(values.get("joined_on") or "joined_on" in changes)
            found.newcomers.add(values, changes, known, today=self.today)

    def _count_settled(self, differs, kind):
        found = self.found
        found.carried += sum(mark.startswith("carried:") for mark in differs.marks)
        found.renamed += {"first_name", "last_name"} <= differs.changes.keys()
        left, moved, died = who_left(differs.changes)
        found.left += left
        found.moved += moved
        found.died += died
        found.unchanged += kind == Kind.UNCHANGED
