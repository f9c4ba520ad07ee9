"""From a file to what it would change: the reading itself. It writes nothing, and tells a sink."""

from datetime import date

from krets.kit.db import unit_scope
from krets.kit.tables.reader import read as read_table
from krets.kit.tables.swedish import fold
from krets.register.imports import columns as column_words
from krets.register.imports.answered import ANSWERED, Answered
from krets.register.imports.columns import Target
from krets.register.imports.describing import describe
from krets.register.imports.found import Found, Sink
from krets.register.imports.known import AT, Known
from krets.register.imports.models import Import
from krets.register.imports.said import kind_of_target, says_total, values_of
from krets.register.imports.settling import Row, Settling
from krets.register.imports.warnings import warnings_of
from krets.register.imports.words import is_given_back

SAMPLE = 50
PENDING_BATCH = 1000
_NAMES = {Target.FIRST_NAME, Target.LAST_NAME, Target.FULL_NAME, Target.LAST_FIRST_NAME}
# A row without these cannot be used, whatever is answered.
_HOPELESS = frozenset({"no_name"})


class Reading:
    """One reading of one file for one association, on a day.

    Rows with a known register number are settled as they come; the others wait until all numbers
    are in, so that nobody is taken for a person whom another row names better. Those with a grave
    fault come last of all.
    """

    def __init__(self, unit, *, today: date, sink: Sink, habit=None, wanted=None):
        self.unit = unit
        self.today = today
        self.sink = sink
        self.habit = column_words.renewed(habit or {})
        self.wanted = wanted or {}
        self.found = Found()
        self.answered = Answered(self.wanted.get(ANSWERED))
        self._is_part = False
        self._pending: list[Row] = []
        self._grave: list[Row] = []

    def run(self, path_or_bytes, *, name=""):
        """Read the file, tell the sink, return what was found. Raises UnreadableFileError.

        Without rows nothing says who is meant; or `fault` says why it must be asked about first.
        """
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
            if self.found.fault or not self._tells_who(table, set(mapping.values())):
                return self.found
            self._begin(table, mapping)
            self._read_rows(table, mapping)
        self._settle_pending()
        self._finish()
        return self.found

    def _tells_who(self, table, targets):
        # Where no heading says so, a number is too little to know people by.
        is_guessed = not table.header_row and self.wanted.get("header_row") is None
        known_by = _NAMES if is_guessed else _NAMES | {Target.REGISTER_NUMBER}
        return not targets.isdisjoint(known_by)

    def protected(self):
        """Return the ids of those whose details are protected."""
        at = AT["protected_at"]
        return {pk for pk, person in self.known.people.items() if person[at] is not None}

    def _look(self, table):
        """Note how the table stands in the file, and what its columns mean."""
        # Rows we gave back to be corrected are never the whole list: nobody is missing from them.
        self._is_part = is_given_back(table.headings)
        sample = [cells for _number, cells in table.sample]
        remembered = self._remembered(table, sample)
        mapping = column_words.propose(
            table.headings, sample, remembered=remembered, today=self.today
        )
        describe(self.found, table, mapping, sample=sample, today=self.today)
        return mapping

    def _remembered(self, table, sample):
        """Return what was said of the columns: of this file, or else of the last one like it.

        Columns without headings can be known again by their values only.
        """
        chosen, layout = self.wanted.get("columns", {}), column_words.layout_of(self.habit)
        named = {head: target for head, target in self.habit.items() if head not in layout}
        if self._is_part:
            return named | column_words.as_spoken(layout) | chosen
        if not layout or chosen or not column_words.are_unnamed(table.headings):
            return named | chosen
        if not column_words.still_fits(layout, table.headings, sample):
            self.found.fault = "other_columns"
            return {}
        self.found.as_last_time = True
        return layout

    def _begin(self, table, mapping):
        targets = {kind_of_target(target) for target in mapping.values()}
        with unit_scope([self.unit.pk]):
            self.known = Known(self.unit, targets=targets)
            self.found.first = not Import.objects.of(self.unit).applied().exists()
        columns = [mapping[heading] for heading in table.headings]
        self._settling = Settling(
            self.known, self.found, targets=columns, answered=self.answered, today=self.today
        )
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
        done = 0
        for batch in table.rows():
            for number, cells in batch:
                self._take(number, cells, read(cells))
            done += len(batch)
            self._hand_over(Import.Phase.READING, done, max(done, table.row_count))
        self.found.rows = done

    def _take(self, number, cells, read):
        row = Row(number, values_of(read), [_told(problem) for problem in read.problems], cells)
        hopeless = next((each for each in row.problems if each["code"] in _HOPELESS), None)
        if hopeless:
            detail = {"target": hopeless["target"], "words": hopeless["words"]}
            self._settling.reject(row, hopeless["code"], detail)
        elif self._has_names and not row.has_name:
            self._settling.reject(row, "no_name")
        elif read.is_rejected:
            self._grave.append(row)
        elif says_total(row.values):
            self._settling.reject(row, "total")
        else:
            self._take_readable(row)

    def _take_readable(self, row):
        if branch := row.values.get("branch"):
            self.found.branches[branch] = self.found.branches.get(branch, 0) + 1
        person = self._settling.recognition.by_number(row.values)
        if person is not None:
            self._settling.settle(row, person)
        elif self._everybody_is_new:
            self._settling.add(row)
        else:
            self._pending.append(row)

    def _settle_pending(self):
        """Recognise the rows that no register number settled: the sure ones first."""
        settling, recognition = self._settling, self._settling.recognition
        unsure, total = [], len(self._pending) + len(self._grave)
        for done, row in enumerate(self._pending, start=1):
            person, guess = recognition.surely(row.values)
            if person is not None:
                settling.settle(row, person)
            else:
                unsure.append((row, guess))
            self._tell_compared(done, total)
        sure = len(self._pending) - len(unsure)
        self._pending = []
        for done, (row, guess) in enumerate(unsure, start=sure + 1):
            self._ask_or_add(row, guess)
            self._tell_compared(done, total)
        for done, row in enumerate(self._grave, start=sure + len(unsure) + 1):
            person, guess = recognition.by_number(row.values), None
            if person is None:
                person, guess = recognition.surely(row.values)
            if person is not None:
                settling.settle(row, person)
            else:
                self._ask_or_add(row, guess)
            self._tell_compared(done, total)
        self._hand_over(Import.Phase.COMPARING, total, total)

    def _ask_or_add(self, row, guess):
        guess = guess or self._settling.recognition.nearly(row.values)
        if guess:
            self._settling.ask(row, guess)
        else:
            self._settling.add(row)

    def _tell_compared(self, done, total):
        if done % PENDING_BATCH == 0:
            self._hand_over(Import.Phase.COMPARING, done, total)

    def _hand_over(self, phase, done, total):
        staged, self._settling.staged = self._settling.staged, []
        if staged:
            self.sink.rows(staged)
        self.sink.progress(phase, done, total)

    def _finish(self):
        found = self.found
        found.members = len(self.known.members())
        unnamed, is_by_hand = self._settling.unnamed(), self.known.is_by_hand
        found.by_hand = [person for person in unnamed if is_by_hand(person)]
        if not self._is_part:
            found.missing = [person for person in unnamed if not is_by_hand(person)]
        found.missing_for_sure = self._settling.are_not_asked_about(found.missing)
        found.answered = self.answered.of(found.missing)
        found.warnings = warnings_of(found, unit_name=fold(self.unit.name))


def _told(problem):
    told = {"target": problem.target, "code": problem.code, "words": problem.words}
    return told | {"grave": True} if problem.fatal else told
