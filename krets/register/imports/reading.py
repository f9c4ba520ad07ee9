"""From a file to what it would change: the reading itself. It writes nothing, and tells a sink."""

from datetime import date
from typing import Any

from krets.kit.db import unit_scope
from krets.kit.tables.reader import read as read_table
from krets.kit.tables.swedish import fold
from krets.register.imports import columns as column_words
from krets.register.imports.columns import Target
from krets.register.imports.comparison import compare, gone_already
from krets.register.imports.describing import describe
from krets.register.imports.doubles import Doubles
from krets.register.imports.found import Found, Sink, Staged
from krets.register.imports.known import AT, Known
from krets.register.imports.models import FEE_UNREAD, TWIN, Import, ImportRow
from krets.register.imports.recognition import Recognition
from krets.register.imports.said import cells_to_show, kind_of_target, says_total, values_of
from krets.register.imports.warnings import warnings_of
from krets.register.imports.words import is_given_back

Kind = ImportRow.Kind
SAMPLE = 50
PENDING_BATCH = 1000
_NAMES = {Target.FIRST_NAME, Target.LAST_NAME, Target.FULL_NAME, Target.LAST_FIRST_NAME}


class Reading:
    """One reading of one file for one association, on a day.

    Rows with a known register number are settled as they come; the others wait until all numbers
    are in, so that nobody is taken for a person whom another row names better.
    """

    def __init__(self, unit, *, today: date, sink: Sink, habit=None, wanted=None):
        self.unit = unit
        self.today = today
        self.sink = sink
        self.habit = habit or {}
        self.wanted = wanted or {}
        self.found = Found()
        self._doubles = Doubles()
        self._asked_about: set[int] = set()
        self._skipped: list[dict] = []
        self._is_part = False
        self._staged: list[Staged] = []
        self._pending: list[tuple[int, Any]] = []

    def run(self, path_or_bytes, *, name=""):
        """Read the file, tell the sink, return what was found. Raises UnreadableFileError."""
        wanted = self.wanted
        table = read_table(
            path_or_bytes,
            filename=name,
            encoding=wanted.get("encoding"),
            delimiter=wanted.get("delimiter"),
            sheet=wanted.get("sheet"),
            header_row=wanted.get("header_row"),
            hints=column_words.HINTS,
        )
        with table:
            mapping = self._look(table)
            targets = set(mapping.values())
            if not (targets & _NAMES or Target.REGISTER_NUMBER in targets):
                return self.found
            self._begin(mapping)
            self._read_rows(table, mapping)
        self._settle_pending()
        self._finish()
        return self.found

    def protected(self):
        """Return the ids of those whose details are protected."""
        at = AT["protected_at"]
        return {pk for pk, person in self.known.people.items() if person[at] is not None}

    def _look(self, table):
        """Note how the table stands in the file, and what its columns mean."""
        # Rows we gave back to be corrected are never the whole list: nobody is missing from them.
        self._is_part = is_given_back(table.headings)
        sample = [cells for _number, cells in table.sample]
        remembered = self.habit | self.wanted.get("columns", {})
        mapping = column_words.propose(
            table.headings, sample, remembered=remembered, today=self.today
        )
        describe(self.found, table, mapping, sample=sample, today=self.today)
        return mapping

    def _begin(self, mapping):
        targets = {kind_of_target(target) for target in mapping.values()}
        with unit_scope([self.unit.pk]):
            self.known = Known(self.unit, targets=targets)
            self.found.first = not Import.objects.of(self.unit).applied().exists()
        self.recognition = Recognition(self.known)
        self.found.last_person = max(self.known.people, default=0)
        self._everybody_is_new = not self.known.people

    def _read_rows(self, table, mapping):
        read = column_words.row_reader(
            table.headings,
            mapping,
            today=self.today,
            take_sex=bool(self.wanted.get("take_sex")),
        )
        self._has_names = bool(_NAMES & set(mapping.values()))
        self._targets = [mapping[heading] for heading in table.headings]
        done = 0
        for batch in table.rows():
            for number, cells in batch:
                self._take(number, cells, read(cells))
            done += len(batch)
            self._hand_over(Import.Phase.READING, done, max(done, table.row_count))
        self.found.rows = done

    def _take(self, number, cells, row):
        values = values_of(row)
        if row.is_rejected:
            problem = next(problem for problem in row.problems if problem.fatal)
            detail = {"target": problem.target, "words": problem.words}
            self._reject(number, problem.code, values, cells=cells, **detail)
            return
        if self._has_names and not (values.get("first_name") or values.get("last_name")):
            self._reject(number, "no_name", values, cells=cells)
            return
        if says_total(values):
            self._reject(number, "total", values, cells=cells)
            return
        if values.get("branch"):
            branch = values["branch"]
            self.found.branches[branch] = self.found.branches.get(branch, 0) + 1
        problems = [
            {"target": problem.target, "code": problem.code, "words": problem.words}
            for problem in row.problems
        ]
        person = self.recognition.by_number(values)
        if person is not None:
            self._settle(number, values, problems, person, cells)
        elif self._everybody_is_new:
            self._add(number, values, problems, cells)
        else:
            self._pending.append((number, values, problems, cells))

    def _settle_pending(self):
        """Recognise the rows that no register number settled: the sure ones first."""
        unsure, total = [], len(self._pending)
        for done, (number, values, problems, cells) in enumerate(self._pending, start=1):
            person, guess = self.recognition.surely(values)
            if person is not None:
                self._settle(number, values, problems, person, cells)
            else:
                unsure.append((number, values, problems, cells, guess))
            if done % PENDING_BATCH == 0:
                self._hand_over(Import.Phase.COMPARING, done, total)
        self._pending = []
        for done, (number, values, problems, cells, sure) in enumerate(unsure, start=1):
            guess = sure or self.recognition.nearly(values)
            if guess:
                self._ask(number, values, problems, guess, cells)
            else:
                self._add(number, values, problems, cells)
            if done % PENDING_BATCH == 0:
                self._hand_over(Import.Phase.COMPARING, total - len(unsure) + done, total)
        self._hand_over(Import.Phase.COMPARING, total, total)

    def _settle(self, number, values, problems, person, cells):
        """The row means a person we know. Its number is nobody else's in this file."""
        self._doubles.same_number(number, values)
        if earlier := self.recognition.claim(person, number):
            self._reject_double(number, values, cells, earlier)
            return
        differs = compare(self.known, person, values, today=self.today)
        self.found.carried += sum(mark.startswith("carried:") for mark in differs.marks)
        if {"first_name", "last_name"} <= differs.changes.keys():
            self.found.renamed += 1
        kind = Kind.CHANGED if differs.changes else Kind.UNCHANGED
        kind = Kind.NEW if differs.joins else kind
        self.found.left += "left_on" in differs.changes
        if kind is Kind.UNCHANGED:
            self.found.unchanged += 1
            if not (problems or differs.marks):
                return
        known = self.known.people[person]
        self._stage(
            number,
            kind,
            values={"note": values["note"]} if "note" in differs.changes else {},
            person=person,
            revision=known[AT["revision"]],
            changes=differs.changes,
            marks=differs.marks,
            gone=differs.is_of_somebody_gone,
            protected=known[AT["protected_at"]] is not None or bool(values.get("protected")),
            problems=problems,
        )

    def _ask(self, number, values, problems, guess, cells):
        """The row may mean a person we know: both possibilities are kept until it is answered."""
        # What is asked about is remembered too, so that a later row like it is asked about as well.
        earlier = self._doubles.earlier(number, values)
        if earlier and earlier.is_sure:
            self._reject_double(number, values, cells, earlier.row)
            return
        self._asked_about.add(guess.person)
        differs = compare(self.known, guess.person, values, today=self.today)
        known = self.known.people[guess.person]
        asked = [f"asked:{guess.why}", *(["joins"] if differs.joins else [])]
        if guess.row:
            asked.append(f"{TWIN}:{guess.row}")
        self._stage(
            number,
            Kind.NEAR,
            values=values,
            person=guess.person,
            revision=known[AT["revision"]],
            changes=differs.changes,
            marks=[*differs.marks, *asked],
            protected=known[AT["protected_at"]] is not None or bool(values.get("protected")),
            problems=problems,
        )

    def _add(self, number, values, problems, cells):
        """The row means nobody we know."""
        gone = gone_already(values, today=self.today)
        if gone:
            self._reject(number, gone, values, cells=cells)
            return
        if not (values.get("first_name") or values.get("last_name")):
            # A number alone tells whom we know already; it makes nobody new.
            self._reject(number, "no_name", values, cells=cells)
            return
        earlier = self._doubles.earlier(number, values)
        if earlier and earlier.is_sure:
            self._reject_double(number, values, cells, earlier.row)
            return
        self._stage(
            number,
            Kind.NEAR if earlier else Kind.NEW,
            values=values,
            marks=[f"asked:{earlier.why}", f"{TWIN}:{earlier.row}"] if earlier else [],
            protected=bool(values.get("protected") or (earlier and earlier.protected)),
            problems=problems,
        )

    def _reject_double(self, number, values, cells, earlier):
        code = "double_number" if self._doubles.is_another(values) else "double"
        self._reject(number, code, values, cells=cells, row=earlier)

    def _reject(self, number, code, values, *, cells, **detail):
        self._skipped.append(values)
        name = f"{values.get('first_name', '')} {values.get('last_name', '')}".strip()
        self._stage(
            number,
            Kind.REJECTED,
            values={"name": name, "cells": cells_to_show(cells, self._targets, today=self.today)},
            reason=code,
            detail=detail,
            protected=bool(values.get("protected")),
            problems=(),
        )

    def _stage(self, number, kind, *, problems, detail=None, **kept):
        self.found.counts[kind] += 1
        self.found.protected += kept["protected"]
        self.found.warned += bool(problems)
        self.found.gone += kept.get("gone", False) and not kept["protected"]
        if any(problem["target"].startswith("fee") for problem in problems):
            kept["marks"] = [*kept.get("marks", ()), FEE_UNREAD]
        if kind is Kind.NEW:
            self._count_new(kept)
        detail = dict(detail or {}) | ({"problems": problems} if problems else {})
        self._staged.append(
            Staged(number, kind.value, detail=detail, warned=bool(problems), **kept)
        )

    def _count_new(self, kept):
        values, changes = kept["values"], kept.get("changes", {})
        self.found.dated += bool(values.get("joined_on") or "joined_on" in changes)
        person = self.known.people.get(kept.get("person"))
        self.found.newcomers.add(values, changes, person, today=self.today)

    def _hand_over(self, phase, done, total):
        if self._staged:
            self.sink.rows(self._staged)
            self._staged = []
        self.sink.progress(phase, done, total)

    def _finish(self):
        found, members = self.found, self.known.members()
        found.members = len(members)
        found.missing = [] if self._is_part else sorted(members - self._named())
        found.missing_for_sure = len(set(found.missing) - self._asked_about)
        found.warnings = warnings_of(found, unit_name=fold(self.unit.name))

    def _named(self):
        """Return the ids of those whom the file names, also in a row that was skipped."""
        skipped = (
            self.recognition.by_number(values) or self.recognition.surely(values)[0]
            for values in self._skipped
        )
        return {*self.recognition.claimed, *(person for person in skipped if person)}
